import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {checksum} from '../../../src/placement/checksum.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {sketches} from './random-estate.ts';
import {plan, written, type Sketch} from './small-estate.ts';

/** The site itself offers what the workload provides. */
function readyAt({sites, things}: Sketch, name: string, site: string | null | undefined): boolean {
  const offered = sites[site ?? '']?.sharedServices ?? [];
  return offered.includes(name) || offered.includes(things[name]?.application ?? '');
}

describe('every plan of a random estate', () => {
  it('is accepted by the verifier, never splits a group that can stay together, and keeps to open sites', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const core = plan(sketch);
        expect(verifyRun(written(core)).findings).toEqual([]);
        const sites = new Map(core.decisions.map((one) => [one.name, one.recommended]));
        const open = core.decisions.filter((one) => one.status !== 'blocked');
        const split = sketch.dependencies!.filter(
          ([from, to, kind]) =>
            kind === 'must-together' &&
            open.some((one) => one.name === from) &&
            sites.get(from) !== sites.get(to) &&
            !readyAt(sketch, to, sites.get(from)) &&
            !readyAt(sketch, from, sites.get(to)),
        );
        expect(split).toEqual([]);
        const hard = sketch.rules!.filter((rule) => rule.effect === 'forbid' || rule.effect === 'require');
        const forbidden = open.filter((one) =>
          hard.some((rule) => {
            const outcome = one.recommended === null ? 'pass' : rule.outcome(one.name, one.recommended);
            return outcome === 'fail' || (outcome === 'unknown' && rule.onUnknown === 'fail');
          }),
        );
        expect(forbidden).toEqual([]);
        expect(core.decisions.filter((one) => one.move && one.recommended === 'cellar')).toEqual([]);
        expect(core.decisions.filter((one) => one.move && one.status === 'blocked')).toEqual([]);
      }),
      {numRuns: 400},
    );
  });

  it('does not depend on the order in which rules and dependencies are given', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const turned = {
          ...sketch,
          dependencies: sketch.dependencies!.toReversed(),
          control: sketch.control.toReversed(),
        };
        const [one, other] = [plan(sketch), plan(turned)];
        expect(other.labels).toEqual(one.labels);
        expect(other.decisions.map((d) => [d.recommended, d.status, d.exposure, d.regret])).toEqual(
          one.decisions.map((d) => [d.recommended, d.status, d.exposure, d.regret]),
        );
      }),
      {numRuns: 100},
    );
  });
});

const prices = (vcpuMonth: number, memoryGiBMonth: number) => ({
  currency: 'EUR',
  asOf: '2026-01-01',
  illustrative: true,
  vcpuMonth,
  memoryGiBMonth,
  storageGiBMonth: 1,
  egressPerGiB: 0.2,
});

/** Two sites nobody could prefer for risk; cost pulls a pair apart that credentials hold together. */
const TIE: Sketch = {
  things: {
    a: {at: 'cloud', need: 3},
    b: {at: 'vault', need: 3},
    c: {at: 'cloud', need: 1, vcpu: 8},
    d: {at: 'cloud', need: 1, vcpu: 1},
    e: {at: 'vault', need: 1},
    f: {at: 'vault', need: 1},
  },
  sites: {
    cloud: {class: 'public', cost: prices(9, 1)},
    vault: {class: 'dedicated', cost: prices(4, 30)},
  },
  rootKinds: {tenant: 'entraTenant', other: 'entraTenant'},
  control: [
    ['tenant', 'cloud'],
    ['other', 'vault'],
  ],
  dependencies: [['c', 'd', 'trust']],
};

/** Real moves, a group, traffic, companions, a pointless wish and an unknown need. */
const FULL: Sketch = {
  things: {
    archive: {at: 'cloud', need: 3, vcpu: 4},
    robot: {at: 'cloud', need: 1, vcpu: 1},
    portal: {at: 'cloud', need: 0, vcpu: 2},
    mirror: {at: 'cloud', need: 0, vcpu: 2},
    lab: {at: 'cloud', need: null, vcpu: 2},
    twin: {at: 'cloud', need: 1},
  },
  sites: {
    cloud: {class: 'public', cost: prices(4, 1)},
    vault: {class: 'dedicated', cost: prices(9, 1)},
  },
  rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
  control: [
    ['tenant', 'cloud'],
    ['sso', 'vault'],
    ['tenant', 'sso', 2],
    ['tenant', 'twin', 0, 'workload'],
  ],
  dependencies: [
    ['robot', 'archive', 'trust'],
    ['portal', 'mirror', 'data-flow', 90],
    ['twin', 'lab', 'must-together'],
  ],
};

