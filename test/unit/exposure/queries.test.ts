import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {moveWorkloads} from '../../../src/exposure/move.ts';
import {evidencePath, whoReaches} from '../../../src/exposure/paths.ts';
import {reachOf} from '../../../src/exposure/reach.ts';
import {scoreExposure} from '../../../src/exposure/score.ts';
import {ownRoots} from '../../../src/exposure/own-roots.ts';
import {nodeNumbers, rootsOf, rootsReaching} from '../../../src/exposure/site-roots.ts';
import type {Certainty} from '../../../src/model/common.ts';
import type {IdentityGraph, PathStep} from '../../../src/model/exposure.ts';
import {PARAMETERS, cases, edge, graphOf, knottedCases, node, sensitivityOf, workload} from './estates.ts';
import {minimax} from './oracle.ts';

const masks = fc.constantFrom<Certainty>('certain', 'conditional', 'unknown');
const asByte = (delta: number): number => (Number.isFinite(delta) ? delta : 255);

test('reach, paths and the list of reachers agree with the oracle', () => {
  fc.assert(
    fc.property(cases, masks, fc.nat(3), ({graph}, mask, cap) => {
      const index = indexGraph(graph);
      const distance = minimax(graph, mask);
      const allowed: Certainty[] =
        mask === 'certain'
          ? ['certain']
          : mask === 'conditional'
            ? ['certain', 'conditional']
            : ['certain', 'conditional', 'unknown'];
      const start = graph.nodes[0]!.id;
      const delta = reachOf(index, [start, 'no such node'], mask, cap);
      graph.nodes.forEach(({id}, i) => {
        const best = asByte(distance.get(start)!.get(id)!);
        expect(delta[i]).toBe(best <= cap ? best : 255);
        const path = evidencePath(index, start, id, mask);
        expect(path === null).toBe(best === 255);
        if (path === null) return;
        expect(Math.max(0, ...path.map(({level}) => level))).toBe(best);
        expect([path[0]?.from ?? id, path.at(-1)?.to ?? start]).toEqual([start, id]);
        expect(path.every(({certainty}) => allowed.includes(certainty))).toBe(true);
        expectReplay(graph, start, path);
      });
      const target = graph.nodes.at(-1)!.id;
      const expected = graph.nodes
        .filter(({id}) => id !== target && Number.isFinite(distance.get(id)!.get(target)!))
        .map(({id}) => `${id} ${distance.get(id)!.get(target)!}`);
      const found = whoReaches(index, target, mask);
      expect(new Set(found.map(({node: {id}, delta: d}) => `${id} ${d}`))).toEqual(new Set(expected));
      for (const {node: from, delta: d, path} of found) {
        const steps = path();
        expect([steps[0]!.from, steps.at(-1)!.to]).toEqual([from.id, target]);
        expect(Math.max(...steps.map(({level}) => level))).toBe(d);
        expectReplay(graph, from.id, steps);
      }
    }),
    {numRuns: 300},
  );
});

/** Walks the steps: each begins where control is already held, a gate opens with its last input, access comes last. */
function expectReplay(graph: IdentityGraph, start: string, steps: PathStep[]): void {
  const needed = new Map(graph.nodes.map(({id, threshold}) => [id, threshold ?? 1]));
  const held = new Set([start]);
  const inputs = new Map<string, Set<string>>();
  steps.forEach(({from, to, caps, input}, at) => {
    expect(held.has(from)).toBe(true);
    expect(caps === undefined || at === steps.length - 1).toBe(true);
    if (caps) return;
    const arrived = (inputs.get(to) ?? new Set()).add(from);
    inputs.set(to, arrived);
    expect(input).toEqual(needed.get(to)! > 1 ? {number: arrived.size, of: needed.get(to)!} : undefined);
    if (arrived.size >= needed.get(to)!) held.add(to);
  });
  const known = new Set(graph.edges.map((e) => `${e.from} ${e.to} ${e.level} ${e.caps?.join() ?? ''}`));
  for (const {from, to, level, caps} of steps) {
    expect(known.has(`${from} ${to} ${level} ${caps?.join() ?? ''}`)).toBe(true);
  }
}

test('of equally good paths the surest is shown', () => {
  const graph = {
    gaps: [],
    nodes: [node('r', 'root'), node('a', 'container'), node('w', 'workload')],
    edges: [edge('r', 'w', 0, 'conditional'), edge('r', 'a'), edge('a', 'w')],
  };
  const path = evidencePath(indexGraph(graph), 'r', 'w', 'unknown')!;
  expect(path.map(({to, certainty}) => [to, certainty])).toEqual([
    ['a', 'certain'],
    ['w', 'certain'],
  ]);
  expect(evidencePath(indexGraph(graph), 'w', 'r', 'unknown')).toBeNull();
  expect(evidencePath(indexGraph(graph), 'r', 'nothing', 'unknown')).toBeNull();
});

test('the sets of roots equal one search per root; nothing reaches an unknown id', () => {
  fc.assert(
    fc.property(cases, masks, ({graph}, mask) => {
      const index = indexGraph(graph);
      const distance = minimax(graph, mask);
      const controlled = minimax(graph, mask, 'control');
      const targets = ['nowhere', ...graph.nodes.map(({id}) => id)];
      for (const [how, oracle] of [
        ['value', distance],
        ['control', controlled],
      ] as const) {
        const found = rootsReaching(index, nodeNumbers(index, targets), mask, how);
        targets.forEach((id, t) => {
          const expected = found.roots.flatMap((root) => {
            const delta = asByte(oracle.get(root)!.get(id) ?? Number.POSITIVE_INFINITY);
            return delta === 255 ? [] : [{root, delta}];
          });
          expect(rootsOf(found, t)).toEqual(expected);
        });
      }
    }),
  );
});

