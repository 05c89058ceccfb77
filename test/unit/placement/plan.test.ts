import {describe, expect, it} from 'vitest';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {decision, plan, written, type Sketch} from './small-estate.ts';

/** Everything logs in through one tenant; one dedicated site does, too, the other has a directory of its own. */
const HARBOUR: Sketch = {
  things: {
    archive: {at: 'cloud', need: 3},
    portal: {at: 'cloud', need: 1},
    website: {at: 'cloud', need: 0},
  },
  sites: {
    cloud: {class: 'public'},
    vault: {class: 'dedicated'},
  },
  rootKinds: {tenant: 'entraTenant', platform: 'providerControlPlane', sso: 'vcSsoDomain'},
  control: [
    ['platform', 'tenant', 2],
    ['tenant', 'cloud'],
    ['sso', 'vault'],
  ],
};

const mustBeDedicated = {
  id: 'T-001',
  effect: 'require' as const,
  outcome: (name: string, site: string) =>
    name === 'archive'
      ? site === 'cloud'
        ? ('fail' as const)
        : ('pass' as const)
      : ('not-applicable' as const),
};

describe('planPlacement', () => {
  it('moves what is worth it, keeps what carries no value, and proves both', () => {
    const core = plan(HARBOUR);
    const archive = decision(core, 'archive');
    expect(archive).toMatchObject({current: 'cloud', recommended: 'vault', move: true, status: 'decided'});
    expect(archive.exposure.rootsLeft).toEqual(['platform', 'tenant']);
    expect(archive.exposure.rootsAdded).toEqual(['sso']);
    expect(archive.exposure.gain).toBeGreaterThan(0);
    expect(archive.exposure.linear).toEqual({before: archive.exposure.before, after: archive.exposure.after});
    expect(archive.regret!.risk).toBe(archive.exposure.gain);
    expect(archive.reasons.reduce((sum, reason) => sum + (reason.points ?? 0), 0)).toBe(archive.regret!.risk);
    expect(decision(core, 'website')).toMatchObject({recommended: 'cloud', move: false});
    expect(decision(core, 'website').regret).toEqual({risk: 0, cost: 0, churn: 1});
    expect(core.optimality).toMatchObject({gap: 0, certificate: 'verified'});
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('says so when a demanded move gains nothing, and names the root to cut first', () => {
    const core = plan({
      ...HARBOUR,
      control: [...HARBOUR.control.slice(0, 2), ['tenant', 'vault']],
      rules: [mustBeDedicated],
    });
    const archive = decision(core, 'archive');
    expect(archive).toMatchObject({recommended: 'vault', move: true});
    expect(archive.exposure).toMatchObject({
      gain: 0,
      rootsKept: ['platform', 'tenant'],
      rootsLeft: [],
      rootsAdded: [],
    });
    expect(archive.gainsNothing).toEqual({
      cutFirst: 'tenant',
      gainAfterCut: archive.exposure.before,
      site: 'vault',
    });
    expect(archive.reasons[0]).toMatchObject({by: 'T-001', where: 'policies/test.yaml:7', points: null});
    expect(core.cutFirst[0]).toMatchObject({root: 'tenant', from: 'vault', workloads: 2});
    expect(core.cutFirst[0]!.gain).toBe(archive.exposure.before + decision(core, 'portal').exposure.before);
    expect(core.summary).toMatchObject({moves: 1, gainsNothing: 1});
    expect(core.findings.find((finding) => finding.code === 'BH-PLACE-011')?.remedy).toContain(
      'Cut tenant from vault first',
    );
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('does not make a pointless move, but tells what would make it worth it', () => {
    const core = plan({...HARBOUR, control: [...HARBOUR.control, ['tenant', 'sso']]});
    const archive = decision(core, 'archive');
    expect(archive).toMatchObject({move: false, runnerUp: 'vault'});
    expect(archive.gainsNothing).toMatchObject({cutFirst: 'tenant', site: 'vault'});
    expect(archive.gainsNothing!.gainAfterCut).toBeGreaterThan(archive.exposure.gain);
  });

  it('says so when a demanded move raises exposure', () => {
    const core = plan({
      ...HARBOUR,
      control: [...HARBOUR.control, ['tenant', 'sso'], ['ad', 'sso'], ['ad', 'vault']],
      rules: [mustBeDedicated],
    });
    const archive = decision(core, 'archive');
    expect(archive.move).toBe(true);
    expect(archive.exposure.gain).toBeLessThan(0);
    expect(archive.exposure.rootsAdded).toContain('sso');
    expect(core.findings.map((finding) => finding.code)).toContain('BH-PLACE-010');
    const sso = core.residual.roots.find((root) => root.id === 'sso')!;
    expect(sso.after.value).toBeGreaterThan(sso.before.value);
  });

  it('leaves a workload without any allowed site where it is, naming the rules that removed all', () => {
    const nowhere = {
      id: 'T-009',
      effect: 'forbid' as const,
      outcome: (name: string) => (name === 'portal' ? ('fail' as const) : ('pass' as const)),
    };
    const core = plan({...HARBOUR, rules: [nowhere]});
    expect(decision(core, 'portal')).toMatchObject({
      status: 'blocked',
      recommended: 'cloud',
      move: false,
      regret: null,
    });
    const finding = core.findings.find((one) => one.code === 'BH-PLACE-001');
    expect(finding?.message).toContain('T-009 (policies/test.yaml:7)');
    expect(decision(core, 'archive').status).toBe('decided');
    expect(verifyRun(written(core)).value.ok).toBe(true);
  });

  it('leaves all of a group that cannot stay together where they are', () => {
    const apart = {
      id: 'T-010',
      effect: 'forbid' as const,
      outcome: (name: string, site: string) =>
        (name === 'archive') === (site === 'cloud') ? ('fail' as const) : ('pass' as const),
    };
    const core = plan({...HARBOUR, rules: [apart], dependencies: [['archive', 'portal', 'must-together']]});
    for (const name of ['archive', 'portal'])
      expect(decision(core, name)).toMatchObject({status: 'blocked', recommended: 'cloud'});
    expect(verifyRun(written(core)).value.ok).toBe(true);
  });

  it('never places anything new at a source-only site or against the portability gate', () => {
    const sites: Sketch['sites'] = {...HARBOUR.sites, vault: {class: 'dedicated', receives: false}};
    expect(decision(plan({...HARBOUR, sites}), 'archive').move).toBe(false);
    const core = plan({...HARBOUR, portability: (_, site) => (site === 'vault' ? 'immovable' : 'rehost')});
    expect(decision(core, 'archive')).toMatchObject({move: false, runnerUp: null});
    expect(decision(core, 'archive').removed).toMatchObject([
      {site: 'vault', by: 'portability', outcome: 'immovable'},
    ]);
  });

  it('asks for data when the site depends on an unknown need, and names its owner', () => {
    const avoid = {
      id: 'T-020',
      effect: 'avoid' as const,
      weight: 30,
      outcome: (_: string, site: string) => (site === 'vault' ? ('fail' as const) : ('pass' as const)),
    };
    const core = plan({
      ...HARBOUR,
      things: {
        archive: {at: 'cloud', need: null},
        ledger: {at: 'cloud', need: 3},
        wages: {at: 'cloud', need: 3},
      },
      rules: [avoid],
      register: [
        {
          id: 'r',
          function: 'records',
          owner: 'records office',
          criticality: 1,
          rtoHours: null,
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
    const archive = decision(core, 'archive');
    expect(archive.status).toBe('needs-data');
    expect(archive.dataGaps[0]).toMatchObject({field: 'workload.sensitivity', owner: 'records office'});
    expect(core.summary.unknownSensitivity).toBe(1);
    expect(decision(core, 'ledger').status).toBe('decided');
  });

  it('asks for data when a hard rule is open at the chosen site, and obeys onUnknown: fail', () => {
    const open = (onUnknown: 'fail' | 'warn') => ({
      id: 'T-030',
      effect: 'require' as const,
      onUnknown,
      outcome: (_: string, site: string) => (site === 'vault' ? ('unknown' as const) : ('pass' as const)),
    });
    expect(decision(plan({...HARBOUR, rules: [open('warn')]}), 'archive')).toMatchObject({
      status: 'needs-data',
      recommended: 'vault',
    });
    const strict = decision(plan({...HARBOUR, rules: [open('fail')]}), 'archive');
    expect(strict).toMatchObject({status: 'needs-data', recommended: 'cloud'});
    expect(strict.dataGaps.map((gap) => gap.field)).toEqual(['site.logRetentionDays']);
  });

  it('compares cost only where it is known on both sides, and only at equal risk', () => {
    const cost = (vcpuMonth: number | null) => ({
      currency: 'EUR',
      asOf: '2026-01-01',
      illustrative: true,
      vcpuMonth,
      memoryGiBMonth: 0,
      storageGiBMonth: 0,
      egressPerGiB: null,
    });
    const things = {website: {at: 'cloud', need: 0 as const, vcpu: 2}};
    const sites = (there: number | null): Sketch['sites'] => ({
      cloud: {class: 'public', cost: cost(10)},
      vault: {class: 'dedicated', cost: cost(there)},
    });
    const cheaper = decision(plan({...HARBOUR, things, sites: sites(4)}), 'website');
    expect(cheaper).toMatchObject({recommended: 'vault', regret: {risk: 0, cost: 700, churn: -1}});
    expect(cheaper.reasons.some((reason) => reason.by === 'cost' && reason.text.includes('12.00 EUR'))).toBe(
      true,
    );
    const unknown = plan({...HARBOUR, things, sites: sites(null)});
    expect(decision(unknown, 'website').recommended).toBe('cloud');
    expect(unknown.findings.map((finding) => finding.code)).toContain('BH-PLACE-004');
  });

  it('counts a credential left behind in the public cloud against moving its target alone', () => {
    const things = {archive: {at: 'cloud', need: 3 as const}, robot: {at: 'cloud', need: 0 as const}};
    const alone = plan({...HARBOUR, things, dependencies: [['robot', 'archive', 'trust']]});
    expect(decision(alone, 'archive').recommended).toBe('vault');
    expect(decision(alone, 'robot').recommended).toBe('vault');
    expect(decision(alone, 'robot').regret!.risk).toBeGreaterThan(0);
    expect(decision(plan({...HARBOUR, things}), 'robot').recommended).toBe('cloud');
  });
});

describe('what nobody said is never a gain', () => {
  const dark: Sketch = {
    ...HARBOUR,
    sites: {cloud: {class: 'public'}, vault: {class: 'dedicated', identityRoots: []}},
    control: HARBOUR.control.slice(0, 2),
  };

  it('does not move for the sake of a site whose control is unknown', () => {
    expect(decision(plan(dark), 'archive')).toMatchObject({recommended: 'cloud', move: false});
  });

  it('counts no gain where a rule demands such a move, and asks who controls the site', () => {
    const core = plan({...dark, rules: [mustBeDedicated]});
    const archive = decision(core, 'archive');
    expect(archive).toMatchObject({
      recommended: 'vault',
      move: true,
      status: 'needs-data',
      gainsNothing: null,
    });
    expect(archive.exposure).toMatchObject({gain: 0, rootsLeft: []});
    expect(archive.dataGaps.map((gap) => gap.field)).toContain('site.identityRoots');
    expect(core.residual.total.recomputed.after).toEqual(core.residual.total.recomputed.before);
    expect(verifyRun(written(core)).findings).toEqual([]);
  });
});

describe('differences in risk below the tolerance', () => {
  const near: Sketch = {
    ...HARBOUR,
    control: [...HARBOUR.control.slice(0, 2), ['tenant', 'vault']],
    rules: [
      {
        id: 'T-002',
        effect: 'prefer',
        weight: 9,
        outcome: (_name, site) => (site === 'vault' ? 'pass' : 'fail'),
      },
    ],
  };

  it('move nothing by themselves, and the reasons still add up', () => {
    const core = plan(near);
    const archive = decision(core, 'archive');
    expect(archive.move).toBe(false);
    expect(archive.reasons.map((reason) => reason.by)).toContain('tolerance');
    expect(archive.reasons.reduce((sum, reason) => sum + (reason.points ?? 0), 0)).toBe(0);
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('and decide as soon as the tolerance is lower', () => {
    expect(decision(plan({...near, settings: {riskTolerance: 0}}), 'archive').move).toBe(true);
  });
});

it('does not place what would have to be built anew', () => {
  const core = plan({
    ...HARBOUR,
    rules: [mustBeDedicated],
    portability: (name) => (name === 'archive' ? 'refactor' : 'rehost'),
  });
  const archive = decision(core, 'archive');
  expect(archive).toMatchObject({status: 'blocked', move: false});
  expect(archive.removed.find((removal) => removal.site === 'vault')).toMatchObject({
    by: 'portability',
    outcome: 'refactor',
  });
});

it('names the membership that goes along where no cut at the site helps, and no cut that would still lose', () => {
  const control: Sketch['control'] = [
    ['platform', 'tenant', 2],
    ['directory', 'cloud'],
    ['directory', 'archive', 0, 'workload'],
    ['sso', 'vault'],
  ];
  const few = decision(plan({...HARBOUR, rules: [mustBeDedicated], control}), 'archive');
  expect(few.exposure.gain).toBeLessThan(0);
  expect(few.gainsNothing).toMatchObject({cutFirst: null, gainAfterCut: few.exposure.gain});
  // In a larger estate the directory reaches far more than the site's own SSO ever will.
  const crowd = Object.fromEntries(
    Array.from({length: 9}, (_, i) => [`other${i}`, {at: 'cloud', need: 3 as const}]),
  );
  const many = decision(
    plan({...HARBOUR, things: {...HARBOUR.things, ...crowd}, rules: [mustBeDedicated], control}),
    'archive',
  );
  expect(many.gainsNothing).toMatchObject({cutFirst: 'directory', site: 'vault'});
  expect(many.gainsNothing!.gainAfterCut).toBeGreaterThan(0);
});
