import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {bottleneck} from '../../../src/graph/bottleneck.ts';
import {forwardCsr} from '../../../src/graph/csr.ts';
import {bottleneckMatrix} from '../../../src/graph/lanes.ts';
import {reachWithout} from '../../../src/graph/leave-out.ts';
import {reachSets} from '../../../src/graph/reach-sets.ts';
import {witness} from '../../../src/graph/witness.ts';
import {type Arc, edgeList, graphs} from './helpers.ts';

const gated = graphs.chain((graph) =>
  fc.record({
    nodes: fc.constant(graph.nodes),
    arcs: fc.constant(graph.arcs.filter(({from, to}) => from !== to)),
    threshold: fc.array(fc.constantFrom(0, 1, 2, 2, 3), {minLength: graph.nodes, maxLength: graph.nodes}),
  }),
);

/** Oracle: for each level, whatever has enough different reached tails is reached, until nothing changes. */
function deltaOf(
  nodes: number,
  arcs: Arc[],
  threshold: number[],
  starts: number[],
  maxGrade: number,
): number[] {
  const delta = Array.from({length: nodes}, () => 255);
  for (const level of [3, 2, 1, 0]) {
    const open = arcs.filter((arc) => arc.level <= level && arc.grade <= maxGrade);
    const reached = new Set(starts);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (let v = 0; v < nodes; v++) {
        const tails = new Set(
          open.filter(({from, to}) => to === v && reached.has(from)).map(({from}) => from),
        );
        if (tails.size >= Math.max(1, threshold[v]!)) reached.add(v);
      }
    }
    for (const v of reached) delta[v] = level;
  }
  for (const start of starts) delta[start] = 0;
  return delta;
}

test('a gate opens at the k-th smallest level of its different tails, and the witness opens it again', () => {
  fc.assert(
    fc.property(gated, fc.nat(2), fc.nat(3), fc.nat(), ({nodes, arcs, threshold}, maxGrade, cap, seed) => {
      const list = {...edgeList(nodes, arcs), threshold: Uint32Array.from(threshold)};
      const csr = forwardCsr(list);
      const starts = [...new Set([seed % nodes, (seed * 7 + 3) % nodes])];
      const expected = deltaOf(nodes, arcs, threshold, starts, maxGrade);
      const result = bottleneck(csr, starts, {maxGrade, maxLevel: cap});
      for (let v = 0; v < nodes; v++) {
        expect(result.delta[v]).toBe(expected[v]! <= cap ? expected[v] : 255);
        const steps = witness(result, v, (entry) => list.from[csr.edge[entry]!]!);
        expect(steps === null).toBe(result.delta[v] === 255);
        if (steps === null) continue;
        const walked = steps.map((entry) => arcs[csr.edge[entry]!]!);
        // Only these steps are needed: the oracle reaches v over them alone, at the same level.
        expect(deltaOf(nodes, walked, threshold, starts, maxGrade)[v]).toBe(result.delta[v]);
        const held = new Set(starts);
        const arrived = new Map<number, number>();
        for (const {from, to} of walked) {
          expect(held.has(from)).toBe(true);
          arrived.set(to, (arrived.get(to) ?? 0) + 1);
          if (arrived.get(to)! >= Math.max(1, threshold[to]!)) held.add(to);
        }
        expect(held.has(v)).toBe(true);
      }
    }),
    {numRuns: 1000},
  );
});

test('many searches at once count the inputs of gates like one search each', () => {
  fc.assert(
    fc.property(
      gated,
      fc.nat(2),
      fc.integer({min: 1, max: 70}),
      ({nodes, arcs, threshold}, maxGrade, lanes) => {
        const csr = forwardCsr({...edgeList(nodes, arcs), threshold: Uint32Array.from(threshold)});
        const starts = Array.from({length: lanes}, (_, i) => (i * 5) % nodes);
        const targets = Array.from({length: nodes}, (_, i) => i);
        const matrix = bottleneckMatrix(csr, starts, targets, maxGrade);
        const {setOf, rows} = reachSets(csr, starts, targets, maxGrade);
        starts.forEach((start, s) => {
          const {delta} = bottleneck(csr, [start], {maxGrade});
          expect(matrix.slice(s * nodes, (s + 1) * nodes)).toEqual(delta);
          expect(Uint8Array.from(targets, (t) => rows[setOf[t]!]![s]!)).toEqual(delta);
        });
      },
    ),
    {numRuns: 400},
  );
});

test('what is cut is gone: nodes with all their edges, single edges, also behind gates', () => {
  const picks = fc.array(
    fc.record({nodes: fc.array(fc.nat(11), {maxLength: 2}), entries: fc.array(fc.nat(29), {maxLength: 3})}),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(gated, fc.nat(2), picks, fc.nat(), ({nodes, arcs, threshold}, maxGrade, cuts, seed) => {
      const csr = forwardCsr({...edgeList(nodes, arcs), threshold: Uint32Array.from(threshold)});
      const starts = [...new Set([seed % nodes, (seed * 3 + 1) % nodes, (seed * 5 + 2) % nodes])];
      const targets = Array.from({length: nodes}, (_, i) => i);
      const real = cuts.map((cut) => ({
        nodes: cut.nodes.filter((v) => v < nodes),
        entries: cut.entries.filter((at) => at < arcs.length),
      }));
      const matrix = reachWithout(csr, starts, real, targets, maxGrade);
      real.forEach(({nodes: gone, entries}, c) => {
        const dropped = new Set(entries.map((at) => csr.edge[at]!));
        const left = arcs.filter(
          ({from, to}, i) => !dropped.has(i) && !gone.includes(from) && !gone.includes(to),
        );
        const alive = starts.filter((start) => !gone.includes(start));
        const expected = deltaOf(nodes, left, threshold, alive, maxGrade);
        expect(Array.from(matrix.subarray(c * nodes, (c + 1) * nodes))).toEqual(expected);
      });
    }),
    {numRuns: 500},
  );
});
