import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {DEFAULT_SETTINGS, type PlacementInput} from '../../../../src/placement/input.ts';
import {planPlacement} from '../../../../src/placement/plan.ts';
import {levers} from '../../../../src/placement/tradeoffs/levers.ts';
import {request, type Sketch} from '../small-estate.ts';
import {unambiguous} from './unambiguous.ts';

const WORK = {weights: {work: 1e7}};

function inputOf(sketch: Sketch): PlacementInput {
  const asked = request(sketch);
  return {...asked, settings: {...DEFAULT_SETTINGS, ...asked.settings}};
}

const sitesOf = (input: PlacementInput): Map<string, string | null> =>
  new Map(planPlacement(input).value.decisions.map(({workload, recommended}) => [workload, recommended]));

describe('how far a weight can be changed', () => {
  it('holds: the same plan inside, another one a step outside, for any estate', () => {
    fc.assert(
      fc.property(
        fc.context(),
        unambiguous,
        fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 4, maxLength: 4}),
        (context, sketch, shares) => {
          const input = inputOf(sketch);
          const today = sitesOf(input);
          const {weights, complete} = planPlacement({...input, questions: WORK}).value.tradeoffs!;
          fc.pre(complete !== 'limits');
          const all = levers(input);
          expect(weights!.map(({weight}) => weight)).toEqual(all.map(({weight}) => weight));
          weights!.forEach((found, k) => {
            const lever = all[k]!;
            const {lo, hi, value, step, weight} = found;
            context.log(`${weight} ${lo} ≤ ${value} ≤ ${hi}`);
            expect(lo).toBeLessThanOrEqual(value);
            expect(hi).toBeGreaterThanOrEqual(value);
            const inside = shares.map(
              (share) => value + Math.round((lo + share * (hi - lo) - value) / step) * step,
            );
            for (const tried of [lo, hi, ...inside]) expect(sitesOf(lever.at(tried))).toEqual(today);
            for (const [end, told, outside] of [
              [found.loEnd, found.below, lo - step],
              [found.hiEnd, found.above, hi + step],
            ] as const) {
              const there = end === 'flips' ? sitesOf(lever.at(Number(outside.toPrecision(12)))) : today;
              const changed = [...there].filter(([id, site]) => today.get(id) !== site);
              expect(told).toEqual({
                workloads: changed.map(([workload, site]) => ({workload, site})),
                total: changed.length,
              });
            }
          });
        },
      ),
      {numRuns: 40},
    );
  });

  it('names the value at which a rule turns a workload', () => {
    const sketch: Sketch = {
      things: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, {at: 'azure', need: 3}])),
      sites: {azure: {class: 'public'}, vault: {class: 'dedicated'}},
      control: [
        ['tenant', 'azure'],
        ['sso', 'vault'],
      ],
      rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
      rules: [
        {
          id: 'R1',
          effect: 'avoid',
          weight: 100,
          outcome: (name, at) => (at === 'vault' && name === 'a' ? 'fail' : 'pass'),
        },
      ],
    };
    const {weights} = planPlacement({...request(sketch), questions: WORK}).value.tradeoffs!;
    // The tenant reaches everything (0.9 × 100 points), the SSO domain counts as one of four workloads (0.9 × 25), and a
    // gain below 10 points counts as none.
    expect(weights!.find(({weight}) => weight === 'rule:R1')).toMatchObject({
      value: 100,
      lo: 58,
      loEnd: 'flips',
      below: {workloads: [{workload: 'azure:a', site: 'vault'}], total: 1},
      hiEnd: 'range',
      hi: 1000,
    });
  });
});
