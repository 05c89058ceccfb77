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
import type {IdentityGraph} from '../../../src/model/exposure.ts';
import {PARAMETERS, cases, edge, node, sensitivityOf, workload} from './estates.ts';
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
        expect(path.slice(1).every((step, k) => step.from === path[k]!.to)).toBe(true);
      });
      const target = graph.nodes.at(-1)!.id;
      const expected = graph.nodes
        .filter(({id}) => id !== target && Number.isFinite(distance.get(id)!.get(target)!))
        .map(({id}) => `${id} ${distance.get(id)!.get(target)!}`);
      const found = whoReaches(index, target, mask);
      expect(new Set(found.map(({node: {id}, delta: d}) => `${id} ${d}`))).toEqual(new Set(expected));
      const next = new Map(found.map(({node: {id}, first}) => [id, first]));
      for (const {node: from, delta: d} of found) {
        let highest = 0;
        let at = from.id;
        for (let steps = 0; at !== target && steps < 50; steps++) {
          expect(next.get(at)!.from).toBe(at);
          highest = Math.max(highest, next.get(at)!.level);
          at = next.get(at)!.to;
        }
        expect([at, highest]).toEqual([target, d]);
      }
    }),
  );
});

test('of equally good paths the surest is shown', () => {
  const graph = {
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
      const targets = ['nowhere', ...graph.nodes.map(({id}) => id)];
      const found = rootsReaching(index, nodeNumbers(index, targets), mask);
      targets.forEach((id, t) => {
        const expected = found.roots.flatMap((root) => {
          const delta = asByte(distance.get(root)!.get(id) ?? Number.POSITIVE_INFINITY);
          return delta === 255 ? [] : [{root, delta}];
        });
        expect(rootsOf(found, t)).toEqual(expected);
      });
    }),
  );
});

test('own roots are those that still reach the workload when only its place-bound edges are cut', () => {
  fc.assert(
    fc.property(cases, masks, ({graph}, mask) => {
      const ids = graph.nodes.flatMap(({id, kind}) => (kind === 'workload' ? [id] : []));
      const matrix = ownRoots(indexGraph(graph), ids, mask);
      ids.forEach((id, t) => {
        const cut = {...graph, edges: graph.edges.filter(({to, bound}) => to !== id || bound !== 'place')};
        const distance = minimax(cut, mask);
        for (const [r, root] of matrix.roots.entries()) {
          expect(matrix.delta[r * ids.length + t]).toBe(asByte(distance.get(root)!.get(id)!));
        }
      });
    }),
    {numRuns: 300},
  );
});

test('a domain controller is not held by its old cloud over the domain it hosts itself', () => {
  const graph = {
    nodes: [node('entra:t', 'root'), node('ad:d', 'root'), node('w:dc', 'workload')],
    edges: [
      edge('entra:t', 'w:dc'),
      edge('w:dc', 'ad:d', 0, 'certain', 'workload'),
      edge('ad:d', 'w:dc', 0, 'certain', 'workload'),
    ],
  };
  const {roots, delta} = ownRoots(indexGraph(graph), ['w:dc'], 'certain');
  expect([roots, [...delta]]).toEqual([
    ['entra:t', 'ad:d'],
    [255, 0],
  ]);
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
