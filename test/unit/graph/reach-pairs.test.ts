import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {forwardCsr} from '../../../src/graph/csr.ts';
import {reachPairs} from '../../../src/graph/reach-pairs.ts';
import {deltaOracle, edgeList, graphs} from './helpers.ts';

test('pairs and lists hold exactly what the oracle reaches, however few are listed at a time', () => {
  fc.assert(
    fc.property(
      graphs,
      fc.nat(2),
      fc.nat(70),
      fc.integer({min: 1, max: 9}),
      (graph, maxGrade, extra, listed) => {
        const {nodes, arcs} = graph;
        // More starts than one word has bits.
        const starts = Array.from({length: extra}, (_, s) => s % nodes);
        const targets = Array.from({length: nodes}, (_, t) => nodes - 1 - t);
        const oracle = deltaOracle(nodes, arcs, maxGrade);
        const expected = starts.map((start) =>
          targets.flatMap((target, t) =>
            oracle[start]![target]! < 255 ? [`${t} ${oracle[start]![target]!}`] : [],
          ),
        );
        const pairs = reachPairs(forwardCsr(edgeList(nodes, arcs)), starts, targets, maxGrade, listed);
        const found = starts.map((): string[] => []);
        pairs.each((start, target, level) => found[start]!.push(`${target} ${level}`));
        expect(found.map((list) => list.toSorted())).toEqual(expected.map((list) => list.toSorted()));
        expect([...pairs.counts]).toEqual(expected.map((list) => list.length));
        const order = starts.map((_, s) => s).toReversed();
        const lists = [...pairs.lists(order)].map(({start, targets: reached, levels}) => ({
          start,
          pairs: Array.from(reached, (target, at) => `${target} ${levels[at]!}`).toSorted(),
        }));
        expect(lists).toEqual(
          order
            .filter((start) => expected[start]!.length > 0)
            .map((start) => ({start, pairs: expected[start]!.toSorted()})),
        );
      },
    ),
  );
});
