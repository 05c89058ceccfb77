import {nearest} from '../document/nearest.ts';
import type {CelNode} from './cel.ts';
import {LIMITS} from './cel.ts';
import {CALLABLE, COMPREHENSIONS} from './cel-functions.ts';
import {OBJECT_TYPES, VARIABLES, elementType, type ObjectFields} from './fields.ts';
import type {Re2} from './re2.ts';

/** A field an expression reads: catalogue path without list items, and the tag key where it is a literal. */
export interface FieldRead {
  /** `workload.sensitivity.c`, `site.roots`, `current`, `params.maxDays`, `now` … */
  path: string;
  key: string | null;
}

export interface ExpressionProblem {
  code: string;
  message: string;
  start: number;
  end: number;
  remedy?: string | undefined;
  /** True for what does not stop the expression from working. */
  warning?: boolean;
}

export interface Analysis {
  reads: FieldRead[];
  /** Path to report when evaluation found no value, by `start:end` of the place it failed at. */
  pathAt: Map<string, string>;
  problems: ExpressionProblem[];
}

/** What an access chain stands for: its type and the path to print; `base` is the path without items. */
interface Shape {
  type: string;
  path: string;
  base: string;
}

type Scope = Readonly<Record<string, Shape | null>>;

/**
 * Walks an expression tree: which fields it reads, which names do not exist (with suggestions), which functions are
 * not open, string values a field can never have, and nesting of comprehensions.
 */
export function analyse(
  tree: CelNode,
  params: ObjectFields,
  re2?: Re2,
  /** Parts that are left out, with everything they read. */
  skip: ReadonlySet<CelNode> = new Set(),
): Analysis {
  return new Walk(params, re2, skip).run(tree);
}

class Walk {
  readonly reads = new Map<string, FieldRead>();
  readonly pathAt = new Map<string, string>();
  readonly problems: ExpressionProblem[] = [];
  readonly types: Readonly<Record<string, ObjectFields>>;
  readonly variables: Readonly<Record<string, {type: string}>>;
  readonly re2: Re2 | undefined;
  readonly skip: ReadonlySet<CelNode>;

  constructor(params: ObjectFields, re2: Re2 | undefined, skip: ReadonlySet<CelNode>) {
    this.types = {...OBJECT_TYPES, Params: params};
    this.variables = {...VARIABLES, params: {type: 'Params'}};
    this.re2 = re2;
    this.skip = skip;
  }

  run(tree: CelNode): Analysis {
    this.visit(tree, {}, 0);
    return {reads: [...this.reads.values()], pathAt: this.pathAt, problems: this.problems};
  }

  /** `chained`: the caller selects from the result, so a message on its own is not yet a read. */
  visit(node: CelNode, scope: Scope, nesting: number, chained = false): Shape | null {
    if (this.skip.has(node)) return null;
    switch (node.op) {
      case 'value':
        return null;
      case 'id':
        return this.identifier(node, scope, chained);
      case '.':
        return this.select(node, scope, nesting, chained);
      case '[]':
        return this.index(node, scope, nesting, chained);
      case 'call': {
        const [name, args] = node.args as [string, CelNode[]];
        this.callable(name, node, args);
        for (const arg of args) this.visit(arg, scope, nesting);
        return null;
      }
      case 'rcall':
        return this.method(node, scope, nesting);
      case 'in':
        return this.membership(node, scope, nesting);
      case '==':
      case '!=': {
        const [left, right] = node.args as [CelNode, CelNode];
        this.compare(this.visit(left, scope, nesting), right);
        this.compare(this.visit(right, scope, nesting), left);
        return null;
      }
      default:
        for (const child of children(node)) this.visit(child, scope, nesting);
        return null;
    }
  }

