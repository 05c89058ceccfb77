/**
 * Which of the known plans is best at which weights of three objectives, as a map: every plan owns a convex cell of the
 * weight triangle. A plan that is missing would lie below the map, and then it does so at a corner of a cell (the lower
 * envelope of linear functions is concave): so it is enough to try the corners.
 */

/** Values of one plan: risk, cost, churn. Safe integers. */
export type Values = readonly [number, number, number];

/** A line that bounds a cell: equal worth with another plan, or no weight on one objective. */
type Line = {plan: number} | {without: number};

interface Corner {
  /** First two coordinates in the triangle of scaled weights; the third is what is left of 1. */
  at: [number, number];
  /** The line from this corner to the next one. */
  line: Line;
}

/** Corners closer than this to a line count as on it. */
const NEAR = 1e-12;

export class WeightSpace {
  readonly plans: Values[] = [];
  readonly #cells: Corner[][] = [];
  readonly #range: Values;

  /** @param range spread of each objective, so that the triangle shows all three alike; > 0 */
  constructor(range: Values) {
    this.#range = range;
  }

  /** Adds a plan and takes its cell from the others. */
  add(plan: Values): void {
    const own = this.plans.length;
    this.plans.push(plan);
    let cell: Corner[] = [
      {at: [1, 0], line: {without: 2}},
      {at: [0, 1], line: {without: 0}},
      {at: [0, 0], line: {without: 1}},
    ];
    for (let other = 0; other < own; other++) {
      const theirs = this.#cells[other]!;
      this.#cells[other] = clip(theirs, this.#worse(other, own), {plan: own});
      cell = clip(cell, this.#worse(own, other), {plan: other});
    }
    this.#cells.push(cell);
  }

  /** Exact weights of the corners of a cell, each without common factor. */
  corners(plan: number): bigint[][] {
    const cell = this.#cells[plan]!;
    return cell.flatMap(({line}, k) => {
      const before = cell[(k + cell.length - 1) % cell.length]!.line;
      const found = this.#meet(plan, before, line);
      return found ? [found] : [];
    });
  }

  /** Share of the triangle at which the plan is best of the known ones, in scaled weights. */
  area(plan: number): number {
    const cell = this.#cells[plan]!;
    let twice = 0;
    cell.forEach(({at: [x, y]}, k) => {
      const [nextX, nextY] = cell[(k + 1) % cell.length]!.at;
      twice += x * nextY - nextX * y;
    });
    return Math.abs(twice);
  }

  /** Weights well inside a cell, in the proportions of the objectives; null when it has no inside. */
  middle(plan: number): [number, number, number] | null {
    const cell = this.#cells[plan]!;
    if (cell.length < 3) return null;
    const sum = (k: 0 | 1): number => cell.reduce((total, {at}) => total + at[k], 0) / cell.length;
    const [a, b] = [sum(0), sum(1)];
    const [r, c, m] = this.#range;
    return [a / r, b / c, Math.max(0, 1 - a - b) / m];
  }

  /** How much worse plan `i` is than plan `j` at a place of the triangle: a + b·x + c·y. */
  #worse(i: number, j: number): [number, number, number] {
    const [r, c, m] = [0, 1, 2].map((k) => (this.plans[i]![k]! - this.plans[j]![k]!) / this.#range[k]!);
    return [m!, r! - m!, c! - m!];
  }

  /** The weights at which two lines of a cell meet. */
  #meet(plan: number, a: Line, b: Line): bigint[] | null {
    const [n, o] = [this.#normal(plan, a), this.#normal(plan, b)];
    const meet = [
      n[1]! * o[2]! - n[2]! * o[1]!,
      n[2]! * o[0]! - n[0]! * o[2]!,
      n[0]! * o[1]! - n[1]! * o[0]!,
    ];
    const sum = meet.reduce((total, part) => total + part, 0n);
    const sign = sum < 0n ? -1n : 1n;
    const weights = meet.map((part) => sign * part);
    // Lines that nearly coincide may meet outside; their other ends are tried, too.
    if (sum === 0n || weights.some((part) => part < 0n)) return null;
    const common = weights.reduce(gcd);
    return weights.map((part) => part / common);
  }

  #normal(plan: number, line: Line): bigint[] {
    if ('without' in line) return [0, 1, 2].map((k) => (k === line.without ? 1n : 0n));
    const [own, other] = [this.plans[plan]!, this.plans[line.plan]!];
    return own.map((value, k) => BigInt(value) - BigInt(other[k]!));
  }
}

/** The part of a polygon where a + b·x + c·y ≤ 0 (Sutherland & Hodgman 1974). */
function clip(cell: Corner[], [a, b, c]: [number, number, number], line: Line): Corner[] {
  const height = cell.map(({at: [x, y]}) => {
    const value = a + b * x + c * y;
    return Math.abs(value) < NEAR ? 0 : value;
  });
  if (height.every((value) => value <= 0)) return cell;
  const kept: Corner[] = [];
  cell.forEach((corner, k) => {
    const next = cell[(k + 1) % cell.length]!;
    const [here, there] = [height[k]!, height[(k + 1) % cell.length]!];
    if (here <= 0) kept.push(here === 0 && there > 0 ? {at: corner.at, line} : corner);
    if ((here < 0 && there > 0) || (here > 0 && there < 0)) {
      const share = here / (here - there);
      const at = [0, 1].map((d) => corner.at[d]! + share * (next.at[d]! - corner.at[d]!)) as [number, number];
      kept.push({at, line: here < 0 ? line : corner.line});
    }
  });
  return kept.length < 3 ? [] : kept;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