/** Too little room at the vault, a pair that must be apart, and a second dedicated site that costs more. */
const LIMITED: Sketch = {
  ...FULL,
  sites: {
    cloud: {class: 'public', cost: prices(4, 1)},
    vault: {class: 'dedicated', cost: prices(9, 1), capacity: {vcpu: 4, memoryGiB: 100, storageGiB: null}},
    cellar: {class: 'dedicated', cost: prices(30, 1), capacity: {vcpu: 2, memoryGiB: null, storageGiB: null}},
  },
  things: {...FULL.things, safe: {at: 'cloud', need: 3, vcpu: 3}, ledger: {at: 'cloud', need: 2, vcpu: 3}},
  control: [...FULL.control, ['sso', 'cellar']],
  dependencies: [...FULL.dependencies!, ['portal', 'mirror', 'must-apart']],
};

/** Applications that cost something when they are split, a pair that has to be near, moves out of a priced site. */
const STRETCHED: Sketch = {
  ...FULL,
  things: {
    archive: {at: 'cloud', need: 3, vcpu: 4, application: 'records'},
    robot: {at: 'cloud', need: 0, vcpu: 1, application: 'records'},
    index: {at: 'cloud', need: 0, vcpu: 2, application: 'records'},
    portal: {at: 'cloud', need: 0, vcpu: 2, application: 'web'},
    mirror: {at: 'cloud', need: 0, vcpu: 2, application: 'web'},
    lab: {at: 'cloud', need: 3, vcpu: 2},
    scanner: {at: 'cloud', need: 0},
  },
  sites: {
    cloud: {
      class: 'public',
      cost: {...prices(4, 1), migrationEgressPerGiB: 0.05},
      latencyMs: {vault: 30},
      jurisdictions: ['EU'],
    },
    vault: {class: 'dedicated', cost: prices(9, 1)},
  },
  control: FULL.control.slice(0, 3),
  dependencies: [
    ['index', 'portal', 'data-flow', 900],
    ['scanner', 'lab', 'data-flow', null, 10],
  ],
  settings: {splitPenalty: 3000, moveMustSave: 0},
};

