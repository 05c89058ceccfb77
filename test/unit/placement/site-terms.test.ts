import {describe, expect, it} from 'vitest';
import type {Site} from '../../../src/model/site.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {decision, plan, written, type Sketch} from './small-estate.ts';

function prices(vcpuMonth: number, more: Partial<NonNullable<Site['cost']>> = {}): Site['cost'] {
  return {
    currency: 'EUR',
    asOf: '2026-10-01',
    illustrative: false,
    vcpuMonth,
    memoryGiBMonth: 0,
    storageGiBMonth: 0,
    egressPerGiB: null,
    ...more,
  };
}

/** One tenant over the cloud, a dedicated site of its own; only the archive is worth moving for risk. */
const BASE: Sketch = {
  things: {
    archive: {at: 'cloud', need: 3, vcpu: 1},
    portal: {at: 'cloud', need: 0, vcpu: 1},
    directory: {at: 'cloud', need: 0, vcpu: 1},
  },
  sites: {cloud: {class: 'public', cost: prices(10)}, vault: {class: 'dedicated', cost: prices(10)}},
  rootKinds: {tenant: 'entraTenant', platform: 'providerControlPlane', sso: 'vcSsoDomain'},
  control: [
    ['platform', 'tenant', 2],
    ['tenant', 'cloud'],
    ['sso', 'vault'],
  ],
};

const site = (sketch: Sketch, name: string): string | null => decision(plan(sketch), name).recommended;
const codes = (sketch: Sketch): string[] => plan(sketch).findings.map(({code}) => code);

describe('money', () => {
  const cheaper = (vcpuMonth: number, more: Partial<NonNullable<Site['cost']>> = {}): Sketch => ({
    ...BASE,
    sites: {...BASE.sites, vault: {class: 'dedicated', cost: prices(vcpuMonth, more)}},
  });

  it('moves nothing at equal risk that saves less than a move must save, and says why', () => {
    expect(site(cheaper(5.01), 'portal')).toBe('cloud');
    expect(site(cheaper(4.99), 'portal')).toBe('vault');
    const kept = decision(plan(cheaper(5.01)), 'portal');
    expect(kept.reasons.map(({text}) => text)).toContain(
      'no less risk at vault, and a move must save at least 5.00 EUR per month: it stays',
    );
    expect(site({...cheaper(9.99), settings: {moveMustSave: 0}}, 'portal')).toBe('vault');
  });

  it('never lets what a move must save outweigh risk', () => {
    expect(site({...BASE, settings: {moveMustSave: 1_000_000}}, 'archive')).toBe('vault');
  });

  it('compares two currencies by their rate, and takes the prices as unknown without one', () => {
    const dollars = cheaper(5, {currency: 'USD'});
    const settings = (rate: number) => ({
      currency: 'EUR',
      exchangeRates: {USD: {rate, asOf: '2026-11-01'}},
    });
    expect(site({...dollars, settings: settings(0.9)}, 'portal')).toBe('vault');
    expect(site({...dollars, settings: settings(1.1)}, 'portal')).toBe('cloud');
    const told = plan({...dollars, settings: settings(0.9)}).parameters['placement'] as {
      currency: string;
      prices: unknown[];
    };
    expect(told.currency).toBe('EUR');
    expect(told.prices[1]).toMatchObject({currency: 'USD', rate: {rate: 0.9, asOf: '2026-11-01'}});
    const blind = plan(dollars);
    expect(decision(blind, 'portal').recommended).toBe('cloud');
    expect(blind.findings.find(({code}) => code === 'BH-PLACE-004')?.message).toContain('3 of 3');
  });

  it('prices traffic to a named site instead of the way out', () => {
    const flow: Sketch = {
      ...BASE,
      dependencies: [['archive', 'portal', 'data-flow', 1000]],
      sites: {
        cloud: {class: 'public', cost: prices(10, {egressPerGiB: 0})},
        vault: {class: 'dedicated', cost: prices(10, {egressPerGiB: 1})},
      },
    };
    expect(site(flow, 'portal')).toBe('vault');
    const free = {class: 'dedicated' as const, cost: prices(10, {egressPerGiB: 1, egressTo: {cloud: 0}})};
    expect(site({...flow, sites: {...flow.sites, vault: free}}, 'portal')).toBe('cloud');
  });

  it('tells one-off traffic apart from the month, and counts it only over a payback', () => {
    const out: Sketch = {
      ...BASE,
      sites: {
        cloud: {
          class: 'public',
          jurisdictions: ['EU'],
          cost: prices(10, {migrationEgressPerGiB: 60, asOf: '2025-01-01'}),
        },
        vault: {class: 'dedicated', cost: prices(4)},
      },
    };
    const core = plan(out);
    expect(decision(core, 'portal')).toMatchObject({
      recommended: 'vault',
      migration: {gib: 1, cost: 6000, currency: expect.stringMatching(/^[A-Z]{3}$/)},
    });
    expect(core.migration).toMatchObject({
      currency: 'EUR',
      cost: 18_000,
      moves: 3,
      unknown: 0,
      asOf: '2025-01-01',
      note: expect.stringContaining('2027-01-12'),
    });
    expect(core.optimality.value['cost']).toBe(3 * (400 + 500));
    // 60 EUR over 24 months are 2.50 a month: 6 saved, 5 must be.
    expect(site({...out, settings: {paybackMonths: 24}}, 'portal')).toBe('cloud');
    expect(site({...out, settings: {paybackMonths: 120}}, 'portal')).toBe('vault');
    expect(verifyRun(written(core)).findings).toEqual([]);
    expect(plan(BASE)).not.toHaveProperty('migration');
  });
});

