import type {Finding} from '../model/common.ts';
import type {PolicyEvaluation, RuleEvaluation, RuleOutcome, TupleOutcome} from '../model/policy.ts';
import type {Axis} from '../model/sensitivity.ts';
import {CelFailure} from './cel.ts';
import {ColumnStore, columnKeys} from './columns.ts';
import type {PolicyContext} from './context.ts';
import {EnvironmentBuilder, workloadPlan, type Environment, type WorkloadPlan} from './environment.ts';
import {applyExceptions} from './exceptions/apply.ts';
import {Missing, type Expression} from './expression.ts';
import {Unknown, and, type Truth} from './kleene.ts';
import {findUnknownSites} from './lint-names.ts';
import {nativeTest} from './native-test.ts';
import {outcomeOf, type SiteOutcome} from './outcome.ts';
import type {PolicySet} from './parse.ts';
import {portabilityGate} from './portability.ts';
import {evaluatePortfolio} from './portfolio.ts';
import {limitsNothing, unsetLimit} from './portfolio-limit.ts';
import {broken, type CompiledRule} from './rule.ts';
import {renderTemplate, type Template} from './template.ts';
import {readWorkload} from './workload-values.ts';
import {unknownAxes, worldsOf} from './worlds.ts';

/**
 * Evaluates every rule for every workload at every site. Workloads with equal values in the fields a rule reads share
 * one evaluation. A missing value makes the outcome `unknown`, never `pass`; an unknown need is tried at every level
 * it can have, and only outcomes that agree are reported (`planned` holds the one at `unknownAs`). Failures covered by
 * an exception are marked, unless `ignoreExceptions` is set.
 */
export function evaluatePolicies(
  set: PolicySet,
  context: PolicyContext,
  options: {ignoreExceptions?: boolean; budget?: RuleBudget} = {},
): PolicyEvaluation {
  const {store, builder, findings, evaluate} = createEvaluator(set, context, options.budget);
  findings.push(
    ...findUnknownSites(
      set,
      context.sites.map(({id}) => id),
    ),
  );
  const judged = set.rules.map(evaluate);
  const excepted =
    set.exceptions.length === 0
      ? null
      : applyExceptions(set.exceptions, judged, evaluate, {
          now: context.now,
          ignore: options.ignoreExceptions ?? false,
          terms: set.exceptionTerms,
        });
  findings.push(...(excepted?.findings ?? []));
  const limiting = set.portfolio.filter((constraint) => !limitsNothing(constraint));
  findings.push(...set.portfolio.filter(limitsNothing).map(unsetLimit));
  const messages = new Map<number, MessagePlan>();
  const gate = portabilityGate(set.portability, store, builder);
  return {
    rules: excepted?.rules ?? judged,
    ...(excepted ? {exceptions: excepted.exceptions} : {}),
    message: (index, workload, site) => {
      const rule = set.rules[index];
      if (!rule?.message) return rule?.info.title ?? '';
      let plan = messages.get(index);
      if (!plan) messages.set(index, (plan = messagePlan(rule.message)));
      const known = plan.texts?.[site];
      if (known !== undefined) return known;
      const environment = builder.of(plan.reads, workload, rule.policy);
      environment.site = builder.sites[site];
      const text = renderTemplate(rule.message, environment);
      if (plan.texts) plan.texts[site] = text;
      return text;
    },
    portability: gate,
    findings,
    ...(limiting.length > 0 ? {portfolio: evaluatePortfolio(limiting, store, builder)} : {}),
  };
}

/** Time one rule may take over all workloads and sites. Expressions are bounded, the lists they walk are not. */
export interface RuleBudget {
  milliseconds: number;
  /** A clock that only goes forward, in milliseconds. */
  clock: () => number;
}

/**
 * Evaluates rules one by one in one context; rules need not be of the set, but its policies lend them their parameters.
 * `findings` grows with what evaluation runs into.
 */
export function createEvaluator(set: PolicySet, context: PolicyContext, budget?: RuleBudget) {
  const store = new ColumnStore(context);
  const builder = new EnvironmentBuilder(set, context);
  const findings: Finding[] = [];
  const evaluate = (rule: CompiledRule): RuleEvaluation =>
    evaluateRule(rule, store, builder, findings, budget);
  return {store, builder, findings, evaluate};
}

interface MessagePlan {
  reads: WorkloadPlan;
  /** Per site, when the message says nothing about the workload: one text, however many workloads get it. */
  texts: string[] | null;
}

function messagePlan({parts}: Template): MessagePlan {
  const reads = parts.flatMap((part) => (typeof part === 'string' ? [] : part.reads));
  return {reads: workloadPlan(reads), texts: columnKeys(reads).length === 0 ? [] : null};
}

