import {ownRoots} from '../../exposure/own-roots.ts';
import {nodeNumbers, rootsReaching} from '../../exposure/site-roots.ts';
import {siteNode} from '../../identity/node-ids.ts';
import type {Certainty} from '../../model/common.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {profilesOf} from '../problem/profiles.ts';

/** Who reaches sites and workloads if only certain edges hold, and if all of them do. */
export interface OpenEdges {
  certain: Reach;
  all: Reach;
}

interface Reach {
  sites: Uint32Array;
  /** By place in the list of workloads asked for. */
  here: Uint32Array;
  own: Uint32Array;
}

/** Null where every edge of the graph is certain. Workloads are positions in the estate. */
export function openEdges(problem: PlacementProblem, workloads: number[]): OpenEdges | null {
  const {model, input} = problem;
  if (input.graph.edges.every(({certainty}) => certainty === 'certain')) return null;
  const ids = workloads.map((w) => input.estate.workloads[w]!.id);
  const numbers = nodeNumbers(model.index, [...ids, ...input.sites.map(({id}) => siteNode(id))]);
  const reach = (mask: Certainty): Reach => {
    const reached = profilesOf(rootsReaching(model.index, numbers, mask), model.table);
    return {
      here: reached.subarray(0, ids.length),
      sites: reached.subarray(ids.length),
      own: profilesOf(ownRoots(model.index, ids, mask), model.table),
    };
  };
  return {certain: reach('certain'), all: reach('unknown')};
}
