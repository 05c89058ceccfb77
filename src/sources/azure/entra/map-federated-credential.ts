import {field, isRow, pointer, text, texts} from '../../record.ts';
import {principalId} from '../map-identity.ts';
import type {EntraContext, Fate} from './context.ts';
import {homeOf} from './context.ts';
import {ENTRA_CODES} from './findings.ts';
import {guidsIn} from './ids.ts';

/**
 * A federated credential: tokens of `issuer` whose subject fits may act as `principal`. `claimsMatchingExpression` is read as
 * far as it limits the subject; what it says about other claims is not taken for a limit.
 * @param principal the application or identity; null = to be found in the record's own address or the file's name
 */
export function mapFederatedCredential(
  context: EntraContext,
  row: unknown,
  at: string,
  principal: string | null,
): Fate {
  const {draft} = context;
  const body = isRow(field(row, 'properties')) ? field(row, 'properties') : row;
  const issuer = text(body, 'issuer');
  if (issuer === null) return {reject: 'federated credential without issuer'};
  const holder = principal ?? holderOf(context, row, at);
  if (holder === null) {
    draft.find({
      code: ENTRA_CODES.subjectMissing,
      severity: 'medium',
      message: `A federated credential for ${issuer} does not say which application it belongs to and is not used.`,
      where: draft.place(at),
      remedy:
        'Name the file after the application (`application-<object id>-federated.json`), or export `applications?$expand=federatedIdentityCredentials`.',
    });
    return {reject: 'federated credential without application'};
  }
  const limit = subjectOf(body);
  if (limit.open !== null) {
    draft.find({
      code: ENTRA_CODES.expression,
      severity: 'low',
      message: `The claims expression of a federated credential does not limit the subject in a way that is understood: ${draft.clean(limit.open, at).slice(0, 200)}. Any subject of ${issuer} is taken to be accepted.`,
      where: draft.place(pointer(at, 'claimsMatchingExpression'), holder),
      remedy: "Match `claims['sub']`, so that it shows who may sign in.",
    });
  }
  const key = text(row, 'id') ?? text(row, 'name') ?? `${issuer} ${limit.subject ?? '*'}`;
  const id = `${holder}#fic-${key.split('/').at(-1)?.toLowerCase() ?? ''}`;
  draft.identity(
    'federatedTrusts',
    {
      id,
      cloud: 'azure',
      issuer,
      subject: limit.subject,
      subjectIsPattern: limit.pattern,
      audiences: texts(body, 'audiences'),
      principal: holder,
      place: draft.place(at, holder),
    },
    at,
  );
  return {word: 'federated credential'};
}

/** The application: in `@odata.id` of the record, else the subject of the file. */
function holderOf(context: EntraContext, row: unknown, at: string): string | null {
  const address = /Application\('([^']+)'\)|applications\/([^/]+)\//i.exec(text(row, '@odata.id') ?? '');
  const objectId =
    guidsIn(address?.[1] ?? address?.[2] ?? '')[0] ??
    (context.subject?.kind === 'application' ? context.subject.id : undefined);
  if (objectId === undefined) return null;
  const id = principalId(objectId);
  context.draft.principal(
    {
      id,
      kind: 'application',
      name: objectId,
      cloud: 'azure',
      container: homeOf(context),
      person: false,
      memberOf: [],
      implied: true,
    },
    at,
  );
  return id;
}

interface Limit {
  subject: string | null;
  pattern: boolean;
  /** An expression that could not be read as a limit of the subject. */
  open: string | null;
}

function subjectOf(body: unknown): Limit {
  const plain = text(body, 'subject');
  if (plain !== null) return {subject: plain, pattern: false, open: null};
  const expression =
    text(body, 'claimsMatchingExpression', 'value') ?? text(body, 'claimsMatchingExpression');
  if (expression === null) return {subject: null, pattern: true, open: null};
  // Alternatives would each widen the subject; only one condition on it is a limit.
  const found = [...expression.matchAll(/claims\['sub'\]\s+(eq|matches)\s+'((?:[^'\\]|\\.)*)'/gi)];
  const [hit] = found;
  if (hit === undefined || found.length > 1 || /\sor\s/i.test(expression))
    return {subject: null, pattern: true, open: expression};
  return {subject: hit[2] ?? null, pattern: hit[1]?.toLowerCase() === 'matches', open: null};
}
