import type {Principal} from '../../model/estate.ts';
import {type Askers, type Guard, createAskers} from './askers.ts';
import {NARROWING, accountsIn, narrowing} from './narrowing.ts';
import type {HeldPolicies} from './policies.ts';
import {type Statement, asRecord, conditionValues, statementsOf, texts} from './statements.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {ANYONE} from '../node-ids.ts';
import {actionMatches} from '../rights.ts';
import {awsAccountOf} from '../root-ids.ts';
import {GUARD_KEYS, SATISFIED_KEYS} from './actions.ts';

const ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** `CAN_ASSUME` edges from role trust policies: principals, accounts, vendors, identity providers. */
export function addAwsTrust(
  context: BuildContext,
  facets: Facets,
  policiesOf: (principal: Principal) => HeldPolicies,
): void {
  const askers = createAskers(context, policiesOf);
  for (const role of context.estate.principals) {
    if (role.kind !== 'iamRole' || role.trust === undefined) continue;
    const statements = statementsOf(role.trust);
    const denied = statements.some(({effect}) => effect === 'Deny');
    for (const statement of statements) {
      if (statement.effect !== 'Allow' || !allowsAssume(statement)) continue;
      const anyone = statement.principal === '*' || texts(asRecord(statement.principal)['AWS']).includes('*');
      const narrowed = anyone && !statement.notPrincipal ? narrowing(statement) : null;
      if (narrowed) {
        const guard = guardOf(statement, denied, NARROWING);
        const because = `Principal = *, only ${narrowed.text}`;
        for (const org of narrowed.organisations)
          assume(context.graph, context.graph.root(`aws-org:${org}`), role, guard, because);
        for (const account of accountsIn(context, narrowed))
          addAwsPrincipal(context, facets, askers, role, account, guard, because);
        continue;
      }
      const guard = guardOf(statement, denied);
      if (statement.notPrincipal) addAnyone(context, role, {...guard, certainty: 'unknown'}, 'NotPrincipal');
      if (statement.principal === '*') addAnyone(context, role, guard, '*');
      const named = asRecord(statement.principal);
      for (const arn of texts(named['AWS'])) addAwsPrincipal(context, facets, askers, role, arn, guard);
      for (const provider of texts(named['Federated']))
        addProvider(context, role, provider, statement, guard);
    }
  }
}

function allowsAssume({actions, notActions}: Statement): boolean {
  if (notActions.length > 0) return ASSUME.some((a) => !notActions.some((p) => actionMatches(p, a)));
  return ASSUME.some((a) => actions.some((p) => actionMatches(p, a)));
}

/** Reads conditions: some stop nobody who holds the trusted identity, some ask for a further proof, the rest may or may not hold. */
function guardOf(
  {conditionKeys}: Statement,
  denied: boolean,
  answered: ReadonlySet<string> = new Set(),
): Guard {
  const open = conditionKeys
    .filter((key) => !answered.has(key))
    .filter((key) => !SATISFIED_KEYS.has(key) && !/:(?:aud|sub|amr|iss)$/.test(key));
  const proof = open.some((key) => GUARD_KEYS.has(key));
  const certain = !denied && open.every((key) => GUARD_KEYS.has(key));
  return {
    level: proof ? 1 : 0,
    certainty: certain ? 'certain' : 'conditional',
    note: conditionKeys.length > 0 ? `, if ${conditionKeys.join(', ')}` : '',
  };
}

function addAnyone({graph}: BuildContext, role: Principal, guard: Guard, written: string): void {
  graph.root(ANYONE, 'anyone on the internet', 'other');
  assume(graph, ANYONE, role, guard, `Principal = ${written}`);
  if (guard.note !== '') return;
  graph.findings.push({
    code: 'BH-ID-010',
    severity: 'high',
    message: `anyone can assume role \`${role.name}\`: its trust policy names \`${written}\` without a condition`,
    where: {id: role.id},
    remedy: 'Name the accounts or roles that may assume it.',
  });
}

