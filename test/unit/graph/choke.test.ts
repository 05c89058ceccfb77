import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {forwardCsr, reverseCsr} from '../../../src/graph/csr.ts';
import {NO_TAIL, bridgeTails, dominatedWeight, dominators} from '../../../src/graph/dominators.ts';
import {smallestCut} from '../../../src/graph/edge-cut.ts';
import {type Arc, chain, closure, edgeList, graphs} from './helpers.ts';

const filters = fc.record({maxLevel: fc.nat(3), maxGrade: fc.nat(2)});

/** Nodes reached from the starts over the arcs. */
function reachedBy(nodes: number, arcs: Arc[], starts: number[]): boolean[] {
  const reach = closure(nodes, arcs, 3, 2);
  return Array.from({length: nodes}, (_, v) => starts.some((start) => reach[start]![v]!));
}

test('cutting a node loses exactly the weight of what it dominates', () => {
  fc.assert(
    fc.property(graphs, filters, fc.nat(), ({nodes, arcs}, filter, seed) => {
      const list = edgeList(nodes, arcs);
      const open = arcs.filter(({level, grade}) => level <= filter.maxLevel && grade <= filter.maxGrade);
      const starts = [...new Set([seed % nodes, (seed * 7 + 3) % nodes])];
      const found = dominators(forwardCsr(list), reverseCsr(list), starts, filter);
      const weight = Float64Array.from({length: nodes}, (_, v) => 2 ** v);
      const lost = dominatedWeight(found, weight);
      const all = reachedBy(nodes, open, starts);
      for (let v = 0; v < nodes; v++) {
        expect(found.number[v]! > 0).toBe(all[v]);
        if (!all[v]) continue;
        const left = open.filter(({from, to}) => from !== v && to !== v);
        const still = reachedBy(
          nodes,
          left,
          starts.filter((start) => start !== v),
        );
        // Powers of two: the sum names the set.
        const gone = weight.reduce((sum, w, u) => sum + (all[u]! && !still[u]! ? w : 0), 0);
        expect(lost[found.number[v]!]).toBe(gone);
      }
    }),
    {numRuns: 1000},
  );
});

test('all edges of a bridge tail into a node part it and what it dominates, and no other tail does', () => {
  fc.assert(
    fc.property(graphs, filters, fc.nat(), ({nodes, arcs}, filter, seed) => {
      const list = edgeList(nodes, arcs);
      const open = arcs.filter(({level, grade}) => level <= filter.maxLevel && grade <= filter.maxGrade);
      const starts = [...new Set([seed % nodes, (seed * 7 + 3) % nodes])];
      const reverse = reverseCsr(list);
      const found = dominators(forwardCsr(list), reverse, starts, filter);
      const tails = bridgeTails(found, reverse, starts, filter);
      const all = reachedBy(nodes, open, starts);
      for (let v = 0; v < nodes; v++) {
        if (!all[v]) continue;
        for (let u = 0; u < nodes; u++) {
          const left = open.filter(({from, to}) => from !== u || to !== v);
          const parts = left.length < open.length && !reachedBy(nodes, left, starts)[v]!;
          expect(tails[found.number[v]!] === u).toBe(parts);
        }
        expect(starts.includes(v) && tails[found.number[v]!] !== NO_TAIL).toBe(false);
      }
    }),
    {numRuns: 1000},
  );
});

test('the smallest cut parts the two, and no smaller one does', () => {
  const small = graphs.filter(({nodes, arcs}) => nodes > 1 && arcs.length <= 12);
  const free = fc.array(fc.boolean(), {minLength: 12, maxLength: 12});
  fc.assert(
    fc.property(small, free, fc.nat(2), fc.integer({min: 0, max: 4}), (graph, may, maxGrade, limit) => {
      const {nodes, arcs} = graph;
      const list = edgeList(nodes, arcs);
      const removable = Uint8Array.from(arcs, (_, i) => (may[i] ? 1 : 0));
      const options = {maxGrade, limit, removable};
      const cut = smallestCut(forwardCsr(list), reverseCsr(list), 0, nodes - 1, options);
      const there = arcs.map((_, i) => i).filter((i) => arcs[i]!.grade <= maxGrade);
      const parted = (without: Set<number>): boolean =>
        !reachedBy(
          nodes,
          there.filter((i) => !without.has(i)).map((i) => arcs[i]!),
          [0],
        )[nodes - 1]!;
      const choices = there.filter((i) => removable[i] === 1);
      let fewest = Number.POSITIVE_INFINITY;
      for (let set = 0; set < 1 << choices.length; set++) {
        const chosen = new Set(choices.filter((_, k) => (set >> k) & 1));
        if (chosen.size < fewest && parted(chosen)) fewest = chosen.size;
      }
      expect(cut?.length ?? Number.POSITIVE_INFINITY).toBe(
        fewest <= limit ? fewest : Number.POSITIVE_INFINITY,
      );
      expect(cut === null || (parted(new Set(cut)) && cut.every((i) => removable[i] === 1))).toBe(true);
    }),
    {numRuns: 600},
  );
});

test('a chain of a million nodes needs no recursion, and its first node dominates all', () => {
  const n = 1_000_000;
  const list = chain(n);
  const found = dominators(forwardCsr(list), reverseCsr(list), [0], {maxLevel: 3, maxGrade: 2});
  expect(dominatedWeight(found, new Float64Array(n).fill(1))[found.number[0]!]).toBe(n);
});
