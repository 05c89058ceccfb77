import type {LimitedPlan} from '../../constraints/limited-plan.ts';
import type {PlacementInput} from '../../input.ts';
import {buildProblem} from '../../problem/build.ts';
import {repriced} from '../../problem/exposure-model.ts';
import type {PlacementProblem} from '../../problem/problem.ts';
import type {Solution} from '../../solve/level.ts';
import type {Steps} from '../../solve/task.ts';
import {workOf} from '../../tradeoffs/replan.ts';
import type {Answer} from '../answer.ts';
import type {SiteCut} from '../cuts.ts';
import {modelAfterCut} from '../site-cut.ts';
import {type Trial, withDearer} from './trial.ts';

/** A plan within limits takes about so many times the visits of one without. */
const TIMES = 400;

/** What was found for a changed problem. */
export interface Found {
  answer: Answer;
  /** Ids of limits that even this plan does not keep. */
  exceeded: string[];
}

/** Changed problems within limits, each solved the way the plan was. */
export interface LimitedTrial extends Trial {
  limited: LimitedPlan;
  /** Option of each unit without limits. */
  wanted: Uint32Array;
  /** Like `of`, with the limits that are exceeded. */
  within(input: PlacementInput): Steps<{sites: Int32Array; exceeded: string[]} | null>;
  /** How often there was no work left, or somebody ended it: what was asked then was not tried. */
  refused(): number;
}

/** What the caller knows of the plan and can do. */
export interface WithinLimits {
  /** The problem the limits were added to. */
  problem: PlacementProblem;
  limited: LimitedPlan;
  /** The optimum without limits. */
  free: Solution;
  found: Answer;
  /** Solves a problem with its limits by the steps of the plan; null = it was ended early. */
  solve: (problem: PlacementProblem) => Steps<Found | null>;
}

export function createLimitedTrial(
  {problem, limited, free, found, solve}: WithinLimits,
  cuts: SiteCut[],
  work: number,
): LimitedTrial {
  const {levels, solution} = limited;
  const plan = {problem: limited.problem, levels, solution};
  const perSolve = TIMES * workOf(plan);
  let left = work;
  let refused = 0;
  const built = (input: PlacementInput): PlacementProblem =>
    buildProblem(input, repriced(problem.model, input)).value;
  const {start, label} = limited.built.model;
  return {
    plan,
    limited,
    // The first of its class stands for it.
    wanted: Uint32Array.from(free.labels, (own, u) => start[u]! + label.subarray(start[u]).indexOf(own)),
    cuts,
    sites: sitesIn(found),
    final: sitesIn(found),
    *confirmed(there) {
      yield* [];
      return there;
    },
    of: (input) => sitesOf(() => built(input)),
    within: (input) => solved(() => built(input)),
    afterCut: (cut) => sitesOf(() => buildProblem(problem.input, modelAfterCut(problem, cut)).value),
    dearer: (unit, cost) => sitesOf(() => withDearer(problem, unit, solution.labels[unit]!, cost)),
    spent: () => left < perSolve,
    refused: () => refused,
    nameOf: (site) => problem.input.sites[site]?.id ?? null,
  };

  function* sitesOf(make: () => PlacementProblem): Steps<Int32Array | null> {
    return (yield* solved(make))?.sites ?? null;
  }

  function* solved(make: () => PlacementProblem) {
    const there = left >= perSolve ? yield* solve(make()) : null;
    left -= perSolve;
    if (there) return {sites: sitesIn(there.answer), exceeded: there.exceeded};
    refused++;
    return null;
  }
}

/** Site of each workload; negative = stays at no known site. */
export function sitesIn({problem, siteFor}: Answer): Int32Array {
  return Int32Array.from(problem.unitOf, (_, w) => siteFor(w));
}
