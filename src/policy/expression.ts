import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {analyse, children, type Analysis, type ExpressionProblem, type FieldRead} from './analyse.ts';
import {CelFailure, CelProblem, LIMITS, type CelEngine, type CelExpression, type CelNode} from './cel.ts';
import type {ObjectFields} from './fields.ts';
import type {Re2} from './re2.ts';

/** Where an expression was written, so that an offset inside it becomes file, line and column. */
export interface Origin {
  document: YamlDocument;
  path: (string | number)[];
  /** Offset of the expression inside the scalar at `path` (message holes). */
  offset: number;
  /** `policy/rule`, printed with every problem. */
  id: string;
}

/** What compiling needs besides the text. */
export interface Scope {
  engine: CelEngine;
  params: ObjectFields;
  re2?: Re2 | undefined;
}

/** A checked expression. */
export interface Expression {
  text: string;
  type: string;
  tree: CelNode;
  reads: FieldRead[];
  /** Reads `site`: the value can differ from site to site. */
  bySite: boolean;
  /** Value, or {@link Missing} when a field it depends on has no value, or {@link CelFailure} on any other error. */
  evaluate(environment: Readonly<Record<string, unknown>>): unknown;
  /** See {@link splitExpression}; computed when first asked for. */
  split(): Split;
}

/** Result of an expression whose outcome hangs on a value nobody supplied. */
export class Missing {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** Result types an expression may be asked to have. */
export type Wanted = 'bool' | 'number' | 'printable';

/**
 * Compiles and type-checks one expression. Returns null with placed `BH-LINT-…` findings when it cannot be used;
 * warnings may come with a usable expression.
 */
export function compileExpression(
  text: string,
  wanted: Wanted,
  scope: Scope,
  origin: Origin,
): {expression: Expression | null; findings: Finding[]} {
  const parsed = scope.engine.parse(text);
  if (parsed instanceof CelProblem) {
    const code = parsed.limit ? 'BH-LINT-002' : 'BH-LINT-001';
    const place = {...fieldsOf(parsed), ...hint(parsed)};
    return {expression: null, findings: [toFinding({code, ...place}, origin)]};
  }
  const analysis = analyse(parsed.tree, scope.params, scope.re2);
  const problems = [...analysis.problems];
  let type = 'dyn';
  if (!problems.some((problem) => !problem.warning)) {
    const checked = parsed.check();
    if (checked instanceof CelProblem) {
      problems.push({code: 'BH-LINT-013', ...fieldsOf(checked), ...typeHint(checked.message)});
    } else {
      type = checked.type;
      const problem = wrongType(type, wanted, text.length);
      if (problem) problems.push(problem);
    }
  }
  const findings = problems.map((problem) => toFinding(problem, origin));
  if (problems.some((problem) => !problem.warning)) return {expression: null, findings};
  const expression = toExpression(parsed, text, type, analysis, scope);
  return {expression, findings};
}

function toExpression(
  parsed: CelExpression,
  text: string,
  type: string,
  analysis: Analysis,
  scope: Scope,
): Expression {
  let split: Split | undefined;
  return {
    text,
    type,
    tree: parsed.tree,
    reads: analysis.reads,
    bySite: analysis.reads.some(({path}) => path === 'site' || path.startsWith('site.')),
    evaluate: (environment) => {
      const value = parsed.evaluate(environment);
      if (!(value instanceof CelFailure) || !value.missing) return value;
      const path = analysis.pathAt.get(`${value.missing.start}:${value.missing.end}`);
      return new Missing(path ?? text.slice(value.missing.start, value.missing.end));
    },
    split: () => (split ??= splitExpression(parsed, scope)),
  };
}

/** Tests of an expression that depend on the workload alone, and what the rest of it reads. */
export interface Split {
  tests: Expression[];
  rest: FieldRead[];
}

/**
 * Takes out the largest parts that are true or false by the workload alone (`workload.blast.value > 50.0`). The
 * expression depends on such a field only through the result of the test, so workloads may be grouped by the result
 * instead of the value: three groups instead of one per value. Needs for protection stay values, since an unknown need
 * is tried at every level.
 */
function splitExpression(parsed: CelExpression, scope: Scope): Split {
  const tests: Expression[] = [];
  const skip = new Set<CelNode>();
  const descend = (node: CelNode): void => {
    const test =
      BOOLEAN_OPERATORS.has(node.op) || hasBooleanResult(node) ? workloadTest(parsed, node, scope) : null;
    if (test) {
      tests.push(test);
      skip.add(node);
    } else for (const child of children(node)) descend(child);
  };
  descend(parsed.tree);
  return {tests, rest: analyse(parsed.tree, scope.params, scope.re2, skip).reads};
}

const BOOLEAN_OPERATORS: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  '!_',
  '&&',
  '||',
]);
const BOOLEAN_FUNCTIONS: ReadonlySet<string> = new Set([
  'startsWith',
  'endsWith',
  'contains',
  'exists',
  'all',
  'glob',
  're2',
  'has',
]);

