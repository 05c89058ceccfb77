import type {Estate} from '../../model/estate.ts';
import type {Decision} from '../../model/plan.ts';
import type {WaveTraffic} from '../../model/waves.ts';

/** What moves, from where to where, and the data that flows to and from it. */
export interface Moves {
  /** Positions in `estate.workloads`, ascending. */
  movers: Uint32Array;
  /** Position in `movers` of each workload; −1 = it stays. */
  moverOf: Int32Array;
  /** Numbers of the sites before and after, per workload; 0 = no known site. Equal for what stays. */
  before: Uint32Array;
  after: Uint32Array;
  traffic: WaveTraffic;
  /** Per flow of `traffic`: its weight, integer. */
  weight: Float64Array;
  /** False when the numbers are too large for exact arithmetic. */
  exact: boolean;
}

/** Largest (traffic × moved workloads) for which the arithmetic of cuts stays exact. */
const LARGEST = 2 ** 49;

/** Finest unit traffic is counted in, then coarser ones for estates with very much of it. */
const UNITS_PER_GIB = [1000, 100, 10, 1];

/**
 * The moves of the decisions. Flows between two workloads are added up, whichever way they run; flows between two that
 * stay do not matter. Workloads at no known site count as being at one place.
 */
export function movesOf(estate: Estate, decisions: Decision[], unknownGib: number): Moves {
  const numbers = new Map<string | null, number>([[null, 0]]);
  const number = (site: string | null): number => {
    if (!numbers.has(site)) numbers.set(site, numbers.size);
    return numbers.get(site)!;
  };
  const before = Uint32Array.from(decisions, ({current}) => number(current));
  const after = Uint32Array.from(decisions, ({move, current, recommended}) =>
    number(move ? recommended : current),
  );
  const movers = Uint32Array.from(decisions.keys()).filter((w) => decisions[w]!.move);
  const moverOf = new Int32Array(decisions.length).fill(-1);
  movers.forEach((w, m) => (moverOf[w] = m));

  const flows = flowsOf(estate, moverOf);
  const total = flows.reduce((sum, {gib, unknown}) => sum + gib + unknown * unknownGib, 0);
  const fits = (units: number): boolean => total * units * movers.length <= LARGEST;
  const unitsPerGib = UNITS_PER_GIB.find(fits) ?? UNITS_PER_GIB.at(-1)!;
  const traffic: WaveTraffic = {
    from: flows.map(({from}) => from),
    to: flows.map(({to}) => to),
    amount: flows.map(({gib}) => Math.round(gib * unitsPerGib)),
    unknown: flows.map(({unknown}) => unknown),
    unitsPerGib,
    unknownAmount: Math.round(unknownGib * unitsPerGib),
  };
  const weight = Float64Array.from(
    traffic.amount,
    (amount, f) => amount + traffic.unknown[f]! * traffic.unknownAmount,
  );
  return {movers, moverOf, before, after, traffic, weight, exact: fits(unitsPerGib)};
}

interface Flow {
  from: number;
  to: number;
  gib: number;
  unknown: number;
}

function flowsOf({workloads, dependencies}: Estate, moverOf: Int32Array): Flow[] {
  const workloadOf = new Map(workloads.map(({id}, w) => [id, w]));
  const flows = new Map<number, Flow>();
  for (const {from, to, kind, gibPerMonth} of dependencies) {
    if (kind !== 'data-flow' && kind !== 'prefer-together') continue;
    const a = workloadOf.get(from);
    const b = workloadOf.get(to);
    if (a === undefined || b === undefined || a === b || (moverOf[a] === -1 && moverOf[b] === -1)) continue;
    const [first, second] = [Math.min(a, b), Math.max(a, b)];
    const key = first * workloads.length + second;
    const flow = flows.get(key) ?? {from: first, to: second, gib: 0, unknown: 0};
    flows.set(key, flow);
    if (gibPerMonth === null) flow.unknown++;
    else flow.gib += gibPerMonth;
  }
  return [...flows.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}
