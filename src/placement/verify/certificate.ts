import {type CutCertificate, type CutLevel, type CutProblem, FORBIDDEN} from '../../model/plan.ts';

/** What is needed to check an optimum; nothing of the solver. */
export interface Claim {
  problem: CutProblem;
  labels: number[];
  certificate: CutCertificate;
}

type LevelFlow = CutCertificate['levels'][number];

/** What the flows of the earlier levels forbid the later ones to cut. */
interface Bound {
  /** Sorted keys `tail * units + head`. */
  arcs: Float64Array;
  /** Per unit: 1 = an earlier level wants it public, resp. dedicated. */
  toPublic: Uint8Array;
  toDedicated: Uint8Array;
}

/**
 * Checks that a labelling is optimal for the written problem: on every level the flow respects capacities, is conserved
 * at every unit, and equals what the labelling pays. Since no labelling can pay less than a flow carries, that is a
 * proof. On later levels only arcs that are residual on earlier ones may carry more than their weight.
 * Returns what is wrong, in words; empty = proven. Shapes must have been checked.
 */
export function certificateProblems({problem, labels, certificate}: Claim): string[] {
  const units = problem.units.length;
  if (certificate.levels.length !== problem.levels.length) {
    return [`there are ${problem.levels.length} levels but ${certificate.levels.length} flows`];
  }
  const found: string[] = [];
  let bound: Bound = {
    arcs: new Float64Array(0),
    toPublic: new Uint8Array(units),
    toDedicated: new Uint8Array(units),
  };
  problem.levels.forEach((level, k) => {
    const proof = certificate.levels[k]!;
    const say = (text: string): void => void found.push(`level ${level.name}: ${text}`);
    if (proof.name !== level.name) say(`the flow is named ${proof.name}`);
    if (k > 0 && level.unary.includes(FORBIDDEN)) say('only the first level may forbid');
    const energy = energyOf(level, labels);
    if (energy === null) say('a unit is in a forbidden class');
    for (const text of flowProblems(level, proof, bound, units)) say(text);
    const carried = sum(proof.source);
    if (carried !== sum(proof.sink)) say('what enters the network does not leave it');
    for (const [name, value] of [
      ['flow', proof.flow],
      ['cut', proof.cut],
      ['energy', proof.energy],
      ['energy of the labels', energy ?? NaN],
    ] as const) {
      if (value !== carried) say(`${name} is ${value}, but the flow carries ${carried}`);
    }
    if (!Number.isSafeInteger(carried)) say('the sum is not a safe integer');
    if (k + 1 < problem.levels.length) bound = tighten(level, proof, bound, units);
  });
  return found;
}

/** What the labels pay on a level, or null when a class is forbidden. */
export function energyOf(level: CutLevel, labels: number[]): number | null {
  let paid = 0;
  for (let u = 0; u < labels.length; u++) {
    const value = level.unary[2 * u + labels[u]!]!;
    if (value === FORBIDDEN) return null;
    paid += value;
  }
  const {tail, head, weight} = level.arcs;
  for (let a = 0; a < weight.length; a++) {
    if (labels[tail[a]!] === 0 && labels[head[a]!] === 1) paid += weight[a]!;
  }
  return paid;
}

function flowProblems(level: CutLevel, proof: LevelFlow, bound: Bound, units: number): string[] {
  const found = new Set<string>();
  const balance = new Float64Array(units);
  for (let u = 0; u < units; u++) {
    const inflow = proof.source[u]!;
    const outflow = proof.sink[u]!;
    if (inflow < 0 || outflow < 0) found.add('a flow is negative');
    if (inflow > sourceRoom(level, bound, u))
      found.add('more flows into a unit than its dedicated value allows');
    if (outflow > sinkRoom(level, bound, u))
      found.add('more flows out of a unit than its public value allows');
    balance[u] = inflow - outflow;
  }
  const {tail, head, weight} = level.arcs;
  const move = (from: number, to: number, flow: number): void => {
    balance[from]! -= flow;
    balance[to]! += flow;
  };
  for (let a = 0; a < weight.length; a++) {
    const flow = proof.arcs[a]!;
    if (flow < 0) found.add('a flow is negative');
    if (flow > weight[a]!) found.add('an arc carries more than its weight');
    move(tail[a]!, head[a]!, flow);
  }
  const {implied} = proof;
  for (let a = 0; a < implied.flow.length; a++) {
    const from = implied.tail[a]!;
    const to = implied.head[a]!;
    if (implied.flow[a]! < 0) found.add('a flow is negative');
    if (!contains(bound.arcs, from * units + to)) {
      found.add('an arc is used as unbreakable that no earlier level made so');
    }
    move(from, to, implied.flow[a]!);
  }
  if (balance.some((value) => value !== 0)) found.add('flow is not conserved at a unit');
  return [...found];
}

function sourceRoom(level: CutLevel, bound: Bound, unit: number): number {
  const value = level.unary[2 * unit + 1]!;
  return value === FORBIDDEN || bound.toPublic[unit] === 1 ? Infinity : value;
}

function sinkRoom(level: CutLevel, bound: Bound, unit: number): number {
  const value = level.unary[2 * unit]!;
  return value === FORBIDDEN || bound.toDedicated[unit] === 1 ? Infinity : value;
}

/** Adds the residual arcs of a level to what later levels must not cut. */
function tighten(level: CutLevel, proof: LevelFlow, bound: Bound, units: number): Bound {
  const toPublic = bound.toPublic.slice();
  const toDedicated = bound.toDedicated.slice();
  for (let u = 0; u < units; u++) {
    if (proof.source[u]! < sourceRoom(level, bound, u)) toPublic[u] = 1;
    if (proof.sink[u]! < sinkRoom(level, bound, u)) toDedicated[u] = 1;
  }
  const {tail, head, weight} = level.arcs;
  const {implied} = proof;
  const keys = new Float64Array(bound.arcs.length + 2 * weight.length + implied.flow.length);
  keys.set(bound.arcs);
  let count = bound.arcs.length;
  for (let a = 0; a < weight.length; a++) {
    const flow = proof.arcs[a]!;
    if (flow < weight[a]!) keys[count++] = tail[a]! * units + head[a]!;
    if (flow > 0) keys[count++] = head[a]! * units + tail[a]!;
  }
  for (let a = 0; a < implied.flow.length; a++) {
    if (implied.flow[a]! > 0) keys[count++] = implied.head[a]! * units + implied.tail[a]!;
  }
  return {arcs: keys.subarray(0, count).sort(), toPublic, toDedicated};
}

function contains(sorted: Float64Array, key: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] === key) return true;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function sum(values: number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
