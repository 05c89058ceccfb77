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

const TOO_LARGE: Tradeoffs = {
  ...UNASKED,
  statement:
    'No front: sums of risk or cost are too large to stay exact. Lower prices or weights by a common factor.',
};

/** What has a say in the plan after the cut of the classes, and is left out of the questions here. */
export interface LeftOut {
  /** Limits are stated; `bind` = they move the plan. */
  limits: 'none' | 'slack' | 'bind';
  /** Pairs have a say in the choice of sites within a class. */
  sites: boolean;
}

/** What was asked, as it is written; null when nothing was. */
export function tradeoffsDocument(
  plan: Solved,
  {front, weights}: Questions,
  leftOut: LeftOut,
): Tradeoffs | null {
  if (!front && !weights) return null;
  if (leftOut.limits === 'bind') return LIMITED;
  const asked = front ? frontDocument(plan, front) : UNASKED;
  const found = {...asked, statement: `${asked.statement}${caveat(leftOut)}`};
  if (!weights) return found;
  const stability = weightStability(plan, weights.work);
  return {...found, weights: stability.weights, solved: stability.solved};
}

function frontDocument({problem, solution: {labels}}: Solved, asked: Effort): Tradeoffs {
  const {risk, cost, churn, units} = problem;
  const front = frontOf(units.length, [risk, cost, churn], labels, asked);
  if (!front) return UNASKED;
  if (front.plans.some(({values}) => !values.every(Number.isSafeInteger))) return TOO_LARGE;
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

function caveat({limits, sites}: LeftOut): string {
  const first = sites
    ? ' Workloads keep the site that stands for their class; the site within a class, chosen after that, is not varied.'
    : '';
  const second =
    limits === 'slack'
      ? ' Room, budgets and other limits, which this plan keeps, are not applied to other plans.'
      : '';
  return `${first}${second}`;
}

function statement({complete, plans}: Front): string {
  const found = {
    all: `All ${plans.length} corners of the supported front`,
    rounded: `${plans.length} corners of the supported front; weights were rounded to stay exact, so corners that lie within that rounding may be missing`,
    work: `${plans.length} corners of the supported front, spread over it; more exist, the search was ended early`,
  }[complete];
  return `${found}, for this model and these inputs: each is the best plan at the weights beside it. Plans between the corners exist that are best at no weights; they are not listed.`;
}
