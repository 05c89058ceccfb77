import type {LimitedPlan} from '../constraints/limited-plan.ts';
import type {Decision, PlanRun, SiteChoice} from '../../model/plan.ts';
import type {Unit} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {ask, type Steps} from '../solve/task.ts';
import {siteChoice} from './document.ts';
import {siteModel, type SiteModel} from './site-model.ts';
import {siteReasons} from './site-reasons.ts';
import {siteValue} from './site-problem.ts';
import {fitLimits} from './within-limits.ts';

/** Pair prices looked at by messages, at most: large estates get fewer rounds. */
const WORK = 2e9;

/** Least rounds of messages worth making. */
const LEAST_STEPS = 10;

/** Rounds where an answer is wanted, but no proof of it. */
const ANSWER_STEPS = 2;

/** A plan in which every unit stands at the site of its class that suits its pairs. */
export interface ChosenSites {
  /** The chosen site stands for its class; the levels are those the classes were chosen by. */
  problem: PlacementProblem;
  /** Options of the limited problem, where there are limits. */
  final: Uint32Array | null;
  document: SiteChoice;
  optimality: NonNullable<PlanRun['optimality']['sites']>;
  /** Why a workload stands elsewhere in its class. */
  reasons: (workload: number) => Decision['reasons'];
}

/**
 * Second step: with the class of every unit given, the site within the class. Null where nobody has a choice that makes a
 * difference to a pair. The bound knows no limits; with them the gap is what is proven all the same.
 * @param wanted `answer`: for questions about the plan, with little effort for the proof
 */
export function* chooseSites(
  problem: PlacementProblem,
  labels: Uint8Array,
  limited: LimitedPlan | null,
  wanted: 'proof' | 'answer' = 'proof',
): Steps<ChosenSites | null> {
  const model = siteModel(problem, labels);
  if (!model) return null;
  const {input} = problem;
  const {settings} = input;
  const {units, sites, tail} = model.problem;
  const solved = yield* ask({
    kind: 'sites',
    problem: model.problem,
    start: model.start,
    groups: applicationsOf(problem, model),
    maxGap: settings.maxGap,
    steps:
      wanted === 'answer'
        ? ANSWER_STEPS
        : Math.max(
            LEAST_STEPS,
            Math.min(settings.limitSteps, Math.floor(WORK / (tail.length * sites * sites + 1))),
          ),
  });
  // Of equals the one that changes nothing.
  const start = siteValue(model.problem, model.start);
  let chosen = solved.value < start ? solved.chosen : model.start;
  let final: Uint32Array | null = null;
  let asWanted = true;
  if (limited) {
    const fitted = fitLimits(limited.built.model, limited.result.chosen, model, chosen);
    ({chosen, final, asWanted} = fitted);
  }
  const value = siteValue(model.problem, chosen);
  const document = siteChoice(input, model, chosen, {...solved, value});
  const {gap, penalty, breaches} = document;
  const money = value - penalty * breaches;
  return {
    problem: placed(problem, labels, model, chosen),
    final,
    document,
    optimality: {
      method: gap === 0 ? 'exact' : asWanted ? 'messages' : 'within-limits',
      units,
      changed: chosen.filter((site, i) => site !== model.start[i]).length,
      gapShare: gap === 0 ? 0 : breaches > 0 && gap >= penalty ? null : gap / Math.max(1, money),
    },
    reasons: siteReasons(problem, model, chosen),
  };
}

/** Large groups of units that usually go together, to start with: applications, and each unit without one by itself. */
function applicationsOf({input, units}: PlacementProblem, model: SiteModel): Uint32Array {
  const numbers = new Map<string, number>();
  let next = 0;
  return Uint32Array.from(model.units, (u) => {
    const {application} = input.estate.workloads[units[u]!.members[0]!]!;
    const known = application === null ? undefined : numbers.get(application);
    if (known !== undefined) return known;
    if (application !== null) numbers.set(application, next);
    return next++;
  });
}

function placed(
  problem: PlacementProblem,
  labels: Uint8Array,
  {units, sites}: SiteModel,
  chosen: Uint32Array,
): PlacementProblem {
  const moved = problem.units.slice();
  units.forEach((u, i) => {
    const unit = problem.units[u]!;
    const site: Unit['site'] = [...unit.site];
    site[labels[u] === 1 ? 1 : 0] = sites[chosen[i]!]!;
    moved[u] = {...unit, site};
  });
  return {...problem, units: moved, represented: problem.units};
}
