import type {Decision, LimitUse, PlanRun} from '../../model/plan.ts';
import {eligibility} from '../problem/eligibility.ts';
import {objective} from '../problem/levels.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {formUnits} from '../problem/representatives.ts';
import type {Level, Solution} from '../solve/level.ts';
import type {Steps} from '../solve/task.ts';
import {contradiction, minimalConflict} from './conflict.ts';
import {exhausted} from './exhausted.ts';
import {leastExcess, leastUse} from './least-excess.ts';
import {type ChoiceModel, labelsOf, type Resource, usedBy} from './model.ts';
import {type Built, choiceModel, tension, withChosen, withResources} from './options.ts';
import {apartLimits, capacities, type Limited, portfolioLimits} from './resources.ts';
import {type LimitedSolution, solveLimited} from './solve.ts';

/** The problem and its answer once limits are taken into account. */
export interface LimitedPlan {
  /** The chosen site stands for its class. */
  problem: PlacementProblem;
  levels: Level[];
  solution: Solution;
  built: Built;
  result: LimitedSolution;
  /** Positions of the limits that were enforced; others can never bind, or cannot be kept whatever is done. */
  enforced: number[];
  /** The limits as they were enforced: higher where they cannot be kept. */
  planned: readonly Resource[];
  limits: LimitUse[];
  conflict: NonNullable<PlanRun['optimality']['limited']>['conflict'];
  /** Why a workload is not where it would be without limits. */
  reasons: (workload: number) => Decision['reasons'];
}

/** Null when the input states no limit. `free` is the exact optimum without limits. */
export function* applyLimits(
  problem: PlacementProblem,
  levels: Level[],
  free: Solution,
): Steps<LimitedPlan | null> {
  const {input} = problem;
  const limited = [...capacities(input), ...portfolioLimits(input), ...apartLimits(input)];
  if (limited.length === 0) return null;
  const built = choiceModel(problem, levels, limited);
  const {model} = built;
  const {binding, hopeless} = tension(model);
  const first = Uint32Array.from(free.labels, (label, u) => {
    let option = model.start[u]!;
    while (model.label[option] !== label) option++;
    return option;
  });
  const held = yield* keepWhatCanBeKept(problem, built, first, binding);
  const {failing} = held;
  const {result, enforced, planned} = yield* withLeastExcess(problem, built, first, held);
  const adjusted = withChosen(problem, built, result.chosen);
  const used = usedBy(model, result.chosen);
  const price = new Map(
    enforced.map((r, k) => [r, (result.dual?.multipliers[k] ?? 0) / (result.dual?.scale ?? 1)]),
  );
  const priced = result.method === 'unlimited-optimum' || result.dual !== null;
  const limits = model.resources.flatMap(({id, kind, text, unit, scale, limit, where}, r): LimitUse[] => {
    const exceeded = used[r]! > limit;
    // Pairs that are apart go without saying.
    if (kind === 'apart' && !exceeded) return [];
    return [
      {
        id,
        kind,
        text,
        unit,
        limit: limit / scale,
        used: used[r]! / scale,
        status: exceeded ? 'exceeded' : 'kept',
        shadowPrice: exceeded || !priced ? null : Math.round((price.get(r) ?? 0) * scale * 1000) / 1000,
        unknown: built.unknown[r]!.length,
        ...(exceeded && kind !== 'apart' ? {least: leastUse(model, r) / scale} : {}),
        ...(where ? {where} : {}),
      },
    ];
  });
  const contradicting = hopeless.length > 0 ? hopeless : failing;
  return {
    problem: adjusted,
    levels: objective(adjusted, adjusted.risk),
    solution: {
      labels: labelsOf(model, result.chosen),
      free: result.method === 'unlimited-optimum' ? free.free : new Uint8Array(model.units),
      settled: free.settled,
      values: result.values,
      flows: result.method === 'unlimited-optimum' ? free.flows : [],
    },
    built,
    result,
    enforced,
    planned,
    limits,
    conflict: contradicting.length > 0 ? conflictOf(problem, limited, contradicting) : [],
    reasons: (w) => {
      const u = problem.unitOf[w]!;
      if (first[u] === result.chosen[u]) return [];
      const wanted = new Set<number>();
      for (let k = model.useStart[first[u]!]!; k < model.useStart[first[u]! + 1]!; k++)
        wanted.add(model.useOf[k]!);
      const site = input.sites[model.site[first[u]!]!]?.id ?? 'its place';
      const full = [...wanted].filter((r) => (price.get(r) ?? 0) > 0);
      const told = (full.length > 0 ? full : [...wanted].filter((r) => binding.includes(r))).map(
        (r) => model.resources[r]!,
      );
      if (told.length === 0)
        return [{by: 'limit', text: `gives way to others that need the room`, points: null}];
      return told.map(({id, text, where}) => ({
        by: id,
        text: `${site} would be better, but there is not enough of ${text}`,
        ...(where ? {where} : {}),
        points: null,
      }));
    },
  };
}

/** What gives way first when not all limits can be kept; room that is not there cannot. */
const GIVES_WAY: Resource['kind'][] = ['apart', 'budget', 'amount', 'share', 'capacity'];

/** What was solved: which limits hold, and which were found to contradict each other. */
interface Held {
  result: LimitedSolution;
  enforced: number[];
  failing: number[];
}

/**
 * Limits that are not kept are given as little more than they have as was found, the most important first, and then the
 * plan is made again within all of that.
 */
