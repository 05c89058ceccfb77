import {describe, expect, it} from 'vitest';
import {DEFAULT_WAVES, type WavePlan} from '../../../../src/model/waves.ts';
import {checksum} from '../../../../src/placement/checksum.ts';
import {planPlacement} from '../../../../src/placement/plan.ts';
import {verifyRun} from '../../../../src/placement/verify/verify-run.ts';
import type {PlacementInput} from '../../../../src/placement/input.ts';
import {wavesOfPlan} from '../../../../src/placement/waves/waves-of-plan.ts';
import {planWaves} from '../../../../src/placement/waves/plan-waves.ts';
import {request, written} from '../small-estate.ts';
import {type MovingSketch, problemsOf, waveInput} from './moving-estate.ts';

const SKETCH: MovingSketch = {
  movers: {
    ...Object.fromEntries(
      ['d1', 'd2'].map((name) => [name, {from: 'old', to: 'new', app: 'shop', env: 'dev', storageMiB: 4096}]),
    ),
    ...Object.fromEntries(
      ['p1', 'p2', 'p3'].map((name) => [
        name,
        {from: 'old', to: 'new', app: 'shop', env: 'prod', storageMiB: 512},
      ]),
    ),
    q: {from: 'old', to: 'new'},
    z: {from: 'old', to: 'new'},
    stays: {from: 'old', to: 'old'},
    there: {from: 'new', to: 'new'},
  },
  flows: [
    ['d1', 'd2', 'data-flow', 40],
    ['p1', 'p2', 'data-flow', 30],
    ['p2', 'p3', 'data-flow', 20],
    ['p1', 'there', 'data-flow', 15],
    ['d1', 'stays', 'data-flow', 5],
    ['d2', 'p1', 'data-flow', null],
    ['p3', 'q', 'must-together', null],
    ['z', 'there', 'data-flow', 50],
  ],
  sites: [{id: 'old', cost: {currency: 'EUR', migrationEgressPerGiB: 0.1} as never}],
  settings: {
    size: 2,
    start: '2027-01-04',
    everyDays: 7,
    freeze: [
      {from: '2027-01-11', to: '2027-01-12', reason: null, match: null},
      {
        from: '2027-01-01',
        to: '2027-01-20',
        reason: null,
        match: {application: null, tag: 'environment=prod'},
      },
    ],
  },
};

const input = waveInput(SKETCH);
const made = (): WavePlan => structuredClone(planWaves(input).value!);
const UNITS = [['p3', 'q']];

/** One wrong value each; what the check has to say of it. */
const CORRUPTIONS: [string, (plan: WavePlan) => void, RegExp][] = [
  ['a workload left out', (p) => p.waves[0]!.workloads.pop(), /is in no wave/],
  ['a workload twice', (p) => p.waves[0]!.workloads.push(p.waves[1]!.workloads[0]!), /moves twice/],
  ['a workload that stays', (p) => p.waves[0]!.workloads.push('stays'), /are in waves, but/],
  ['the list of movers', (p) => (p.movers[0] = 8), /list of what moves/],
  ['a smaller size', (p) => (p.settings.size = 1), /larger than a wave may be/],
  ['an oversize flag', (p) => (p.waves[0]!.oversize = true), /not larger than a wave/],
  ['a split group', (p) => p.groups[0]!.push(1), /two groups/],
  [
    'the order of environments',
    (p) => (p.environment = p.environment.map((place) => 3 - place)),
    /earlier environment/,
  ],
  ['a day too early', (p) => (p.waves[1]!.date = p.waves[0]!.date), /before/],
  ['a day on which everything is frozen', (p) => (p.waves[0]!.date = '2027-01-11'), /everything is frozen/],
  ['a frozen workload', (p) => (p.waves[2]!.date = '2027-01-20'), /on which it is frozen/],
  ['no day', (p) => (p.waves[0]!.date = null), /has no day/],
  ['traffic of today', (p) => p.today.gib++, /before/],
  ['traffic after a wave', (p) => p.waves[0]!.after.gib--, /after wave 1/],
  ['unknown flows', (p) => p.waves[0]!.after.unknownFlows++, /unknown flows/],
  ['weighed traffic', (p) => p.waves[0]!.weighed++, /weighed/],
  ['the sum', (p) => (p.totals.sum /= 2), /the plan says otherwise/],
  ['the peak', (p) => (p.totals.peak /= 2), /the plan says otherwise/],
  ['a baseline made worse', (p) => (p.baselines[0]!.sum *= 2), /app-by-app/],
  ['a baseline without a mover', (p) => p.baselines[1]!.waveOf.pop(), /random: not everything/],
  ['a bound made higher', (p) => p.waves[0]!.least!++, /proven to be/],
  ['a bound made lower', (p) => p.waves[0]!.least!--, /proven to be/],
  ['a block that adds less', (p) => p.proof!.value[0]!--, /do not bear the same/],
  ['a block of another size', (p) => p.proof!.size[0]!++, /another size/],
  [
    'blocks in another order',
    (p) => (p.proof!.blockOf = p.proof!.blockOf.map((b) => p.proof!.size.length - 1 - b)),
    /block/,
  ],
  ['no proof', (p) => (p.proof = null), /nothing proves/],
  ['traffic of a flow', (p) => p.traffic.amount[1]!++, /between sites/],
  ['a copied volume', (p) => (p.waves[1]!.copy.gib += 1), /copies/],
  ['the cost of moving out', (p) => p.waves[1]!.egress.amounts[0]!.minor++, /does not add up/],
  ['a route', (p) => p.waves[0]!.routes[0]!.workloads++, /routes/],
  ['a position out of range', (p) => (p.traffic.from[0] = 99), /does not exist/],
  ['a missing part', (p) => delete (p as Partial<WavePlan>).traffic, /is not an object/],
];