describe('latency', () => {
  const near: Sketch = {...BASE, dependencies: [['portal', 'archive', 'data-flow', null, 5]]};
  const apart = (ms: number): Sketch => ({
    ...near,
    sites: {...near.sites, cloud: {...near.sites['cloud']!, latencyMs: {vault: ms}}},
  });

  it('keeps together what would be too slow apart, before money, and says why', () => {
    const core = plan(apart(6));
    expect(decision(core, 'archive').recommended).toBe('vault');
    const portal = decision(core, 'portal');
    expect(portal).toMatchObject({
      recommended: 'vault',
      regret: {risk: 0, latency: 1, cost: -500, churn: -1},
    });
    expect(portal.reasons).toContainEqual({
      by: 'latency',
      text: 'stays with archive: at most 5 ms, and no pair of sites across is that close',
      points: null,
    });
    expect(Object.keys(core.optimality.value)).toEqual(['risk', 'latency', 'cost', 'churn']);
    expect(verifyRun(written(core)).findings).toEqual([]);
    expect(site(apart(5), 'portal')).toBe('cloud');
  });

  it('comes after risk: a breach that remains is a finding with both ends, sites and milliseconds', () => {
    const stuck: Sketch = {
      ...apart(30),
      rules: [
        {
          id: 'T-1',
          effect: 'forbid',
          outcome: (name, at) => (name === 'portal' && at === 'vault' ? 'fail' : 'pass'),
        },
      ],
    };
    const core = plan(stuck);
    expect(decision(core, 'archive').recommended).toBe('vault');
    expect(core.optimality.value['latency']).toBe(1);
    expect(core.findings.find(({code}) => code === 'BH-PLACE-021')?.message).toBe(
      'portal at cloud and archive at vault are 30 ms apart, but may be 5 ms',
    );
  });

  it('takes what is not stated for a gap, never for a breach', () => {
    const core = plan(near);
    expect(decision(core, 'portal').recommended).toBe('cloud');
    expect(Object.keys(core.optimality.value)).toEqual(['risk', 'cost', 'churn']);
    expect(decision(core, 'archive').dataGaps).toMatchObject([
      {
        field: 'site.latencyMs',
        remedy: 'State `latencyMs` between cloud and vault: a dependency across may take at most 5 ms.',
      },
    ]);
    expect(core.findings.map(({code}) => code)).toContain('BH-PLACE-022');
    expect(core.findings.map(({code}) => code)).not.toContain('BH-PLACE-021');
  });
});

describe('shared services', () => {
  const hub = (ready: string[], kind: 'must-together' | 'data-flow'): Sketch => ({
    ...BASE,
    settings: {riskTolerance: 0},
    sites: {
      cloud: {...BASE.sites['cloud']!, cost: prices(10, {egressPerGiB: 1}), sharedServices: ready},
      vault: {...BASE.sites['vault']!, cost: prices(10, {egressPerGiB: 1}), sharedServices: ready},
    },
    dependencies: [
      ['archive', 'directory', kind, 1000],
      ['portal', 'directory', kind, 1000],
    ],
  });

  it('hold nothing together where they stand ready', () => {
    expect(site(hub([], 'must-together'), 'portal')).toBe('vault');
    expect(site(hub(['directory'], 'must-together'), 'portal')).toBe('cloud');
    expect(site(hub(['directory'], 'must-together'), 'archive')).toBe('vault');
    expect(site(hub([], 'data-flow'), 'directory')).toBe('vault');
    expect(site(hub(['directory'], 'data-flow'), 'directory')).toBe('cloud');
    expect(codes(hub(['directory'], 'must-together'))).toContain('BH-PLACE-023');
    expect(verifyRun(written(plan(hub(['directory'], 'must-together')))).findings).toEqual([]);
  });

  it('are still bound to where one open site lacks them, and a name nothing has is told', () => {
    const half = hub(['directory'], 'must-together');
    half.sites['vault'] = {...half.sites['vault']!, sharedServices: ['directry']};
    const core = plan(half);
    expect(new Set(core.decisions.map(({recommended}) => recommended))).toEqual(new Set(['vault']));
    expect(core.findings.find(({code}) => code === 'BH-PLACE-025')?.message).toContain(
      '2 bonds to shared services still hold together (for example archive with directory)',
    );
    expect(core.findings.find(({code}) => code === 'BH-PLACE-026')?.message).toContain(
      'did you mean `directory`',
    );
  });

  it('change nothing about who controls what', () => {
    const trusting: Sketch = {
      ...hub(['directory'], 'data-flow'),
      dependencies: [['directory', 'archive', 'trust']],
    };
    expect(site(trusting, 'directory')).toBe('vault');
  });
});

