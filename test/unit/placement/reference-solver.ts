import type {Highs} from 'highs';
import type {Level} from '../../../src/placement/solve/level.ts';

/** HiGHS, an optional package; null where it is not installed. */
export async function loadHighs(): Promise<Highs | null> {
  try {
    // Its types describe a CommonJS module; what is loaded here is the ES module with one default export.
    const {default: load} = (await import('highs')) as unknown as {default: () => Promise<Highs>};
    return await load();
  } catch {
    return null;
  }
}

/** Linear constraint over the classes: Σ use[2u + class] ≤ limit. */
export interface Row {
  use: ArrayLike<number>;
  limit: number;
}

/**
 * Labels of least Σ weight·level by a linear model of its own: x = 1 is dedicated, and y ≥ x_head − x_tail pays an arc.
 * Without rows the matrix is totally unimodular, so the linear optimum is integral; with rows x is declared integer.
 * Null when nothing keeps to the rows.
 */
export function solveByHighs(
  highs: Highs,
  units: number,
  levels: Level[],
  weights: number[],
  rows: Row[] = [],
): number[] | null {
  const cost: number[] = [];
  const [lower, upper] = [new Float64Array(units), new Float64Array(units).fill(1)];
  for (let u = 0; u < units; u++) {
    let difference = 0;
    levels.forEach(({unary}, k) => {
      const [open, closed] = [unary[2 * u]!, unary[2 * u + 1]!];
      if (open === Infinity) lower[u] = 1;
      else if (closed === Infinity) upper[u] = 0;
      else difference += weights[k]! * (closed - open);
    });
    cost.push(difference);
  }
  const arcs: [tail: number, head: number, weight: number][] = levels.flatMap((level, k) =>
    Array.from(level.tail, (tail, e) => [tail, level.head[e]!, e] as const).flatMap(([tail, head, e]) => [
      [tail, head, weights[k]! * level.forward[e]!] as [number, number, number],
      [head, tail, weights[k]! * level.backward[e]!] as [number, number, number],
    ]),
  );
  const paid = arcs.filter(([, , weight]) => weight > 0);
  const entries = paid.map(([tail, head], a) => [
    [head, 1],
    [tail, -1],
    [units + a, -1],
  ]);
  const sides = paid.map(() => 0);
  for (const {use, limit} of rows) {
    const row: number[][] = [];
    let base = 0;
    for (let u = 0; u < units; u++) {
      base += use[2 * u]!;
      const step = use[2 * u + 1]! - use[2 * u]!;
      if (step !== 0) row.push([u, step]);
    }
    entries.push(row);
    sides.push(limit - base);
  }
  const columns = units + paid.length;
  const starts = [0];
  for (const entry of entries) starts.push(starts.at(-1)! + entry.length);
  const {infinity, constants} = highs;
  return highs.withModel(
    {
      numCols: columns,
      numRows: entries.length,
      colCost: Float64Array.from([...cost, ...paid.map(([, , weight]) => weight)]),
      colLower: Float64Array.from({length: columns}, (_, c) => lower[c] ?? 0),
      colUpper: Float64Array.from({length: columns}, (_, c) => upper[c] ?? 1),
      rowLower: new Float64Array(entries.length).fill(-infinity),
      rowUpper: Float64Array.from(sides),
      matrix: {
        format: 'csr',
        numRows: entries.length,
        numCols: columns,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(entries.flat(), (entry) => entry[0]!),
        values: Float64Array.from(entries.flat(), (entry) => entry[1]!),
      },
      ...(rows.length > 0
        ? {integrality: Int32Array.from({length: columns}, (_, c) => (c < units ? 1 : 0))}
        : {}),
    },
    (model) => {
      model.options.set({output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5});
      model.run();
      const status = model.getModelStatus();
      if (status === constants.modelStatus.infeasible) return null;
      if (status !== constants.modelStatus.optimal) throw new Error(`HiGHS ended with status ${status}`);
      return Array.from(model.getSolution().colValue.subarray(0, units), (value) => {
        if (Math.abs(value - Math.round(value)) > 1e-6) throw new Error(`fractional label ${value}`);
        return Math.round(value);
      });
    },
  );
}