function hasBooleanResult(node: CelNode): boolean {
  return (node.op === 'call' || node.op === 'rcall') && BOOLEAN_FUNCTIONS.has((node.args as [string])[0]);
}

function workloadTest(parsed: CelExpression, node: CelNode, scope: Scope): Expression | null {
  const {problems, reads} = analyse(node, scope.params, scope.re2);
  const settled = ({path}: FieldRead): boolean =>
    path.startsWith('params.') || path === 'now' || isPlainField(path);
  if (
    problems.some((problem) => !problem.warning) ||
    !reads.every(settled) ||
    !reads.some(({path}) => isPlainField(path))
  )
    return null;
  const text = parsed.textOf(node);
  const part = scope.engine.parse(text);
  if (part instanceof CelProblem || part.check() instanceof CelProblem) return null;
  return toExpression(part, text, 'bool', analyse(part.tree, scope.params, scope.re2), scope);
}

/** A single field of the workload that is not a need for protection. */
function isPlainField(path: string): boolean {
  return path.startsWith('workload.') && !path.startsWith('workload.sensitivity');
}

/** A problem of an expression as a placed finding. */
export function toFinding(problem: ExpressionProblem, origin: Origin): Finding {
  const {document, path, offset, id} = origin;
  const place = document.scalarPlace?.(path, offset + problem.start) ?? document.place(path);
  return {
    code: problem.code,
    severity: problem.warning ? 'low' : 'high',
    message: problem.message,
    where: {...place, id},
    ...(problem.remedy ? {remedy: problem.remedy} : {}),
  };
}

function wrongType(type: string, wanted: Wanted, length: number): ExpressionProblem | null {
  const fits =
    wanted === 'bool'
      ? type === 'bool'
      : wanted === 'number'
        ? type === 'double' || type === 'int'
        : /^(string|int|double|bool|google\.protobuf\.Timestamp|list<(string|int|double)>)$/.test(type);
  if (fits) return null;
  const asked = wanted === 'bool' ? 'true or false' : wanted === 'number' ? 'a number' : 'text or a number';
  return {
    code: 'BH-LINT-005',
    message: `the expression gives ${plainType(type)}, not ${asked}`,
    start: 0,
    end: length,
    remedy:
      wanted === 'bool'
        ? 'Compare the value with something, e.g. `== "x"` or `>= level.high`.'
        : 'Reduce it to one value.',
  };
}

const fieldsOf = ({message, start, end}: CelProblem) => ({message, start, end});

/** What the engine's limits are called, in words. */
const LIMIT_WORDS: Readonly<Record<string, string>> = {
  maxDepth: 'the expression is nested too deeply',
  maxAstNodes: 'the expression has too many parts',
  maxListElements: 'a list in the expression has too many items',
};

function hint(problem: CelProblem): {message?: string; remedy?: string} {
  if (!problem.limit) return {};
  const exceeded = /^Exceeded (\w+)/.exec(problem.message)?.[1] ?? '';
  const message =
    LIMIT_WORDS[exceeded] ?? (/call stack/i.test(problem.message) ? LIMIT_WORDS['maxDepth']! : null);
  return {
    ...(message ? {message} : {}),
    remedy: `Split the rule: at most ${LIMITS.characters} characters, ${LIMITS.nodes} parts, depth ${LIMITS.depth}, ${LIMITS.listElements} items in a list; long lists go into a parameter.`,
  };
}

function typeHint(message: string): {message: string; remedy?: string} {
  const overload = /^no such overload: (\S+) (\S+) (.+)$/.exec(message);
  if (overload) {
    const [, left, operator, right] = overload as unknown as [string, string, string, string];
    const types = new Set([left, right]);
    const text = `\`${plainType(left)} ${operator} ${plainType(right)}\` cannot be computed`;
    if (types.has('int') && types.has('double')) {
      return {
        message: text,
        remedy: 'Write the whole number with a decimal point (5.0), or convert with double().',
      };
    }
    if (types.has('null'))
      return {message: text, remedy: 'Use `has(field)` to ask whether there is a value.'};
    if (types.has('string'))
      return {message: text, remedy: 'Add or remove the quotes: both sides must be of one type.'};
    return {message: text, remedy: 'Both sides must be of one type.'};
  }
  return {
    message: message
      .replace('found no matching overload for ', 'wrong arguments: ')
      .replace(/^No such key: /, 'unknown field '),
  };
}

function plainType(type: string): string {
  return type
    .replace('google.protobuf.Timestamp', 'timestamp')
    .replace('google.protobuf.Duration', 'duration');
}
