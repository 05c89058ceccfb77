import type {Principal} from '../../model/estate.ts';
import {ANYONE} from '../node-ids.ts';
import {awsAccountOf, canonicalRoot} from '../root-ids.ts';
import {accountContainer} from './accounts.ts';
import type {Delegations} from './delegations.ts';
import type {Aws} from './engine.ts';
import {type PrincipalClass, type Statement, foreignAccount, knownContext} from './policy/index.ts';
import {matches} from './policy/wildcard.ts';
import {exactOrganisations, narrowing, sameForAll} from './trust-conditions.ts';
import {addFederated} from './trust-federated.ts';
import {addForeign} from './trust-foreign.ts';
import {type Trusting, asked, deniesOf, draw} from './trusting.ts';
import {type Chance, atBest} from './ways.ts';

/** `CAN_ASSUME` edges from role trust policies: principals, accounts, vendors, identity providers. */
export function addTrust(aws: Aws, delegations: Delegations): void {
  const {context, populations} = aws;
  const stale = new Map<string, string[]>();
  for (const role of context.estate.principals) {
    if (role.kind !== 'iamRole' || role.cloud !== 'aws') continue;
    const trust = populations.trustOf(role);
    if (!trust) continue;
    if (trust.problems.length > 0) tellUnread(aws, role, trust.problems[0]!);
    const denies = deniesOf(trust);
    for (const statement of trust.statements) {
      if (statement.effect !== 'Allow' || statement.unread !== null || !allowsAssume(statement)) continue;
      const policy = {...trust, statements: [statement, ...denies]};
      addStatement(aws, delegations, {role, statement, policy, stale});
    }
  }
  tellStale(aws, stale);
}

const ASSUME = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

function allowsAssume({actions, notActions}: Statement): boolean {
  return ASSUME.some((action) => actions.some((pattern) => matches(pattern, action)) !== notActions);
}

function addStatement(aws: Aws, delegations: Delegations, trusting: Trusting): void {
  const {statement, role} = trusting;
  const {principal} = statement;
  if (!principal) return;
  if (principal.negated) {
    const spared = principal.entries.map(({value}) => value).join(', ');
    return addAnyone(aws, trusting, `NotPrincipal = ${spared}: everyone else`);
  }
  for (const entry of principal.entries) {
    const {type, value} = entry;
    const [, ...denies] = trusting.policy.statements;
    const only = {...statement, principal: {negated: false, entries: [entry]}};
    const one = {...trusting, policy: {...trusting.policy, statements: [only, ...denies]}};
    if (type === 'Federated') addFederated(aws, one, value);
    else if (type === '*') addEveryone(aws, delegations, one);
    else if (type === 'AWS') addNamed(aws, delegations, one, value, `Principal.AWS = ${value}`);
    // Services act for whoever may pass them the role; canonical ids name no role's asker.
    else if (type === 'CanonicalUser') tellUnread(aws, role, `canonical user id ${value}`);
  }
}

function addEveryone(aws: Aws, delegations: Delegations, trusting: Trusting): void {
  const {context} = aws;
  const narrowed = narrowing(trusting.statement);
  if (!narrowed) return addAnyone(aws, trusting, 'Principal = *');
  const because = `Principal = *, only ${narrowed.text}`;
  const roots = new Set(narrowed.organisations.map((id) => canonicalRoot(`aws-org:${id}`)));
  for (const root of roots) {
    draw(aws, context.graph.root(root), trusting, asked(aws, trusting, outsider('', root)), because);
  }
  const members = [...context.awsAccounts].flatMap(([number, {root}]) =>
    root !== null && roots.has(canonicalRoot(root)) ? [number] : [],
  );
  const [organisation] = exactOrganisations(trusting.statement);
  for (const account of new Set([...members, ...narrowed.accounts]))
    addNamed(aws, delegations, trusting, account, because, organisation);
  for (const arn of narrowed.arns) {
    // A pattern names whoever of the account fits.
    const account = awsAccountOf(arn);
    if (account !== null)
      addNamed(aws, delegations, trusting, /[*?$]/.test(arn) ? account : arn, because, organisation);
  }
}

/** Anyone can have an AWS account: the asker's own side always allows. */
const ANYBODY: PrincipalClass = {...foreignAccount(''), caller: {arn: null, account: null}};

/** Who holds a whole account. */
function outsider(account: string, organisation: string | null): PrincipalClass {
  const bare = organisation?.replace(/^aws-org:/, '');
  return foreignAccount(account, knownContext(bare === undefined ? {} : {'aws:PrincipalOrgID': bare}));
}