test('own roots are those that still reach the workload when only its place-bound edges are cut', () => {
  fc.assert(
    fc.property(fc.oneof(cases, knottedCases), masks, ({graph}, mask) => {
      const ids = graph.nodes.flatMap(({id, kind}) => (kind === 'workload' ? [id] : []));
      for (const how of ['value', 'control'] as const) {
        const {roots, setOf, sets} = ownRoots(indexGraph(graph), ids, mask, how);
        ids.forEach((id, t) => {
          const cut = {...graph, edges: graph.edges.filter(({to, bound}) => to !== id || bound !== 'place')};
          const distance = minimax(cut, mask, how);
          for (const [r, root] of roots.entries()) {
            expect(sets[setOf[t]!]![r]).toBe(asByte(distance.get(root)!.get(id)!));
          }
        });
      }
    }),
    {numRuns: 1500},
  );
});

test('a domain controller is not held by its old cloud over the domain it hosts itself', () => {
  const graph = {
    gaps: [],
    nodes: [node('entra:t', 'root'), node('ad:d', 'root'), node('w:dc', 'workload')],
    edges: [
      edge('entra:t', 'w:dc'),
      edge('w:dc', 'ad:d', 0, 'certain', 'workload'),
      edge('ad:d', 'w:dc', 0, 'certain', 'workload'),
    ],
  };
  const {roots, sets} = ownRoots(indexGraph(graph), ['w:dc'], 'certain');
  expect([roots, [...sets[0]!]]).toEqual([
    ['entra:t', 'ad:d'],
    [255, 0],
  ]);
});

test('a gate that only opens through the workload it leads to holds nothing that moves away', () => {
  const graph = graphOf(
    [node('r:a', 'root'), node('r:b', 'root'), {...node('g', 'gate'), threshold: 2}, node('w:x', 'workload')],
    [
      edge('r:a', 'w:x'),
      edge('r:a', 'g'),
      edge('r:b', 'g'),
      edge('w:x', 'g', 0, 'certain', 'workload'),
      edge('g', 'w:x', 1, 'certain', 'workload'),
    ],
  );
  expect([...ownRoots(indexGraph(graph), ['w:x'], 'certain').sets[0]!]).toEqual([255, 255]);
  const both = {...graph, edges: [...graph.edges, edge('r:b', 'r:a', 0, 'certain', 'workload')]};
  expect([...ownRoots(indexGraph(both), ['w:x'], 'certain').sets[0]!]).toEqual([255, 1]);
});

const scoreOf = (graph: IdentityGraph, weights: Map<string, number>) =>
  scoreExposure(graph, [...weights.keys()].map(workload), sensitivityOf(weights), PARAMETERS);

test('a move cuts what is bound to the place, keeps what is bound to the workload, and changes no other head', () => {
  fc.assert(
    fc.property(cases, ({graph}) => {
      const before = JSON.stringify(graph);
      const moved = moveWorkloads(graph, new Map([['w:0', 'new']]));
      expect(JSON.stringify(graph)).toBe(before);
      const into = moved.edges.filter(({to}) => to === 'w:0');
      expect(into.filter(({bound}) => bound === 'place').map(({from, kind}) => [from, kind])).toEqual([
        ['site:new', 'PLACED'],
      ]);
      const untouched = graph.edges.filter(({to, bound}) => to !== 'w:0' || bound === 'workload');
      expect(moved.edges.slice(0, -1)).toEqual(untouched);
      expect(moved.nodes.at(-1)).toMatchObject({id: 'site:new', kind: 'site'});
    }),
  );
});

/** A tenant over a cloud workload, a private site whose SSO domain takes its users from `source`. */
function hybrid(source: 'synchronised' | 'separate'): IdentityGraph {
  const nodes = [
    node('entra:t', 'root', 'entraTenant'),
    node('ad:d', 'root', 'adDomain'),
    node('sso:v', 'root', 'vcSsoDomain'),
    node('site:cloud', 'site'),
    node('site:private', 'site'),
    node('w:app', 'workload'),
    node('w:other', 'workload'),
  ];
  const one = source === 'synchronised';
  return {
    gaps: [],
    nodes,
    edges: [
      edge('entra:t', 'site:cloud'),
      edge('site:cloud', 'w:app'),
      edge('site:cloud', 'w:other'),
      edge('sso:v', 'site:private'),
      ...(one
        ? [
            edge('ad:d', 'entra:t', 0, 'certain', 'workload'),
            edge('entra:t', 'ad:d', 0, 'certain', 'workload'),
            edge('ad:d', 'sso:v', 0, 'certain', 'workload'),
            edge('sso:v', 'ad:d', 0, 'certain', 'workload'),
          ]
        : []),
    ],
  };
}

test('a move under the same roots gains exactly nothing, one to a separate root gains, and a move can make it worse', () => {
  const weights = new Map([
    ['w:app', 1],
    ['w:other', 1],
  ]);
  const moves = new Map([['w:app', 'private']]);
  const sibr = (graph: IdentityGraph) => scoreOf(graph, weights).workloads[0]!.sibr;
  const same = hybrid('synchronised');
  expect(sibr(moveWorkloads(same, moves))).toEqual(sibr(same));
  const separate = hybrid('separate');
  expect(sibr(moveWorkloads(separate, moves)).value).toBeLessThan(sibr(separate).value);
  // From a separate private site into the cloud where the other workload stands: more falls with it.
  const back = moveWorkloads(moveWorkloads(separate, moves), new Map([['w:app', 'cloud']]));
  expect(sibr(back)).toEqual(sibr(separate));
  expect(sibr(back).value).toBeGreaterThan(sibr(moveWorkloads(separate, moves)).value);
});
