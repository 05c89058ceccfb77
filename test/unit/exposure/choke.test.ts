import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {chokePoints} from '../../../src/exposure/choke/choke-points.ts';
import {exclusiveValues} from '../../../src/exposure/exclusive.ts';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {UNIT} from '../../../src/exposure/values.ts';
import type {ChokePoints, GraphEdge, IdentityGraph} from '../../../src/model/exposure.ts';
import {type Case, PARAMETERS, cases, edge, graphOf, knottedCases, node} from './estates.ts';
import {closure} from './oracle.ts';

const estates = fc.oneof(cases, knottedCases);
const ALPHA = PARAMETERS.attenuation;

/** V of a start set by the definition. */
function valueOf(graph: IdentityGraph, weights: Map<string, number>, starts: string[], mask: string): number {
  let value = 0;
  const reached = new Set<string>();
  for (const level of [0, 1, 2, 3]) {
    const {ruled, accessed} = closure(graph, new Set(starts), level, mask);
    for (const id of [...ruled, ...accessed]) {
      if (!reached.has(id)) value += ALPHA[level]! * (weights.get(id) ?? 0);
      reached.add(id);
    }
  }
  return value;
}

function without(graph: IdentityGraph, gone: (edge: GraphEdge) => boolean): IdentityGraph {
  return {...graph, edges: graph.edges.filter((e) => !gone(e))};
}

/** Both access and control lead from one to the other. */
function mixes({edges}: IdentityGraph, from: string, to: string): boolean {
  const caps = edges.filter((e) => e.from === from && e.to === to).map((e) => e.caps === undefined);
  return caps.includes(true) && caps.includes(false);
}

function choke({graph, weights}: Case, root: string | undefined, count = 2): ChokePoints {
  const index = indexGraph(graph);
  const values = new Map([...weights].map(([id, w]) => [index.find(id), w * UNIT]));
  const ranked = graph.nodes.filter(({kind}) => kind === 'root').map(({id}) => id);
  return chokePoints(index, ranked, values, PARAMETERS, {count, limit: 1000, root});
}

test('a connection is a choke point by exactly what the root loses without it, and none is left out', () => {
  fc.assert(
    fc.property(estates, fc.nat(1), (example, r) => {
      const {graph, weights} = example;
      const root = `root:${r}`;
      const {single, nodes, before} = choke(example, root);
      const all = valueOf(graph, weights, [root], 'conditional');
      expect(before.value).toBeCloseTo(all, 9);
      const gated = graph.nodes.some(({kind}) => kind === 'gate');
      const lostBy = (gone: (e: GraphEdge) => boolean): number =>
        all - valueOf(without(graph, gone), weights, [root], 'conditional');
      /** Where gates are in reach the list is of candidates: what is shown is exact, and something may be missing. */
      const differs = (shown: number | undefined, lost: number): boolean =>
        shown === undefined ? !gated && lost > 1e-9 : Math.abs(shown - lost) > 1e-9 || shown === 0;
      const shown = new Map(single.map((one) => [`${one.from} ${one.to}`, one.value]));
      const wrong = graph.edges.filter(({from, to, caps}) => {
        // Access and control between the same two nodes are two connections of one name.
        if (mixes(graph, from, to)) return false;
        const lost = lostBy((e) => e.from === from && e.to === to && !e.caps === !caps);
        return differs(shown.get(`${from} ${to}`), lost);
      });
      expect(wrong).toEqual([]);
      const shownNodes = new Map(nodes.map((one) => [one.id, one.value]));
      const wrongNodes = graph.nodes.filter(
        ({id}) =>
          id !== root &&
          differs(
            shownNodes.get(id),
            lostBy((e) => e.to === id && e.caps === undefined),
          ),
      );
      expect(wrongNodes).toEqual([]);
    }),
    {numRuns: 400},
  );
});

