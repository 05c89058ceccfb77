import type {ChokePoints, Exposure, IdentityGraph, RootExposure, Stability} from '../model/exposure.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import {type ChokeOptions, chokePoints} from './choke/choke-points.ts';
import {exclusiveValues} from './exclusive.ts';
import {indexGraph} from './index-graph.ts';
import {rootStability} from './stability.ts';
import {UNIT, workloadValues} from './values.ts';

export interface RootDetails {
  /** In the order of the exposure, each with its exclusive value. */
  roots: RootExposure[];
  chokePoints: ChokePoints;
  stability: Stability;
}

/** What is worth a second look at roots once they are scored: what only one of them reaches, and where to cut. */
export function rootDetails(
  from: {
    graph: IdentityGraph;
    /** Ids in the order of the estate. */
    workloads: readonly string[];
    sensitivity: SensitivityResult;
    exposure: Exposure;
  },
  options: ChokeOptions,
): RootDetails {
  const {graph, workloads, sensitivity, exposure} = from;
  const {parameters} = exposure;
  const index = indexGraph(graph);
  const weights = workloadValues([...workloads], sensitivity.workloads);
  const values = new Map<number, number>();
  workloads.forEach((id, i) => {
    const node = index.find(id);
    if (node >= 0) values.set(node, weights[i]!);
  });
  const targets = Uint32Array.from(values.keys(), (node) => index.target(node));
  const exclusive = exclusiveValues(index, targets, Float64Array.from(values.values()), parameters);
  const byId = new Map(
    Array.from(index.roots, (node, r) => {
      const {value, lo, hi} = exclusive[r]!;
      return [graph.nodes[node]!.id, {value: value / UNIT, lo: lo / UNIT, hi: hi / UNIT}];
    }),
  );
  const ranked = exposure.roots.map(({id}) => id);
  return {
    roots: exposure.roots.map((root) => ({...root, exclusive: byId.get(root.id)!})),
    chokePoints: chokePoints(index, ranked, values, parameters, options),
    stability: rootStability({graph, workloads, sensitivity, parameters}),
  };
}
