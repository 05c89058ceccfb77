import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {gapWidths} from '../../../src/exposure/gap-widths.ts';
import {scoreExposure} from '../../../src/exposure/score.ts';
import {applyChanges} from '../../../src/exposure/what-if.ts';
import type {IdentityGraph} from '../../../src/model/exposure.ts';
import {PARAMETERS, cases, sensitivityOf, workload} from './estates.ts';

/** Every second open edge hangs on one of two questions. */
function asking(graph: IdentityGraph): IdentityGraph {
  let open = 0;
  const edges = graph.edges.map((edge) =>
    edge.certainty === 'certain' || open++ % 2 === 1 ? edge : {...edge, gap: `gap:${open % 3}`},
  );
  const ids = [...new Set(edges.flatMap(({gap}) => gap ?? []))].sort();
  const gaps = ids.map((id) => ({
    id,
    question: '?',
    about: id,
    input: '',
    remedy: '',
    certainty: 'unknown' as const,
  }));
  return {...graph, edges, gaps};
}

test('what an answer settles is the mean difference of full scores with either answer', () => {
  fc.assert(
    fc.property(cases, ({graph: plain, weights}) => {
      const graph = asking(plain);
      const workloads = [...weights.keys()].map(workload);
      const sensitivity = sensitivityOf(weights);
      const score = (of: IdentityGraph) => scoreExposure(of, workloads, sensitivity, PARAMETERS);
      const width = (of: IdentityGraph): number =>
        score(of).workloads.reduce(
          (sum, {workload: id, sibr}) => sum + weights.get(id)! * (sibr.hi - sibr.lo),
          0,
        );
      const exposure = score(graph);
      const {ranked} = gapWidths({graph, estate: {workloads}, sensitivity, exposure}, 10);
      for (const {gap, settles} of ranked) {
        const after = (answer: 'yes' | 'no') =>
          width(applyChanges(graph, [{kind: 'answer', gap: gap.id, answer}]).graph);
        const mean = Math.max(0, width(graph) - (after('yes') + after('no')) / 2);
        expect(settles).toBeCloseTo(mean, 6);
      }
    }),
    {numRuns: 300},
  );
});