/** Every number in a value, by path. */
function numbers(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    numbers(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function changed(document: unknown, path: (string | number)[], change: (value: never) => unknown): unknown {
  const copy = structuredClone(document) as Record<string | number, never>;
  let at: Record<string | number, never> = copy;
  for (const part of path.slice(0, -1)) at = at[part]!;
  const last = path.at(-1)!;
  at[last] = change(at[last]!) as never;
  return copy;
}

/** Numbers no reader can recompute without the inputs: only the checksum holds them. */
const SEALED = [
  /^cutFirst\./,
  /gainsNothing\.gainAfterCut$/,
  /^residual\.roots\./,
  /^residual\.total\.recomputed\.\w+\.(lo|hi)$/,
  // Need the identity graph; the sentence holds them to a tenth of a point.
  /^combined\.\*\.gainOf(Cut|Moves)Alone$/,
  // Another weight that changes no optimum states another problem, solved as well.
  /^problem\.levels\.\*\.arcs\./,
  /^problem\.choice\.(start|class|values|useStart|limit|amount)\./,
  /^limits\.\*\.unknown$/,
  /migration\.gib$/,
  // Rests on needs and edges that are not in the document.
  /confidence\.uncertainty$/,
  // What prices prove of one class needs a flow of its own, which is not written.
  /regretRange\.(lo|hi)$/,
  // Other prices that prove the same bound are a proof as well.
  /^certificate\.dual\.(leaves\.\*\.)?(scale|multipliers)/,
];

type Run = ReturnType<typeof written>;

function sealed(run: unknown): unknown {
  return {...(run as Run), checksum: checksum(run as Run)};
}

describe.each([
  ['a plan with ties', TIE],
  ['a plan with moves', FULL],
  ['a plan with limits', LIMITED],
  ['a plan with splits and latency', STRETCHED],
])('verifyRun of %s', (_, sketch) => {
  const run = written(plan(sketch));
  const kinds = new Map<string, (string | number)[][]>();
  for (const path of numbers({...run, parameters: {}, inputs: [], outcome: {}, findings: []})) {
    const kind = path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }

  it('accepts it', () => {
    expect(verifyRun(run)).toMatchObject({value: {ok: true}, findings: []});
  });

  it.each([...kinds])('refuses any changed number in %s', (kind, paths) => {
    for (const path of paths) {
      // What carries a split may take either class where both cost the same.
      const free = path[0] === 'labels' && run.unitMembers[Number(path[1])]!.length === 0;
      const resealable = !free && !SEALED.some((pattern) => pattern.test(kind));
      for (const change of [(n: number) => n + 1, (n: number) => n - 1, (n: number) => n + 1000]) {
        const corrupted = changed(run, path, change);
        const accepted = verifyRun(corrupted).value.ok;
        const acceptedSealed = resealable && verifyRun(sealed(corrupted)).value.ok;
        expect([path.join('.'), accepted, acceptedSealed]).toEqual([path.join('.'), false, false]);
      }
    }
  });

  it('refuses a flipped label, a swapped site, a lost or doubled workload and another certificate', () => {
    const first = (copy: Run) => copy.decisions[0]!;
    const flips: [string, (copy: Run) => unknown][] = [
      ['label', (copy) => (copy.labels[0] = 1 - copy.labels[0]!)],
      ['site', (copy) => (first(copy).recommended = first(copy).runnerUp)],
      [
        'removed',
        (copy) =>
          first(copy).removed.push({site: first(copy).recommended!, by: 'X', outcome: 'fail', text: ''}),
      ],
      ['lost', (copy) => copy.decisions.pop()],
      ['doubled', (copy) => copy.unitMembers[0]!.push(copy.unitMembers[1]![0]!)],
      [
        'level gone',
        (copy) => (copy.certificate!.dual ? delete copy.certificate!.dual : copy.certificate!.levels.pop()),
      ],
      ['no certificate', (copy) => (copy.certificate = null)],
      [
        'class',
        (copy) => (copy.sites[0]!.class = copy.sites[0]!.class === 'public' ? 'dedicated' : 'public'),
      ],
      ['move', (copy) => (first(copy).move = !first(copy).move)],
      ['status', (copy) => (first(copy).status = 'blocked')],
    ];
    for (const [name, flip] of flips) {
      const copy = structuredClone(run);
      flip(copy);
      expect([name, verifyRun(sealed(copy)).value.ok]).toEqual([name, false]);
    }
  });

  it('answers with findings, never a crash, whatever it is given', () => {
    for (const odd of [
      null,
      1,
      'x',
      [],
      {},
      {decisions: 1},
      {...run, problem: null},
      {...run, labels: ['0']},
    ]) {
      expect(verifyRun(odd).value.ok).toBe(false);
    }
    const paths = numbers(run);
    fc.assert(
      fc.property(fc.nat(paths.length - 1), fc.nat(6), fc.jsonValue(), (at, depth, junk) => {
        const path = paths[at]!.slice(0, Math.max(1, paths[at]!.length - depth));
        const report = verifyRun(sealed(changed(run, path, () => junk)));
        expect(report.findings.every((finding) => finding.code.startsWith('BH-VERIFY-'))).toBe(true);
      }),
      {numRuns: 300},
    );
  });
});

describe('the plans that are corrupted above', () => {
  it('use flow over implied arcs, companions, reasons with points and regret', () => {
    const runs = [TIE, FULL].map((sketch) => plan(sketch));
    const levels = runs.flatMap((run) => run.certificate!.levels);
    expect(levels.some((level) => level.implied.flow.length > 0)).toBe(true);
    const decisions = runs.flatMap((run) => run.decisions);
    expect(decisions.some((one) => one.companions.length > 0)).toBe(true);
    expect(decisions.some((one) => one.reasons.some((reason) => reason.by === 'trust'))).toBe(true);
    expect(decisions.some((one) => one.regret !== null && one.regret.cost > 0)).toBe(true);
  });
});
