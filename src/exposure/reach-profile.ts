import {UNREACHED} from '../graph/bottleneck.ts';
import {reachSets} from '../graph/reach-sets.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';
import {type OutboundSums, outboundSums, outboundValues} from './outbound.ts';
import {type RootSums, rootSums, rootValues} from './root-sums.ts';
import {percentOf, rootWeight, saturate, surprise} from './values.ts';

/**
 * All that scores depend on but the parameters, over certain and conditional edges: with it the same estate is scored
 * again and again without a search. Workloads that the same roots reach at the same levels share one set.
 */
export interface ReachProfile extends RootSums {
  /** Per set the δ of each root, 255 = not reached. */
  sets: Uint8Array[];
  outbound: OutboundSums;
  /** Workloads of one set and one weight: they share all terms but the outbound one. */
  classOf: Uint32Array;
  classes: {set: number; weight: number}[];
}

/** @param nodes node number per workload */
export function reachProfile(index: GraphIndex, nodes: Uint32Array, weights: Float64Array): ReachProfile {
  const {roots} = index;
  const targets = nodes.map((node) => index.target(node));
  const {setOf, rows} = reachSets(index.forward, roots, targets, GRADE.conditional);
  return {
    ...classesOf(setOf, weights),
    sets: rows,
    ...rootSums(index, nodes, weights),
    outbound: outboundSums(index, nodes, weights, GRADE.conditional),
  };
}

function classesOf(setOf: Uint32Array, weights: Float64Array): Pick<ReachProfile, 'classOf' | 'classes'> {
  const known = new Map<number, Map<number, number>>();
  const classes: ReachProfile['classes'] = [];
  const classOf = setOf.map((set, i) => {
    const weight = weights[i]!;
    const ofSet = known.get(set) ?? new Map<number, number>();
    known.set(set, ofSet);
    const found = ofSet.get(weight);
    if (found !== undefined) return found;
    ofSet.set(weight, classes.length);
    classes.push({set, weight});
    return classes.length - 1;
  });
  return {classOf, classes};
}

/** SIBR of each workload, 0–100. Terms that do not depend on the single workload are computed once per class. */
export function profileScores(profile: ReachProfile, parameters: ScoreParameters): Float64Array {
  const {classOf, classes, sets, kinds, outbound} = profile;
  const {attenuation, exponents} = parameters;
  const values = rootValues(profile, parameters);
  const names = [...new Set(kinds)];
  const kindOf = kinds.map((kind) => names.indexOf(kind));
  const rho = names.map((kind) => rootWeight(kind, parameters));
  const out = outboundValues(outbound, parameters);
  const inbounds = sets.map((row) => overKinds((r) => attenuation[row[r]!]!, row));
  const shared = Float64Array.from(classes, ({set, weight}) => {
    const row = sets[set]!;
    const fate = overKinds((r) => {
      const alpha = attenuation[row[r]!]!;
      return alpha * saturate(values[r]! - weight * alpha, parameters);
    }, row);
    return exponents.inbound * inbounds[set]! + exponents.sharedFate * fate;
  });
  return Float64Array.from(classOf, (one, i) =>
    percentOf(shared[one]! + exponents.outbound * surprise(saturate(out[i]!, parameters))),
  );

  /** Σ over kinds of −ln(1 − ρ·max over the roots of the kind). */
  function overKinds(term: (root: number) => number, row: Uint8Array): number {
    const most = new Float64Array(names.length);
    for (let r = 0; r < row.length; r++) {
      if (row[r] === UNREACHED) continue;
      const kind = kindOf[r]!;
      most[kind] = Math.max(most[kind]!, term(r));
    }
    return most.reduce((sum, x, kind) => sum + (x > 0 ? surprise(rho[kind]! * x) : 0), 0);
  }
}