function evaluateRule(
  rule: CompiledRule,
  store: ColumnStore,
  builder: EnvironmentBuilder,
  findings: Finding[],
  budget?: RuleBudget,
): RuleEvaluation {
  const {context} = store;
  const end = budget ? budget.clock() + budget.milliseconds : 0;
  const size = context.sites.length;
  if (rule.info.broken) {
    const tuple = uniform(size, 'unknown');
    return {rule: rule.info, tupleOf: new Uint32Array(context.estate.workloads.length), tuples: [tuple]};
  }
  const expressions = [...rule.match, rule.condition, rule.score].filter(
    (part): part is Expression => part !== null,
  );
  const reads = expressions.flatMap((part) => part.reads);
  const {tupleOf, representatives} = store.tuples(groupingKeys(expressions, rule.policy, store, builder));
  const evaluation = new RuleRun(rule, workloadPlan(reads), builder, context, findings);
  const shared = new Map<string, TupleOutcome>();
  const tuples: TupleOutcome[] = [];
  for (const workload of representatives) {
    if (budget && budget.clock() > end) {
      findings.push(tooSlow(rule, budget.milliseconds));
      // Outcomes of a part of the estate would depend on the speed of the machine.
      return {
        rule: broken(rule).info,
        tupleOf: new Uint32Array(tupleOf.length),
        tuples: [uniform(size, 'unknown')],
      };
    }
    const outcome = evaluation.tuple(workload);
    const key = signature(outcome);
    const known = shared.get(key);
    if (!known) shared.set(key, outcome);
    tuples.push(known ?? outcome);
  }
  return {rule: rule.info, tupleOf, tuples};
}

function tooSlow({info}: CompiledRule, milliseconds: number): Finding {
  return {
    code: 'BH-POL-005',
    severity: 'high',
    message: `rule ${info.id} takes longer than ${milliseconds / 1000} s over this estate: its outcome is unknown everywhere`,
    where: {...info.place, id: `${info.policy}/${info.id}`},
    remedy: 'Simplify it: conditions in conditions over long lists cost their product.',
    partial: true,
  };
}

function readText(
  context: PolicyContext,
  workload: number,
  path: string,
  tag: string | null,
): string | undefined {
  const read = readWorkload(context, path, workload);
  if (tag === null) return typeof read === 'string' ? read : undefined;
  const tags = (read ?? {}) as Record<string, string>;
  return Object.hasOwn(tags, tag) ? tags[tag] : undefined;
}

/** Columns whose values settle all expressions: results of tests on the workload, and values of the other fields. */
function groupingKeys(
  expressions: readonly Expression[],
  policy: number,
  store: ColumnStore,
  builder: EnvironmentBuilder,
): string[] {
  const splits = expressions.map((expression) => expression.split());
  const tests = splits
    .flatMap((split) => split.tests)
    .map((test) => {
      const ownParams = test.reads.some(({path}) => path.startsWith('params.'));
      const name = `test\u0000${ownParams ? policy : ''}\u0000${test.text}`;
      const plan = workloadPlan(test.reads);
      const native = nativeTest(test.tree);
      store.derive(name, columnKeys(test.reads), (workload) => {
        const known = native?.((path, tag) => readText(store.context, workload, path, tag));
        if (known !== undefined) return known;
        const value = test.evaluate(builder.of(plan, workload, policy));
        if (typeof value === 'boolean') return value;
        return value instanceof Missing ? `missing ${value.path}` : 'failed';
      });
      return name;
    });
  const values = columnKeys(splits.flatMap((split) => split.rest));
  return [...new Set([...tests, ...values])].toSorted();
}

/** One rule against one workload after the other. */
class RuleRun {
  private readonly rule: CompiledRule;
  private readonly plan: WorkloadPlan;
  private readonly axes: Axis[];
  private readonly builder: EnvironmentBuilder;
  private readonly context: PolicyContext;
  private readonly findings: Finding[];
  private readonly told = new Set<string>();

  constructor(
    rule: CompiledRule,
    plan: WorkloadPlan,
    builder: EnvironmentBuilder,
    context: PolicyContext,
    findings: Finding[],
  ) {
    this.rule = rule;
    this.plan = plan;
    this.axes = plan.flatMap(({axis}) => (axis ? [axis] : []));
    this.builder = builder;
    this.context = context;
    this.findings = findings;
  }

