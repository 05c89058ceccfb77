import {UNREACHED} from '../graph/bottleneck.ts';
import type {Csr} from '../graph/csr.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {RootSet} from '../model/sensitivity.ts';

/** The parts of an indexed identity graph that are needed here. */
export interface Reachability {
  graph: IdentityGraph;
  forward: Csr;
  roots: Uint32Array;
  find: (id: string) => number;
  target: (node: number) => number;
}

/** Directly or guarded: provider flaws and physical access are no everyday reach. */
const MAX_DELTA = 1;

/** Roots searched at a time: bounds the matrix to this many bytes per workload. */
const BLOCK = 64;

/**
 * What each identity root reaches within level 1, for cumulation. Roots that reach fewer than two workloads are left out.
 * @param workloads ids, in the order of the estate
 * @param all false = only roots that some workload runs: nothing else can be raised at the point itself
 */
export function rootSets(index: Reachability, workloads: string[], all: boolean): RootSet[] {
  const {graph, roots} = index;
  const numbers = workloads.map((id) => index.find(id));
  const present = workloads.flatMap((_, w) => (numbers[w]! >= 0 ? [w] : []));
  const carriers = carriersOf(index, numbers);
  const wanted = Array.from(roots).filter((root) => all || carriers.has(root));
  const targets = Uint32Array.from(present, (w) => index.target(numbers[w]!));
  const sets: RootSet[] = [];
  for (let begin = 0; begin < wanted.length; begin += BLOCK) {
    const block = wanted.slice(begin, begin + BLOCK);
    const certain = bottleneckMatrix(index.forward, block, targets, 0);
    const possible = bottleneckMatrix(index.forward, block, targets, 2);
    block.forEach((root, row) => {
      const reached = (matrix: Uint8Array): Uint32Array =>
        Uint32Array.from(present.filter((_, t) => near(matrix[row * targets.length + t]!)));
      const most = reached(possible);
      if (most.length < 2) return;
      const {id, name} = graph.nodes[root]!;
      sets.push({
        root: id,
        name,
        certain: reached(certain),
        possible: most,
        carriers: Uint32Array.from(carriers.get(root) ?? []).sort(),
      });
    });
  }
  return sets;
}

function near(delta: number): boolean {
  return delta !== UNREACHED && delta <= MAX_DELTA;
}

/** Workloads with an edge of certain control into a root, by the root's node number. */
function carriersOf({graph, find}: Reachability, numbers: number[]): Map<number, Set<number>> {
  const workloadOf = new Map(numbers.map((node, w) => [node, w]));
  const carriers = new Map<number, Set<number>>();
  for (const {from, to, kind, certainty} of graph.edges) {
    if (kind !== 'HOSTS_ROOT' || certainty !== 'certain') continue;
    const [workload, root] = [workloadOf.get(find(from)), find(to)];
    if (workload === undefined || graph.nodes[root]?.kind !== 'root') continue;
    const known = carriers.get(root);
    if (known) known.add(workload);
    else carriers.set(root, new Set([workload]));
  }
  return carriers;
}
