import {array, assert, nat, property, record} from 'fast-check';
import {expect, test} from 'vitest';
import {type EdgeList, forwardCsr} from '../../../src/graph/csr.ts';
import {shortestPaths} from '../../../src/graph/k-paths.ts';

const NODES = 7;

const graphs = array(
  record({
    from: nat(NODES - 1),
    to: nat(NODES - 1),
    level: nat(3),
    grade: nat(2),
  }),
  {maxLength: 16},
);

/** Every path without a repeated node, by trying all ways. */
function allPaths(
  edges: {from: number; to: number; level: number; grade: number}[],
  from: number,
  to: number,
): number[][] {
  const found = new Set<string>();
  const walk = (path: number[]): void => {
    const at = path.at(-1)!;
    if (at === to) return void found.add(path.join(' '));
    for (const edge of edges) if (edge.from === at && !path.includes(edge.to)) walk([...path, edge.to]);
  };
  if (from !== to) walk([from]);
  return [...found]
    .map((text) => text.split(' ').map(Number))
    .sort((a, b) => a.length - b.length || compare(a, b));
}

function compare(a: number[], b: number[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return 0;
}

test('all loopless paths, shortest first, equal to trying all ways', () => {
  assert(
    property(graphs, nat(3), nat(2), (edges, maxLevel, maxGrade) => {
      const list: EdgeList = {
        nodes: NODES,
        from: Uint32Array.from(edges, (edge) => edge.from),
        to: Uint32Array.from(edges, (edge) => edge.to),
        level: Uint8Array.from(edges, (edge) => edge.level),
        grade: Uint8Array.from(edges, (edge) => edge.grade),
      };
      const csr = forwardCsr(list);
      const paths = [...shortestPaths(csr, 0, 1, {maxGrade, maxLevel})].map((path) => [
        0,
        ...path.map((entry) => csr.heads[entry]!),
      ]);
      const usable = edges.filter((edge) => edge.level <= maxLevel && edge.grade <= maxGrade);
      const expected = allPaths(usable, 0, 1);
      expect(paths.map((path) => path.length)).toEqual(expected.map((path) => path.length));
      expect(new Set(paths.map(String))).toEqual(new Set(expected.map(String)));
    }),
    {numRuns: 400},
  );
});

test('nodes that are closed are not entered', () => {
  const csr = forwardCsr({
    nodes: 4,
    from: Uint32Array.of(0, 0, 2, 3),
    to: Uint32Array.of(2, 3, 1, 1),
    level: new Uint8Array(4),
    grade: new Uint8Array(4),
  });
  const closed = Uint8Array.of(0, 0, 1, 0);
  const paths = [...shortestPaths(csr, 0, 1, {maxGrade: 0, maxLevel: 0, closed})];
  expect(paths.map((path) => path.map((entry) => csr.heads[entry]!))).toEqual([[3, 1]]);
});
