import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {NO_EDGE, bottleneck} from '../../../src/graph/bottleneck.ts';
import {condense} from '../../../src/graph/condense.ts';
import {forwardCsr, reverseCsr} from '../../../src/graph/csr.ts';
import {createInterner} from '../../../src/graph/interner.ts';
import {bottleneckMatrix} from '../../../src/graph/lanes.ts';
import {reachSets} from '../../../src/graph/reach-sets.ts';
import {reachSums} from '../../../src/graph/reach-sums.ts';
import {reachWeights} from '../../../src/graph/reach-weights.ts';
import {stronglyConnected} from '../../../src/graph/scc.ts';
import {witness} from '../../../src/graph/witness.ts';
import {chain, closure, deltaOracle, edgeList, graphs} from './helpers.ts';

test('interning is dense, stable and works across map shards', () => {
  const interner = createInterner(2);
  const words = ['a', 'b', 'c', 'd', 'e', 'a', 'c'];
  expect(words.map((word) => interner.intern(word))).toEqual([0, 1, 2, 3, 4, 0, 2]);
  expect(interner.size).toBe(5);
  expect([interner.name(3), interner.find('e'), interner.find('x')]).toEqual(['d', 4, -1]);
});

test('rows hold exactly the edges, forward and reverse', () => {
  fc.assert(
    fc.property(graphs, ({nodes, arcs}) => {
      const list = edgeList(nodes, arcs);
      for (const [csr, tail] of [
        [forwardCsr(list), list.from],
        [reverseCsr(list), list.to],
      ] as const) {
        expect([...csr.edge].toSorted((a, b) => a - b)).toEqual(arcs.map((_, i) => i));
        for (let u = 0; u < nodes; u++) {
          for (let at = csr.offsets[u]!; at < csr.offsets[u + 1]!; at++) {
            const arc = arcs[csr.edge[at]!]!;
            expect(tail[csr.edge[at]!]).toBe(u);
            expect(csr.heads[at]).toBe(tail === list.from ? arc.to : arc.from);
            expect([csr.level[at], csr.grade[at]]).toEqual([arc.level, arc.grade]);
          }
        }
      }
    }),
  );
});

test('components are the mutual-reachability classes, numbered sinks first, and the condensation keeps reachability', () => {
  fc.assert(
    fc.property(graphs, fc.nat(3), fc.nat(2), ({nodes, arcs}, maxLevel, maxGrade) => {
      const filter = {maxLevel, maxGrade};
      const csr = forwardCsr(edgeList(nodes, arcs));
      const components = stronglyConnected(csr, filter);
      const reach = closure(nodes, arcs, maxLevel, maxGrade);
      for (let i = 0; i < nodes; i++)
        for (let j = 0; j < nodes; j++)
          expect(components.of[i] === components.of[j]).toBe(reach[i]![j]! && reach[j]![i]!);
      const dag = condense(csr, components, filter);
      const dagArcs: {from: number; to: number; level: number; grade: number}[] = [];
      for (let c = 0; c < dag.nodes; c++) {
        const row = Array.from(dag.heads.subarray(dag.offsets[c], dag.offsets[c + 1]));
        expect(row).toEqual([...new Set(row)].toSorted((a, b) => a - b));
        for (const d of row) {
          expect(d).toBeLessThan(c);
          dagArcs.push({from: c, to: d, level: 0, grade: 0});
        }
      }
      const small = closure(dag.nodes, dagArcs, 0, 0);
      for (let i = 0; i < nodes; i++)
        for (let j = 0; j < nodes; j++)
          expect(small[components.of[i]!]![components.of[j]!]).toBe(reach[i]![j]);
    }),
  );
});

test('bottleneck distances equal the oracle and every witness path attains them', () => {
  fc.assert(
    fc.property(graphs, fc.nat(2), fc.nat(3), fc.nat(), ({nodes, arcs}, maxGrade, maxLevel, seed) => {
      const list = edgeList(nodes, arcs);
      const csr = forwardCsr(list);
      const starts = [...new Set([seed % nodes, (seed * 7 + 3) % nodes])];
      const oracle = deltaOracle(nodes, arcs, maxGrade);
      const result = bottleneck(csr, starts, {maxGrade, maxLevel});
      for (let v = 0; v < nodes; v++) {
        const best = Math.min(...starts.map((s) => oracle[s]![v]!));
        expect(result.delta[v]).toBe(best <= maxLevel ? best : 255);
        const path = witness(result, v, (entry) => list.from[csr.edge[entry]!]!);
        expect(path === null).toBe(result.delta[v] === 255);
        if (path === null) continue;
        const walked = path.map((entry) => arcs[csr.edge[entry]!]!);
        expect(Math.max(0, ...walked.map((arc) => arc.level))).toBe(best);
        expect(walked.every((arc) => arc.grade <= maxGrade)).toBe(true);
        expect(starts).toContain(walked[0]?.from ?? v);
        for (let i = 1; i < walked.length; i++) expect(walked[i]!.from).toBe(walked[i - 1]!.to);
        expect(walked.at(-1)?.to ?? v).toBe(v);
      }
    }),
  );
});

test('each edge is relaxed at most once', () => {
  fc.assert(
    fc.property(graphs, ({nodes, arcs}) => {
      const csr = forwardCsr(edgeList(nodes, arcs));
      const touched = new Map<number, number>();
      bottleneck(csr, [0], {
        maxGrade: 2,
        skip: (entry) => {
          touched.set(entry, (touched.get(entry) ?? 0) + 1);
          return false;
        },
      });
      expect(Math.max(0, ...touched.values())).toBeLessThanOrEqual(1);
    }),
  );
});

