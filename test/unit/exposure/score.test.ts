import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {scoreExposure} from '../../../src/exposure/score.ts';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {reachOf} from '../../../src/exposure/reach.ts';
import type {Certainty, Interval} from '../../../src/model/common.ts';
import type {Exposure, GraphEdge, IdentityGraph} from '../../../src/model/exposure.ts';
import {type Case, PARAMETERS, cases, edge, graphOf, node, sensitivityOf, workload} from './estates.ts';
import {minimax, scoreByDefinition} from './oracle.ts';

function score({graph, weights}: Case, parameters = PARAMETERS): Exposure {
  return scoreExposure(graph, [...weights.keys()].map(workload), sensitivityOf(weights), parameters);
}

const ENDS = [
  ['lo', 'certain'],
  ['value', 'conditional'],
  ['hi', 'unknown'],
] as const;
const NUMBERS = ['sibr', 'inbound', 'sharedFate', 'outbound'] as const;

/** All numbers of a result by name, to compare two results. */
function numbers({roots, workloads}: Exposure): Map<string, Interval> {
  return new Map([
    ...roots.flatMap(({id, blastRadius, value, share}) => [
      [`${id} RB`, blastRadius] as const,
      [`${id} V`, value] as const,
      [`${id} share`, share] as const,
    ]),
    ...workloads.flatMap((w) => NUMBERS.map((name) => [`${w.workload} ${name}`, w[name]] as const)),
  ]);
}

/** Names of numbers that are lower in `higher` than in `lower`. */
function fallen(higher: Exposure, lower: Exposure): string[] {
  const base = numbers(lower);
  return [...numbers(higher)].flatMap(([name, after]) => {
    const before = base.get(name)!;
    return ENDS.flatMap(([end]) => (after[end] < before[end] - 1e-9 ? [`${name} ${end}`] : []));
  });
}

test('every number equals the definition, on all three masks', () => {
  fc.assert(
    fc.property(cases, (example) => {
      const result = score(example);
      for (const [end, mask] of ENDS) {
        const oracle = scoreByDefinition(example.graph, example.weights, PARAMETERS, mask);
        for (const root of result.roots) {
          expect(root.value[end]).toBeCloseTo(oracle.V(root.id), 9);
          expect(root.blastRadius[end]).toBeCloseTo(oracle.RB(root.id), 9);
        }
        for (const entry of result.workloads) {
          const expected = oracle.workloads.get(entry.workload)!;
          for (const name of NUMBERS) expect(entry[name][end]).toBeCloseTo(expected[name], 9);
        }
      }
    }),
    {numRuns: 400},
  );
});

test('counts and classes of a root follow the reach of the middle mask', () => {
  fc.assert(
    fc.property(cases, (example) => {
      const distance = minimax(example.graph, 'conditional');
      for (const root of score(example).roots) {
        const reached = [...example.weights].filter(([id]) => distance.get(root.id)!.get(id)! <= 3);
        expect(root.workloads).toBe(reached.length);
        const near = [0, 0, 0, 0];
        for (const [id, w] of reached) {
          if (distance.get(root.id)!.get(id)! <= 1) near[w >= 1 ? 3 : w >= 0.6 ? 2 : w >= 0.2 ? 1 : 0]!++;
        }
        expect(root.byLevel).toEqual(near);
      }
    }),
  );
});

test('ordered, bounded, and zero exactly where nothing reaches or is reached', () => {
  fc.assert(
    fc.property(cases, (example) => {
      const result = score(example);
      for (const [name, {lo, value, hi}] of numbers(result)) {
        expect(lo).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(hi);
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(name.endsWith(' V') || hi <= 100).toBe(true);
      }
      const distance = minimax(example.graph, 'unknown');
      const roots = example.graph.nodes.filter(({kind}) => kind === 'root');
      for (const {workload: id, inbound, outbound} of result.workloads) {
        expect(inbound.hi > 0).toBe(roots.some((root) => distance.get(root.id)!.get(id)! <= 3));
        const others = [...example.weights].filter(
          ([other, w]) => other !== id && w > 0 && distance.get(id)!.get(other)! <= 3,
        );
        expect(outbound.hi > 0).toBe(others.length > 0);
      }
    }),
  );
});

