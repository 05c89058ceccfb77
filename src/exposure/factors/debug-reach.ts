import type {Estate} from '../../model/estate.ts';
import type {IdentityGraph} from '../../model/exposure.ts';
import {type GraphIndex, indexOf} from '../index-graph.ts';
import {reachOf} from '../reach.ts';
import {environmentsOf} from './environments.ts';
import type {RiskFactors} from './parameters.ts';
import {counted} from './tell.ts';
import type {Measured} from './tell.ts';

/** Things searched from one by one; the rest is only counted. */
const SEARCHED = 40;

/** Identities and workloads of development and test that reach production over certain edges without a further proof. */
export function measureDebugReach(
  estate: Estate,
  graph: IdentityGraph,
  factors: RiskFactors,
  known?: GraphIndex,
): Measured[] {
  const {threshold} = factors.factors.debugReachesProduction;
  const environmentOf = environmentsOf(estate, factors);
  const productive = estate.workloads.filter((one) => environmentOf(one)?.environment === 'production');
  if (productive.length === 0) return [];
  const starts = [...estate.workloads, ...estate.principals].flatMap((one) => {
    const stated = environmentOf(one);
    return stated?.environment === 'nonProduction'
      ? [{id: one.id, name: one.name, because: stated.because}]
      : [];
  });
  if (starts.length === 0) return [];
  const index = indexOf(graph, known);
  const found: Measured[] = [];
  // One search from all of them tells whether any of them gets there at all.
  const together = reachOf(
    index,
    starts.map(({id}) => id),
    'certain',
    0,
  );
  const reachable = productive.filter(({id}) => reached(together, index.find(id)));
  if (reachable.length <= threshold.value) return [];
  for (const [i, start] of starts.entries()) {
    if (i >= SEARCHED) {
      found.push({
        about: start.id,
        says: `${counted(starts.length - SEARCHED, 'further things')} of development and test were not searched one by one; all together reach ${counted(reachable.length, 'workloads')} of production`,
        evidence: 'certain edges of level 0',
      });
      break;
    }
    const delta = reachOf(index, [start.id], 'certain', 0);
    const hit = reachable.filter(({id}) => reached(delta, index.find(id)));
    if (hit.length <= threshold.value) continue;
    found.push({
      about: start.id,
      says: `tagged ${start.because}, it reaches ${counted(hit.length, 'workloads')} of production, first ${hit[0]!.name}`,
      evidence: `${hit[0]!.name} is tagged ${environmentOf(hit[0]!)?.because ?? ''}; certain edges of level 0 only`,
    });
  }
  return found;
}

function reached(delta: Uint8Array, node: number): boolean {
  return node >= 0 && delta[node] !== 255;
}
