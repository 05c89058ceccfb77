import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {checksum} from '../../../src/placement/checksum.ts';
import type {PlanRequest} from '../../../src/placement/plan.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {sketches} from './random-estate.ts';
import {plan, request, written, type Sketch} from './small-estate.ts';

/** The estate with some edges not certain. */
function withDoubt(sketch: Sketch, doubts: number[]): PlanRequest {
  const asked = request(sketch);
  const edges = asked.graph.edges.map((edge, e) => ({
    ...edge,
    certainty: (['certain', 'conditional', 'unknown'] as const)[doubts[e % doubts.length]! % 3]!,
  }));
  return {...asked, graph: {...asked.graph, edges}};
}

/** One of the ways it may really be: every open need and every open edge settled; prices of roots as planned. */
function settled(asked: PlanRequest, dice: number[]): PlanRequest {
  const roll = (k: number): number => dice[k % dice.length]!;
  const weights = [0, 0.2, 0.6, 1];
  const workloads = asked.sensitivity.workloads.map((one, w) =>
    one.c.level === null ? {...one, weight: weights[1 + (roll(w) % 3)]!} : one,
  );
  const edges = asked.graph.edges.flatMap((edge, e) => {
    if (edge.certainty === 'certain') return [edge];
    return roll(e + 7) % 2 === 0 ? [{...edge, certainty: 'certain' as const}] : [];
  });
  return {...asked, sensitivity: {...asked.sensitivity, workloads}, graph: {...asked.graph, edges}};
}

describe('how firm a decision is', () => {
  it('a stable lead keeps its class however what is not known turns out', () => {
    let [stable, fragile] = [0, 0];
    fc.assert(
      fc.property(
        sketches,
        fc.array(fc.nat(8), {minLength: 5, maxLength: 9}),
        fc.array(fc.array(fc.nat(100), {minLength: 11, maxLength: 11}), {minLength: 5, maxLength: 5}),
        (sketch, doubts, worlds) => {
          // Without limits and credentials, and with one open site per class: the class is all that is decided.
          const dependencies = (sketch.dependencies ?? []).filter(([, , kind]) => !/trust|apart/.test(kind));
          const {objective: _, ...settings} = sketch.settings ?? {};
          const control = sketch.control.filter(([from]) => !(from in sketch.things));
          const asked = withDoubt({...sketch, dependencies, control, settings}, doubts);
          const {decisions, sites} = planPlacement(asked).value;
          const classOf = new Map(sites.map(({id, class: kind}) => [id, kind]));
          for (const world of worlds) {
            const there = planPlacement(settled(asked, world)).value.decisions;
            decisions.forEach(({confidence, recommended, runnerUp}, w) => {
              if (confidence!.verdict === 'fragile') fragile++;
              if (confidence!.verdict !== 'stable' || confidence!.margin === null) return;
              stable++;
              const [now, then] = [recommended, there[w]!.recommended].map((id) => id && classOf.get(id));
              expect([then, runnerUp]).toEqual([now, runnerUp]);
            });
          }
        },
      ),
      {numRuns: 150},
    );
    expect(stable).toBeGreaterThan(100);
    expect(fragile).toBeGreaterThan(50);
  });

  const doubtful: Sketch = {
    things: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, {at: 'azure', need: 3}])),
    sites: {azure: {class: 'public'}, vault: {class: 'dedicated'}},
    control: [
      ['tenant', 'azure'],
      ['sso', 'vault'],
    ],
    rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
  };

  it('tells margin and uncertainty in points, and what is not known', () => {
    const sure = plan(doubtful).decisions[0]!;
    // 0.9 × (100 − 25) points between the tenant and the SSO domain.
    expect(sure.confidence).toMatchObject({verdict: 'stable', margin: 67_500, uncertainty: 0});
    const asked = request(doubtful);
    const edges = asked.graph.edges.map((edge) =>
      edge.from === 'tenant' ? {...edge, certainty: 'conditional' as const} : edge,
    );
    const open = planPlacement({...asked, graph: {...asked.graph, edges}}).value.decisions[0]!;
    expect(open.confidence).toMatchObject({verdict: 'fragile', margin: 67_500, uncertainty: 90_000});
  });

  it('is refused when a verdict does not follow from its numbers', () => {
    const run = written(plan(doubtful));
    expect(verifyRun(run).value.ok).toBe(true);
    for (const change of [{margin: 67_501}, {uncertainty: 67_500}, {verdict: 'fragile' as const}]) {
      const copy = structuredClone(run);
      Object.assign(copy.decisions[0]!.confidence!, change);
      copy.checksum = checksum(copy);
      expect(verifyRun(copy).value.ok).toBe(false);
    }
  });
});
