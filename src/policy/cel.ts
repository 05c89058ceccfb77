import {
  Environment,
  EvaluationError,
  ParseError,
  TypeError as CelTypeError,
  serialize,
  type ASTNode,
} from '@marcbachmann/cel-js';
import {CUSTOM} from './cel-functions.ts';
import {OBJECT_TYPES, VARIABLES, elementType} from './fields.ts';
import type {Re2} from './re2.ts';

/**
 * The only file that knows the CEL engine. Everything else speaks of texts, trees, values and problems with offsets,
 * so the engine can be replaced behind these few methods.
 */
export interface CelEngine {
  /** The same engine with a typed variable `params`; `fields` maps parameter name to type. */
  withParams(fields: Readonly<Record<string, string>>): CelEngine;
  /** Parses without checking types. Never throws. */
  parse(text: string): CelExpression | CelProblem;
  /** Engine value of an object type from plain data; absent, null and unusable fields stay missing. */
  object(type: string, values: Readonly<Record<string, unknown>>): unknown;
}

export interface CelExpression {
  tree: CelNode;
  /** Inferred type, or the first type error. */
  check(): {type: string} | CelProblem;
  /** Value of the expression, or why there is none. `environment` holds engine values by variable name. */
  evaluate(environment: Readonly<Record<string, unknown>>): unknown;
  /** Text of a tree that can be parsed again; nodes may be hand-made from `op` and `args`. */
  textOf(node: CelNode): string;
}

/** A syntax or type error with the range of characters it is about. */
export class CelProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly limit: boolean;
  constructor(message: string, start: number, end: number, limit = false) {
    this.message = message;
    this.start = start;
    this.end = end;
    this.limit = limit;
  }
}

/** What `evaluate` returns instead of a value. */
export class CelFailure {
  readonly message: string;
  /** Range of the field, key or variable that has no value; null for other errors (index, conversion, overflow). */
  readonly missing: {start: number; end: number} | null;
  constructor(message: string, missing: {start: number; end: number} | null) {
    this.message = message;
    this.missing = missing;
  }
}

/** Tree node: `op` is the operator, `id`, `value`, `.`, `[]`, `call`, `rcall`, `list`, `map`, `?:` … */
export interface CelNode {
  op: string;
  args: unknown;
  /** Where errors about this node point: the field name of `a.field`, else `start`. */
  pos: number;
  start: number;
  end: number;
}

/** Longest accepted expression and its structure; anything larger is a program, not a rule. */
export const LIMITS = {
  characters: 4000,
  nodes: 600,
  depth: 40,
  listElements: 300,
  nestedComprehensions: 2,
} as const;

const TIMESTAMP = 'google.protobuf.Timestamp';

/** `re2` is the compiled-pattern store for `re2()` calls; without it those calls fail at evaluation. */
export function createEngine(re2?: Re2): CelEngine {
  const environment = new Environment({
    limits: {maxAstNodes: LIMITS.nodes, maxDepth: LIMITS.depth, maxListElements: LIMITS.listElements},
  });
  const types = new Map<string, ObjectType>();
  // Element types first: the engine wants a type declared before another one mentions it.
  for (const name of dependencyOrder()) declare(environment, types, name, typesOf(OBJECT_TYPES[name]!));
  for (const [name, {type}] of Object.entries(VARIABLES))
    environment.registerVariable(name, engineType(type));
  for (const {signature, handler} of CUSTOM) environment.registerFunction(signature, handler, {async: false});
  environment.registerFunction(
    're2(string, string): bool',
    (text: string, pattern: string) => {
      if (!re2) throw new Error('regular expressions are not loaded');
      return re2.test(pattern, text);
    },
    {async: false},
  );
  return wrap(environment, types);
}

type Converter = (value: {}) => unknown;

interface ObjectType {
  create: new () => Record<string, unknown>;
  converters: ReadonlyMap<string, Converter>;
}

function wrap(environment: Environment, types: ReadonlyMap<string, ObjectType>): CelEngine {
  return {
    withParams: (fields) => {
      const copy = environment.clone();
      const known = new Map(types);
      declare(copy, known, 'Params', fields);
      copy.registerVariable('params', 'Params');
      return wrap(copy, known);
    },
    parse: (text) => parse(environment, text),
    object: (type, values) => toObject(types.get(type)!, values),
  };
}