function* withLeastExcess(
  {input}: PlacementProblem,
  {model}: Built,
  first: Uint32Array,
  {result, enforced}: Held,
): Steps<{result: LimitedSolution; enforced: number[]; planned: readonly Resource[]}> {
  const used = usedBy(model, result.chosen);
  const rank = (r: number): number => GIVES_WAY.indexOf(model.resources[r]!.kind);
  const over = model.resources
    .flatMap(({kind, limit}, r) => (kind !== 'apart' && used[r]! > limit ? [r] : []))
    .toSorted((a, b) => rank(b) - rank(a) || a - b);
  const before = {result, enforced, planned: model.resources};
  if (!result.kept || result.stopped || over.length === 0) return before;
  const raised = yield* leastExcess(model, enforced, over, result.chosen);
  const all = [...enforced, ...over].toSorted((a, b) => a - b);
  const {limitSteps: steps, maxGap, milpOptions, milpSeconds} = input.settings;
  const again = yield* solveLimited(
    withResources(raised.model, all),
    first,
    {steps, maxGap, milpOptions, milpSeconds},
    raised.chosen,
  );
  return again.kept ? {result: again, enforced: all, planned: raised.model.resources} : before;
}

/**
 * Solves with all limits, and as long as that fails without the least of those that stand in each other's way: the rest is
 * kept, with a proof. `failing` are those found to contradict each other.
 */
function* keepWhatCanBeKept(
  {input}: PlacementProblem,
  {model}: Built,
  first: Uint32Array,
  binding: number[],
): Steps<Held> {
  const {settings} = input;
  let enforced = binding;
  let failing: number[] = [];
  for (;;) {
    const part = withResources(model, enforced);
    const result = yield* solveLimited(part, first, {
      steps: settings.limitSteps,
      maxGap: settings.maxGap,
      milpOptions: settings.milpOptions,
      milpSeconds: settings.milpSeconds,
    });
    // Whoever interrupts before there is any plan gets none, rather than one in which more gave way than had to.
    if (result.stopped === 'interrupt' && !result.impossible) return {result, enforced, failing};
    if (result.kept) return {result, enforced, failing};
    const used = usedBy(part, result.chosen);
    const suspects = result.contradiction
      ? smallestContradiction(
          model,
          enforced.filter((_, k) => result.contradiction![k]! > 0),
        )
      : enforced.filter((r, k) => used[k]! > model.resources[r]!.limit);
    if (result.impossible && failing.length === 0) failing = result.contradiction ? suspects : enforced;
    const rank = (r: number): number => GIVES_WAY.indexOf(model.resources[r]!.kind);
    const dropped = suspects.toSorted((a, b) => rank(a) - rank(b) || b - a)[0];
    enforced = enforced.filter((r) => r !== dropped);
  }
}

function smallestContradiction(model: ChoiceModel, enforced: number[]): number[] {
  const fails = (kept: number[]): boolean => contradiction(withResources(model, kept)) !== null;
  return fails(enforced) ? minimalConflict(enforced, fails) : enforced;
}

/** Choices tried to prove that some parts cannot hold together where prices do not: each time, and in all. */
const TRIED = 50_000;
const TRIED_IN_ALL = 5_000_000;

/**
 * Limits and hard rules that cannot all hold, and none of which can be left out: by prices, or because every choice was
 * tried. Empty where neither proves it: what is not proven is not named.
 */
function conflictOf(
  problem: PlacementProblem,
  limited: Limited[],
  failing: number[],
): {id: string; where?: string}[] {
  const {input, facts} = problem;
  const {groups} = problem;
  const rules = input.policy.rules.flatMap(({rule}, r) =>
    rule.effect === 'forbid' || rule.effect === 'require' ? [r] : [],
  );
  type Part = {rule: number} | {limit: number};
  const fails = (parts: Part[]): boolean => {
    const kept = new Set(parts.flatMap((part) => ('rule' in part ? [part.rule] : [])));
    const resources = parts.flatMap((part) => ('limit' in part ? [limited[part.limit]!] : []));
    if (resources.length === 0) return false;
    const policy = {
      ...input.policy,
      rules: input.policy.rules.filter((_, r) => !rules.includes(r) || kept.has(r)),
    };
    const open = {...facts, eligibility: eligibility({...input, policy})};
    const relaxed = {...problem, facts: open, units: formUnits(input, groups, open)};
    const {length} = relaxed.units;
    const nothing = {name: '', unary: new Float64Array(2 * length)};
    const empty = {tail: new Uint32Array(0), head: new Uint32Array(0)};
    const none = {...nothing, ...empty, forward: new Float64Array(0), backward: new Float64Array(0)};
    const {model} = choiceModel({...relaxed, risk: none, cost: none, churn: none}, [], resources);
    if (contradiction(model) !== null) return true;
    left -= TRIED;
    return left >= 0 && exhausted(model, TRIED);
  };
  let left = TRIED_IN_ALL;
  const all: Part[] = [...failing.map((limit) => ({limit})), ...rules.map((rule) => ({rule}))];
  if (!fails(all)) return [];
  return minimalConflict(all, fails).map((part) => {
    if ('limit' in part) return named(limited[part.limit]!.resource);
    const {id, place} = input.policy.rules[part.rule]!.rule;
    return {id, ...(place.file === undefined ? {} : {where: `${place.file}:${place.line ?? 1}`})};
  });
}

function named({text, where}: {text: string; where?: string}): {id: string; where?: string} {
  return {id: text, ...(where ? {where} : {})};
}
