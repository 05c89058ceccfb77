import type {IdentityGraph, ScoreParameters, Stability} from '../model/exposure.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import {type GraphIndex, indexGraph} from './index-graph.ts';
import {profileScores, reachProfile} from './reach-profile.ts';
import {rootSums, rootValues} from './root-sums.ts';
import {variants} from './stability-variants.ts';
import {workloadValues} from './values.ts';

const TOP = 20;
const CHANGE = 0.2;

/** Numbers that differ only behind the ninth digit count as equal: no place changes by rounding. */
const DIGITS = 1e9;

export interface StabilityInput {
  graph: IdentityGraph;
  /** Ids in the order of the estate. */
  workloads: readonly string[];
  sensitivity: SensitivityResult;
  parameters: ScoreParameters;
}

/** Ranking of the top roots by blast radius under every changed weight. */
export function rootStability(input: StabilityInput): Stability {
  const {index, nodes, weights} = present(input);
  const reach = rootSums(index, nodes, weights);
  return compare(input, reach.kinds, reach.ids, (parameters) => rootValues(reach, parameters));
}

/** Ranking of the top workloads by priority (need × SIBR) under every changed weight. */
export function workloadStability(input: StabilityInput): Stability {
  const {index, nodes, weights, ids} = present(input);
  const profile = reachProfile(index, nodes, weights);
  const need = new Map(input.sensitivity.workloads.map(({workload, weight}) => [workload, weight]));
  const s = Float64Array.from(ids, (id) => need.get(id) ?? 0);
  return compare(input, profile.kinds, ids, (parameters) =>
    profileScores(profile, parameters).map((sibr, i) => s[i]! * sibr),
  );
}

/** Workloads the graph knows; the others score 0 whatever the weights are. */
function present({graph, workloads, sensitivity}: StabilityInput): {
  index: GraphIndex;
  ids: string[];
  nodes: Uint32Array;
  weights: Float64Array;
} {
  const index = indexGraph(graph);
  const all = workloadValues([...workloads], sensitivity.workloads);
  const known = workloads.map((id, i) => ({id, i, node: index.find(id)})).filter(({node}) => node >= 0);
  return {
    index,
    ids: known.map(({id}) => id),
    nodes: Uint32Array.from(known, ({node}) => node),
    weights: Float64Array.from(known, ({i}) => all[i]!),
  };
}

function compare(
  {parameters}: StabilityInput,
  kinds: readonly string[],
  ids: readonly string[],
  valuesOf: (parameters: ScoreParameters) => Float64Array,
): Stability {
  const today = places(ids, valuesOf(parameters));
  const tried = variants(parameters, new Set(kinds), CHANGE);
  return {
    top: TOP,
    change: CHANGE,
    parameters: [...new Set(tried.map(({parameter}) => parameter))],
    changes: tried.flatMap(({parameter, factor, parameters: changed}) => {
      const then = places(ids, valuesOf(changed));
      const moved = [...new Set([...today.top, ...then.top])]
        .map((i) => ({id: ids[i]!, from: today.of(i), to: then.of(i)}))
        .filter(({from, to}) => from !== to)
        .sort((a, b) => a.from - b.from);
      return moved.length === 0 ? [] : [{parameter, factor, moved}];
    }),
  };
}

interface Places {
  /** Positions of the first {@link TOP}, in order. */
  top: number[];
  /** Place of a position, counted from 1. */
  of: (position: number) => number;
}

/** From the largest value to the smallest, equal ones by id; one pass, since only the top matters. */
function places(ids: readonly string[], values: Float64Array): Places {
  const rounded = values.map((value) => Math.round(value * DIGITS));
  const ahead = (a: number, b: number): boolean =>
    rounded[a]! > rounded[b]! || (rounded[a] === rounded[b] && ids[a]! < ids[b]!);
  const top: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (top.length === TOP && !ahead(i, top.at(-1)!)) continue;
    let at = top.length;
    while (at > 0 && ahead(i, top[at - 1]!)) at--;
    top.splice(at, 0, i);
    if (top.length > TOP) top.pop();
  }
  return {
    top,
    of(position) {
      let before = 0;
      for (let i = 0; i < ids.length; i++) if (ahead(i, position)) before++;
      return before + 1;
    },
  };
}
