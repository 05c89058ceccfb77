import {children} from '../analyse.ts';
import type {CelNode} from '../cel.ts';
import {LEVELS} from '../params.ts';

/** One small fault put into an expression. */
export interface Mutant {
  /** What was changed, as a reader says it: `&& → ||`, `level.high → level.normal`. */
  change: string;
  /** Range of the changed part in the original text. */
  start: number;
  end: number;
  tree: CelNode;
}

const COMPARATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
};
const ARITHMETIC: Readonly<Record<string, string>> = {'+': '-', '-': '+', '*': '/', '/': '*'};
const SWAPPED_CALLS: Readonly<Record<string, string>> = {exists: 'all', all: 'exists', exists_one: 'exists'};
const BOOLEAN_CALLS: ReadonlySet<string> = new Set([
  'has',
  'glob',
  're2',
  'startsWith',
  'endsWith',
  'contains',
]);
const LEVEL_NAMES = Object.keys(LEVELS);

/**
 * All mutants of a condition or score: comparators at their boundary and negated, && and || swapped, each conjunct and
 * disjunct dropped, conditions negated, literals changed by one (texts by a character, levels to their neighbours),
 * lists without their first or last item. Some may not type-check; whoever compiles them drops those.
 */
export function mutants(tree: CelNode): Mutant[] {
  return mutantsAt(tree, (node) => node, true);
}

type Rebuild = (node: CelNode) => CelNode;

/** `condition`: the node stands where true or false is wanted. */
function mutantsAt(node: CelNode, rebuild: Rebuild, condition: boolean): Mutant[] {
  const made = (change: string, changed: CelNode): Mutant => ({
    change,
    start: node.start,
    end: node.end,
    tree: rebuild(changed),
  });
  return [...ownMutants(node, condition, made), ...innerMutants(node, rebuild)];
}

function ownMutants(
  node: CelNode,
  condition: boolean,
  made: (change: string, changed: CelNode) => Mutant,
): Mutant[] {
  const {op, args} = node;
  const negated = made('negated', {...node, op: '!_', args: node});
  if (op === '&&' || op === '||') {
    const [left, right] = args as [CelNode, CelNode];
    const other = op === '&&' ? '||' : '&&';
    return [
      made(`${op} → ${other}`, {...node, op: other}),
      made(`right side of ${op} dropped`, left),
      made(`left side of ${op} dropped`, right),
    ];
  }
  if (COMPARATORS[op]) return COMPARATORS[op].map((other) => made(`${op} → ${other}`, {...node, op: other}));
  if (ARITHMETIC[op]) return [made(`${op} → ${ARITHMETIC[op]}`, {...node, op: ARITHMETIC[op]})];
  if (op === '!_') return [made('! dropped', args as CelNode)];
  if (op === 'in') return [negated];
  if (op === '?:') {
    const [test, yes, no] = args as [CelNode, CelNode, CelNode];
    return [made('branches swapped', {...node, args: [test, no, yes]})];
  }
  if (op === 'rcall' || op === 'call') {
    const name = (args as [string])[0];
    const swapped = SWAPPED_CALLS[name];
    if (swapped)
      return [made(`${name} → ${swapped}`, {...node, args: [swapped, ...(args as unknown[]).slice(1)]})];
    return BOOLEAN_CALLS.has(name) ? [negated] : [];
  }
  if (op === 'value') return literalMutants(node, made);
  if (op === 'list') return listMutants(node, made);
  if (op === '.') {
    const level = levelMutants(node, made);
    return level.length > 0 ? level : condition ? [negated] : [];
  }
  return condition && (op === 'id' || op === '[]') ? [negated] : [];
}

function literalMutants(node: CelNode, made: (change: string, changed: CelNode) => Mutant): Mutant[] {
  const to = (value: unknown): Mutant =>
    made(`${shown(node.args)} → ${shown(value)}`, {...node, args: value});
  const value = node.args;
  if (typeof value === 'bigint') return [to(value + 1n), to(value - 1n)];
  if (typeof value === 'number') return [to(value + 1), to(value - 1)];
  if (typeof value === 'boolean') return [to(!value)];
  if (typeof value === 'string') return [to(`${value}~`)];
  return [];
}

function listMutants(node: CelNode, made: (change: string, changed: CelNode) => Mutant): Mutant[] {
  const items = node.args as CelNode[];
  if (items.length < 2) return [];
  return [
    made('first item dropped', {...node, args: items.slice(1)}),
    made('last item dropped', {...node, args: items.slice(0, -1)}),
  ];
}

function levelMutants(node: CelNode, made: (change: string, changed: CelNode) => Mutant): Mutant[] {
  const [object, name] = node.args as [CelNode, string];
  if (object.op !== 'id' || object.args !== 'level') return [];
  const at = LEVEL_NAMES.indexOf(name);
  return [LEVEL_NAMES[at + 1], LEVEL_NAMES[at - 1]]
    .filter((other) => other !== undefined && at >= 0)
    .map((other) => made(`level.${name} → level.${other}`, {...node, args: [object, other]}));
}

/** Mutants inside a node. Items of a list are left alone: the list loses its ends instead. */
function innerMutants(node: CelNode, rebuild: Rebuild): Mutant[] {
  if (node.op === 'list' && (node.args as CelNode[]).length > 1) return [];
  const name = node.op === 'rcall' || node.op === 'call' ? (node.args as [string])[0] : '';
  // A field that is asked about, and the name a comprehension binds, are no conditions.
  if (name === 'has') return [];
  const macro = name in SWAPPED_CALLS || name === 'filter';
  const boolean = ['&&', '||', '!_', '?:'].includes(node.op);
  return children(node).flatMap((child, position) => {
    const binds = node.op === 'rcall' && (macro || name === 'map') && position === 1;
    if (binds) return [];
    const condition = (boolean && (node.op !== '?:' || position === 0)) || (macro && position === 2);
    return mutantsAt(child, (changed) => rebuild(withChild(node, child, changed)), condition);
  });
}

function withChild(node: CelNode, child: CelNode, changed: CelNode): CelNode {
  const replace = (value: unknown): unknown =>
    value === child ? changed : Array.isArray(value) ? value.map(replace) : value;
  return {...node, args: replace(node.args)};
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'number' && Number.isInteger(value) ? `${value}.0` : String(value);
}
