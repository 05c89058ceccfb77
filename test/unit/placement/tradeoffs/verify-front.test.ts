import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {PlanRun} from '../../../../src/model/plan.ts';
import {checksum} from '../../../../src/placement/checksum.ts';
import {planPlacement} from '../../../../src/placement/plan.ts';
import {energy} from '../../../../src/placement/solve/level.ts';
import {leastValue} from '../../../../src/placement/verify/minimum-cut.ts';
import {verifyRun} from '../../../../src/placement/verify/verify-run.ts';
import {sketches} from '../random-estate.ts';
import {levelsOf} from '../random-problem.ts';
import {request, written, type Sketch} from '../small-estate.ts';

/** Six workloads whose risk, cost and moves pull in different directions. */
const ESTATE: Sketch = {
  things: Object.fromEntries(
    [3, 2, 2, 1, 3, 1].map((need, w) => [
      `w${w}`,
      {at: w === 4 ? 'vault' : 'azure', need: need as 1 | 2 | 3, vcpu: 2 + w},
    ]),
  ),
  sites: {
    azure: {class: 'public', cost: price(10)},
    vault: {class: 'dedicated', cost: price(40)},
  },
  control: [
    ['tenant', 'azure'],
    ['sso', 'vault'],
    ['ad', 'w2', 0, 'workload'],
  ],
  rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain', ad: 'adDomain'},
  dependencies: [
    ['w0', 'w1', 'data-flow', 90],
    ['w2', 'w0', 'trust'],
    ['w3', 'w5', 'data-flow', 10],
  ],
};

function price(vcpuMonth: number) {
  const rest = {memoryGiBMonth: 1, storageGiBMonth: 0, egressPerGiB: 0.5};
  return {currency: 'EUR', asOf: '2026-01-01', illustrative: true, vcpuMonth, ...rest};
}

function run(sketch: Sketch): PlanRun {
  const asked = {...request(sketch), questions: {front: {work: 1e8, plans: 100}}};
  return written(planPlacement(asked).value);
}

describe('a written front', () => {
  const plan = run(ESTATE);
  const {front} = plan.tradeoffs!;

  it('holds the plan and every number is checked again', () => {
    expect(front.length).toBeGreaterThan(3);
    expect(front.filter(({chosen}) => chosen)).toHaveLength(1);
    expect(front.find(({chosen}) => chosen)).toMatchObject(plan.optimality.value);
    expect(verifyRun(plan)).toMatchObject({value: {ok: true}, findings: []});
    expect(verifyRun(plan).value.checks.at(-1)).toMatchObject({name: 'tradeoffs', status: 'pass'});
  });

  it.each<[string, (plan: PlanRun) => void]>([
    ['a value', ({tradeoffs}) => tradeoffs!.front[0]!.risk--],
    ['a weight', ({tradeoffs}) => (tradeoffs!.front.at(-1)!.weights = {risk: 1, cost: 1e9, churn: 1})],
    ['a label', ({tradeoffs}) => tradeoffs!.front[0]!.flipped.pop()],
    ['a difference', ({tradeoffs}) => tradeoffs!.front[0]!.difference.total++],
    ['which is the plan', ({tradeoffs}) => (tradeoffs!.front.find(({chosen}) => chosen)!.chosen = false)],
    ['a point twice', ({tradeoffs}) => tradeoffs!.front.push({...tradeoffs!.front[0]!})],
  ])('is refused when %s was changed', (_, change) => {
    const copy = structuredClone(plan);
    change(copy);
    copy.checksum = checksum(copy);
    const {value, findings} = verifyRun(copy);
    expect(value.ok).toBe(false);
    expect(findings.map(({code}) => code)).toContain('BH-VERIFY-007');
  });

  it('holds for any estate, whatever order its files came in', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const {tradeoffs, ...rest} = run(sketch);
        expect(verifyRun({...rest, tradeoffs})).toMatchObject({value: {ok: true}, findings: []});
        const dependencies = [...(sketch.dependencies ?? [])].reverse();
        expect(run({...sketch, dependencies}).tradeoffs).toEqual(tradeoffs);
      }),
      {numRuns: 60},
    );
  });
});

describe('the checker’s own minimum cut', () => {
  it('finds what trying all labellings finds', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 8}).chain((n) => fc.tuple(fc.constant(n), levelsOf(n))),
        ([n, levels]) => {
          const level = levels[0]!;
          const all = Array.from({length: 2 ** n}, (_, bits) =>
            energy(
              level,
              Array.from({length: n}, (_unit, u) => (bits >> u) & 1),
            ),
          );
          const {tail, head, forward, backward} = level;
          const arcs = Array.from(tail, (t, e): [number, number, number][] => [
            [t, head[e]!, forward[e]!],
            [head[e]!, t, backward[e]!],
          ]).flat();
          expect(leastValue({units: n, unary: Array.from(level.unary), arcs})).toBe(Math.min(...all));
        },
      ),
      {numRuns: 100},
    );
  });
});
