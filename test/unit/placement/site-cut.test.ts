import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import type {GraphEdge} from '../../../src/model/exposure.ts';
import {siteCuts} from '../../../src/placement/decisions/cuts.ts';
import {exposuresAt} from '../../../src/placement/decisions/site-cut.ts';
import {DEFAULT_SETTINGS} from '../../../src/placement/input.ts';
import {buildProblem} from '../../../src/placement/problem/build.ts';
import {request, type Sketch} from './small-estate.ts';

const ROOTS = ['r1', 'r2', 'r3', 'r4'];
const THINGS = ['a', 'b', 'c'];

const arbitrary: fc.Arbitrary<Sketch> = fc
  .record({
    at: fc.array(fc.constantFrom('cloud', 'private'), {minLength: 3, maxLength: 3}),
    edges: fc.array(
      fc.tuple(
        fc.constantFrom(...ROOTS, ...THINGS, 'private'),
        fc.constantFrom(...ROOTS, ...THINGS, 'private', 'cloud'),
        fc.constantFrom(0, 1, 2, 3),
      ),
      {minLength: 3, maxLength: 12},
    ),
  })
  .map(({at, edges}) => ({
    things: Object.fromEntries(THINGS.map((name, k) => [name, {at: at[k]!, need: 3}])),
    sites: {cloud: {class: 'public'}, private: {class: 'dedicated'}},
    control: [
      ...ROOTS.map((root): Sketch['control'][number] => [root, 'cloud', 3]),
      ...edges
        .filter(([from, to]) => from !== to)
        .map(([from, to, level]): Sketch['control'][number] => [from, to, level as 0, 'workload']),
    ],
  }));

/** Best level over which a root comes to a node without having been at `closed` before it comes to `site`. */
function levelTo(
  edges: readonly GraphEdge[],
  root: string,
  target: string,
  {closed, site}: {closed: string | null; site: string},
): number {
  let best = Infinity;
  const visit = (node: string, level: number, past: boolean, seen: ReadonlySet<string>): void => {
    const key = `${node} ${past}`;
    if (level >= best || seen.has(key)) return;
    if (node === target) best = level;
    for (const edge of edges) {
      if (edge.from !== node || (edge.to === site && past)) continue;
      visit(edge.to, Math.max(level, edge.level), past || edge.to === closed, new Set([...seen, key]));
    }
  };
  visit(root, 0, root === closed, new Set());
  return best;
}

test('after a cut every root goes every way but those over the cut root into the site', () => {
  let cuts = 0;
  fc.assert(
    fc.property(arbitrary, (sketch) => {
      const input = {...request(sketch), settings: DEFAULT_SETTINGS};
      const {value: problem} = buildProblem(input);
      const {model, base} = problem;
      for (const cut of siteCuts(problem)) {
        cuts++;
        const closed = model.roots[cut.root]!.id;
        const found = exposuresAt(problem, cut, (w) => input.siteOf[w]!);
        const expected = (lost: string | null): number[] =>
          input.estate.workloads.map(({id}, w) =>
            model.roots.reduce((total, root) => {
              const level = levelTo(input.graph.edges, root.id, id, {closed: lost, site: 'site:private'});
              const share = model.attenuation[level] ?? 0;
              return total + Math.round(root.price * share * base.weights[w]!);
            }, 0),
          );
        expect(Array.from(found.asIs)).toEqual(expected(null));
        expect(Array.from(found.cut)).toEqual(expected(closed));
      }
    }),
    {numRuns: 150, seed: 7},
  );
  expect(cuts).toBeGreaterThan(100);
});
