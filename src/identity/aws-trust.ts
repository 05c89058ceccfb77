import type {Certainty} from '../model/common.ts';
import type {Principal} from '../model/estate.ts';
import type {HeldPolicies} from './aws-policies.ts';
import {mayAssume} from './aws-rights.ts';
import {type Statement, asRecord, conditionValues, statementsOf, texts} from './aws-statements.ts';
import type {BuildContext} from './context.ts';
import type {Facets} from './facets.ts';
import {ANYONE} from './node-ids.ts';
import {actionMatches} from './rights.ts';
import {awsAccountOf} from './root-ids.ts';
import {GUARD_KEYS, SATISFIED_KEYS} from './tables/aws-actions.ts';

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

interface Guard {
  level: 0 | 1;
  certainty: 'certain' | 'conditional' | 'unknown';
  note: string;
}

function allowsAssume({actions, notActions}: Statement): boolean {
  if (notActions.length > 0) return ASSUME.some((a) => !notActions.some((p) => actionMatches(p, a)));
  return ASSUME.some((a) => actions.some((p) => actionMatches(p, a)));
}

/** Reads conditions: some stop nobody who holds the trusted identity, some ask for a further proof, the rest may or may not hold. */
function guardOf({conditionKeys}: Statement, denied: boolean): Guard {
  const open = conditionKeys.filter((key) => !SATISFIED_KEYS.has(key) && !/:(?:aud|sub|amr|iss)$/.test(key));
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
): void {
  const {graph, principals, awsAccounts} = context;
  const because = `AssumeRolePolicyDocument Principal.AWS = ${written}`;
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

/** Those whose own policies let them assume roles. */
interface Askers {
  /** Users and roles of an account that some policy may let assume a role. */
  in(account: string): readonly Principal[];
  /** Draws the edge of one of them to a role that trusts it, if its policies reach the role. */
  ask(asker: Principal, role: Principal, guard: Guard, because: string): void;
}

function createAskers(
  {graph, principalsIn}: BuildContext,
  policiesOf: (principal: Principal) => HeldPolicies,
): Askers {
  const known = new Map<string, Principal[]>();
  const allowed = (
    asker: Principal,
    arn: string,
  ): {certainty: Certainty; level: 0 | 1; note: string} | null => {
    const {statements, managed, gaps} = policiesOf(asker);
    const found = mayAssume(statements, arn, asker.boundary !== undefined);
    if (found) return found;
    // A deny that reaches the role binds managed policies as well: they are only asked where no statement denies.
    const denied = statements.some(({effect}) => effect === 'Deny');
    if (managed.length > 0)
      return {certainty: denied ? 'unknown' : 'conditional', level: 0, note: `, policy ${managed[0]!.name}`};
    return gaps.length > 0 ? {certainty: 'unknown', level: 0, note: `, ${gaps[0]!}`} : null;
  };
  return {
    in(account) {
      let found = known.get(account);
      if (!found) {
        found = (principalsIn.get(account) ?? []).filter((principal) => {
          if (principal.kind !== 'iamUser' && principal.kind !== 'iamRole') return false;
          const {statements, managed, gaps} = policiesOf(principal);
          return managed.length > 0 || gaps.length > 0 || statements.some(speaksOfAssuming);
        });
        known.set(account, found);
      }
      return found;
    },
    ask(asker, role, guard, because) {
      const own = asker.id === role.id ? null : allowed(asker, role.id.replace(/^aws:/, ''));
      if (own === null) return;
      graph.edge(asker.id, role.id, 'CAN_ASSUME', {
        evidence: `${because}${guard.note}; its own policy allows sts:AssumeRole${own.note}`,
        level: guard.level > own.level ? guard.level : own.level,
        certainty: weaker(guard.certainty, own.certainty),
        place: {id: role.id},
      });
    },
  };
}

function speaksOfAssuming({effect, actions, notActions}: Statement): boolean {
  if (effect !== 'Allow') return false;
  if (notActions.length > 0) return !notActions.some((p) => actionMatches(p, 'sts:AssumeRole'));
  return actions.some((p) => actionMatches(p, 'sts:AssumeRole'));
}

function weaker(a: Certainty, b: Certainty): Certainty {
  const order: Certainty[] = ['certain', 'conditional', 'unknown'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))]!;
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