  tuple(workload: number): TupleOutcome {
    const unknown = unknownAxes(this.context, workload, this.axes);
    if (unknown.length === 0) {
      const sites = this.world(workload, {});
      return collect(sites, sites);
    }
    const worlds = worldsOf(this.context, workload, this.axes);
    const results = worlds.map(({levels}) => this.world(workload, levels));
    const planned = results[worlds.findIndex((world) => world.planned)]!;
    const merged = planned.map((at, site): SiteOutcome => {
      const different = results.findIndex((result) => result[site]!.outcome !== at.outcome);
      if (different < 0) return at;
      const levels = worlds[different]!.levels;
      const plannedLevels = worlds[results.indexOf(planned)]!.levels;
      const axis = unknown.find((candidate) => levels[candidate] !== plannedLevels[candidate])!;
      return {outcome: 'unknown', score: at.score, missing: `workload.sensitivity.${axis}`};
    });
    return collect(merged, planned);
  }

  private world(workload: number, levels: Partial<Record<Axis, 0 | 1 | 2 | 3>>): SiteOutcome[] {
    const {rule} = this;
    const environment = this.builder.of(this.plan, workload, rule.policy, levels);
    let everywhere: Truth = true;
    for (const part of rule.match)
      if (!part.bySite) everywhere = and(everywhere, this.truth(part, environment, workload));
    const main = (rule.condition ?? rule.score)!;
    const fixed = main.bySite ? null : this.main(environment, workload);
    return this.builder.sites.map((site): SiteOutcome => {
      if (everywhere === false) return outcomeOf(rule.info.effect, false, false, null);
      environment.site = site;
      let applies: Truth = everywhere;
      for (const part of rule.match)
        if (part.bySite) applies = and(applies, this.truth(part, environment, workload));
      if (applies === false) return outcomeOf(rule.info.effect, false, false, null);
      const {condition, score} = fixed ?? this.main(environment, workload);
      return outcomeOf(rule.info.effect, applies, condition, score);
    });
  }

  private main(environment: Environment, workload: number): {condition: Truth; score: number | null} {
    const {condition, score} = this.rule;
    if (condition) return {condition: this.truth(condition, environment, workload), score: null};
    const value = score!.evaluate(environment);
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) {
      return {
        condition: this.unknown(
          Number.isNaN(number) ? new CelFailure('the score is not a number', null) : value,
          workload,
        ),
        score: null,
      };
    }
    if (number < 0 || number > 1)
      this.tell('BH-POL-004', `the score ${number} is outside 0 … 1 and was cut off`, workload);
    const clamped = Math.min(1, Math.max(0, number));
    return {condition: clamped > 0, score: clamped};
  }

  private truth(expression: Expression, environment: Environment, workload: number): Truth {
    const value = expression.evaluate(environment);
    return typeof value === 'boolean' ? value : this.unknown(value, workload);
  }

  private unknown(value: unknown, workload: number): Unknown {
    if (value instanceof Missing) return new Unknown(value.path);
    const message = value instanceof CelFailure ? value.message : 'the expression gave no usable value';
    this.tell('BH-POL-003', `cannot be evaluated for some workloads: ${message}`, workload);
    return new Unknown(null);
  }

  /** One finding per rule and code, with the first workload as the example. */
  private tell(code: string, message: string, workload: number): void {
    if (this.told.has(code)) return;
    this.told.add(code);
    const {info} = this.rule;
    const example = this.context.estate.workloads[workload]!.name;
    this.findings.push({
      code,
      severity: code === 'BH-POL-003' ? 'medium' : 'low',
      message: `${info.id}: ${message} (for example ${example})`,
      where: {...info.place, id: `${info.policy}/${info.id}`},
      remedy:
        code === 'BH-POL-003'
          ? 'Guard the expression, e.g. with has() or size().'
          : 'Wrap the score in min(1.0, max(0.0, …)).',
      ...(code === 'BH-POL-003' ? {partial: true} : {}),
    });
  }
}

function collect(sites: readonly SiteOutcome[], planned: readonly SiteOutcome[]): TupleOutcome {
  return {
    outcomes: sites.map((site) => site.outcome),
    scores: sites.map((site) => site.score),
    planned: planned.map((site) => site.outcome),
    missing: sites.map((site) => site.missing),
  };
}

function uniform(size: number, outcome: RuleOutcome): TupleOutcome {
  const outcomes = Array.from({length: size}, () => outcome);
  return {
    outcomes,
    scores: outcomes.map(() => 0),
    planned: outcomes,
    missing: outcomes.map(() => null),
  };
}

function signature({outcomes, scores, planned, missing}: TupleOutcome): string {
  return `${outcomes.join()}|${scores.join()}|${planned!.join()}|${missing.join()}`;
}
