import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {grant} from '../rights.ts';
import {accountContainer, isListed, isProfile} from './accounts.ts';

/** Roles and instance profiles that are used but whose rights no source states: all may be theirs. */
export function addUnlisted(context: BuildContext, facets: Facets): void {
  const {estate, graph} = context;
  const resolved = new Set(estate.edges.flatMap(({from, kind}) => (kind === 'RUNS_AS' ? [from] : [])));
  const unread: Principal[] = [];
  for (const principal of estate.principals) {
    if (principal.cloud !== 'aws') continue;
    const account = accountContainer(context, principal);
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
