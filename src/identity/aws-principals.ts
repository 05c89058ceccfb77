import type {Principal} from '../model/estate.ts';
import {awsRights} from './aws-rights.ts';
import {type Statement, statementsOf} from './aws-statements.ts';
import type {BuildContext} from './context.ts';
import type {Facets} from './facets.ts';
import {type Right, grant} from './rights.ts';
import {awsAccountOf} from './root-ids.ts';
import {MANAGED_POLICIES} from './tables/aws-actions.ts';

/**
 * `HAS_ROLE` edges of AWS users and roles to their account. A user counts with its groups' policies, because a deny
 * of either side binds it; groups themselves act for nobody.
 */
export function addAwsPrincipals(context: BuildContext, facets: Facets): void {
  const {estate, graph} = context;
  const documents = new Map(
    estate.policyDocuments.map(({id, document}) => [id, statementsOf(document)] as const),
  );
  const missing = new Map<string, number>();
  for (const principal of estate.principals) {
    if (principal.cloud !== 'aws' || (principal.kind !== 'iamUser' && principal.kind !== 'iamRole')) continue;
    const account = accountContainer(context, principal);
    if (account === null) continue;
    const statements: Statement[] = [];
    const shorthand: Right[] = [];
    for (const id of policiesOf(context, principal)) {
      const known = documents.get(id);
      if (known) {
        statements.push(...known);
        continue;
      }
      const right = managedRight(id);
      if (right) shorthand.push(right);
      if (!isKnownManaged(id)) missing.set(id, (missing.get(id) ?? 0) + 1);
    }
    const rights = [...awsRights(statements, principal.boundary !== undefined), ...shorthand];
    grant(context, facets, principal.id, account, rights, {id: principal.id});
  }
  for (const [policy, count] of missing) {
    graph.findings.push({
      code: 'BH-ID-003',
      severity: 'low',
      message: `policy \`${policy}\` is attached ${count}× but its document is not in the source; its holders count in the upper end only`,
      where: {id: policy},
      remedy: 'Import `aws iam get-account-authorization-details` without `--filter`.',
    });
  }
}

/** Account container a principal belongs to. */
export function accountContainer(context: BuildContext, principal: Principal): string | null {
  if (principal.container !== null && context.containers.has(principal.container)) return principal.container;
  return context.awsAccounts.get(awsAccountOf(principal.id) ?? '')?.id ?? null;
}

function policiesOf(context: BuildContext, principal: Principal): string[] {
  const own = principal.policies ?? [];
  const groups = principal.memberOf.flatMap((id) => context.principals.get(id)?.policies ?? []);
  return [...new Set([...own, ...groups])];
}

function policyName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function isKnownManaged(id: string): boolean {
  return id.includes(':aws:policy/') && policyName(id) in MANAGED_POLICIES;
}

/** Right of an attached policy whose document is missing; null = known to give none. */
function managedRight(id: string): Right | null {
  const known = isKnownManaged(id) ? MANAGED_POLICIES[policyName(id)] : undefined;
  if (known === 'none') return null;
  return known
    ? {over: known, certainty: 'certain', level: 0, because: `attached policy = ${policyName(id)}`}
    : {
        over: 'control',
        certainty: 'unknown',
        level: 0,
        because: `attached policy ${policyName(id)}: document not in the source`,
      };
}
