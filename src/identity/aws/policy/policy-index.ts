import type {ParsedPolicy, Statement} from './types.ts';
import {isProbe} from './probe.ts';
import {literalPrefix} from './wildcard.ts';

/** Finds the statements of a policy that may speak of an action and resource without looking at all of them. */
export interface PolicyIndex {
  /** A superset of the statements that match, each once, in order. Probes get every statement. */
  candidates(action: string, resource: string): readonly Statement[];
  /** A superset of the statements that speak of the action. */
  forAction(action: string): readonly Statement[];
}

/** Indexes by policy: one document attached to a thousand roles is indexed once. */
export type PolicyCache = (policy: ParsedPolicy) => PolicyIndex;

export function createPolicyCache(): PolicyCache {
  const known = new WeakMap<ParsedPolicy, PolicyIndex>();
  return (policy) => {
    let index = known.get(policy);
    if (!index) known.set(policy, (index = indexPolicy(policy)));
    return index;
  };
}

/** Below this size looking at every statement is quicker than an index. */
const SMALL = 12;

export function indexPolicy(policy: ParsedPolicy): PolicyIndex {
  const statements = policy.statements.flatMap(split);
  if (statements.length <= SMALL) {
    return {candidates: () => statements, forAction: () => statements};
  }
  let byAction: ActionIndex | null = null;
  const memo = new Map<string, {all: readonly Statement[]; byResource: ResourceIndex | null}>();
  const entryOf = (action: string) => {
    let entry = memo.get(action);
    if (!entry) {
      byAction ??= indexActions(statements);
      entry = {all: isProbe(action) ? statements : lookUpAction(byAction, action), byResource: null};
      memo.set(action, entry);
    }
    return entry;
  };
  return {
    forAction: (action) => entryOf(action).all,
    candidates(action, resource) {
      const entry = entryOf(action);
      if (entry.all.length <= SMALL || isProbe(resource)) return entry.all;
      entry.byResource ??= indexResources(entry.all);
      return lookUpResource(entry.byResource, resource);
    },
  };
}

/** More patterns than this in one statement are looked up like statements of their own. */
const MANY = 32;

/** A statement with very many patterns as several with the same meaning, so that none of them is long to match. */
function split(statement: Statement): Statement[] {
  const byResource = statement.notResources
    ? [statement]
    : chunks(statement.resources).map((resources) => ({...statement, resources}));
  if (statement.notActions || statement.actions.length <= MANY)
    return byResource.length === 1 ? [statement] : byResource;
  return byResource.flatMap((part) => chunks(part.actions).map((actions) => ({...part, actions})));
}

function chunks(patterns: readonly string[]): (readonly string[])[] {
  if (patterns.length <= MANY) return [patterns];
  return Array.from({length: Math.ceil(patterns.length / MANY)}, (_, at) =>
    patterns.slice(at * MANY, (at + 1) * MANY),
  );
}

interface ActionIndex {
  exact: Map<string, Statement[]>;
  /** Patterns whose service is written out: by service. */
  services: Map<string, Statement[]>;
  /** Everything else, and exceptions. */
  rest: Statement[];
}

function indexActions(statements: readonly Statement[]): ActionIndex {
  const index: ActionIndex = {exact: new Map(), services: new Map(), rest: []};
  for (const statement of statements) {
    if (statement.notActions) {
      index.rest.push(statement);
      continue;
    }
    for (const pattern of statement.actions) {
      const prefix = literalPrefix(pattern);
      const colon = prefix.indexOf(':');
      if (prefix === pattern) add(index.exact, pattern, statement);
      else if (colon >= 0) add(index.services, prefix.slice(0, colon), statement);
      else if (index.rest.at(-1) !== statement) index.rest.push(statement);
    }
  }
  return index;
}

function lookUpAction({exact, services, rest}: ActionIndex, action: string): Statement[] {
  const colon = action.indexOf(':');
  const service = colon < 0 ? action : action.slice(0, colon);
  return inOrder([exact.get(action) ?? [], services.get(service) ?? [], rest]);
}

interface ResourceIndex {
  exact: Map<string, Statement[]>;
  /** By the part before the first wildcard; looked up by every length that occurs. */
  prefixes: Map<string, Statement[]>;
  lengths: number[];
  rest: Statement[];
}

function indexResources(statements: readonly Statement[]): ResourceIndex {
  const index: ResourceIndex = {exact: new Map(), prefixes: new Map(), lengths: [], rest: []};
  const lengths = new Set<number>();
  for (const statement of statements) {
    if (statement.notResources) {
      index.rest.push(statement);
      continue;
    }
    for (const pattern of statement.resources) {
      const prefix = literalPrefix(pattern);
      if (prefix === pattern) add(index.exact, pattern, statement);
      else {
        add(index.prefixes, prefix, statement);
        lengths.add(prefix.length);
      }
    }
  }
  index.lengths = [...lengths].sort((a, b) => a - b);
  return index;
}

function lookUpResource({exact, prefixes, lengths, rest}: ResourceIndex, resource: string): Statement[] {
  const found = [exact.get(resource) ?? [], rest];
  for (const length of lengths) {
    if (length > resource.length) break;
    const under = prefixes.get(resource.slice(0, length));
    if (under) found.push(under);
  }
  return inOrder(found);
}

function add(map: Map<string, Statement[]>, key: string, statement: Statement): void {
  const list = map.get(key);
  if (!list) map.set(key, [statement]);
  else if (list.at(-1) !== statement) list.push(statement);
}

/** Each statement once, in the order of the policy. */
function inOrder(lists: readonly (readonly Statement[])[]): Statement[] {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length === 1) return [...new Set(filled[0])];
  return [...new Set(filled.flat())].sort((a, b) => a.index - b.index);
}
