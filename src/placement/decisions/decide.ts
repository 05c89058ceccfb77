import type {Decision, Reason} from '../../model/plan.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {createRemovals} from '../problem/eligibility.ts';
import {createAdvisories} from '../problem/advisories.ts';
import {createExcepted} from '../problem/excepted.ts';
import {STAYS} from '../problem/representatives.ts';
import type {Solution} from '../solve/level.ts';
import type {Answer} from './answer.ts';
import {dataGaps, hardRuleOpen, owners} from './data-gaps.ts';
import {createConfidence} from './confidence.ts';
import type {SiteCut} from './cuts.ts';
import {latencyGaps} from './latency.ts';
import {licenceGaps} from './licences.ts';
import {migrationOf} from './migration.ts';
import {neighbours} from './neighbours.ts';
import {createPointless} from './pointless.ts';
import {reasonsFor} from './reasons.ts';
import {createRecovery} from './recovery.ts';
import type {Rebuilt} from './rebuilt.ts';
import {regrets} from './regret.ts';
import {fragileUnits} from './robustness.ts';

/** What limits changed: the optimum without them, and why a workload is not where it would be. */
export interface Displaced {
  free: Solution;
  reasons: (workload: number) => Reason[];
}

/**
 * One decision per workload, in the order of `estate.workloads`. Where limits moved the optimum there is no regret: the
 * other class is not open as long as the room is taken.
 */
export function decide(
  answer: Answer,
  rebuilt: Rebuilt,
  cuts: SiteCut[],
  displaced: Displaced | null = null,
): Decision[] {
  const {problem, solution} = answer;
  const {input, units, unitOf, points, base, model} = problem;
  const ownerOf = owners(input);
  const recovery = createRecovery(answer);
  const terms = neighbours(problem);
  const fragile = fragileUnits(problem, displaced?.free ?? solution);
  const again = displaced ? [] : regrets(problem, solution, unitsToAsk(answer));
  const confidence = createConfidence(answer, again, displaced !== null);
  const changes = rootChanges(answer);
  const gainsNothing = createPointless(answer, cuts);
  const removalsOf = createRemovals(input);
  const exceptedOf = createExcepted(input);
  const advisoriesOf = createAdvisories(input);
  return input.estate.workloads.map((workload, w): Decision => {
    const u = unitOf[w]!;
    const chosen = answer.siteFor(w);
    const current = input.siteOf[w]!;
    const move = answer.moves(w);
    const weight = base.weights[w]!;
    const before = points(rebuilt.before[w]!, weight);
    const after = points(rebuilt.after[w]!, weight);
    const removed = removalsOf(w);
    const excepted = exceptedOf(w);
    const advisories = advisoriesOf(w, chosen);
    const gaps = [
      ...dataGaps(answer, ownerOf, removed, w),
      ...latencyGaps(answer, ownerOf, w),
      ...licenceGaps(answer, ownerOf, w),
      ...recovery.gaps(w),
    ];
    if (fragile.has(u) && !gaps.some((gap) => gap.field === 'workload.sensitivity')) {
      gaps.push({
        field: openNeed(answer, w),
        owner: ownerOf(w),
        remedy: 'Decide this need for protection: the site depends on it.',
      });
    }
    const open = fragile.has(u) || current === STAYS || hardRuleOpen(answer, removed, w);
    const gate = move ? input.policy.portability(w, chosen) : null;
    const second = answer.runnerUp(w);
    const retry = again[u] ?? null;
    const status = units[u]!.blocked
      ? 'blocked'
      : open
        ? 'needs-data'
        : solution.free[u] === 1
          ? 'tie'
          : 'decided';
    return {
      workload: workload.id,
      name: workload.name,
      application: workload.application,
      current: input.sites[current]?.id ?? null,
      recommended: input.sites[chosen]?.id ?? null,
      runnerUp: second === null ? null : input.sites[second]!.id,
      status,
      move,
      reasons: [...(displaced?.reasons(w) ?? []), ...reasonsFor(answer, terms, removed, w)],
      removed,
      ...(excepted.length > 0 ? {excepted} : {}),
      ...(advisories.length > 0 ? {advisories} : {}),
      regret: retry?.regret ?? null,
      companions: companionsOf(problem, u, w, retry?.companions ?? []),
      confidence: confidence(w, status, gaps),
      exposure: {
        before,
        after,
        gain: before - after,
        ...changes(rebuilt.before[w]!, rebuilt.after[w]!),
        linear: {
          before: points(problem.profile(w, current), weight),
          after: points(problem.profile(w, chosen), weight),
        },
      },
      gainsNothing: gainsNothing(w, {before, after}),
      portability: gate ? {verdict: gate.verdict, reason: gate.reason} : null,
      ...migrationOf(answer, w),
      dataGaps: gaps,
      evidence: evidenceOf(answer, w),
    };
  });

  function rootChanges({
    problem: {
      model: {table},
    },
  }: Answer) {
    const known = new Map<number, Pick<Decision['exposure'], 'rootsKept' | 'rootsLeft' | 'rootsAdded'>>();
    return (was: number, is: number) => {
      const key = was * 2 ** 26 + is;
      const found = known.get(key);
      if (found) return found;
      const ids = (profile: number): string[] =>
        table.reaches(profile).map(({root}) => model.roots[root]!.id);
      const [old, now] = [ids(was), ids(is)];
      const change = {
        rootsKept: old.filter((id) => now.includes(id)),
        rootsLeft: old.filter((id) => !now.includes(id)),
        rootsAdded: now.filter((id) => !old.includes(id)),
      };
      known.set(key, change);
      return change;
    };
  }
}

/** All units while there are few; else those that move and the most exposed, most exposed first. */
function unitsToAsk(answer: Answer): number[] {
  const {units, unitOf, input} = answer.problem;
  const all = units.map((_, u) => u);
  const limit = input.settings.regretUnits;
  if (all.length <= limit) return all;
  const priority = new Float64Array(units.length);
  input.exposure.workloads.forEach((one, w) => {
    const u = unitOf[w]!;
    priority[u] = Math.max(priority[u]!, one.priority + (answer.moves(w) ? 100 : 0));
  });
  return all.sort((a, b) => priority[b]! - priority[a]! || a - b).slice(0, limit);
}

function companionsOf(problem: PlacementProblem, unit: number, w: number, others: number[]): string[] {
  const {units, input} = problem;
  return [unit, ...others]
    .flatMap((u) => units[u]!.members)
    .filter((member) => member !== w)
    .sort((a, b) => a - b)
    .map((member) => input.estate.workloads[member]!.id);
}

/** What the decision rests on besides rules: evidence of the need for protection, strongest first. */
function evidenceOf({problem}: Answer, w: number): string[] {
  const found = problem.input.sensitivity.workloads[w]!.evidence;
  return [...found]
    .sort((a, b) => a.rank - b.rank || b.level - a.level || (a.source < b.source ? -1 : 1))
    .slice(0, 3)
    .map((one) => `${one.axis.toUpperCase()} level ${one.level}: ${one.source}`);
}

/** The need that is open: of the workload itself, else of what it is connected with. */
function openNeed({problem}: Answer, w: number): string {
  const own = problem.input.sensitivity.workloads[w]!;
  const axis = (['c', 'i', 'a'] as const).find((name) => own[name].level === null);
  return axis ? `workload.sensitivity.${axis}` : 'neighbours.sensitivity';
}
