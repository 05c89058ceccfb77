import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {grant} from '../rights.ts';
import {accountContainer, isListed, isProfile} from './accounts.ts';

/** Account root of a root user as credential reports name it; null for anybody else. */
function rootUserAccount(id: string): string | null {
  const account = /^aws:arn:[^:]+:iam::(\d{12}):root$/.exec(id)?.[1];
  return account === undefined ? null : `aws-account:${account}`;
}

/** Roles and instance profiles that are used but whose rights no source states: all may be theirs. */
export function addUnlisted(context: BuildContext, facets: Facets): void {
  const {estate, graph} = context;
  const resolved = new Set(estate.edges.flatMap(({from, kind}) => (kind === 'RUNS_AS' ? [from] : [])));
  const unread: Principal[] = [];
  for (const principal of estate.principals) {
    if (principal.cloud !== 'aws') continue;
    const account = accountContainer(context, principal);
    const root = rootUserAccount(principal.id);
    if (root !== null && graph.has(root)) {
      graph.edge(principal.id, root, 'IS_ROOT', {
        evidence: `${principal.name}: the root user is the account itself`,
        bound: 'workload',
      });
      continue;
    }
    const isEnvelope = isProfile(principal);
    if (account === null || (isEnvelope && resolved.has(principal.id))) continue;
    const open =
      isEnvelope || ((principal.kind === 'iamUser' || principal.kind === 'iamRole') && !isListed(principal));
    if (!open) continue;
    unread.push(principal);
    const because = `${principal.name}: ${isEnvelope ? 'the role it hands out is' : 'its policies are'} not in the source`;
    grant(
      context,
      facets,
      principal.id,
      account,
      [{over: 'control', certainty: 'unknown', level: 0, because}],
      {
        id: principal.id,
      },
    );
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
