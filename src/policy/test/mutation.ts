import type {Place} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {CelProblem} from '../cel.ts';
import {createEvaluator} from '../evaluate.ts';
import {compileExpression, type Expression, type Scope, type Wanted} from '../expression.ts';
import type {PolicySet} from '../parse.ts';
import type {CompiledRule} from '../rule.ts';
import {mutants} from './mutate.ts';
import type {Case, PolicyTest} from './parse.ts';
import {lookAt, notices, type CaseResult} from './run.ts';

/** A fault no test notices. */
export interface Survivor {
  rule: string;
  place: Place;
  change: string;
  /** The expression with the fault. */
  text: string;
}

export interface MutationResult {
  total: number;
  killed: number;
  survivors: Survivor[];
}

/** Characters of a changed part that are shown. */
const MOST_SHOWN = 80;

/** Expression of a rule that can be given a fault, with the rules that then read it. */
interface Target {
  expression: Expression;
  wanted: Wanted;
  document: YamlDocument;
  path: (string | number)[];
  name: string;
  /** Rules with the expression replaced, by index in the set. */
  replaced: (mutant: Expression) => Map<number, CompiledRule>;
}

/**
 * Puts one fault after the other into the expressions of the rules under test and runs the cases that pass. A fault
 * that changes the outcome of no case as its author would notice it survives: that part of the rule is not tested.
 */
export function runMutation(
  set: PolicySet,
  tests: readonly PolicyTest[],
  results: readonly (readonly CaseResult[])[],
): MutationResult {
  const asked = tests.flatMap((test, t) =>
    test.cases
      .filter((_, c) => results[t]![c]!.passed)
      .map((one) => ({
        one,
        rules: new Set(test.rules),
        evaluate: createEvaluator(test.set, one.context!).evaluate,
      })),
  );
  const under = new Set(tests.flatMap(({rules}) => rules));
  const result: MutationResult = {total: 0, killed: 0, survivors: []};
  for (const target of targets(set, under)) {
    const {parameters, engine} =
      set.policies[set.rules[[...target.replaced(target.expression).keys()][0]!]!.policy]!;
    const scope: Scope = {engine, params: parameters.fields, re2: set.re2};
    const seen = new Set([textOf(target.expression, scope)]);
    for (const {change, start, end, tree} of mutants(target.expression.tree)) {
      const text = textOf({...target.expression, tree}, scope);
      if (text === null || seen.has(text)) continue;
      seen.add(text);
      const origin = {document: target.document, path: target.path, offset: 0, id: target.name};
      const {expression} = compileExpression(text, target.wanted, scope, origin);
      if (!expression) continue;
      result.total++;
      if (killed(target.replaced(expression), asked)) {
        result.killed++;
        continue;
      }
      const place = target.document.scalarPlace?.(target.path, start) ?? target.document.place(target.path);
      const part = target.expression.text.slice(start, end).replaceAll(/\s+/g, ' ');
      const shown = part.length > MOST_SHOWN ? `${part.slice(0, MOST_SHOWN - 1)}…` : part;
      result.survivors.push({rule: target.name, place, change: `${change}: ${shown}`, text});
    }
  }
  return result;
}

interface Asked {
  one: Case;
  rules: ReadonlySet<number>;
  evaluate: ReturnType<typeof createEvaluator>['evaluate'];
}

function killed(faulty: ReadonlyMap<number, CompiledRule>, asked: readonly Asked[]): boolean {
  return asked.some(({one, rules, evaluate}) =>
    [...faulty].some(([index, rule]) => rules.has(index) && notices(one, index, lookAt(evaluate(rule)))),
  );
}

function textOf({tree}: Pick<Expression, 'tree'>, {engine}: Scope): string | null {
  const any = engine.parse('true');
  return any instanceof CelProblem ? null : any.textOf(tree);
}

function targets(set: PolicySet, under: ReadonlySet<number>): Target[] {
  const found: Target[] = [];
  set.policies.forEach((policy, p) => {
    const own = [...under].filter(
      (index) => set.rules[index]!.policy === p && !set.rules[index]!.info.broken,
    );
    if (own.length === 0) return;
    policy.match.forEach((expression, position) =>
      found.push({
        expression,
        wanted: 'bool',
        document: policy.document,
        path: ['spec', 'match', position, 'expression'],
        name: policy.name,
        replaced: (mutant) =>
          new Map(own.map((index) => [index, withMatch(set.rules[index]!, position, mutant)])),
      }),
    );
    for (const index of own) {
      const rule = set.rules[index]!;
      const target = (
        field: string,
        expression: Expression,
        wanted: Wanted,
        change: (mutant: Expression) => CompiledRule,
      ) =>
        found.push({
          expression,
          wanted,
          document: policy.document,
          path: [...rule.path, field],
          name: rule.info.id,
          replaced: (mutant) => new Map([[index, change(mutant)]]),
        });
      const last = rule.match.length - 1;
      if (rule.source?.given !== undefined)
        target('given', rule.match[last]!, 'bool', (mutant) => withMatch(rule, last, mutant));
      if (rule.condition) target('when', rule.condition, 'bool', (condition) => ({...rule, condition}));
      if (rule.score) target('score', rule.score, 'number', (score) => ({...rule, score}));
    }
  });
  return found;
}

function withMatch(rule: CompiledRule, position: number, mutant: Expression): CompiledRule {
  return {...rule, match: rule.match.map((part, index) => (index === position ? mutant : part))};
}