  identifier(node: CelNode, scope: Scope, chained: boolean): Shape | null {
    const name = node.args as string;
    if (Object.hasOwn(scope, name)) return scope[name] ?? null;
    const variable = Object.hasOwn(this.variables, name) ? this.variables[name]! : null;
    if (!variable) {
      const near = nearest(name, [...Object.keys(this.variables), ...Object.keys(scope)]);
      this.report('BH-LINT-011', node, `unknown name \`${name}\`${suggest(near)}`, {
        remedy: `Expressions know ${Object.keys(this.variables).join(', ')}.`,
      });
      return null;
    }
    this.pathAt.set(`${node.start}:${node.end}`, name);
    const shape = {type: variable.type, path: name, base: name};
    if (!chained) this.read(shape);
    return shape;
  }

  select(node: CelNode, scope: Scope, nesting: number, chained: boolean): Shape | null {
    const [object, name] = node.args as [CelNode, string];
    const left = this.visit(object, scope, nesting, true);
    if (!left) return null;
    if (left.type.startsWith('map<')) return this.entry(node, left, name, node.pos);
    const fields = this.types[left.type];
    if (!fields) return null;
    if (!Object.hasOwn(fields, name)) {
      this.unknownField(node, left, name, fields);
      return null;
    }
    const shape = {
      type: fields[name]!.type,
      path: `${left.path}.${name}`,
      base: left.path.includes('[]') ? left.base : `${left.base}.${name}`,
    };
    this.pathAt.set(`${node.pos}:${node.end}`, shape.path);
    if (!chained || !this.selectable(shape.type)) this.read(shape);
    return shape;
  }

  /** Maps record their own read per key, so a map in front of a selection is not yet one. */
  selectable(type: string): boolean {
    return this.types[type] !== undefined || type.startsWith('map<');
  }

  unknownField(node: CelNode, left: Shape, name: string, fields: ObjectFields): void {
    const near = nearest(name, Object.keys(fields));
    if (left.type === 'Params') {
      this.report('BH-LINT-009', node, `unknown parameter \`${name}\`${suggest(near)}`, {
        remedy: `Declare \`${name}\` under \`spec.params\`.`,
      });
      return;
    }
    this.report('BH-LINT-012', node, `unknown field \`${name}\` on ${left.path}${suggest(near)}`, {
      remedy: near ? undefined : `Known fields: ${Object.keys(fields).join(', ')}.`,
    });
  }

  index(node: CelNode, scope: Scope, nesting: number, chained: boolean): Shape | null {
    const [object, key] = node.args as [CelNode, CelNode];
    const left = this.visit(object, scope, nesting, true);
    this.visit(key, scope, nesting);
    if (!left) return null;
    if (left.type.startsWith('map<')) {
      const literal = key.op === 'value' && typeof key.args === 'string' ? key.args : null;
      return this.entry(node, left, literal, node.start);
    }
    if (this.types[left.type]) {
      // The engine would read it, but nobody could say which field: it would count as missing.
      const field = key.op === 'value' && typeof key.args === 'string' ? key.args : 'field';
      this.report('BH-LINT-016', node, `a field of ${left.path} is not read by index`, {
        remedy: `Write \`${left.path}.${field}\`.`,
      });
      return null;
    }
    const element = elementType(left.type);
    if (!element) return null;
    const shape = {type: element, path: `${left.path}[]`, base: left.base};
    if (!chained) this.read(shape);
    return shape;
  }

  entry(node: CelNode, map: Shape, key: string | null, start: number): Shape {
    const path = key === null ? map.path : `${map.path}["${key}"]`;
    this.pathAt.set(`${start}:${node.end}`, path);
    this.read(map, key);
    return {type: 'string', path, base: map.base};
  }

  method(node: CelNode, scope: Scope, nesting: number): Shape | null {
    const [name, receiver, args] = node.args as [string, CelNode, CelNode[]];
    this.callable(name, node, args);
    const left = this.visit(receiver, scope, nesting);
    if (!COMPREHENSIONS.has(name)) {
      for (const arg of args) this.visit(arg, scope, nesting);
      return null;
    }
    if (nesting + 1 > LIMITS.nestedComprehensions) {
      this.report('BH-LINT-002', node, `more than ${LIMITS.nestedComprehensions} nested list conditions`, {
        remedy: 'Split the rule in two.',
      });
    }
    const [variable, ...bodies] = args;
    const element = left ? elementType(left.type) : null;
    const item = left && element ? {type: element, path: `${left.path}[]`, base: left.base} : null;
    const inner = variable?.op === 'id' ? {...scope, [variable.args as string]: item} : scope;
    const results = bodies.map((body) => this.visit(body, inner, nesting + 1));
    if (name === 'filter') return left;
    const result = name === 'map' ? results.at(-1) : null;
    return result ? {type: `list<${result.type}>`, path: result.path, base: result.base} : null;
  }

