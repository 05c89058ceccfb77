import type {Decoded, InputFile} from '../../../model/decoded.ts';
import type {Intake} from '../../../model/estate.ts';
import {createDraft} from '../../draft.ts';
import {isRow, pointer, someRow, text} from '../../record.ts';
import type {Row} from '../../record.ts';
import type {IntakeHints, Shape} from '../../shape.ts';
import {principalId} from '../map-identity.ts';
import {answerOf, checkPages} from './answer.ts';
import type {Answer} from './answer.ts';
import {appRolesOf, entraContext, subjectOf, tenantOf} from './context.ts';
import type {EntraContext, Fate} from './context.ts';
import {ENTRA_CODES} from './findings.ts';
import {finishEntra} from './finish.ts';
import {ENTRA_KINDS, mapDirectoryObject} from './kinds.ts';
import type {EntraKind} from './kinds.ts';
import {isGuid} from './ids.ts';
import {kindOfObject, mapRelated} from './map-principals.ts';
import {mapRoleMember} from './map-roles.ts';

/** Members or owners of one object; which object stands in the answer's context or the file's name. */
const RELATED: EntraKind = {
  id: 'entra.related',
  title: 'Microsoft Graph groups|applications|servicePrincipals|directoryRoles/{id}/members|owners',
  api: 'graph members and owners',
  entity: /(?:^|\/)(?:members|owners)$/i,
  row: () => false,
  map: mapRelatedRow,
};

/** Directory objects of several kinds, or whose list does not say what it is about. */
const OBJECTS: EntraKind = {
  id: 'entra.directory-objects',
  title: 'Microsoft Graph directoryObjects',
  api: 'graph directoryObjects',
  entity: /^directoryObjects$/i,
  row: () => false,
  map: mapDirectoryObject,
};

/** Any other Graph answer: counted under its own name, so that nothing stays unseen. */
const OTHER: EntraKind = {
  id: 'entra.other',
  title: 'any other Microsoft Graph answer (counted, not used)',
  api: 'graph',
  entity: /./,
  row: () => false,
  map: (_context, row) => ({
    word: text(row, '@odata.type')?.replace(/^#?microsoft\.graph\./, '') ?? 'other record',
  }),
};

/** Directory exports of Microsoft Graph and `az ad`. */
export const entraShapes: Shape[] = [RELATED, ...ENTRA_KINDS, OBJECTS, OTHER].map((kind) => ({
  id: kind.id,
  title: kind.title,
  matches: (decoded: Decoded, file: InputFile) =>
    decoded.kind === 'json' && kindOf(decoded.value, file.display) === kind,
  map: (decoded: Decoded, file: InputFile, hints: IntakeHints) => read(kind, decoded, file, hints),
}));

/** The kind of an answer: by what it says it is, else by its rows. Null = no directory answer. */
function kindOf(value: unknown, display: string): EntraKind | null {
  if (typeof value !== 'object' || value === null) return null;
  const answer = answerOf(value);
  const {subject, relation} = subjectOf(value, display);
  const byRows = ENTRA_KINDS.find((kind) => someRow(answer.rows, (row) => kind.row(row))) ?? null;
  const related = relation !== null && subject !== null && RELATING.has(subject.kind);
  if (answer.entity !== null) {
    if (related && (RELATED.entity.test(answer.entity) || OBJECTS.entity.test(answer.entity))) return RELATED;
    const stated = ENTRA_KINDS.find((kind) => kind.entity.test(answer.entity ?? ''));
    if (stated !== undefined) return stated;
    if (RELATED.entity.test(answer.entity) || OBJECTS.entity.test(answer.entity)) return OBJECTS;
  }
  if (related && someRow(answer.rows, isObject)) return RELATED;
  if (byRows !== null) return byRows;
  if (someRow(answer.rows, (row) => (text(row, '@odata.type') ?? '').startsWith('#microsoft.graph.')))
    return OTHER;
  return answer.entity !== null && isGraphContext(value) ? OTHER : null;
}

const RELATING: ReadonlySet<string> = new Set(['group', 'application', 'servicePrincipal', 'directoryRole']);

function isObject(row: Row): boolean {
  return kindOfObject(row) !== 'unknown';
}

function isGraphContext(value: unknown): boolean {
  return /^https:\/\/(?:[a-z0-9-]+\.)*(?:graph\.microsoft\.[a-z]+|microsoftgraph\.[a-z.]+|graph\.windows\.net)\//i.test(
    text(value, '@odata.context') ?? '',
  );
}

