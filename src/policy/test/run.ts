import type {Place} from '../../model/common.ts';
import type {RuleEvaluation, RuleInfo, RuleOutcome} from '../../model/policy.ts';
import {createEvaluator} from '../evaluate.ts';
import {applyExceptions} from '../exceptions/apply.ts';
import type {CompiledRule} from '../rule.ts';
import {renderTemplate} from '../template.ts';
import {workloadPlan} from '../environment.ts';
import type {Case, Expectation, PolicyTest} from './parse.ts';

/** Result of one case. */
export interface CaseResult {
  test: string;
  name: string;
  place: Place;
  passed: boolean;
  /** One line per difference. */
  problems: string[];
}

/** Which outcomes of a rule are shown by a case that passed and names it. */
export interface RuleCoverage {
  rule: string;
  place: Place;
  shown: RuleOutcome[];
  /** Shown to pass and to fail (an obligation: to apply and not to apply). */
  covered: boolean;
}

/** What a rule gives in the situation of a case. */
export interface Seen {
  outcome: RuleOutcome;
  score: number;
  missing: string | null;
}

/** Runs the cases of a test; a case passes when nothing differs from what it expects, in either direction. */
export function runCases(test: PolicyTest): CaseResult[] {
  return test.cases.map((one) => {
    const problems = one.problems.length > 0 ? one.problems : differences(test, one);
    return {test: test.name, name: one.name, place: one.place, passed: problems.length === 0, problems};
  });
}

function differences(test: PolicyTest, one: Case): string[] {
  const {evaluate, builder, findings} = createEvaluator(test.set, one.context!);
  const evaluations = new Map(test.rules.map((index) => [index, evaluate(test.set.rules[index]!)]));
  const problems = test.rules.flatMap((index) => {
    const rule = test.set.rules[index]!;
    const seen = lookAt(evaluations.get(index)!);
    const wanted = one.expect.get(index);
    const message = (): string => {
      const holes = rule.message?.parts.flatMap((part) => (typeof part === 'string' ? [] : part.reads)) ?? [];
      const environment = builder.of(workloadPlan(holes), 0, rule.policy);
      environment.site = builder.sites[0];
      return rule.message ? renderTemplate(rule.message, environment) : rule.info.title;
    };
    return difference(rule.info, seen, wanted, one.allowOther, message);
  });
  problems.push(...exceptedDifferences(test, one, evaluations, evaluate));
  return [...problems, ...findings.map(({message}) => message)];
}

type Evaluate = ReturnType<typeof createEvaluator>['evaluate'];

/** Which exception excuses which failure, in both directions. */
function exceptedDifferences(
  {set, rules, exceptions}: PolicyTest,
  {excepted, allowOther, context}: Case,
  evaluations: ReadonlyMap<number, RuleEvaluation>,
  evaluate: Evaluate,
): string[] {
  if (!excepted) return [];
  // Exceptions speak about rules by their place in the set; rules that are not under test excuse nothing here.
  const all = set.rules.map((rule, index) => evaluations.get(index) ?? silent(rule));
  const {rules: marked, exceptions: records} = applyExceptions(exceptions, all, evaluate, {
    now: context!.now,
    ignore: false,
    terms: set.exceptionTerms,
  });
  return rules.flatMap((index): string[] => {
    const found = marked[index]!.excepted?.get(0)?.[0]?.id;
    const wanted = excepted.get(index);
    if (found === wanted) return [];
    const {id} = set.rules[index]!.info;
    if (wanted === undefined)
      return allowOther ? [] : [`${id}: excused by ${found}, which the case does not expect`];
    const status = records.find((record) => record.id === wanted)?.status;
    const why = status === undefined || status === 'in-force' ? '' : ` (${wanted} is ${status})`;
    return [`${id}: expected to be excused by ${wanted}, is ${found ? `by ${found}` : 'not'}${why}`];
  });
}

function silent({info}: CompiledRule): RuleEvaluation {
  const outcomes: RuleOutcome[] = ['not-applicable'];
  return {rule: info, tupleOf: new Uint32Array(1), tuples: [{outcomes, scores: [0], missing: [null]}]};
}

/** Outcome at the site under test. */
export function lookAt({tuples, tupleOf}: RuleEvaluation): Seen {
  const tuple = tuples[tupleOf[0]!]!;
  return {outcome: tuple.outcomes[0]!, score: tuple.scores[0]!, missing: tuple.missing[0] ?? null};
}

function difference(
  {id}: RuleInfo,
  seen: Seen,
  wanted: Expectation | undefined,
  allowOther: boolean,
  message: () => string,
): string[] {
  const because = seen.missing ? ` (missing ${seen.missing})` : '';
  if (!wanted) {
    const silent = seen.outcome === 'pass' || seen.outcome === 'not-applicable';
    return silent || allowOther ? [] : [`${id}: ${seen.outcome}${because}, which the case does not expect`];
  }
  if (wanted.outcome !== seen.outcome)
    return [`${id}: expected ${wanted.outcome}, is ${seen.outcome}${because}`];
  const found: string[] = [];
  if (wanted.score !== undefined && !sameScore(wanted.score, seen.score))
    found.push(`${id}: expected score ${wanted.score}, is ${seen.score}`);
  if (wanted.missing !== undefined && wanted.missing !== seen.missing)
    found.push(`${id}: expected ${wanted.missing} to be missing, is ${seen.missing ?? 'nothing'}`);
  if (wanted.message !== undefined && !message().includes(wanted.message))
    found.push(`${id}: expected the message to contain "${wanted.message}", is "${message()}"`);
  return found;
}

/** True when a case would notice that a rule gives this instead of what it should. */
export function notices(one: Case, rule: number, seen: Seen): boolean {
  const wanted = one.expect.get(rule);
  if (!wanted) return !one.allowOther && (seen.outcome === 'fail' || seen.outcome === 'unknown');
  return (
    wanted.outcome !== seen.outcome ||
    (wanted.score !== undefined && !sameScore(wanted.score, seen.score)) ||
    (wanted.missing !== undefined && wanted.missing !== seen.missing)
  );
}

function sameScore(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}

/** Coverage of every rule, tested or not, in their order. */
export function coverage(
  tests: readonly PolicyTest[],
  results: readonly CaseResult[][],
  rules: readonly CompiledRule[],
): RuleCoverage[] {
  const shown = rules.map(() => new Set<RuleOutcome>());
  tests.forEach((test, t) => {
    test.cases.forEach((one, c) => {
      if (!results[t]![c]!.passed) return;
      for (const [rule, {outcome}] of one.expect) shown[rule]!.add(outcome);
    });
  });
  return rules.map(({info: {id, place, effect}}, index) => {
    const outcomes = shown[index]!;
    const other = effect === 'obligate' ? 'not-applicable' : 'fail';
    return {
      rule: id,
      place,
      shown: [...outcomes].toSorted(),
      covered: outcomes.has('pass') && outcomes.has(other),
    };
  });
}
