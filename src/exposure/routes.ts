import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {shortestPaths} from '../graph/k-paths.ts';
import type {Certainty} from '../model/common.ts';
import type {PathStep} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';
import {pathSteps} from './steps.ts';

/** One way from a node to another. */
export interface Route {
  /** Highest level on the way, 0 … 3. */
  level: 0 | 1 | 2 | 3;
  /** The least sure edge on the way. */
  certainty: Certainty;
  /** True: the end is controlled. False: only accessed (the last step carries `caps`). */
  control: boolean;
  steps: PathStep[];
}

export interface RouteOptions {
  /** Least sure edge that may be used. */
  mask: Certainty;
  maxLevel: 0 | 1 | 2 | 3;
  limit: number;
  /** Node every route must pass; null = none. */
  via: string | null;
}

/** Ways looked at per half of a route over `via`, at least. */
const HALVES = 20;

/**
 * Different ways from one node to another, no two over the same nodes: the surest first, then the lowest level, then control
 * before access, then the shortest. A gate is passed only where the start opens it. Null when one of the ids is no node.
 */
export function routes(index: GraphIndex, from: string, to: string, options: RouteOptions): Route[] | null {
  const start = index.find(from);
  const end = index.find(to);
  const middle = options.via === null ? null : index.find(options.via);
  if (start < 0 || end < 0 || (middle !== null && middle < 0)) return null;
  const found: Found[] = [];
  for (const found1 of middle === null
    ? between(index, start, end, options)
    : over(index, start, middle, end, options)) {
    found.push(found1);
    if (found.length === options.limit) break;
  }
  return found.map(({edges, level, certainty, control}) => ({
    level,
    certainty,
    control,
    steps: pathSteps(index, edges),
  }));
}

interface Found {
  edges: number[];
  nodes: number[];
  level: Route['level'];
  certainty: Certainty;
  control: boolean;
}

/** Ways class by class: certain before conditional before unknown, and low levels before high ones. */
function* between(
  index: GraphIndex,
  start: number,
  end: number,
  {mask, maxLevel}: Pick<RouteOptions, 'mask' | 'maxLevel'>,
): Generator<Found, void> {
  const {forward} = index;
  const seen = new Set<string>();
  const target = index.target(end);
  for (const certainty of (['certain', 'conditional', 'unknown'] as const).slice(0, GRADE[mask] + 1)) {
    const maxGrade = GRADE[certainty];
    const {delta} = bottleneck(forward, [start], {maxGrade, maxLevel});
    if (delta[target] === UNREACHED) continue;
    const closed = new Uint8Array(forward.nodes);
    for (const gate of index.gates) if (delta[gate] === UNREACHED) closed[gate] = 1;
    for (let level = 0; level <= maxLevel; level++) {
      const ways = function* (to: number, shut: Uint8Array): Generator<Found, void> {
        for (const path of shortestPaths(forward, start, to, {maxGrade, maxLevel: level, closed: shut})) {
          const nodes = path.map((entry) => forward.heads[entry]!);
          const key = nodes.join(' ');
          if (seen.has(key)) continue;
          seen.add(key);
          const edges = path.map((entry) => forward.edge[entry]!);
          yield {edges, nodes, level: level as Route['level'], certainty, control: to === end};
        }
      };
      if (delta[end] !== UNREACHED) yield* ways(end, closed);
      // Ways to the value through the end itself are those told above.
      if (target !== end) yield* ways(target, closed.with(end, 1));
    }
  }
}

/** Ways to the middle and on from there, joined where no node comes twice; sorted like single ways. */
function over(index: GraphIndex, start: number, middle: number, end: number, options: RouteOptions): Found[] {
  const most = Math.max(HALVES, options.limit);
  const take = (ways: Iterable<Found>): Found[] => {
    const taken: Found[] = [];
    for (const way of ways) {
      taken.push(way);
      if (taken.length === most) break;
    }
    return taken;
  };
  const rest = take(between(index, middle, end, options));
  const joined = take(between(index, start, middle, options)).flatMap((a) =>
    rest.flatMap((b): Found[] => {
      const nodes = [...a.nodes, ...b.nodes];
      if (!a.control || new Set([start, ...nodes]).size <= nodes.length) return [];
      return [
        {
          edges: [...a.edges, ...b.edges],
          nodes,
          level: Math.max(a.level, b.level) as Route['level'],
          certainty: GRADE[a.certainty] > GRADE[b.certainty] ? a.certainty : b.certainty,
          control: b.control,
        },
      ];
    }),
  );
  return joined.sort(
    (a, b) => GRADE[a.certainty] - GRADE[b.certainty] || a.level - b.level || a.edges.length - b.edges.length,
  );
}
