import {type GraphIndex, indexOf, withoutEdges} from '../../exposure/index-graph.ts';
import {ownRoots} from '../../exposure/own-roots.ts';
import {nodeNumbers, rootsReaching} from '../../exposure/site-roots.ts';
import {siteNode} from '../../identity/node-ids.ts';
import type {PlacementInput} from '../input.ts';
import {createProfileTable, profilesOf, type ProfileTable} from './profiles.ts';

export interface PricedRoot {
  id: string;
  kind: string;
  name: string;
  /**
   * p_r = ρ_κ · per cent of the estate's value the root reaches today, in milli-points per unit of value. A root that
   * reaches less than one workload of highest need is priced as if it reached one: a new site's own root is small,
   * but never nothing.
   */
  price: number;
}

/** A workload that can be controlled through another one, at the given level. Positions in `estate.workloads`. */
export interface TrustEdge {
  holder: number;
  target: number;
  level: 0 | 1 | 2 | 3;
}

/**
 * The linear exposure model: who reaches a workload at a site, and what that costs. Every root counts once per
 * workload, however many paths it has.
 */
export interface ExposureModel {
  roots: PricedRoot[];
  /** Today's graph without the edges in `trust`. */
  index: GraphIndex;
  table: ProfileTable;
  attenuation: readonly [number, number, number, number];
  /** Who reaches each site. */
  sites: Uint32Array;
  /** Who reaches each workload today, other than through a workload that holds a credential on it. */
  here: Uint32Array;
  /** Who reaches each workload wherever it stands, other than through such a workload. */
  own: Uint32Array;
  /** As `here` and `own`, but only who controls the workload: only they go on to what it holds credentials of. */
  control: {here: Uint32Array; own: Uint32Array};
  trust: TrustEdge[];
}

export function exposureModel(input: PlacementInput): ExposureModel {
  const {estate, exposure, graph, sites} = input;
  const priced = pricedRoots(input);
  const workloadOf = new Map(estate.workloads.map((workload, index) => [workload.id, index]));
  const {trust, trustEdges} = trustOf(input, workloadOf);
  const whole = indexOf(graph, input.index);
  const index = trustEdges.size === 0 ? whole : withoutEdges(whole, trustEdges);
  const table = createProfileTable(Math.max(1, priced.length));
  const workloads = estate.workloads.map((workload) => workload.id);
  const siteNodes = sites.map((site) => siteNode(site.id));
  const numbers = nodeNumbers(index, [...workloads, ...siteNodes]);
  const reached = profilesOf(rootsReaching(index, numbers, 'conditional'), table);
  const here = reached.subarray(0, workloads.length);
  const own = profilesOf(ownRoots(index, workloads, 'conditional'), table);
  return {
    roots: priced,
    index,
    table,
    attenuation: exposure.parameters.attenuation,
    sites: reached.subarray(workloads.length),
    here,
    own,
    // Without access edges both are the same, and without credentials nobody asks.
    control: trust.length === 0 || !graph.edges.some(({caps}) => caps) ? {here, own} : controlled(),
    trust,
  };

  function controlled(): ExposureModel['control'] {
    const nodes = numbers.subarray(0, workloads.length);
    return {
      here: profilesOf(rootsReaching(index, nodes, 'conditional', 'control'), table),
      own: profilesOf(ownRoots(index, workloads, 'conditional', 'control'), table),
    };
  }
}

function pricedRoots({exposure, graph}: PlacementInput): PricedRoot[] {
  const byId = new Map(exposure.roots.map((root) => [root.id, root]));
  const weights = exposure.parameters.rootWeight;
  const least = exposure.totalValue > 0 ? Math.min(100, 100 / exposure.totalValue) : 0;
  return graph.nodes
    .filter((node) => node.kind === 'root')
    .map((node): PricedRoot => {
      const known = byId.get(node.id);
      const kind = known?.kind ?? node.subKind;
      const rho = weights[kind] ?? weights['default'] ?? 0;
      const price = Math.round(1000 * rho * Math.max(least, known?.share.value ?? 0));
      return {id: node.id, kind, name: known?.name ?? node.name, price};
    });
}

/** The same model with roots priced by other weights of their kinds. */
export function repriced(model: ExposureModel, input: PlacementInput): ExposureModel {
  return {...model, roots: pricedRoots(input)};
}

/** Workload → workload edges that go along with a move, and declared credentials; strongest level per pair. */
function trustOf(
  input: PlacementInput,
  workloadOf: Map<string, number>,
): {trust: TrustEdge[]; trustEdges: Set<number>} {
  const trustEdges = new Set<number>();
  const count = input.estate.workloads.length;
  const levels = new Map<number, number>();
  const note = (from: string, to: string, level: number): boolean => {
    const holder = workloadOf.get(from);
    const target = workloadOf.get(to);
    if (holder === undefined || target === undefined || holder === target) return false;
    const key = holder * count + target;
    levels.set(key, Math.min(level, levels.get(key) ?? 3));
    return true;
  };
  input.graph.edges.forEach((edge, index) => {
    if (edge.bound !== 'workload' || edge.certainty === 'unknown') return;
    if (note(edge.from, edge.to, edge.level)) trustEdges.add(index);
  });
  for (const dependency of input.estate.dependencies) {
    if (dependency.kind === 'trust') note(dependency.from, dependency.to, 0);
  }
  const trust = [...levels].map(([key, level]) => ({
    holder: Math.floor(key / count),
    target: key % count,
    level: level as TrustEdge['level'],
  }));
  trust.sort((a, b) => a.target - b.target || a.holder - b.holder);
  return {trust, trustEdges};
}

/** Exposure of a workload of this weight to one root, milli-points. Rounded once, so that sums are exact. */
export function reachPoints(model: ExposureModel, root: number, delta: number, weight: number): number {
  return Math.round(model.roots[root]!.price * (model.attenuation[delta] ?? 0) * weight);
}

/** Exposure of a workload of this weight to a whole profile, memoised. */
export type ProfilePoints = (profile: number, weight: number) => number;

export function profilePoints(model: ExposureModel): ProfilePoints {
  const byWeight = new Map<number, Map<number, number>>();
  return (profile, weight) => {
    let known = byWeight.get(weight);
    if (!known) byWeight.set(weight, (known = new Map()));
    let points = known.get(profile);
    if (points === undefined) {
      points = 0;
      for (const {root, delta} of model.table.reaches(profile)) {
        points += reachPoints(model, root, delta, weight);
      }
      known.set(profile, points);
    }
    return points;
  };
}