function addAwsPrincipal(
  context: BuildContext,
  facets: Facets,
  askers: Askers,
  role: Principal,
  written: string,
  guard: Guard,
  because = `AssumeRolePolicyDocument Principal.AWS = ${written}`,
): void {
  const {graph, principals, awsAccounts} = context;
  if (written === '*') return addAnyone(context, role, guard, '*');
  const account = awsAccountOf(written);
  if (account === null) {
    graph.findings.push({
      code: 'BH-ID-011',
      severity: 'info',
      message: `role \`${role.name}\` trusts \`${written}\`, a principal that was deleted`,
      where: {id: role.id},
      remedy: 'Remove it from the trust policy.',
    });
    return;
  }
  const home = awsAccounts.get(account);
  if (!home) {
    const id = graph.root(`aws-account:${account}`, `AWS account ${account} outside the inventory`, 'vendor');
    return assume(graph, id, role, guard, because);
  }
  const whole = written === account || written.endsWith(':root');
  if (whole) {
    // `:root` delegates to the account's own policies: whoever rules its identities can use the trust …
    assume(graph, facets.of(home.id, 'identities'), role, guard, because);
    // … and whoever those policies allow to assume the role.
    for (const asker of askers.in(home.id)) askers.ask(asker, role, guard, because);
    return;
  }
  const principal = principals.get(`aws:${roleArn(written)}`);
  if (principal) {
    // Inside one account the trust alone suffices; another account must allow it as well.
    if (awsAccountOf(role.id) === account) return assume(graph, principal.id, role, guard, because);
    assume(graph, facets.of(home.id, 'identities'), role, guard, because);
    return askers.ask(principal, role, guard, because);
  }
  graph.findings.push({
    code: 'BH-ID-012',
    severity: 'low',
    message: `role \`${role.name}\` trusts \`${written}\`, which is not among the principals of that account`,
    where: {id: role.id},
    remedy: 'Import the authorization details of the account, or remove the stale principal.',
  });
  assume(graph, facets.of(home.id, 'identities'), role, {...guard, certainty: 'unknown'}, because);
}

/** A session's ARN names its role. */
function roleArn(arn: string): string {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : arn;
}

function addProvider(
  context: BuildContext,
  role: Principal,
  provider: string,
  statement: Statement,
  guard: Guard,
): void {
  const {graph} = context;
  const because = `AssumeRolePolicyDocument Principal.Federated = ${provider}`;
  if (provider.includes(':saml-provider/')) {
    return assume(
      graph,
      graph.root(`saml:${provider}`, provider.slice(provider.lastIndexOf('/') + 1)),
      role,
      guard,
      because,
    );
  }
  const issuer = provider.replace(/^arn:[^:]+:iam::\d{12}:oidc-provider\//, '');
  assume(graph, graph.root(`oidc:${issuer}`, issuer), role, guard, because);
  const subjects = conditionValues(statement, ':sub');
  const open = subjects.length === 0 || subjects.some((subject) => /^\*|^repo:\*|^[^:]*:\*$/.test(subject));
  const shared = SHARED_ISSUERS.find((host) => issuer === host || issuer.startsWith(`${host}/`));
  if (!open || !shared) return;
  graph.findings.push({
    code: 'BH-ID-013',
    severity: 'high',
    message: `role \`${role.name}\` accepts tokens of ${shared} ${subjects.length === 0 ? 'without a condition on the subject' : `with subject \`${subjects.join('`, `')}\``}: any customer of the issuer may get in`,
    where: {id: role.id},
    remedy: 'Limit `sub` in the trust policy to the repository and branch or environment that needs it.',
  });
}

/** Issuers that sign tokens for all their customers. */
const SHARED_ISSUERS = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'oidc.circleci.com',
];

function assume(
  graph: BuildContext['graph'],
  from: string,
  role: Principal,
  guard: Guard,
  because: string,
): void {
  graph.edge(from, role.id, 'CAN_ASSUME', {
    evidence: because + guard.note,
    level: guard.level,
    certainty: guard.certainty,
    place: {id: role.id},
  });
}
