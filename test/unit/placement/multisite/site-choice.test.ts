import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {PlanRun} from '../../../../src/model/plan.ts';
import {checksum} from '../../../../src/placement/checksum.ts';
import type {PlanCore} from '../../../../src/placement/plan.ts';
import {verifyRun} from '../../../../src/placement/verify/verify-run.ts';
import {sketches} from '../random-estate.ts';
import {decision, plan, type Sketch, written} from '../small-estate.ts';

const price = (vcpuMonth: number, egressPerGiB: number) => ({
  currency: 'EUR',
  asOf: '2026-01-01',
  illustrative: true,
  vcpuMonth,
  memoryGiBMonth: 1,
  storageGiBMonth: 1,
  egressPerGiB,
});

/** Two dedicated sites, one of which takes what comes from the cloud by itself: fewer roots reach it. */
const HARBOR: Sketch = {
  things: {
    archive: {at: 'quay', need: 3, vcpu: 4},
    viewer: {at: 'cloud', need: 3, vcpu: 4},
  },
  sites: {
    cloud: {class: 'public', cost: price(10, 0.1)},
    mole: {class: 'dedicated', cost: price(10, 0.1)},
    quay: {class: 'dedicated', cost: price(10, 0.1)},
  },
  control: [
    ['tenant', 'cloud'],
    ['sso', 'mole', 2],
    ['sso', 'quay', 2],
  ],
  rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
};
const linked = (gib: number | null, maxMs?: number): Sketch => ({
  ...HARBOR,
  dependencies: [
    maxMs === undefined
      ? ['viewer', 'archive', 'data-flow', gib]
      : ['viewer', 'archive', 'data-flow', gib, maxMs],
  ],
});
/** Whoever is fixed here stays at the quay. */
const fixed = (...names: string[]): NonNullable<Sketch['rules']>[number] => ({
  id: 'HERE',
  effect: 'forbid',
  outcome: (name, site) => (names.includes(name) && site !== 'quay' ? 'fail' : 'pass'),
});
const at = (core: PlanCore) =>
  Object.fromEntries(core.decisions.map(({name, recommended}) => [name, recommended]));

