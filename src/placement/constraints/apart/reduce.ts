import type {Level} from '../../solve/level.ts';
import type {PairProblem} from './pairs.ts';

/** What is left of a problem when some classes are fixed. */
export interface Reduced {
  problem: PairProblem;
  /** Position of each of its units in the problem it came from. */
  unitOf: Uint32Array;
  /** What the fixed units pay among themselves, level by level. */
  paid: number[];
}

/** The problem of the units whose label is −1; what they owe because of the fixed ones is theirs alone. */
export function reduce({levels, pairs}: PairProblem, labels: Int8Array, only?: Uint8Array): Reduced {
  const place = new Int32Array(labels.length).fill(-1);
  const kept: number[] = [];
  labels.forEach((label, u) => {
    if (label !== -1 || only?.[u] === 0) return;
    place[u] = kept.length;
    kept.push(u);
  });
  const parts = levels.map((level) => part(level, labels, kept, place));
  const paid = parts.map((one) => one.paid);
  const broken = parts[0]!.level.unary;
  const left: number[] = [];
  for (let p = 0; p < pairs.a.length; p++) {
    const [a, b, c] = [pairs.a[p]!, pairs.b[p]!, pairs.label[p]!];
    if (place[a] !== -1 && place[b] !== -1) left.push(p);
    else if (place[a] !== -1 && labels[b] === c) broken[2 * place[a]! + c]!++;
    else if (place[b] !== -1 && labels[a] === c) broken[2 * place[b]! + c]!++;
    else if (labels[a] === c && labels[b] === c) paid[0]!++;
  }
  return {
    problem: {
      units: kept.length,
      levels: parts.map(({level}) => level),
      pairs: {
        a: Uint32Array.from(left, (p) => place[pairs.a[p]!]!),
        b: Uint32Array.from(left, (p) => place[pairs.b[p]!]!),
        label: Uint8Array.from(left, (p) => pairs.label[p]!),
        resource: Uint32Array.from(left, (p) => pairs.resource[p]!),
      },
    },
    unitOf: Uint32Array.from(kept),
    paid,
  };
}

function part(
  level: Level,
  labels: Int8Array,
  kept: number[],
  place: Int32Array,
): {level: Level; paid: number} {
  let paid = 0;
  labels.forEach((label, u) => (paid += label === -1 ? 0 : level.unary[2 * u + label]!));
  const unary = new Float64Array(2 * kept.length);
  kept.forEach((u, k) => {
    unary[2 * k] = level.unary[2 * u]!;
    unary[2 * k + 1] = level.unary[2 * u + 1]!;
  });
  const arcs: number[] = [];
  for (let e = 0; e < level.tail.length; e++) {
    const [t, h] = [level.tail[e]!, level.head[e]!];
    const [tail, head] = [place[t]!, place[h]!];
    if (tail !== -1 && head !== -1) arcs.push(e);
    else if (tail !== -1) {
      if (labels[h] === 1) unary[2 * tail]! += level.forward[e]!;
      else if (labels[h] === 0) unary[2 * tail + 1]! += level.backward[e]!;
    } else if (head !== -1) {
      if (labels[t] === 0) unary[2 * head + 1]! += level.forward[e]!;
      else if (labels[t] === 1) unary[2 * head]! += level.backward[e]!;
    } else if (labels[t] === 0 && labels[h] === 1) paid += level.forward[e]!;
    else if (labels[t] === 1 && labels[h] === 0) paid += level.backward[e]!;
  }
  const left: Level = {
    name: level.name,
    unary,
    tail: Uint32Array.from(arcs, (e) => place[level.tail[e]!]!),
    head: Uint32Array.from(arcs, (e) => place[level.head[e]!]!),
    forward: Float64Array.from(arcs, (e) => level.forward[e]!),
    backward: Float64Array.from(arcs, (e) => level.backward[e]!),
  };
  return {level: left, paid};
}

/** Units, arcs and pairs: what looking at the problem costs. */
export function sizeOf({units, levels, pairs}: PairProblem): number {
  return levels.reduce((sum, {tail}) => sum + tail.length, units + pairs.a.length);
}