function read(kind: EntraKind, decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
  const draft = createDraft({format: kind.id, cloud: 'azure', api: kind.api, file, hints});
  if (decoded.kind !== 'json') return draft.finish();
  const {value} = decoded;
  const answer = answerOf(value);
  const about = subjectOf(value, file.display);
  const tenant = tenantOf(hints.scope, value, answer.rows) ?? ownId(kind, answer);
  const context = entraContext(draft, {
    ...about,
    tenant,
    // Each list about one object is a scope of its own: the members of another group do not replace it.
    scope:
      kind === RELATED && about.subject !== null
        ? `${about.subject.kind}/${about.subject.id}/${about.relation ?? ''}`
        : (tenant ?? hints.scope ?? '*'),
    appRoles: appRolesOf(answer.rows),
  });
  for (const [i, row] of answer.rows.entries())
    readRow(kind, context, row, answer.single ? '' : `${answer.base}/${i}`, answer);
  finishEntra(context);
  if (kind === OBJECTS && about.relation !== null) noteSubjectMissing(context);
  checkPages(draft, value);
  return draft.finish();
}

/** The organisation's record is the tenant's own. */
function ownId(kind: EntraKind, {rows}: Answer): string | null {
  if (kind.id !== 'entra.organization' || rows.length !== 1) return null;
  return text(rows[0], 'id')?.toLowerCase() ?? null;
}

function readRow(kind: EntraKind, context: EntraContext, row: unknown, at: string, answer: Answer): void {
  const {draft, scope} = context;
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  const id = text(row, 'id') ?? text(row, 'objectId');
  // Without an id of its own a row cannot be told from another.
  const key = isGuid(id) ? id.toLowerCase() : id;
  if (key !== null && kind !== OTHER && !draft.claim(`${kind.id} ${key}`, row, at, scope)) return;
  const fate: Fate = kind === OTHER ? {word: otherWord(row, answer)} : kind.map(context, row, at);
  if (fate === 'kept') return;
  if ('reject' in fate) draft.reject(scope, fate.reject, at);
  else draft.classify(scope, fate.word);
}

function otherWord(row: Row, answer: Answer): string {
  const type = text(row, '@odata.type')?.replace(/^#?microsoft\.graph\./, '');
  return answer.entity ?? type ?? 'other record';
}

function mapRelatedRow(context: EntraContext, row: Row, at: string): Fate {
  const {subject, relation} = context;
  if (subject === null || relation === null) return mapDirectoryObject(context, row, at);
  const related =
    subject.kind === 'directoryRole'
      ? mapRoleMember(context, row, pointer(at), subject.id, '')
      : mapRelated(context, row, at, relation, principalId(subject.id));
  if (related === null) return {reject: `${relation === 'members' ? 'member' : 'owner'} without id`};
  // Lists of members often say all there is to know about them.
  if (kindOfObject(row) === 'user' || kindOfObject(row) === 'group') mapDirectoryObject(context, row, at);
  return {word: relation === 'members' ? 'member' : 'owner'};
}

function noteSubjectMissing(context: EntraContext): void {
  context.draft.find({
    code: ENTRA_CODES.subjectMissing,
    severity: 'medium',
    message:
      'The list of members or owners does not say which object it is about; only the people and groups in it are used.',
    where: context.draft.place(''),
    remedy:
      'Name the file after the object (`groups/<object id>/members.json`), or export `groups?$expand=members`.',
  });
}
