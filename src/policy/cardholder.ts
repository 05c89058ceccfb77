import {type GraphIndex, indexOf} from '../exposure/index-graph.ts';
import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import type {Estate} from '../model/estate.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';

/** Data category of payment card numbers. */
const CARDHOLDER = 'pan';

/** Paths that need a provider's flaw or the hardware (levels 2 and 3) are no reason to call a system connected. */
const NEAR = 1;

/** Grades of certainty as the graph index numbers them: conditional paths count, unknown ones may. */
const CONDITIONAL = 1;
const ANY = 2;

/** Roots searched at a time; bounds the matrix of levels. */
const BLOCK = 256;

/**
 * Who can get at cardholder data through identities, and who exchanges data with it. `null` = unknown: only unknown
 * edges or a gate whose other inputs are open lead there, or what is reached holds data nobody has named.
 */
export interface CardholderReach {
  /** Code on the workload can obtain control of, or access to, another workload with cardholder data. */
  controls: (workload: number) => boolean | null;
  /** A declared data flow, in either direction, joins it with a workload with cardholder data. */
  exchanges: (workload: number) => boolean | null;
  /** Workloads known to hold cardholder data that a root reaches; null when it reaches only data nobody has named. */
  byRoot: (root: string) => number | null;
}

/** Nothing is computed before the first question. Workloads are numbered as in the estate. */
export function cardholderReach(
  graph: IdentityGraph,
  estate: Pick<Estate, 'workloads' | 'dependencies'>,
  sensitivity: SensitivityResult,
  index?: GraphIndex,
): CardholderReach {
  const holds = holdings(sensitivity, estate.workloads.length);
  let reach: Pick<CardholderReach, 'controls' | 'byRoot'> | undefined;
  let flows: Map<number, Holding> | undefined;
  const search = () => (reach ??= identityReach(graph, estate, holds, index));
  return {
    controls: (workload) => search().controls(workload),
    byRoot: (root) => search().byRoot(root),
    exchanges: (workload) => (flows ??= partners(estate, holds)).get(workload) ?? null,
  };
}

/** true = holds cardholder data, false = its data are named and hold none, null = nobody has named them. */
type Holding = boolean | null;

function holdings({workloads}: SensitivityResult, size: number): Holding[] {
  return Array.from({length: size}, (_, w) => {
    const categories = workloads[w]?.categories ?? [];
    return categories.length === 0 ? null : categories.includes(CARDHOLDER);
  });
}

function identityReach(
  graph: IdentityGraph,
  {workloads}: Pick<Estate, 'workloads'>,
  holds: readonly Holding[],
  indexed: GraphIndex | undefined,
): Pick<CardholderReach, 'controls' | 'byRoot'> {
  const index = indexOf(graph, indexed);
  const nodes = workloads.map(({id}) => index.find(id));
  const known = nodes.filter((node, w) => node >= 0 && holds[w] === true);
  const possible = nodes.filter((node, w) => node >= 0 && holds[w] !== false);
  const ends = (list: number[]): number[] => [...new Set(list.flatMap((node) => [node, index.target(node)]))];
  const shut = new Uint8Array(index.reverse.heads.length);
  for (const gate of index.gates) shut.fill(1, index.reverse.offsets[gate], index.reverse.offsets[gate + 1]);
  const sure = bottleneck(index.reverse, ends(known), {
    maxGrade: CONDITIONAL,
    maxLevel: NEAR,
    skip: (entry) => shut[entry] === 1,
  });
  const maybe = bottleneck(index.reverse, ends(possible), {maxGrade: ANY, maxLevel: NEAR});
  const counts = rootCounts();
  return {
    controls: (workload) => {
      const node = nodes[workload]!;
      if (node < 0) return false;
      if (leads(node, sure.delta, shut, CONDITIONAL)) return true;
      return leads(node, maybe.delta, null, ANY) ? null : false;
    },
    byRoot: (root) => {
      const count = counts.get(root);
      if (count === undefined) return null;
      return count > 0 || maybe.delta[index.find(root)] === UNREACHED ? count : null;
    },
  };

  /** Whether a step away from the node leads to an end: a workload always reaches itself, which says nothing. */
  function leads(node: number, delta: Uint8Array, closed: Uint8Array | null, maxGrade: number): boolean {
    const {offsets, heads, level, grade} = index.forward;
    const beside = index.target(node);
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const head = heads[at]!;
      if (head === node || head === beside || grade[at]! > maxGrade || level[at]! > NEAR) continue;
      // One input does not open a gate.
      if (closed && (index.forward.threshold?.[head] ?? 1) > 1) continue;
      if (delta[head] !== UNREACHED) return true;
    }
    return false;
  }

  function rootCounts(): Map<string, number> {
    const found = new Map<string, number>();
    const targets = [...new Set(known)].map((node) => index.target(node));
    for (let begin = 0; begin < index.roots.length; begin += BLOCK) {
      const block = index.roots.subarray(begin, begin + BLOCK);
      const matrix = bottleneckMatrix(index.forward, block, targets, CONDITIONAL);
      block.forEach((root, row) => {
        const levels = matrix.subarray(row * targets.length, (row + 1) * targets.length);
        found.set(index.graph.nodes[root]!.id, levels.filter((level) => level <= NEAR).length);
      });
    }
    return found;
  }
}

/** Per workload with declared data flows: whether some partner holds cardholder data. */
function partners(
  {workloads, dependencies}: Pick<Estate, 'workloads' | 'dependencies'>,
  holds: readonly Holding[],
): Map<number, Holding> {
  const at = new Map(workloads.map(({id}, w) => [id, w]));
  const found = new Map<number, Holding>();
  for (const {from, to, kind} of dependencies) {
    const [a, b] = [at.get(from), at.get(to)];
    if (kind !== 'data-flow' || a === undefined || b === undefined) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const before = found.get(one);
      found.set(
        one,
        before === true || holds[other] === true ? true : before === null ? null : holds[other]!,
      );
    }
  }
  return found;
}
