import type {Estate} from '../model/estate.ts';
import type {RootSet} from '../model/sensitivity.ts';
import type {NeedGraph} from './relations.ts';
import type {CumulationRule, SensitivityRules} from './rules.ts';

/** One place where needs meet, under one rule. */
export interface CumulationPoint {
  rule: CumulationRule;
  id: string;
  name: string;
  /** Nodes of the need graph that are raised at the point itself. */
  targets: number[];
  /** Workloads whose needs are counted; those from `certain` on only possibly meet there. */
  members: number[];
  certain: number;
}

/** What is counted per workload. */
export interface Countable {
  /** Application per workload, −1 = nothing groups it. */
  application: Int32Array;
  /** Register entries that cover the workload and state records. */
  entries: number[][];
  /** Records per register entry, 0 = not stated. */
  records: number[];
}

/** All points of all rules, by rule, then in the order of the estate or of the roots. */
export function cumulationPoints(
  estate: Estate,
  graph: NeedGraph,
  rules: SensitivityRules['cumulation'],
  roots: readonly RootSet[],
): CumulationPoint[] {
  const onHost = gather(graph, 'runs-on', false);
  const intoStore = gather(graph, 'data-flow', true);
  const nameOf = (node: number): {id: string; name: string} =>
    estate.workloads[node] ?? estate.hosts[node - graph.workloads]!;
  return rules.flatMap((rule): CumulationPoint[] => {
    if (rule.at === 'root') return roots.map((set) => rootPoint(rule, set));
    const groups = rule.at === 'host' ? onHost : storesOf(estate, rule, intoStore);
    return [...groups]
      .sort(([a], [b]) => a - b)
      .map(([node, members]) => {
        const {id, name} = nameOf(node);
        return {rule, id, name, targets: [node], members, certain: members.length};
      });
  });
}

/** Stores of the rule's types; records add up in one that nothing known writes to as well. */
function storesOf(
  estate: Estate,
  rule: CumulationRule,
  writers: Map<number, number[]>,
): Map<number, number[]> {
  const stores = new Map<number, number[]>();
  for (const [node, {type}] of estate.workloads.entries()) {
    if (!rule.types.includes(type)) continue;
    const members = writers.get(node) ?? (rule.records === null ? null : [node]);
    if (members) stores.set(node, members);
  }
  return stores;
}

function rootPoint(rule: CumulationRule, set: RootSet): CumulationPoint {
  const sure = new Set(set.certain);
  const maybe = Array.from(set.possible).filter((w) => !sure.has(w));
  return {
    rule,
    id: set.root,
    name: set.name,
    targets: Array.from(set.carriers),
    members: [...set.certain, ...maybe],
    certain: set.certain.length,
  };
}

/** Workloads by what they point to over a relation; with `self` the end itself counts as well. */
function gather(graph: NeedGraph, relation: string, self: boolean): Map<number, number[]> {
  const groups = new Map<number, Set<number>>();
  for (let edge = 0; edge < graph.from.length; edge++) {
    if (graph.relation[edge] !== relation) continue;
    const [from, to] = [graph.from[edge]!, graph.to[edge]!];
    if (from >= graph.workloads) continue;
    const known = groups.get(to);
    if (known) known.add(from);
    else groups.set(to, new Set(self && to < graph.workloads ? [to, from] : [from]));
  }
  return new Map([...groups].map(([node, members]) => [node, [...members].sort((a, b) => a - b)]));
}

export function countables(estate: Estate): Countable {
  const indexOf = new Map(estate.workloads.map(({id}, index) => [id, index]));
  const application = new Int32Array(estate.workloads.length).fill(-1);
  for (const [at, {workloads}] of estate.applications.entries()) {
    for (const id of workloads) {
      const index = indexOf.get(id);
      if (index !== undefined) application[index] = at;
    }
  }
  const entries: number[][] = estate.workloads.map(() => []);
  const records = estate.register.map((entry) => entry.records ?? 0);
  for (const [at, {covers}] of estate.register.entries()) {
    if (records[at] === 0) continue;
    for (const id of covers) {
      const index = indexOf.get(id);
      if (index !== undefined) entries[index]!.push(at);
    }
  }
  return {application, entries, records};
}