describe('the check of waves', () => {
  it('accepts what was made, with a stage, a tie within a block and a freeze in it', () => {
    const plan = made();
    expect(problemsOf(plan, input, UNITS)).toEqual([]);
    expect(plan.waves.map(({date, workloads}) => [date, workloads.join(' ')])).toEqual([
      ['2027-01-04', 'z'],
      ['2027-01-13', 'd1 d2'],
      ['2027-01-21', 'p1 p2'],
      ['2027-01-28', 'p3 q'],
    ]);
    expect(plan.proof!.ties.tail.length + plan.proof!.order.push.length).toBeGreaterThan(0);
  });

  it.each(CORRUPTIONS)('refuses %s', (_, corrupt, said) => {
    const plan = made();
    corrupt(plan);
    expect(problemsOf(plan, input, UNITS).join('\n')).toMatch(said);
  });

  it('refuses shares and burdens that were changed', () => {
    const plan = made();
    const {ties, order} = plan.proof!;
    const numbers = [ties.share, order.push].flatMap((list) => list.map((_, at) => [list, at] as const));
    expect(numbers.length).toBeGreaterThan(0);
    for (const [list, at] of numbers) {
      list[at]!++;
      expect(problemsOf(plan, input, UNITS)).not.toEqual([]);
      list[at]!--;
    }
    expect(problemsOf(plan, input, UNITS)).toEqual([]);
  });

  it('refuses a group of the placement problem that is spread over waves', () => {
    expect(problemsOf(made(), input, [['d1', 'p1']]).join()).toMatch(/what must stay with it/);
  });
});

describe('waves in a written plan', () => {
  const base = request({
    things: {crown: {at: 'cloud', need: 3}, files: {at: 'cloud', need: 3}, wiki: {at: 'cloud', need: 3}},
    sites: {cloud: {class: 'public'}, vault: {class: 'dedicated'}},
    control: [['tenant', 'cloud']],
    rootKinds: {tenant: 'entraTenant'},
    dependencies: [['crown', 'files', 'data-flow', 8]],
  });

  it('are there when they are asked for, are covered by the checksum, and are verified', () => {
    const {value} = planPlacement({...base, questions: {waves: {...DEFAULT_WAVES, size: 2}}});
    const run = written(value);
    expect(run.waves!.waves.map(({workloads}) => workloads)).toEqual([
      ['azure:crown', 'azure:files'],
      ['azure:wiki'],
    ]);
    expect(verifyRun(run).value.checks.find(({name}) => name === 'waves')!.status).toBe('pass');
    run.waves!.waves[0]!.weighed = 1;
    expect(verifyRun(run).findings.map(({code}) => code)).toEqual(['BH-VERIFY-005', 'BH-VERIFY-008']);
    run.checksum = checksum(run);
    expect(verifyRun(run).findings.map(({code}) => code)).toEqual(['BH-VERIFY-008']);
  });

  it('are absent when nobody asks, and named where there are too many moves to make them by the way', () => {
    const {value} = planPlacement(base);
    expect(value.waves).toBeUndefined();
    const asked = {...(base as PlacementInput), questions: {waves: DEFAULT_WAVES}};
    const {value: waves, findings} = wavesOfPlan(asked, value.decisions, value.residual, 2);
    expect(waves).toBeNull();
    expect(findings).toMatchObject([{code: 'BH-WAVE-009', remedy: 'Run `bulkhead waves`.'}]);
    expect(wavesOfPlan(asked, value.decisions, value.residual, 3).value!.waves).toHaveLength(1);
  });
});