function parse(environment: Environment, text: string): CelExpression | CelProblem {
  if (text.length > LIMITS.characters) {
    return new CelProblem(`the expression has ${text.length} characters`, 0, 0, true);
  }
  try {
    const run = environment.parse(text);
    return {
      tree: run.ast as unknown as CelNode,
      check: () => {
        const {valid, type, error} = run.check();
        return valid ? {type: type ?? 'dyn'} : problemOf(error, text);
      },
      evaluate: (values) => {
        try {
          return run(values) as unknown;
        } catch (error) {
          return failureOf(error);
        }
      },
      textOf: (node) => serialize(node as unknown as ASTNode),
    };
  } catch (error) {
    return problemOf(error, text);
  }
}

function problemOf(error: unknown, text: string): CelProblem {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    const {start, end} = error.range ?? {start: 0, end: text.length};
    const exceeded = error.code === 'limit_exceeded';
    const message =
      error.code === 'unexpected_token' && start >= text.length
        ? 'the expression ends too early'
        : error.summary;
    return new CelProblem(message, start, end, exceeded);
  }
  // A stack overflow or an engine fault: the text is unusable, the place is all we can give.
  return new CelProblem(
    error instanceof Error ? error.message : String(error),
    0,
    text.length,
    error instanceof RangeError,
  );
}

function failureOf(error: unknown): CelFailure {
  if (error instanceof EvaluationError) {
    const missing = error.code === 'no_such_key' || error.code === 'unknown_variable';
    return new CelFailure(error.summary, missing && error.range ? error.range : null);
  }
  return new CelFailure(error instanceof Error ? error.message : String(error), null);
}

function declare(
  environment: Environment,
  types: Map<string, ObjectType>,
  name: string,
  fields: Readonly<Record<string, string>>,
): void {
  // The engine tells types apart by constructor, so each type needs one of its own.
  const create = function celObject() {} as unknown as ObjectType['create'];
  const entries = Object.entries(fields);
  const engineFields = Object.fromEntries(entries.map(([key, type]) => [key, engineType(type)]));
  environment.registerType(name, {ctor: create, fields: engineFields});
  types.set(name, {create, converters: new Map(entries.map(([key, type]) => [key, converter(types, type)]))});
}

function toObject({create, converters}: ObjectType, values: Readonly<Record<string, unknown>>): unknown {
  const object = new create();
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value === null || value === undefined) continue;
    const converted = converters.get(name)?.(value);
    if (converted !== undefined) object[name] = converted;
  }
  return object;
}

/** Plain value to engine value of a catalogue type; undefined = missing. */
function converter(types: ReadonlyMap<string, ObjectType>, type: string): Converter {
  if (type === 'int')
    return (value) => (Number.isFinite(value) ? BigInt(Math.round(value as number)) : undefined);
  if (type === 'double') return (value) => (Number.isFinite(value) ? value : undefined);
  if (type === 'timestamp') return toDate;
  // A Map, because the engine would take a plain object with a key `constructor` for something else.
  if (type.startsWith('map<')) return (value) => new Map(Object.entries(value));
  const element = elementType(type);
  if (element) {
    const convert = converter(types, element);
    return (value) =>
      Array.isArray(value) ? value.map(convert).filter((item) => item !== undefined) : undefined;
  }
  const object = types.get(type);
  return object ? (value) => toObject(object, value) : (value) => value;
}

function toDate(value: unknown): Date | undefined {
  const date = new Date(value as string);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function typesOf(fields: Readonly<Record<string, {type: string}>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, info]) => [name, info.type]));
}

function engineType(type: string): string {
  return type === 'timestamp' ? TIMESTAMP : type;
}

function dependencyOrder(): string[] {
  const order = new Set<string>();
  const visit = (name: string): void => {
    for (const {type} of Object.values(OBJECT_TYPES[name]!)) {
      const inner = elementType(type) ?? type;
      if (OBJECT_TYPES[inner] && !order.has(inner)) visit(inner);
    }
    order.add(name);
  };
  for (const name of Object.keys(OBJECT_TYPES)) visit(name);
  return [...order];
}