describe('the site within the class', () => {
  it('is the one that stands for the class where no pair has a say', () => {
    const core = plan(HARBOR);
    expect(at(core)).toEqual({archive: 'quay', viewer: 'mole'});
    expect(core.siteChoice).toBeUndefined();
    expect(core.optimality.sites).toBeUndefined();
  });

  it('is where the traffic goes, with a reason, a value and a proof', () => {
    const core = plan(linked(300));
    expect(at(core)).toEqual({archive: 'quay', viewer: 'quay'});
    expect(core.optimality.sites).toEqual({method: 'exact', units: 2, changed: 1, gapShare: 0});
    expect(decision(core, 'viewer').reasons[0]).toEqual({
      by: 'within-class-site',
      text: '30.00 EUR per month less than at mole, traffic included',
      points: null,
    });
    expect(core.siteChoice).toMatchObject({sites: ['mole', 'quay'], breaches: 0, gap: 0});
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('does not leave today’s site for less than a move must save, nor because another site is cheaper', () => {
    const both: Sketch = {
      ...linked(300),
      things: {archive: {at: 'quay', need: 3, vcpu: 4}, viewer: {at: 'mole', need: 3, vcpu: 4}},
    };
    expect(at(plan(both))).toEqual({archive: 'mole', viewer: 'mole'});
    expect(decision(plan(both), 'archive').reasons[0]!.by).toBe('within-class-move');
    expect(at(plan({...both, settings: {moveMustSave: 4000}}))).toEqual({archive: 'quay', viewer: 'mole'});
    const cheap = {...HARBOR.sites, mole: {class: 'dedicated' as const, cost: price(1, 0.1)}};
    const alone: Sketch = {...both, sites: cheap, dependencies: [['viewer', 'archive', 'data-flow', 1]]};
    expect(at(plan(alone))).toEqual({archive: 'quay', viewer: 'mole'});
  });

  it('keeps a longest round trip before it looks at money; what is not stated is no breach', () => {
    const far = {
      ...HARBOR.sites,
      quay: {class: 'dedicated' as const, cost: price(90, 0.1), latencyMs: {mole: 9, cloud: 9}},
    };
    const core = plan({...linked(null, 5), sites: far, rules: [fixed('archive')]});
    expect(at(core)).toEqual({archive: 'quay', viewer: 'quay'});
    expect(decision(core, 'viewer').reasons[0]!.text).toContain('keeps 1 longest round trip');
    expect(at(plan(linked(null, 5)))).toEqual({archive: 'quay', viewer: 'mole'});
    const stuck = plan({
      ...linked(null, 5),
      sites: far,
      rules: [
        {
          id: 'NOT-THERE',
          effect: 'forbid',
          outcome: (name, site) => (name === 'viewer' && site === 'quay' ? 'fail' : 'pass'),
        },
        fixed('archive'),
      ],
    });
    expect(stuck.findings.find(({code}) => code === 'BH-PLACE-021')!.message).toContain(
      'viewer at mole and archive at quay are 9 ms apart, but may be 5 ms',
    );
  });

  it('takes no site that is riskier by more than counts as a difference', () => {
    const risky = (riskTolerance: number): PlanCore =>
      plan({
        ...linked(300),
        control: [...HARBOR.control, ['tenant', 'quay', 1]],
        rules: [
          fixed('archive'),
          {
            id: 'NO-CLOUD',
            effect: 'forbid',
            outcome: (_, site) => (site === 'cloud' ? 'fail' : 'pass'),
          },
        ],
        settings: {riskTolerance},
      });
    expect(at(risky(0))['viewer']).toBe('mole');
    expect(risky(0).siteChoice).toBeUndefined();
    expect(at(risky(1e9))['viewer']).toBe('quay');
    expect(verifyRun(written(risky(1e9))).findings).toEqual([]);
  });

  it('uses only room that is there', () => {
    const room = (vcpu: number): Sketch => ({
      ...linked(300),
      rules: [fixed('archive')],
      sites: {
        ...HARBOR.sites,
        quay: {
          class: 'dedicated',
          cost: price(10, 0.1),
          capacity: {vcpu, memoryGiB: null, storageGiB: null},
        },
      },
    });
    const [tight, wide] = [plan(room(3)), plan(room(4))];
    expect(at(tight)['viewer']).toBe('mole');
    expect(tight.optimality.sites).toMatchObject({method: 'within-limits', changed: 0});
    expect(at(wide)['viewer']).toBe('quay');
    expect(wide.limits).toMatchObject([{id: 'capacity:quay:vcpu', used: 8, status: 'kept'}]);
    for (const core of [tight, wide]) expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('keeps pairs apart that must be', () => {
    const core = plan({
      ...HARBOR,
      dependencies: [
        ['viewer', 'archive', 'data-flow', 300],
        ['viewer', 'archive', 'must-apart'],
      ],
    });
    expect(at(core)).toEqual({archive: 'quay', viewer: 'mole'});
    expect(verifyRun(written(core)).findings).toEqual([]);
  });
});

describe('the written choice of sites', () => {
  /** Three sites, and pairs in a circle with chords, too many to be tried. */
  const CIRCLE: Sketch = {
    things: Object.fromEntries(
      Array.from({length: 14}, (_, i) => [
        `w${String(i).padStart(2, '0')}`,
        {at: ['quay', 'mole', 'pier'][i % 3]!, need: 3 as const, vcpu: 1},
      ]),
    ),
    sites: Object.fromEntries(
      ['quay', 'mole', 'pier'].map((id, k) => [
        id,
        {class: 'dedicated' as const, cost: price(10 + k, 0.1 + k / 100)},
      ]),
    ),
    control: [
      ['sso', 'quay'],
      ['sso', 'mole'],
      ['sso', 'pier'],
    ],
    dependencies: [1, 4].flatMap((step) =>
      Array.from({length: 14}, (_, i): NonNullable<Sketch['dependencies']>[number] => [
        `w${String(i).padStart(2, '0')}`,
        `w${String((i + step) % 14).padStart(2, '0')}`,
        'data-flow',
        15 + 7 * ((i * 5) % 6),
      ]),
    ),
  };

  it('is accepted, and refused as soon as one of its numbers is changed', () => {
    const core = plan(CIRCLE);
    expect(core.siteChoice!.messages!.length).toBeGreaterThan(0);
    const run = written(core);
    expect(verifyRun(run).findings).toEqual([]);
    const spoil = (how: (choice: NonNullable<PlanRun['siteChoice']>, all: PlanRun) => void): string => {
      const copy = structuredClone(run);
      how(copy.siteChoice!, copy);
      copy.checksum = checksum(copy);
      return verifyRun(copy)
        .findings.map(({message}) => message)
        .join('\n');
    };
    expect(spoil(() => undefined)).toBe('');
    expect(spoil((choice) => void choice.bound++)).toMatch(/the (messages prove|gap is)/);
    expect(spoil((choice) => void choice.value--)).toContain('the sites cost');
    expect(spoil((choice) => void (choice.messages![0]! += 1e9))).toContain('the messages prove a bound of');
    expect(spoil((choice) => void (choice.messages = null))).toContain('carries no messages');
    expect(spoil((choice) => void (choice.values[choice.chosen[0]!]! += 5))).toContain('the sites cost');
    expect(spoil((choice) => void (choice.tables[0] = choice.tables[0]!.map(() => 0)))).toContain('bound');
    expect(
      spoil((choice) => {
        const [from, to] = [choice.start[0]!, choice.start[1]!];
        choice.chosen[0] = choice.chosen[0] === from ? to - 1 : from;
      }),
    ).toContain('is recommended another site than it chose');
    expect(spoil((_, all) => void (all.optimality.sites!.gapShare = 0.5))).toContain('of the money');
    expect(spoil((_, all) => void all.optimality.sites!.changed++)).toContain('say why they changed');
    expect(spoil((choice) => void choice.pairs.head.fill(99))).toContain('not between two units');
    expect(spoil((_, all) => void delete all.siteChoice)).toContain(
      'sites were chosen, but not between what',
    );
  });
});

describe('plans of random estates', () => {
  it('are accepted with their choice of sites, which never costs more than what stands for the classes', () => {
    let [chosen, changed] = [0, 0];
    fc.assert(
      fc.property(sketches, (sketch) => {
        const core = plan(sketch);
        expect(verifyRun(written(core)).findings).toEqual([]);
        if (!core.siteChoice) return;
        chosen++;
        changed += core.optimality.sites!.changed;
        for (const one of core.decisions)
          expect(one.removed.some(({site}) => site === one.recommended) && one.status !== 'blocked').toBe(
            false,
          );
      }),
      {numRuns: 600},
    );
    expect(chosen).toBeGreaterThan(30);
    expect(changed).toBeGreaterThan(5);
  });

  it('do not depend on the order in which dependencies are given', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const turned = {...sketch, dependencies: sketch.dependencies!.toReversed()};
        const of = (core: PlanCore): string =>
          JSON.stringify([core.siteChoice, core.decisions.map((d) => d.recommended)]);
        expect(of(plan(turned))).toEqual(of(plan(sketch)));
      }),
      {numRuns: 150},
    );
  });
});