describe('splitting an application', () => {
  const application: Sketch = {
    ...BASE,
    things: {
      archive: {at: 'cloud', need: 3, vcpu: 1, application: 'records'},
      portal: {at: 'cloud', need: 0, vcpu: 1, application: 'records'},
      directory: {at: 'cloud', need: 0, vcpu: 1, application: 'records'},
    },
  };

  it('counts once per application, however many of its workloads are across', () => {
    expect(site(application, 'portal')).toBe('cloud');
    // Two moves that must save 5.00 each are dearer than a split of 9.99, and cheaper than one of 10.01.
    expect(site({...application, settings: {splitPenalty: 999}}, 'portal')).toBe('cloud');
    const together = plan({...application, settings: {splitPenalty: 1001}});
    expect(decision(together, 'portal').recommended).toBe('vault');
    expect(decision(together, 'portal').reasons.map(({by}) => by)).toContain('application');
    expect(together.problem.splits).toMatchObject([
      {application: 'records', members: [0, 1, 2], auxiliary: [3, 4], weight: 1001, split: false},
    ]);
    expect(verifyRun(written(together)).findings).toEqual([]);
    expect(codes({...application, settings: {splitPenalty: 999}})).toContain('BH-PLACE-024');
  });

  it('cannot be claimed otherwise than it is paid', () => {
    const run = written(plan({...application, settings: {splitPenalty: 999}}));
    for (const change of [
      (copy: typeof run) => (copy.problem.splits![0]!.application = 'other'),
      (copy: typeof run) => copy.problem.splits![0]!.members.pop(),
      (copy: typeof run) => (copy.problem.splits![0]!.split = false),
      (copy: typeof run) => (copy.problem.splits = []),
      (copy: typeof run) => (copy.decisions[0]!.application = null),
    ]) {
      const copy = structuredClone(run);
      change(copy);
      expect(verifyRun(copy).value.checks.find(({name}) => name === 'decisions')?.status).toBe('fail');
    }
  });
});

describe('licences', () => {
  const licensed = (licences?: string[]): Sketch => ({
    ...BASE,
    things: {
      ...BASE.things,
      archive: {at: 'cloud', need: 3, vcpu: 1, tags: {Licence: 'Oracle, windows-server'}},
      portal: {at: 'cloud', need: 0, vcpu: 1, tags: {licence: 'oracle'}},
    },
    sites: {...BASE.sites, vault: {...BASE.sites['vault']!, ...(licences ? {licences} : {})}},
  });
  const told = (sketch: Sketch) => {
    const core = plan(sketch);
    return {
      gaps: core.decisions.flatMap(({name, dataGaps}) => dataGaps.map(({remedy}) => `${name}: ${remedy}`)),
      finding: core.findings.find(({code}) => code === 'BH-PLACE-027')?.message,
    };
  };

  it('are to be checked where a workload goes, and only there', () => {
    expect(told(licensed()).gaps).toEqual([
      'archive: Check the right to use oracle, windows-server at vault, and what it costs there; neither is known.',
    ]);
    expect(told(licensed()).finding).toContain(
      'before 1 workload moves there (for example archive): nothing is stated about oracle',
    );
    expect(told(licensed(['ORACLE'])).finding).toContain('the site does not list windows-server;');
    expect(told(licensed(['oracle', 'windows-server']))).toEqual({gaps: [], finding: undefined});
  });
});

describe('recovery objectives', () => {
  const wanted = (rtoHours: number, availability?: Site['availability']): Sketch => ({
    ...BASE,
    sites: {...BASE.sites, vault: {...BASE.sites['vault']!, ...(availability ? {availability} : {})}},
    register: [
      {
        id: 'r',
        function: 'records',
        owner: 'records office',
        criticality: 1,
        rtoHours,
        rpoHours: null,
        provider: null,
        exitPlan: null,
        dataCategories: [],
        sensitivity: null,
        covers: ['azure:archive'],
        place: {},
      },
    ],
  });
  const one = (drSite: string | null): Site['availability'] => ({zones: 1, drSite, sla: null});

  it('of less than a day ask for a second location where the plan puts the workload', () => {
    expect(codes(wanted(4, one(null)))).toContain('BH-PLACE-028');
    expect(codes(wanted(4, one('vault')))).toContain('BH-PLACE-028');
    expect(codes(wanted(4, one('cloud')))).not.toContain('BH-PLACE-028');
    expect(codes(wanted(24, one(null)))).not.toContain('BH-PLACE-028');
  });

  it('leave a gap with an owner where nothing is stated', () => {
    const gaps = (sketch: Sketch) => decision(plan(sketch), 'archive').dataGaps;
    expect(gaps(wanted(4))).toMatchObject([{field: 'site.availability', owner: 'records office'}]);
    expect(gaps(wanted(48))).toEqual([]);
  });
});