test('the effect of the set is that of a graph without it; margins sum to it; it is at least the best single edge', () => {
  fc.assert(
    fc.property(estates, fc.integer({min: 1, max: 3}), (example, count) => {
      const {graph, weights} = example;
      const {edges, together, single, before} = choke(example, 'root:0', count);
      expect(edges.length).toBeLessThanOrEqual(count);
      const cut = new Set(edges.map(({from, to}) => `${from} ${to}`));
      const mixed = edges.some(({from, to}) => mixes(graph, from, to));
      fc.pre(!mixed);
      const left = without(graph, ({from, to}) => cut.has(`${from} ${to}`));
      const after = valueOf(left, weights, ['root:0'], 'conditional');
      expect(together.value).toBeCloseTo(before.value - after, 9);
      expect(edges.reduce((sum, {value}) => sum + value, 0)).toBeCloseTo(together.value, 9);
      expect(together.value).toBeGreaterThanOrEqual((single[0]?.value ?? 0) - 1e-9);
      const total = [...weights.values()].reduce((sum, w) => sum + w, 0);
      expect(together.share).toBeCloseTo(total === 0 ? 0 : (100 * together.value) / total, 9);
    }),
    {numRuns: 400},
  );
});

test('two ways to one goal are cut together, hierarchy is never named, and the strongest of parallel edges speaks', () => {
  const structure = (e: GraphEdge): GraphEdge => ({...e, kind: 'CONTAINS'});
  const graph = graphOf(
    [
      node('ad', 'root', 'adDomain'),
      node('sync', 'principal'),
      node('role', 'principal'),
      node('tenant', 'container'),
      node('w:a', 'workload'),
      node('w:b', 'workload'),
    ],
    [
      structure(edge('ad', 'w:b')),
      edge('ad', 'sync'),
      edge('ad', 'role', 1, 'conditional'),
      edge('ad', 'role', 0),
      structure(edge('sync', 'tenant')),
      structure(edge('role', 'tenant')),
      structure(edge('tenant', 'w:a')),
    ],
  );
  const weights = new Map([
    ['w:a', 1],
    ['w:b', 1],
  ]);
  const {edges, together, single, root} = choke({graph, weights}, undefined, 3);
  expect(root).toBe('ad');
  expect(single).toEqual([]);
  expect(edges.map(({from, to, value, parallel, level}) => [from, to, value, parallel, level])).toEqual([
    ['ad', 'sync', 0, 0, 0],
    ['ad', 'role', 1, 1, 0],
  ]);
  expect(together).toEqual({value: 1, share: 50});
  expect(choke({graph, weights}, undefined, 1)).toMatchObject({root: null, edges: [], together: {value: 0}});
});

test('exclusive value: what no other root reaches, bounded by every graph between certain and all edges', () => {
  fc.assert(
    fc.property(estates, fc.nat(), ({graph, weights}, seed) => {
      const index = indexGraph(graph);
      const ids = [...weights.keys()];
      const targets = Uint32Array.from(ids, (id) => index.target(index.find(id)));
      const units = Float64Array.from(ids, (id) => weights.get(id)! * UNIT);
      const found = exclusiveValues(index, targets, units, PARAMETERS);
      const roots = Array.from(index.roots, (root) => graph.nodes[root]!.id);
      // Any graph between: each conditional or unknown edge is there or not.
      const between = {
        ...graph,
        edges: graph.edges.flatMap((e, i) =>
          e.certainty === 'certain' || (seed >> (i % 30)) & 1 ? [{...e, certainty: 'certain' as const}] : [],
        ),
      };
      roots.forEach((root, r) => {
        const others = roots.filter((other) => other !== root);
        const lost = (g: IdentityGraph): number =>
          valueOf(g, weights, roots, 'conditional') -
          valueOf(
            without(g, ({from, to}) => from === root || to === root),
            weights,
            others,
            'conditional',
          );
        const {value, lo, hi} = found[r]!;
        expect(value / UNIT).toBeCloseTo(lost(graph), 9);
        expect(lo).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(hi);
        expect(lost(between)).toBeGreaterThanOrEqual(lo / UNIT - 1e-9);
        expect(lost(between)).toBeLessThanOrEqual(hi / UNIT + 1e-9);
      });
    }),
    {numRuns: 400},
  );
});
