import type {Countable, CumulationPoint} from './cumulation-points.ts';
import type {NeedArcs, Raised} from './propagate.ts';

/** How needs are counted. */
export interface CountMode {
  /** Least level another view of the same workloads must have as well; null = no such view. */
  also: Int8Array | null;
  /** True: what only possibly meets there counts, and a workload without an application is one of its own. */
  possible: boolean;
  /** False: only what holds matters, so counting at a point ends once it holds. */
  report: boolean;
}

/** What holds after cumulation, and why. */
export interface Cumulated extends Raised {
  /** Point that raised a node to its level, −1 = none. */
  by: Int32Array;
  /** Fixed nodes: the point whose raise was refused, −1 = none or refused to an edge. */
  refusedBy: Int32Array;
  /** Points that hold: distinct applications and records counted. */
  fired: Map<number, {applications: number; records: number}>;
}

/**
 * Continues a fix-point until nothing changes: a point whose members' needs add up raises its targets by one level, and
 * what takes over from them follows. Each node rises at most three times and each membership is counted once, so it is
 * O(arcs + memberships). More needs, higher needs or more members never lower anything.
 */
export function cumulate(
  base: Raised,
  fixed: Uint8Array,
  arcs: NeedArcs,
  points: readonly CumulationPoint[],
  countable: Countable,
  mode: CountMode,
): Cumulated {
  const count = base.level.length;
  const state: Cumulated = {
    level: base.level.slice(),
    edge: base.edge.slice(),
    from: base.from.slice(),
    refused: base.refused.slice(),
    refusedFrom: base.refusedFrom.slice(),
    refusedEdge: base.refusedEdge.slice(),
    by: new Int32Array(count).fill(-1),
    refusedBy: new Int32Array(count).fill(-1),
    fired: new Map(),
  };
  const {level} = state;
  const counted = points.map(() => ({
    applications: new Set<number>(),
    entries: new Set<number>(),
    records: 0,
    members: new Set<number>(),
  }));
  let memberOf: number[][] | null = null;
  const queue: number[] = [];

  const raise = (node: number, to: number, point: number): void => {
    if (level[node]! >= to) return;
    if (fixed[node] === 1) {
      if (state.refused[node]! >= to) return;
      state.refused[node] = to;
      state.refusedBy[node] = point;
      return;
    }
    level[node] = to;
    state.from[node] = -1;
    state.edge[node] = -1;
    state.by[node] = point;
    queue.push(node);
  };
  const consider = (node: number, p: number): void => {
    const {rule, targets} = points[p]!;
    const tally = counted[p]!;
    if (level[node]! < rule.need || (mode.also !== null && mode.also[node]! < rule.need)) return;
    const members = rule.raises === 'members';
    if (!members && !mode.report && state.fired.has(p)) return;
    // Counted twice changes nothing: applications and entries are sets.
    if (members) tally.members.add(node);
    const application = countable.application[node]!;
    if (application >= 0) tally.applications.add(application);
    else if (mode.possible) tally.applications.add(-2 - node);
    for (const entry of countable.entries[node]!) {
      if (tally.entries.has(entry)) continue;
      tally.entries.add(entry);
      tally.records += countable.records[entry]!;
    }
    if (!state.fired.has(p)) {
      const holds =
        (rule.applications !== null && tally.applications.size >= rule.applications) ||
        (rule.records !== null && tally.records >= rule.records);
      if (!holds) return;
      state.fired.set(p, {applications: 0, records: 0});
      for (const target of members ? tally.members : targets) raise(target, rule.need + 1, p);
    } else if (members) raise(node, rule.need + 1, p);
  };

  for (const [p, {members, certain}] of points.entries()) {
    const end = mode.possible ? members.length : certain;
    for (let at = 0; at < end; at++) consider(members[at]!, p);
  }
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next]!;
    const at = level[node]!;
    for (let arc = arcs.start[node]!; arc < arcs.start[node + 1]!; arc++) {
      const target = arcs.to[arc]!;
      if (level[target]! >= at) continue;
      if (fixed[target] === 1) {
        if (state.refused[target]! >= at) continue;
        state.refused[target] = at;
        state.refusedFrom[target] = node;
        state.refusedEdge[target] = arcs.edge[arc]!;
        state.refusedBy[target] = -1;
        continue;
      }
      level[target] = at;
      state.from[target] = node;
      state.edge[target] = arcs.edge[arc]!;
      state.by[target] = -1;
      queue.push(target);
    }
    memberOf ??= membership(points, mode, countable.application.length);
    if (node < memberOf.length) for (const p of memberOf[node]!) consider(node, p);
  }
  for (const p of state.fired.keys()) {
    const {applications, records} = counted[p]!;
    state.fired.set(p, {applications: applications.size, records});
  }
  return state;
}

function membership(points: readonly CumulationPoint[], mode: CountMode, workloads: number): number[][] {
  const memberOf: number[][] = Array.from({length: points.length === 0 ? 0 : workloads}, () => []);
  for (const [p, {members, certain}] of points.entries()) {
    const end = mode.possible ? members.length : certain;
    for (let at = 0; at < end; at++) memberOf[members[at]!]!.push(p);
  }
  return memberOf;
}