test('adding an edge, lowering its level or making it surer never lowers a number; removing never raises', () => {
  fc.assert(
    fc.property(cases, fc.nat(), fc.nat(), fc.nat(), (example, from, to, pick) => {
      const {nodes, edges} = example.graph;
      const before = score(example);
      const added = edge(nodes[from % nodes.length]!.id, nodes[to % nodes.length]!.id, pick % 4);
      expect(fallen(score({...example, graph: graphOf(nodes, [...edges, added])}), before)).toEqual([]);
      if (edges.length === 0) return;
      const at = pick % edges.length;
      const without = edges.filter((_, i) => i !== at);
      expect(fallen(before, score({...example, graph: graphOf(nodes, without)}))).toEqual([]);
      const stronger: GraphEdge = {
        ...edges[at]!,
        level: Math.max(0, edges[at]!.level - 1) as 0,
        certainty: 'certain',
      };
      expect(fallen(score({...example, graph: graphOf(nodes, [...without, stronger])}), before)).toEqual([]);
      const {caps: _, ...control} = edges[at]!;
      expect(fallen(score({...example, graph: graphOf(nodes, [...without, control])}), before)).toEqual([]);
      const easier = nodes.map((n) => (n.threshold ? {...n, threshold: n.threshold - 1} : n));
      expect(fallen(score({...example, graph: graphOf(easier, edges)}), before)).toEqual([]);
    }),
    {numRuns: 300},
  );
});

function prefixed({graph, weights}: Case, prefix: string): Case {
  const rename = (id: string): string => prefix + id;
  return {
    graph: {
      gaps: [],
      nodes: graph.nodes.map((n) => ({...n, id: rename(n.id)})),
      edges: graph.edges.map((e) => ({...e, from: rename(e.from), to: rename(e.to)})),
    },
    weights: new Map([...weights].map(([id, w]) => [rename(id), w])),
  };
}

test('value is additive over separate estates, and an unrelated estate changes no φ-score', () => {
  fc.assert(
    fc.property(cases, cases, (left, right) => {
      const a = prefixed(left, 'a/');
      const b = prefixed(right, 'b/');
      const both = score({
        graph: graphOf([...a.graph.nodes, ...b.graph.nodes], [...a.graph.edges, ...b.graph.edges]),
        weights: new Map([...a.weights, ...b.weights]),
      });
      const alone = numbers(score(a));
      const together = numbers(both);
      for (const [name, before] of alone) {
        if (name.endsWith('share')) continue;
        for (const [end] of ENDS) expect(together.get(name)![end]).toBeCloseTo(before[end], 9);
      }
      const bridge = node('z:bridge', 'root', 'other');
      const joint = score({
        graph: {
          gaps: [],
          nodes: [...a.graph.nodes, ...b.graph.nodes, bridge],
          edges: [
            ...a.graph.edges,
            ...b.graph.edges,
            edge(bridge.id, 'a/root:0'),
            edge(bridge.id, 'b/root:0'),
          ],
        },
        weights: new Map([...a.weights, ...b.weights]),
      });
      const v = numbers(joint);
      expect(v.get('z:bridge V')!.hi).toBeCloseTo(v.get('a/root:0 V')!.hi + v.get('b/root:0 V')!.hi, 9);
    }),
  );
});

