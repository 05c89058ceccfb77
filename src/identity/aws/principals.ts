import type {Principal} from '../../model/estate.ts';
import type {HeldPolicies} from './policies.ts';
import {awsRights} from './rights.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {type Right, grant} from '../rights.ts';
import {awsAccountOf} from '../root-ids.ts';

/**
 * `HAS_ROLE` edges of AWS users, roles and instance profiles to their account. Groups act for nobody: their policies count
 * at their members.
 */
export function addAwsPrincipals(
  context: BuildContext,
  facets: Facets,
  policiesOf: (principal: Principal) => HeldPolicies,
): void {
  const {estate, graph} = context;
  const resolved = new Set(estate.edges.flatMap(({from, kind}) => (kind === 'RUNS_AS' ? [from] : [])));
  const unread: Principal[] = [];
  for (const principal of estate.principals) {
    if (principal.cloud !== 'aws') continue;
    const account = accountContainer(context, principal);
    if (account === null) continue;
    if (isProfile(principal)) {
      if (resolved.has(principal.id)) continue;
      unread.push(principal);
      const because = `${principal.name}: the role it hands out is not in the source`;
      grant(context, facets, principal.id, account, [unknownControl(because)], {id: principal.id});
      continue;
    }
    if (principal.kind !== 'iamUser' && principal.kind !== 'iamRole') continue;
    const held = policiesOf(principal);
    if (principal.implied === true && principal.policies === undefined) unread.push(principal);
    const rights = [
      ...awsRights(held.statements, principal.boundary !== undefined),
      ...shorthand(held, principal),
      ...held.gaps.map(unknownControl),
    ];
    grant(context, facets, principal.id, account, rights, {id: principal.id});
  }
  if (unread.length === 0) return;
  graph.findings.push({
    code: 'BH-ID-004',
    severity: 'low',
    message: `${unread.length} role(s) or instance profile(s) are used but their rights are not in the source, first \`${unread[0]!.name}\`; what they may do counts in the upper end only`,
    where: {id: unread[0]!.id},
    remedy: 'Import `aws iam get-account-authorization-details` of the account.',
  });
}

/** Findings for policies whose documents are not in the source. */
export function tellMissingPolicies({graph}: BuildContext, missing: ReadonlyMap<string, number>): void {
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

/** The envelope that hands a role to a machine; only IAM knows which role is inside. */
function isProfile({kind, id}: Principal): boolean {
  return kind === 'unknown' && id.includes(':instance-profile/');
}

/** Rights of managed policies without a document; a boundary or a deny elsewhere may narrow them. */
function shorthand({managed, statements}: HeldPolicies, {boundary}: Principal): Right[] {
  const denied = statements.some(({effect}) => effect === 'Deny');
  const limits = [
    ...(boundary === undefined ? [] : ['permission boundary not evaluated']),
    ...(denied ? ['limited by a deny'] : []),
  ];
  return managed.map(({name, gives}) => ({
    over: gives,
    certainty: limits.length === 0 ? 'certain' : 'conditional',
    level: 0,
    because: [`attached policy = ${name}`, ...limits].join(', '),
  }));
}

function unknownControl(because: string): Right {
  return {over: 'control', certainty: 'unknown', level: 0, because};
}
