/** A mixed-integer model: columns in [0, 1], rows with two sides (±Infinity = none), costs to be minimised. */
export interface MilpModel {
  columns: number;
  cost: Float64Array;
  /** 1 = the column is 0 or 1. */
  integer: Uint8Array;
  /** Compressed rows. */
  rows: {
    starts: Int32Array;
    indices: Int32Array;
    values: Float64Array;
    lower: Float64Array;
    upper: Float64Array;
  };
}

/** A solver from outside; synchronous. `columns` is the best solution found, if any. */
export interface Milp {
  name: string;
  solve(model: MilpModel, seconds: number): MilpResult;
}

export interface MilpResult {
  status: 'optimal' | 'infeasible' | 'stopped';
  columns: Float64Array | null;
}