test('renaming nodes and shuffling nodes and edges changes no number at all', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (example, seed) => {
      const {nodes, edges} = example.graph;
      const shuffle = <T>(items: T[]): T[] => items.map((_, i) => items[(i * 7919 + seed) % items.length]!);
      // 7919 is prime and larger than any list here, so the step visits every position once.
      const shuffled: IdentityGraph = graphOf(shuffle(nodes), shuffle(edges));
      const base = numbers(score(example));
      for (const [name, value] of numbers(score({...example, graph: shuffled}))) {
        expect(value).toEqual(base.get(name));
      }
      const renamed = numbers(score(prefixed(example, 'renamed/')));
      for (const [name, value] of base) expect(renamed.get(`renamed/${name}`)).toEqual(value);
    }),
  );
});

test('roots that rule each other directly have equal value', () => {
  fc.assert(
    fc.property(cases, (example) => {
      const {nodes, edges} = example.graph;
      const ring = [edge('root:0', 'root:1'), edge('root:1', 'root:2'), edge('root:2', 'root:0')];
      const {roots} = score({...example, graph: graphOf(nodes, [...edges, ...ring])});
      const [first, ...others] = ['root:0', 'root:1', 'root:2'].map((id) => roots.find((r) => r.id === id)!);
      for (const other of others) expect(other.value).toEqual(first!.value);
    }),
  );
});

/** V of a start set in units of value. */
function valueAtRisk({graph, weights}: Case, starts: Iterable<string>, mask: Certainty): number {
  const delta = reachOf(indexGraph(graph), starts, mask);
  let value = 0;
  graph.nodes.forEach(({id}, i) => {
    value += (weights.get(id) ?? 0) * (PARAMETERS.attenuation[delta[i]!] ?? 0);
  });
  return value;
}

const startSets = fc.record({
  small: fc.subarray(['root:0', 'root:1', 'root:2', 'c:0', 'w:0']),
  more: fc.subarray(['root:1', 'root:3', 'c:1', 'w:0', 'w:1']),
  one: fc.constantFrom('root:0', 'root:2', 'root:3', 'c:0', 'w:1'),
  mask: fc.constantFrom<Certainty>('certain', 'conditional', 'unknown'),
});

test('value at risk of start sets: monotone always, submodular without gates', () => {
  fc.assert(
    fc.property(cases, startSets, (example, {small, more, one, mask}) => {
      const value = (starts: string[]): number => valueAtRisk(example, starts, mask);
      const large = [...small, ...more];
      expect(value(large)).toBeGreaterThanOrEqual(value(small) - 1e-9);
      const gainOfSmall = value([...small, one]) - value(small);
      const gainOfLarge = value([...large, one]) - value(large);
      const gated = example.graph.nodes.some(({kind}) => kind === 'gate');
      expect(gated || gainOfSmall >= gainOfLarge - 1e-9).toBe(true);
    }),
    {numRuns: 400},
  );
});

test('with a gate two thefts together take more than the sum of each alone', () => {
  const graph = graphOf(
    [node('r:a', 'root'), node('r:b', 'root'), {...node('g', 'gate'), threshold: 2}, node('w:x', 'workload')],
    [edge('r:a', 'g'), edge('r:b', 'g', 1), {...edge('g', 'w:x'), caps: ['read']}],
  );
  const example = {graph, weights: new Map([['w:x', 1]])};
  expect(valueAtRisk(example, ['r:a'], 'certain') + valueAtRisk(example, ['r:b'], 'certain')).toBe(0);
  expect(valueAtRisk(example, ['r:a', 'r:b'], 'certain')).toBe(0.7);
});

test('access reaches the value and nothing behind it', () => {
  const chain = (caps: GraphEdge['caps']): IdentityGraph =>
    graphOf(
      [node('r:a', 'root'), node('w:near', 'workload'), node('w:far', 'workload')],
      [{...edge('r:a', 'w:near'), ...(caps ? {caps} : {})}, edge('w:near', 'w:far')],
    );
  const weights = new Map([
    ['w:near', 1],
    ['w:far', 1],
  ]);
  const accessed = score({graph: chain(['read']), weights});
  expect(accessed.roots[0]).toMatchObject({value: {value: 1}, workloads: 1});
  expect(accessed.workloads[0]!.inbound.value).toBeGreaterThan(0);
  expect(accessed.workloads[0]!.outbound.value).toBeGreaterThan(0);
  expect(accessed.workloads[1]!.inbound.value).toBe(0);
  expect(score({graph: chain(undefined), weights}).roots[0]).toMatchObject({value: {value: 2}, workloads: 2});
});

