import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {indexGraph, indexOf, withoutEdges} from '../../../src/exposure/index-graph.ts';
import {ownRoots} from '../../../src/exposure/own-roots.ts';
import {nodeNumbers, rootsOf, rootsReaching} from '../../../src/exposure/site-roots.ts';
import {cases, graphOf, knottedCases, node} from './estates.ts';

test('an index without some edges answers like one of the graph without them', () => {
  fc.assert(
    fc.property(fc.oneof(cases, knottedCases), fc.array(fc.nat(30)), ({graph}, picked) => {
      const gone = new Set(picked.filter((edge) => edge < graph.edges.length));
      const thinned = withoutEdges(indexGraph(graph), gone);
      const fresh = indexGraph({...graph, edges: graph.edges.filter((_, edge) => !gone.has(edge))});
      const ids = graph.nodes.map(({id}) => id);
      const numbers = nodeNumbers(fresh, ids);
      expect(nodeNumbers(thinned, ids)).toEqual(numbers);
      for (const how of ['value', 'control'] as const) {
        const pairs = [
          [
            rootsReaching(thinned, numbers, 'conditional', how),
            rootsReaching(fresh, numbers, 'conditional', how),
          ],
          [ownRoots(thinned, ids, 'conditional', how), ownRoots(fresh, ids, 'conditional', how)],
        ] as const;
        for (const [found, expected] of pairs)
          for (const at of ids.keys()) expect(rootsOf(found, at)).toEqual(rootsOf(expected, at));
      }
    }),
    {numRuns: 300},
  );
});

test('an index serves its own graph only', () => {
  const graph = graphOf([node('a', 'root')], []);
  const index = indexGraph(graph);
  expect(indexOf(graph, index)).toBe(index);
  const other = graphOf([node('b', 'root')], []);
  expect(indexOf(other, index).find('b')).toBe(0);
});
