import type {CelNode} from './cel.ts';
import {fieldInfo} from './fields.ts';

/** Value of a string field or tag of one workload; undefined = missing. */
export type ReadText = (path: string, tag: string | null) => string | undefined;

/** Result of a test, or undefined where only the engine can tell (a field is missing). */
export type NativeTest = (read: ReadText) => boolean | undefined;

/**
 * Plain comparisons of a workload's texts with literals (`workload.id == "…"`, `in`, startsWith, endsWith, contains, joined
 * by &&, || and !) without the engine: such tests are asked of every single workload, and most exceptions are nothing
 * else. Null for everything that is not of this shape.
 */
export function nativeTest({op, args}: CelNode): NativeTest | null {
  if (op === '&&' || op === '||') return junction(op, args as [CelNode, CelNode]);
  if (op === '!_') {
    const inner = nativeTest(args as CelNode);
    return inner && ((read) => negated(inner(read)));
  }
  if (op === '==' || op === '!=') return equality(op, args as [CelNode, CelNode]);
  if (op === 'in') return membership(args as [CelNode, CelNode]);
  return op === 'rcall' ? textMethod(args as [string, CelNode, CelNode[]]) : null;
}

function junction(op: '&&' | '||', [left, right]: [CelNode, CelNode]): NativeTest | null {
  const [a, b] = [nativeTest(left), nativeTest(right)];
  if (!a || !b) return null;
  return (read) => {
    const [x, y] = [a(read), b(read)];
    if (x === undefined || y === undefined) return undefined;
    return op === '&&' ? x && y : x || y;
  };
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function equality(op: '==' | '!=', [left, right]: [CelNode, CelNode]): NativeTest | null {
  const field = fieldOf(left) ?? fieldOf(right);
  const text = textOf(left) ?? textOf(right);
  if (!field || text === null) return null;
  return ask(field, (value) => (value === text) === (op === '=='));
}

function membership([item, list]: [CelNode, CelNode]): NativeTest | null {
  const field = fieldOf(item);
  if (!field || list.op !== 'list') return null;
  const texts = (list.args as CelNode[]).map(textOf);
  const known = new Set(texts.filter((text) => text !== null));
  return known.size > 0 && texts.every((text) => text !== null)
    ? ask(field, (value) => known.has(value))
    : null;
}

function textMethod([name, receiver, args]: [string, CelNode, CelNode[]]): NativeTest | null {
  const field = fieldOf(receiver);
  const text = args.length === 1 ? textOf(args[0]!) : null;
  if (!field || text === null) return null;
  if (name === 'startsWith') return ask(field, (value) => value.startsWith(text));
  if (name === 'endsWith') return ask(field, (value) => value.endsWith(text));
  return name === 'contains' ? ask(field, (value) => value.includes(text)) : null;
}

interface TextField {
  path: string;
  tag: string | null;
}

function ask({path, tag}: TextField, test: (value: string) => boolean): NativeTest {
  return (read) => {
    const value = read(path, tag);
    return value === undefined ? undefined : test(value);
  };
}

/** `workload.NAME` of type string, `workload.tags.KEY` or `workload.tags["KEY"]`. */
function fieldOf({op, args}: CelNode): TextField | null {
  if (op !== '.' && op !== '[]') return null;
  const [object, key] = args as [CelNode, CelNode | string];
  const name = typeof key === 'string' ? key : textOf(key);
  if (name === null) return null;
  if (object.op === 'id' && object.args === 'workload' && op === '.')
    return fieldInfo(`workload.${name}`)?.type === 'string' ? {path: name, tag: null} : null;
  if (object.op !== '.') return null;
  const [owner, group] = object.args as [CelNode, string];
  const tags = owner.op === 'id' && owner.args === 'workload' && group === 'tags';
  return tags ? {path: 'tags', tag: name} : null;
}

function textOf({op, args}: CelNode): string | null {
  return op === 'value' && typeof args === 'string' ? args : null;
}
