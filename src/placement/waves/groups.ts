import {forwardCsr} from '../../graph/csr.ts';
import {stronglyConnected} from '../../graph/scc.ts';
import type {Estate} from '../../model/estate.ts';
import {mustTogetherGroups} from '../problem/units.ts';
import type {Moves} from './moves.ts';

/** Moving workloads that go in one wave. */
export interface Groups {
  /** Positions in `movers`, ascending; groups in order of their first member. */
  groups: number[][];
  groupOf: Uint32Array;
  /** Sets of workloads that depend on each other, but are more than a wave holds: what they are now is `groups`. */
  parted: number[][];
}

/**
 * What must stay together is one group. So is what depends on each other: strongly connected over data flows and
 * credentials, as long as a wave holds it. A larger set falls apart into those that use each other directly, and
 * if these are still too many, into what must stay together.
 */
export function formGroups(estate: Estate, {movers, moverOf}: Moves, size: number): Groups {
  const base = mustTogetherGroups(estate)
    .map((members) => members.map((w) => moverOf[w]!).filter((m) => m >= 0))
    .filter((members) => members.length > 0);
  const baseOf = new Uint32Array(movers.length);
  base.forEach((members, g) => members.forEach((m) => (baseOf[m] = g)));
  const ties = tiesBetween(estate, moverOf, baseOf);
  const workloads = (bases: number[]): number => bases.reduce((sum, g) => sum + base[g]!.length, 0);
  const merged: number[][] = [];
  const parted: number[][] = [];
  for (const component of components(base.length, ties)) {
    if (component.length === 1 || workloads(component) <= size) {
      merged.push(component);
      continue;
    }
    const inside = new Set(component);
    const mutual = ties.filter(({from, to, both}) => both && inside.has(from) && inside.has(to));
    let whole = true;
    for (const part of components(base.length, mutual)) {
      if (!inside.has(part[0]!)) continue;
      if (part.length === 1 || workloads(part) <= size) merged.push(part);
      else merged.push(...part.map((g) => [g]));
      whole &&= part.length === component.length;
    }
    parted.push(component.flatMap((g) => base[g]!).sort((a, b) => a - b));
  }
  const groups = merged
    .map((bases) => bases.flatMap((g) => base[g]!).sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
  const groupOf = new Uint32Array(movers.length);
  groups.forEach((members, g) => members.forEach((m) => (groupOf[m] = g)));
  return {groups, groupOf, parted: parted.sort((a, b) => a[0]! - b[0]!)};
}

interface Tie {
  from: number;
  to: number;
  /** The other one uses this one, too. */
  both: boolean;
}

function tiesBetween({workloads, dependencies}: Estate, moverOf: Int32Array, baseOf: Uint32Array): Tie[] {
  const workloadOf = new Map(workloads.map(({id}, w) => [id, w]));
  const count = workloads.length;
  const known = new Map<number, [number, number]>();
  for (const {from, to, kind} of dependencies) {
    if (kind !== 'data-flow' && kind !== 'trust') continue;
    const a = moverOf[workloadOf.get(from) ?? -1] ?? -1;
    const b = moverOf[workloadOf.get(to) ?? -1] ?? -1;
    if (a < 0 || b < 0 || baseOf[a] === baseOf[b]) continue;
    known.set(baseOf[a]! * count + baseOf[b]!, [baseOf[a]!, baseOf[b]!]);
  }
  return [...known.values()].map(([from, to]) => ({from, to, both: known.has(to * count + from)}));
}

/** Strongly connected components, each ascending. */
function components(nodes: number, ties: Tie[]): number[][] {
  const csr = forwardCsr({
    nodes,
    from: Uint32Array.from(ties, ({from}) => from),
    to: Uint32Array.from(ties, ({to}) => to),
    level: new Uint8Array(ties.length),
    grade: new Uint8Array(ties.length),
  });
  const {of, count} = stronglyConnected(csr, {maxLevel: 0, maxGrade: 0});
  const found = Array.from({length: count}, () => [] as number[]);
  of.forEach((component, node) => found[component]!.push(node));
  return found;
}
