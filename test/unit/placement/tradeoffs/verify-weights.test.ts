import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {PlanRun, WeightStability} from '../../../../src/model/plan.ts';
import {checksum} from '../../../../src/placement/checksum.ts';
import {planPlacement} from '../../../../src/placement/plan.ts';
import {verifyRun} from '../../../../src/placement/verify/verify-run.ts';
import {sketches} from '../random-estate.ts';
import {request, type Sketch, written} from '../small-estate.ts';

const price = (vcpuMonth: number) => ({
  currency: 'EUR',
  asOf: '2026-01-01',
  illustrative: true,
  vcpuMonth,
  memoryGiBMonth: 1,
  storageGiBMonth: 0,
  egressPerGiB: 0.5,
});

const ESTATE: Sketch = {
  things: {a: {at: 'azure', need: 3}, b: {at: 'azure', need: 2}, c: {at: 'vault', need: 1}},
  sites: {azure: {class: 'public', cost: price(10)}, vault: {class: 'dedicated', cost: price(40)}},
  control: [
    ['tenant', 'azure'],
    ['sso', 'vault'],
  ],
  rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
};

function run(sketch: Sketch): PlanRun {
  return written(planPlacement({...request(sketch), questions: {weights: {work: 1e7}}}).value);
}

describe('the written ranges of weights', () => {
  const plan = run(ESTATE);
  const flips = plan.tradeoffs!.weights!.findIndex(
    ({hiEnd, loEnd}) => hiEnd === 'flips' || loEnd === 'flips',
  );

  it('are accepted as planned, for any estate', () => {
    expect(flips).toBeGreaterThanOrEqual(0);
    fc.assert(
      fc.property(sketches, (sketch) => {
        expect(verifyRun(run(sketch)).findings).toEqual([]);
      }),
      {numRuns: 60},
    );
  });

  it.each<[string, (one: WeightStability) => void]>([
    ['a value outside', (one) => (one.value = one.hi + one.step)],
    ['a lower end above the value', (one) => (one.lo = one.value + one.step)],
    ['an end that is no whole step away', (one) => (one.hi += one.step / 3)],
    ['no step', (one) => (one.step = 0)],
    ['an end that is no number', (one) => (one.hi = NaN)],
    ['more workloads than it names', (one) => one.below.total++],
    ['fewer workloads than it names', (one) => one.above.total--],
    ['a workload nobody knows', (one) => one.above.workloads.push({workload: 'x', site: null})],
    ['an end nobody goes elsewhere at', (one) => (one.loEnd = one.loEnd === 'flips' ? 'range' : 'flips')],
  ])('are refused with %s', (_, spoil) => {
    const spoilt = structuredClone(plan);
    spoil(spoilt.tradeoffs!.weights![flips]!);
    spoilt.checksum = checksum(spoilt);
    expect(verifyRun(spoilt).findings.map(({code}) => code)).toContain('BH-VERIFY-007');
  });
});

it('a proven optimum that claims a share of a gap is refused', () => {
  const room = {vcpu: 1000, memoryGiB: null, storageGiB: null};
  const {azure, vault} = ESTATE.sites;
  const plan = run({...ESTATE, sites: {azure: azure!, vault: {...vault!, capacity: room}}});
  expect(plan.optimality.limited).toMatchObject({method: 'unlimited-optimum', gapShare: 0});
  expect(verifyRun(plan).findings).toEqual([]);
  plan.optimality.limited!.gapShare = 0.01;
  plan.checksum = checksum(plan);
  expect(verifyRun(plan).findings.map(({code}) => code)).toEqual(['BH-VERIFY-002']);
});