function addAnyone(aws: Aws, trusting: Trusting, because: string): void {
  const {graph} = aws.context;
  const {role, statement} = trusting;
  graph.root(ANYONE, 'anyone on the internet', 'other');
  const chance = asked(aws, trusting, ANYBODY);
  draw(aws, ANYONE, trusting, chance, because);
  if (statement.conditions.length > 0) return;
  graph.findings.push({
    code: 'BH-ID-010',
    severity: 'high',
    message: `anyone can assume role \`${role.name}\`: its trust policy says \`${because}\` without a condition`,
    where: {id: role.id},
    remedy: 'Name the accounts or roles that may assume it.',
  });
}

function addNamed(
  aws: Aws,
  delegations: Delegations,
  trusting: Trusting,
  written: string,
  because: string,
  organisation?: string,
): void {
  const {context, facets} = aws;
  const {principals, awsAccounts} = context;
  const {role, statement} = trusting;
  const account = awsAccountOf(written);
  if (account === null) return addUnresolved(aws, trusting, written);
  const home = awsAccounts.get(account);
  const member = organisation ?? (home && home.root !== null ? canonicalRoot(home.root) : null);
  const chance = asked(aws, trusting, outsider(account, member));
  if (!home) return addForeign(aws, trusting, account, chance, because);
  if (written === account || written.endsWith(':root') || written.includes('*')) {
    // The account's own policies say who may use the trust: whoever rules its identities …
    draw(aws, facets.of(home.id, 'identities'), trusting, chance, because);
    // … and whom they let assume the role.
    delegations.add(home.id, trusting, because, sameForAll(statement) ? chance : null);
    return;
  }
  const asker = principals.get(`aws:${roleArn(written)}`);
  const known = asker ? aws.classOf.get(asker.id) : undefined;
  if (asker && known) {
    delegations.direct(asker, trusting, because);
    return;
  }
  if (!asker) {
    const others = trusting.stale.get(written);
    if (others) others.push(role.name);
    else trusting.stale.set(written, [role.name]);
  } else if (awsAccountOf(role.id) === account) {
    // The trust names it: its own policies are not needed, but its boundary and organisation may forbid it.
    draw(aws, asker.id, trusting, chance, because);
  } else
    draw(
      aws,
      asker.id,
      trusting,
      atBest(chance, 'unknown'),
      `${because}; its own policies are not in the source`,
    );
  draw(aws, facets.of(home.id, 'identities'), trusting, atBest(chance, 'unknown'), because);
}

function tellStale({context}: Aws, stale: ReadonlyMap<string, string[]>): void {
  for (const [written, roles] of stale) {
    const which =
      roles.length === 1
        ? `role \`${roles[0]}\` trusts`
        : `${roles.length} roles, first \`${roles[0]}\`, trust`;
    context.graph.findings.push({
      code: 'BH-ID-012',
      severity: 'low',
      message: `${which} \`${written}\`, which is not among the principals of that account`,
      where: {id: `aws:${written}`},
      remedy: 'Import the authorization details of the account, or remove the stale principal.',
    });
  }
}

/** Unique ids of what was deleted, and what is no principal at all. */
function addUnresolved(aws: Aws, trusting: Trusting, written: string): void {
  const {context, facets} = aws;
  const {role} = trusting;
  const deleted = /^A(?:IDA|ROA)[A-Z0-9]+$/.test(written);
  const byId = deleted
    ? context.estate.principals.find(({attributes}) => attributes?.['uniqueId'] === written)
    : undefined;
  if (byId)
    return draw(
      aws,
      byId.id,
      trusting,
      asked(aws, trusting, foreignAccount(awsAccountOf(byId.id) ?? '')),
      `Principal.AWS = ${written}`,
    );
  context.graph.findings.push({
    code: 'BH-ID-011',
    severity: deleted ? 'info' : 'low',
    message: `role \`${role.name}\` trusts \`${written}\`, ${deleted ? 'a principal that was deleted' : 'which is no account, user or role'}`,
    where: {id: role.id},
    remedy: deleted ? 'Remove it from the trust policy.' : 'Correct the principal in the trust policy.',
  });
  const home = accountContainer(context, role);
  if (deleted || home === null) return;
  const unknown: Chance = {ways: [{level: 0, certainty: 'unknown'}], because: []};
  draw(aws, facets.of(home, 'identities'), trusting, unknown, `Principal.AWS = ${written} cannot be read`);
}

/** A session's ARN names its role. */
function roleArn(arn: string): string {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : arn;
}

function tellUnread({context, facets}: Aws, role: Principal, problem: string): void {
  context.graph.findings.push({
    code: 'BH-ID-102',
    severity: 'medium',
    message: `trust policy of role \`${role.name}\` cannot be read in full: ${problem}; whoever else may assume it is not known`,
    where: {id: role.id},
    remedy: 'Correct the trust policy, or export it again.',
  });
  const home = accountContainer(context, role);
  if (home === null) return;
  context.graph.edge(facets.of(home, 'identities'), role.id, 'CAN_ASSUME', {
    evidence: `AssumeRolePolicyDocument: ${problem}`,
    certainty: 'unknown',
    place: {id: role.id},
  });
}
