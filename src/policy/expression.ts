import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {analyse, type ExpressionProblem, type FieldRead} from './analyse.ts';
import {CelFailure, CelProblem, LIMITS, type CelEngine, type CelNode} from './cel.ts';
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
    return {expression: null, findings: [toFinding({code, ...fieldsOf(parsed), ...hint(parsed)}, origin)]};
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
  const expression: Expression = {
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
  };
  return {expression, findings};
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

function hint(problem: CelProblem): {remedy?: string} {
  if (!problem.limit) return {};
  return {
    remedy: `Split the rule: at most ${LIMITS.characters} characters, ${LIMITS.nodes} parts, depth ${LIMITS.depth}.`,
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