test('a skipped edge does not exist', () => {
  const csr = forwardCsr(edgeList(2, [{from: 0, to: 1, level: 0, grade: 0}]));
  expect(bottleneck(csr, [0], {maxGrade: 2, skip: () => true}).parent[1]).toBe(NO_EDGE);
});

test('many starts at once equal one search each, over more than one word of lanes', () => {
  const wide = fc.integer({min: 1, max: 80});
  fc.assert(
    fc.property(graphs, fc.nat(2), wide, ({nodes, arcs}, maxGrade, lanes) => {
      const csr = forwardCsr(edgeList(nodes, arcs));
      const starts = Array.from({length: lanes}, (_, i) => (i * 5) % nodes);
      const targets = Array.from({length: nodes}, (_, i) => nodes - 1 - i);
      const matrix = bottleneckMatrix(csr, starts, targets, maxGrade);
      const {setOf, rows} = reachSets(csr, starts, targets, maxGrade);
      expect(new Set(rows.map((row) => row.join())).size).toBe(rows.length);
      starts.forEach((start, s) => {
        const {delta} = bottleneck(csr, [start], {maxGrade});
        expect(targets.map((t, at) => [t, rows[setOf[at]!]![s]])).toEqual(targets.map((t) => [t, delta[t]]));
        expect(matrix.slice(s * nodes, (s + 1) * nodes)).toEqual(Uint8Array.from(targets, (t) => delta[t]!));
      });
    }),
  );
});

test('reach sums equal the closure for every hub threshold and bitmap budget', () => {
  const weights = fc.array(fc.constantFrom(0, 0, 1, 5, 1_000_000), {minLength: 12, maxLength: 12});
  const options = fc.record({
    hubThreshold: fc.integer({min: 0, max: 4}),
    hubBytes: fc.constantFrom(0, 8, 1e6),
  });
  const wantedNodes = fc.array(fc.nat(1), {minLength: 12, maxLength: 12});
  fc.assert(
    fc.property(graphs, weights, wantedNodes, options, ({nodes, arcs}, weight, wanted, option) => {
      // An acyclic graph in the numbering the kernel asks for: edges go to smaller numbers.
      const down = arcs
        .filter((arc) => arc.from !== arc.to)
        .map((arc) => ({...arc, from: Math.max(arc.from, arc.to), to: Math.min(arc.from, arc.to)}));
      const csr = forwardCsr(edgeList(nodes, down));
      const sums = reachSums(
        csr,
        Float64Array.from(weight.slice(0, nodes)),
        Uint8Array.from(wanted.slice(0, nodes)),
        option,
      );
      const reach = closure(nodes, down, 3, 2);
      for (let u = 0; u < nodes; u++) {
        const all = weight.slice(0, nodes).reduce<number>((sum, w, v) => sum + (reach[u]![v] ? w : 0), 0);
        expect(sums[u]).toBe(wanted[u] === 1 ? all : 0);
      }
    }),
    {numRuns: 500},
  );
});

test('weights reached by many starts at once equal the closure, over more than one block', () => {
  const weights = fc.array(fc.constantFrom(0, 1, 5, 1_000_000), {minLength: 12, maxLength: 12});
  fc.assert(
    fc.property(graphs, weights, fc.constantFrom(1, 3, 40, 600), ({nodes, arcs}, weight, count) => {
      const down = arcs
        .filter((arc) => arc.from !== arc.to)
        .map((arc) => ({...arc, from: Math.max(arc.from, arc.to), to: Math.min(arc.from, arc.to)}));
      const starts = Array.from({length: count}, (_, i) => (i * 5 + 1) % nodes);
      const sums = reachWeights(
        forwardCsr(edgeList(nodes, down)),
        Float64Array.from(weight.slice(0, nodes)),
        starts,
      );
      const reach = closure(nodes, down, 3, 2);
      const of = reach.map((row) => row.reduce((sum, there, v) => sum + (there ? weight[v]! : 0), 0));
      expect([...sums]).toEqual(starts.map((start) => of[start]));
    }),
    {numRuns: 200},
  );
});

test('a chain of a million nodes needs no recursion', () => {
  const n = 1_000_000;
  const list = chain(n);
  const csr = forwardCsr(list);
  const filter = {maxLevel: 3, maxGrade: 2};
  const components = stronglyConnected(csr, filter);
  expect(components.count).toBe(n);
  expect(stronglyConnected(forwardCsr(chain(n, true)), filter).count).toBe(1);
  const result = bottleneck(csr, [0], {maxGrade: 0});
  expect(result.delta[n - 1]).toBe(0);
  expect(witness(result, n - 1, (entry) => list.from[csr.edge[entry]!]!)).toHaveLength(n - 1);
  expect(bottleneckMatrix(csr, [0, n - 2], [n - 3, n - 1], 0)).toEqual(Uint8Array.of(0, 0, 255, 0));
  const weight = new Float64Array(n);
  weight[components.of[n - 1]!] = 7;
  const wanted = new Uint8Array(n);
  wanted[components.of[0]!] = 1;
  expect(reachSums(condense(csr, components, filter), weight, wanted)[components.of[0]!]).toBe(7);
});