test('contributions sum to a hundred, name roots of their kind, and the top root has the largest share', () => {
  fc.assert(
    fc.property(cases, (example) => {
      const {roots, workloads} = score(example);
      const kindOf = new Map(roots.map(({id, kind}) => [id, kind]));
      for (const {sibr, contributions, topRoot, priority, workload: id} of workloads) {
        const sum = contributions.reduce((total, {percent}) => total + percent, 0);
        expect(sum).toBeCloseTo(sibr.value > 0 ? 100 : 0, 9);
        expect(priority).toBeCloseTo(example.weights.get(id)! * sibr.value, 9);
        const shares = new Map<string, number>();
        for (const {root, kind, percent, factor} of contributions) {
          expect(root === null).toBe(factor === 'outbound');
          if (root === null) continue;
          expect(kindOf.get(root)).toBe(kind);
          shares.set(root, (shares.get(root) ?? 0) + percent);
        }
        expect(shares.get(topRoot ?? '') ?? 0).toBeCloseTo(Math.max(0, ...shares.values()), 9);
      }
    }),
  );
});

test('a worked example: three workloads under one tenant', () => {
  const graph: IdentityGraph = {
    gaps: [],
    nodes: [
      node('entra:t', 'root', 'entraTenant'),
      node('key:k', 'root', 'signingKey'),
      node('w:a', 'workload'),
      node('w:b', 'workload'),
      node('w:c', 'workload'),
    ],
    edges: [
      edge('entra:t', 'w:a'),
      edge('entra:t', 'w:b', 0, 'conditional'),
      edge('key:k', 'w:c', 2, 'unknown'),
      edge('w:a', 'w:b', 1),
    ],
  };
  const weights = new Map([
    ['w:a', 1],
    ['w:b', 1],
    ['w:c', 0.6],
  ]);
  const {roots, workloads, totalValue} = score({graph, weights});
  expect(totalValue).toBeCloseTo(2.6, 12);
  // Certain: a at level 0, b over a at level 1: 1 + 0.7. With the conditional edge both at level 0.
  expect(roots[0]).toMatchObject({id: 'entra:t', value: {lo: 1.7, value: 2, hi: 2}, workloads: 2});
  expect(roots[0]!.blastRadius.value).toBeCloseTo(50, 9);
  expect(roots[1]).toMatchObject({id: 'key:k', value: {lo: 0, value: 0}, workloads: 0});
  expect(roots[1]!.value.hi).toBeCloseTo(0.35 * 0.6, 9);
  const [a, b, c] = workloads;
  expect(a!.inbound).toEqual({
    lo: expect.closeTo(90, 9),
    value: expect.closeTo(90, 9),
    hi: expect.closeTo(90, 9),
  });
  expect(a!.outbound.value).toBeCloseTo((100 * 0.7) / 2.7, 9);
  expect(b!.inbound.lo).toBeCloseTo(63, 9);
  expect(b!.topRoot).toBe('entra:t');
  expect(c!.sibr.value).toBe(0);
  expect(c!.inbound.hi).toBeCloseTo(100 * 0.5 * 0.35, 9);
});

test('a workload the graph does not hold scores zero and keeps its position', () => {
  const weights = new Map([
    ['w:gone', 1],
    ['w:a', 1],
  ]);
  const graph = graphOf([node('r:x', 'root'), node('w:a', 'workload')], [edge('r:x', 'w:a')]);
  const {workloads} = score({graph, weights});
  expect(workloads.map((entry) => [entry.workload, entry.sibr.value > 0])).toEqual([
    ['w:gone', false],
    ['w:a', true],
  ]);
});
