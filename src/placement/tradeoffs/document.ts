import type {FrontPoint, Tradeoffs} from '../../model/plan.ts';
import type {Questions} from '../input.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {energy} from '../solve/level.ts';
import {type Effort, type Front, frontOf, type FrontPlan} from './front.ts';
import type {Solved} from './replan.ts';
import {weightStability} from './weights.ts';

/** Workloads named per point of the front; all of them are in `flipped`. */
const NAMED = 20;

const UNASKED: Tradeoffs = {
  front: [],
  complete: 'work',
  cuts: 0,
  statement: 'No front: the estate is too large for the work allowed here.',
};

const LIMITED: Tradeoffs = {
  front: [],
  complete: 'limits',
  cuts: 0,
  statement:
    'No front: limits move this plan, and what weights find without the limits need not keep them. Plan without the limits to see it.',
};

/** What was asked, as it is written; null when nothing was. */
export function tradeoffsDocument(
  plan: Solved,
  {front, weights}: Questions,
  limited: boolean,
): Tradeoffs | null {
  if (!front && !weights) return null;
  if (limited) return LIMITED;
  const found = front ? frontDocument(plan, front) : UNASKED;
  if (!weights) return found;
  const stability = weightStability(plan, weights.work);
  return {...found, weights: stability.weights, solved: stability.solved};
}

function frontDocument({problem, solution: {labels}}: Solved, asked: Effort): Tradeoffs {
  const {risk, cost, churn, units} = problem;
  const front = frontOf(units.length, [risk, cost, churn], labels, asked);
  if (!front) return UNASKED;
  const points = front.plans.map((plan, k) => point(problem, labels, plan, k === front.chosen));
  points.sort((a, b) => a.churn - b.churn || b.risk - a.risk || a.cost - b.cost);
  return {front: points, complete: front.complete, cuts: front.cuts, statement: statement(front)};
}

function point(
  {units, input, latency}: PlacementProblem,
  labels: Uint8Array,
  plan: FrontPlan,
  chosen: boolean,
): FrontPoint {
  const [risk, cost, churn] = plan.values;
  const flipped = units.flatMap((_, u) => (plan.labels[u] === labels[u] ? [] : [u]));
  const differing = flipped.flatMap((u) => units[u]!.members);
  const weights = plan.weights && {risk: plan.weights[0], cost: plan.weights[1], churn: plan.weights[2]};
  return {
    risk,
    cost,
    churn,
    ...(latency.level ? {latency: energy(latency.level, plan.labels)} : {}),
    weights,
    chosen,
    flipped,
    difference: {
      workloads: differing.slice(0, NAMED).map((w) => input.estate.workloads[w]!.id),
      total: differing.length,
    },
  };
}

function statement({complete, plans}: Front): string {
  const found = {
    all: `All ${plans.length} corners of the supported front`,
    rounded: `${plans.length} corners of the supported front; weights were rounded to stay exact, so corners that lie within that rounding may be missing`,
    work: `${plans.length} corners of the supported front, spread over it; more exist, the search was ended early`,
  }[complete];
  return `${found}, for this model and these inputs: each is the best plan at the weights beside it. Plans between the corners exist that are best at no weights; they are not listed.`;
}
