import type {FrontPoint, Tradeoffs, WeightStability} from '../model/plan.ts';

/** One line of the front, for people. */
export interface FrontRow {
  chosen: boolean;
  moves: number;
  /** Points. */
  risk: number;
  /** Major currency units per month. */
  cost: number;
  /** Workloads whose site differs from the plan's. */
  differs: number;
}

/**
 * The front thinned out to `most` rows: both ends, the plan, and in between rows whose risk is spread most evenly. Rows with
 * more moves come later.
 */
export function frontRows({front}: Tradeoffs, most: number): FrontRow[] {
  const kept = new Set<number>([0, front.length - 1, front.findIndex(({chosen}) => chosen)]);
  while (kept.size < Math.min(most, front.length)) kept.add(loneliest(front, [...kept]));
  return front.flatMap((point, k) => (kept.has(k) ? [row(point)] : []));
}

/** The point farthest from all that are kept, in shares of what risk, cost and moves span. */
function loneliest(front: FrontPoint[], kept: number[]): number {
  const spans = (['risk', 'cost', 'churn'] as const).map((name) => {
    const values = front.map((point) => point[name]);
    return {name, span: Math.max(1, Math.max(...values) - Math.min(...values))};
  });
  let [found, farthest] = [-1, -1];
  front.forEach((point, k) => {
    if (kept.includes(k)) return;
    const near = Math.min(
      ...kept.map((other) =>
        spans.reduce((sum, {name, span}) => sum + Math.abs(point[name] - front[other]![name]) / span, 0),
      ),
    );
    if (near > farthest) [found, farthest] = [k, near];
  });
  return found;
}

function row({chosen, churn, risk, cost, difference}: FrontPoint): FrontRow {
  return {chosen, moves: churn, risk: risk / 1000, cost: cost / 100, differs: difference.total};
}

/** One weight, for people. */
export interface WeightRow {
  weight: string;
  value: number;
  unit: string;
  /** `0.85 … 0.95`: the plan is the same in between. */
  range: string;
  /** What happens outside. */
  beyond: string;
  /** Share of the value the plan can bear a change of, the smaller way; Infinity = all that was searched. */
  slack: number;
}

/** Ends that were not reached come after all that were. */
const UNSEARCHED = 1e6;

/** The weights, those first that bear the least change. */
export function weightRows({weights = []}: Tradeoffs, nameOf: (workload: string) => string): WeightRow[] {
  return weights
    .map((one) => weightRow(one, nameOf))
    .toSorted((a, b) => a.slack - b.slack || (a.weight < b.weight ? -1 : 1));
}

function weightRow(one: WeightStability, nameOf: (workload: string) => string): WeightRow {
  const {weight, value, unit, lo, hi, loEnd, hiEnd, below, above} = one;
  const side = (word: string, end: WeightStability['loEnd'], {workloads, total}: typeof below): string[] => {
    if (end === 'work') return [`${word}: not searched further`];
    if (end === 'range') return [];
    const first = workloads[0]!;
    const more = total > 1 ? ` and ${total - 1} more` : '';
    return [`${word}: ${nameOf(first.workload)} → ${first.site ?? 'stays'}${more}`];
  };
  const parts = [...side('below', loEnd, below), ...side('above', hiEnd, above)];
  const slackOf = (end: WeightStability['loEnd'], far: number): number =>
    end === 'flips' ? far / value : end === 'work' ? UNSEARCHED : Infinity;
  const slack = Math.min(slackOf(loEnd, value - lo), slackOf(hiEnd, hi - value));
  const range = `${short(lo)} … ${short(hi)}`;
  return {weight, value, unit, range, beyond: parts.join('; ') || 'nothing changes', slack};
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
