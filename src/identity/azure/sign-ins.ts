import type {Certainty} from '../../model/common.ts';
import type {BuildContext} from '../context.ts';
import {CONSUMER_KEY} from '../node-ids.ts';
import {reference} from '../references.ts';

/**
 * Whether a token of Microsoft's personal-account key could be taken by an application of this sign-in audience. The
 * audience governs issuance; a forged token skips issuance, so single-tenant stays unknown until somebody states how the
 * application validates tokens.
 */
const CONSUMER_KEY_ACCEPTED: Record<string, {certainty: Certainty; because: string}> = {
  AzureADandPersonalMicrosoftAccount: {certainty: 'certain', because: 'personal accounts are accepted'},
  PersonalMicrosoftAccount: {certainty: 'certain', because: 'personal accounts are accepted'},
  AzureADMultipleOrgs: {certainty: 'conditional', because: 'depends on the issuer check of the application'},
  AzureADMyOrg: {certainty: 'unknown', because: 'how the application validates tokens is not stated'},
};

/** `SIGNS_IN` from roots to workloads, and the consumer signing key to the applications that may accept its tokens. */
export function addSignIns(context: BuildContext): void {
  const {estate, graph} = context;
  for (const {workload, root, signInAudience, place} of estate.identity.flatMap(({signIns}) => signIns)) {
    const from = graph.root(root);
    for (const id of reference(context, [workload], 'signIns.workload', place)) {
      graph.edge(from, id, 'SIGNS_IN', {evidence: `signIns.root = ${root}`, bound: 'workload', place});
      if (signInAudience === null && !from.startsWith('entra:')) continue;
      const accepted = CONSUMER_KEY_ACCEPTED[signInAudience ?? ''] ?? {
        certainty: 'unknown' as const,
        because: signInAudience === null ? 'the audience is not stated' : 'the audience is not a known value',
      };
      graph.edge(graph.root(CONSUMER_KEY, 'Microsoft consumer signing key'), id, 'ACCEPTS_KEY', {
        evidence: `signInAudience = ${signInAudience ?? 'not stated'}: ${accepted.because}`,
        level: 2,
        certainty: accepted.certainty,
        bound: 'workload',
        place,
      });
    }
  }
}
