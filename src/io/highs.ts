import type {Highs, Model} from 'highs';
import type {Milp, MilpResult} from '../model/milp.ts';

/** HiGHS as the solver of small mixed-integer models; null where the optional package is not installed. */
export async function loadHighs(): Promise<Milp | null> {
  let highs: Highs;
  try {
    // Its types describe a CommonJS module; what is loaded here is the ES module with one default export.
    const {default: load} = (await import('highs')) as unknown as {default: () => Promise<Highs>};
    highs = await load();
  } catch {
    return null;
  }
  const {constants, infinity} = highs;
  const finite = (side: number): number =>
    side === Infinity ? infinity : side === -Infinity ? -infinity : side;
  return {
    name: 'HiGHS',
    solve({columns, cost, integer, rows}, seconds) {
      return highs.withModel(
        {
          numCols: columns,
          numRows: rows.upper.length,
          colCost: cost,
          colLower: new Float64Array(columns),
          colUpper: new Float64Array(columns).fill(1),
          rowLower: rows.lower.map(finite),
          rowUpper: rows.upper.map(finite),
          matrix: {
            format: 'csr',
            numRows: rows.upper.length,
            numCols: columns,
            starts: rows.starts,
            indices: rows.indices,
            values: rows.values,
          },
          integrality: Int32Array.from(integer),
        },
        (model): MilpResult => {
          model.options.set({
            output_flag: false,
            mip_rel_gap: 0,
            mip_abs_gap: 0.5,
            mip_feasibility_tolerance: 1e-9,
            primal_feasibility_tolerance: 1e-9,
            time_limit: seconds,
          });
          if (!ran(model)) return {status: 'stopped', columns: null};
          const status = model.getModelStatus();
          if (status === constants.modelStatus.infeasible) return {status: 'infeasible', columns: null};
          const found = model.info.get('primal_solution_status') === 2;
          return {
            status: status === constants.modelStatus.optimal ? 'optimal' : 'stopped',
            columns: found ? model.getSolution().colValue : null,
          };
        },
      );
    },
  };
}

/** Runs the model; a second time without presolve where HiGHS gives up with an error. */
function ran(model: Model): boolean {
  for (const presolve of ['choose', 'off']) {
    try {
      model.options.set({presolve});
      model.run();
      return true;
    } catch {
      model.clearSolver();
    }
  }
  return false;
}