  membership(node: CelNode, scope: Scope, nesting: number): null {
    const [item, list] = node.args as [CelNode, CelNode];
    const left = this.visit(item, scope, nesting);
    if (list.op === 'list') for (const value of list.args as CelNode[]) this.compare(left, value);
    const keyed = item.op === 'value' && typeof item.args === 'string';
    const right = this.visit(list, scope, nesting, keyed);
    if (keyed && right?.type.startsWith('map<')) this.read(right, item.args as string);
    else if (right) this.read(right);
    return null;
  }

  /** A string literal compared with a field of fixed values must be one of them. */
  compare(shape: Shape | null, literal: CelNode): void {
    if (!shape || literal.op !== 'value' || typeof literal.args !== 'string') return;
    const values = this.fieldAt(shape.path)?.values;
    if (!values || values.includes(literal.args)) return;
    const near = nearest(literal.args, values);
    this.report('BH-LINT-015', literal, `\`${shape.path}\` is never "${literal.args}"${suggest(near)}`, {
      remedy: `It is one of: ${values.join(', ')}.`,
      warning: true,
    });
  }

  fieldAt(path: string): ObjectFields[string] | null {
    const [variable, ...steps] = path.replaceAll('[]', '').split('.');
    let type = this.variables[variable ?? '']?.type;
    let info: ObjectFields[string] | null = null;
    for (const step of steps) {
      info = this.types[type ?? '']?.[step] ?? null;
      type = info ? (elementType(info.type) ?? info.type) : undefined;
    }
    return info;
  }

  callable(name: string, node: CelNode, args: CelNode[]): void {
    if (name === 'matches') {
      this.report('BH-LINT-006', node, '`matches` can hang on a hostile pattern and is closed', {
        remedy: 'Use `glob(text, "pre*")` or `re2(text, "pattern")`.',
      });
    } else if (!CALLABLE.has(name)) {
      const near = nearest(name, CALLABLE);
      this.report('BH-LINT-014', node, `unknown function \`${name}\`${suggest(near)}`, {
        remedy: `Functions: ${[...CALLABLE].join(', ')}.`,
      });
    } else if (name === 're2') this.pattern(node, args[1]);
  }

  pattern(node: CelNode, pattern: CelNode | undefined): void {
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
      this.report('BH-LINT-007', pattern ?? node, 'the pattern of `re2` must be a literal string', {
        remedy: 'Write the pattern in quotes, so that it can be checked.',
      });
      return;
    }
    const problem = this.re2 ? this.re2.check(pattern.args) : 'regular expressions are not loaded';
    if (problem)
      this.report('BH-LINT-007', pattern, `invalid pattern: ${problem}`, {
        remedy: 'Use RE2 syntax (no look-around, no back-references) and short repetitions, or `glob()`.',
      });
  }

  read(shape: Shape, key: string | null = null): void {
    this.reads.set(`${shape.base}\u0000${key ?? ''}`, {path: shape.base, key});
  }

  report(code: string, node: CelNode, message: string, more: Partial<ExpressionProblem> = {}): void {
    this.problems.push({
      code,
      message,
      start: node.op === '.' ? node.pos : node.start,
      end: node.end,
      ...more,
    });
  }
}

/** Sub-expressions of a node, in order. */
export function children(node: CelNode): CelNode[] {
  const args: unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  return args.filter((arg): arg is CelNode => typeof arg === 'object' && arg !== null && 'op' in arg);
}

const suggest = (near: string | null): string => (near ? ` (did you mean \`${near}\`?)` : '');
