import {expect, test} from 'vitest';
import {reachFrom} from '../../../src/scenario/reach.ts';
import {edge, graphOf, node} from '../exposure/estates.ts';

test('what only the whole start set opens is reached, and the path tells every input of the gate', () => {
  const graph = graphOf(
    [
      node('r:a', 'root'),
      node('r:b', 'root'),
      node('p:a', 'principal'),
      {...node('g', 'gate'), threshold: 2},
      node('w:x', 'workload'),
    ],
    [
      edge('r:a', 'p:a'),
      edge('p:a', 'g'),
      edge('r:b', 'g', 1, 'conditional'),
      {...edge('g', 'w:x'), caps: ['read']},
    ],
  );
  expect(reachFrom(graph, ['r:a']).has('w:x')).toBe(false);
  const hit = reachFrom(graph, ['r:a', 'r:b']).get('w:x')!;
  expect([hit.verdict, hit.level]).toEqual(['conditional', 1]);
  expect(hit.path().map(({from, to, input, caps}) => [from, to, input?.number ?? caps])).toEqual([
    ['r:a', 'p:a', undefined],
    ['p:a', 'g', 1],
    ['r:b', 'g', 2],
    ['g', 'w:x', ['read']],
  ]);
});
