import type {Level} from '../solve/level.ts';

export interface Components {
  /** Component of each unit. */
  of: Uint32Array;
  members: Map<number, number[]>;
}

/** Units that some pairwise term connects, over all levels. */
export function components(units: number, levels: Level[]): Components {
  const leader = Uint32Array.from({length: units}, (_, u) => u);
  const find = (start: number): number => {
    let u = start;
    while (leader[u] !== u) {
      leader[u] = leader[leader[u]!]!;
      u = leader[u]!;
    }
    return u;
  };
  for (const {tail, head} of levels) {
    for (let e = 0; e < tail.length; e++) {
      const [a, b] = [find(tail[e]!), find(head[e]!)];
      leader[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const of = Uint32Array.from({length: units}, (_, u) => find(u));
  const members = new Map<number, number[]>();
  of.forEach((id, u) => {
    const known = members.get(id);
    if (known) known.push(u);
    else members.set(id, [u]);
  });
  return {of, members};
}

/** Edges of each level by the component they lie in; components of one unit have none. */
export type EdgeGroups = Map<number, number[]>[];

export function groupEdges({of}: Components, levels: Level[]): EdgeGroups {
  return levels.map(({tail}) => {
    const groups = new Map<number, number[]>();
    for (let e = 0; e < tail.length; e++) {
      const id = of[tail[e]!]!;
      const known = groups.get(id);
      if (known) known.push(e);
      else groups.set(id, [e]);
    }
    return groups;
  });
}

/** One component as a problem of its own. */
export interface Part {
  units: number[];
  levels: Level[];
  /** Units and edges together. */
  size: number;
}

export function partOf(grouped: Components, groups: EdgeGroups, id: number, levels: Level[]): Part {
  const units = grouped.members.get(id) ?? [];
  const local = new Map(units.map((u, k) => [u, k]));
  let size = units.length;
  const cut = levels.map((level, k): Level => {
    const edges = groups[k]!.get(id) ?? [];
    size += edges.length;
    return {
      name: level.name,
      unary: Float64Array.from(units.flatMap((u) => [level.unary[2 * u]!, level.unary[2 * u + 1]!])),
      tail: Uint32Array.from(edges, (e) => local.get(level.tail[e]!)!),
      head: Uint32Array.from(edges, (e) => local.get(level.head[e]!)!),
      forward: Float64Array.from(edges, (e) => level.forward[e]!),
      backward: Float64Array.from(edges, (e) => level.backward[e]!),
    };
  });
  return {units, levels: cut, size};
}
