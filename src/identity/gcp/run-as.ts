import type {Certainty} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';

const FULL_SCOPE = /^(?:https:\/\/www\.googleapis\.com\/auth\/)?cloud-platform$/;

/**
 * Code on a workload acts as its service account. Access scopes narrow what its tokens are good for, service by service, in a way
 * that no role table follows, so narrow scopes make the edge conditional rather than shorter: what it carries is at most this.
 */
export function drawRunAs({estate, graph}: BuildContext): void {
  for (const workload of estate.workloads) {
    if (workload.cloud !== 'gcp') continue;
    const {certainty, note} = scopesOf(workload);
    for (const identity of workload.identities)
      graph.edge(workload.id, identity, 'RUNS_AS', {
        evidence: `workload.identities = ${identity}${note}`,
        certainty,
        bound: 'workload',
      });
  }
  drawKubernetes({estate, graph});
}

function scopesOf({attributes}: Workload): {certainty: Certainty; note: string} {
  const written = attributes['oauthScopes'];
  if (typeof written !== 'string') return {certainty: 'certain', note: ''};
  const scopes = written.split(' ').filter((scope) => scope !== '');
  if (scopes.some((scope) => FULL_SCOPE.test(scope)))
    return {certainty: 'certain', note: ', scope cloud-platform'};
  const names = scopes.map((scope) => scope.replace(/^.*\/auth\//, ''));
  return {
    certainty: 'conditional',
    note: `, tokens limited to the scopes ${names.length === 0 ? '(none)' : names.join(', ')}`,
  };
}

/**
 * Kubernetes accounts of a workload identity pool (`serviceAccount:<project>.svc.id.goog[namespace/name]`): every cluster of the
 * pool can create an account of that name, so each of them is its master.
 */
function drawKubernetes({estate, graph}: Pick<BuildContext, 'estate' | 'graph'>): void {
  const clusters = new Map<string, string[]>();
  for (const {id, cloud, attributes} of estate.workloads) {
    const pool = attributes['workloadPool'];
    if (cloud !== 'gcp' || typeof pool !== 'string') continue;
    const list = clusters.get(pool);
    if (list) list.push(id);
    else clusters.set(pool, [id]);
  }
  for (const {id} of estate.principals) {
    const pool = /^gcp:serviceAccount:([^[]+\.svc\.id\.goog)\[/.exec(id)?.[1];
    for (const cluster of pool === undefined ? [] : (clusters.get(pool) ?? []))
      graph.edge(cluster, id, 'RUNS_AS', {evidence: `workloadPool = ${pool}`, bound: 'workload'});
  }
}
