import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Decision, Flip} from '../../../src/model/plan.ts';
import type {PortfolioLimit} from '../../../src/model/policy.ts';
import {checksum} from '../../../src/placement/checksum.ts';
import {planPlacement, type PlanRequest} from '../../../src/placement/plan.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {request, written, type Sketch} from './small-estate.ts';

const COUNT = 5;

/** Estates that gain by leaving the cloud for vaults with too little room, with limits of every kind. */
const crowded: fc.Arbitrary<PlanRequest> = fc
  .record({
    things: fc.array(
      fc.record({
        need: fc.constantFrom(1 as const, 2 as const, 3 as const),
        vcpu: fc.integer({min: 1, max: 9}),
        application: fc.constantFrom(null, 'hall'),
      }),
      {minLength: 2, maxLength: COUNT},
    ),
    vault: fc.integer({min: 1, max: 20}),
    memory: fc.option(fc.integer({min: 0, max: COUNT})),
    annex: fc.option(fc.integer({min: 0, max: 9})),
    bonds: fc.array(
      fc.tuple(
        fc.nat(COUNT - 1),
        fc.nat(COUNT - 1),
        fc.constantFrom('trust' as const, 'must-together' as const, 'data-flow' as const),
      ),
      {maxLength: 3},
    ),
    forbidden: fc.option(fc.nat(COUNT - 1)),
    kept: fc.option(fc.nat(COUNT - 1)),
    limit: fc.option(
      fc.oneof(
        fc.record({share: fc.integer({min: 10, max: 90}).map((value) => value / 100)}),
        fc.record({amount: fc.integer({min: 1, max: 20})}),
        fc.record({perMonth: fc.integer({min: 10, max: 300}), currency: fc.constant('EUR')}),
      ),
    ),
  })
  .map(({things, vault, memory, annex, bonds, forbidden, kept, limit}) => {
    const price = {currency: 'EUR', asOf: '2026-01-01', illustrative: true, egressPerGiB: 0};
    const cost = (vcpuMonth: number) => ({...price, vcpuMonth, memoryGiBMonth: 0, storageGiBMonth: 0});
    const room = (vcpu: number | null) => ({vcpu, memoryGiB: memory, storageGiB: null});
    const asked = request({
      things: Object.fromEntries(things.map((thing, w) => [`w${w}`, {at: 'cloud', ...thing}])),
      sites: {
        cloud: {class: 'public', cost: cost(5)},
        vault: {class: 'dedicated', capacity: room(vault), cost: cost(12)},
        annex: {class: 'dedicated', capacity: room(annex), cost: cost(14), receives: annex !== null},
      },
      control: [
        ['tenant', 'cloud'],
        ['sso', 'vault'],
        ['sso', 'annex'],
      ],
      rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
      rules: [
        {
          id: 'NO',
          effect: 'forbid',
          outcome: (name, site) => (name === `w${forbidden}` && site !== 'cloud' ? 'fail' : 'pass'),
        },
        {
          id: 'OUT',
          effect: 'forbid',
          outcome: (name, site) => (name === `w${kept}` && site === 'cloud' ? 'fail' : 'pass'),
        },
      ],
      dependencies: bonds.flatMap(([a, b, kind]): NonNullable<Sketch['dependencies']> => {
        const [from, to] = [a % things.length, b % things.length];
        return from === to ? [] : [[`w${from}`, `w${to}`, kind, 5]];
      }),
      settings: {riskTolerance: 0},
    });
    const measure = Float64Array.from(asked.estate.workloads, ({vcpu}) => vcpu!);
    const groupOf = asked.sites.map(({class: kind}) => (kind === 'dedicated' ? 'us' : null));
    const about = {name: 'ours', pack: null, severity: 'high' as const, place: {file: 'p.yaml', line: 3}};
    const portfolio: PortfolioLimit[] = limit ? [{...about, limit, unit: 'vCPU', groupOf, measure}] : [];
    return {...asked, policy: {...asked.policy, portfolio}};
  });

const ALL = {flips: {work: 1e9, workloads: [0, 1, 2, 3, 4].map((w) => `azure:w${w}`)}};

/** The input with the limit that much larger, read from the words alone; `less` = by one step less of it. */
function raised(asked: PlanRequest, {change}: Flip, less = 0): PlanRequest {
  const room = /^(\w+): (\d+) (vCPU|GiB memory) more$/.exec(change);
  const site = asked.sites.findIndex(({id, capacity}) => id === room?.[1] && capacity);
  if (room && site >= 0) {
    const field = room[3] === 'vCPU' ? 'vcpu' : 'memoryGiB';
    const {capacity} = asked.sites[site]!;
    const larger = {...capacity!, [field]: capacity![field]! + Number(room[2]) - less};
    return {...asked, sites: asked.sites.with(site, {...asked.sites[site]!, capacity: larger})};
  }
  const [stated] = asked.policy.portfolio!;
  const {limit} = stated!;
  const number = Number(/[\d.]+/.exec(change)![0]);
  const larger =
    'share' in limit
      ? {share: Number(((number - less) / 100).toFixed(9))}
      : 'amount' in limit
        ? {amount: limit.amount + number - less}
        : {...limit, perMonth: limit.perMonth + number - less};
  return {...asked, policy: {...asked.policy, portfolio: [{...stated!, limit: larger}]}};
}

/** The input with the rule excepted at the sites named. */
function excepted(asked: PlanRequest, members: number[], {change, id}: Flip): PlanRequest {
  const mark = {id: 'X', owner: 'o', expiresOn: '2030-01-01', category: 'waiver' as const};
  const told = / against ([\w, ]+)$/.exec(change)![1]!.split(', ');
  const marks = asked.sites.map((site) => (told.includes(site.id) ? mark : null));
  const rules = asked.policy.rules.map((evaluation) =>
    evaluation.rule.id === id
      ? {...evaluation, excepted: new Map(members.map((v) => [v, marks]))}
      : evaluation,
  );
  return {...asked, policy: {...asked.policy, rules}};
}

/** Where a workload goes in a plan that keeps a limit; `exceeded` in one that does not. */
function placeOf(asked: PlanRequest, w: number, id = ''): string | null {
  const {decisions, limits = []} = planPlacement(asked).value;
  const kept = limits.every((limit) => limit.id !== id || limit.status === 'kept');
  return kept ? decisions[w]!.recommended : 'exceeded';
}

describe('what would change a decision within limits', () => {
  it('does so when the plan is made again with that change, and with one step less of a limit does not', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(crowded, (asked) => {
        const core = planPlacement({...asked, questions: ALL}).value;
        const today = planPlacement(asked).value.decisions;
        core.decisions.forEach(({flips = [], flipsWithinLimits, ...decision}, w) => {
          if (!flipsWithinLimits) return;
          expect(decision).toEqual(today[w]);
          for (const flip of flips) {
            const kind = flip.kind === 'capacity' ? flip.change.replaceAll(/[\d. ]+/g, ' ') : flip.kind;
            seen.set(kind, (seen.get(kind) ?? 0) + 1);
            const unit = core.unitMembers.find((ids) => ids.includes(decision.workload))!;
            const members = unit.map((id) => core.decisions.findIndex(({workload}) => workload === id));
            expect(flip.site).not.toBe(decision.recommended);
            const there =
              flip.kind === 'capacity'
                ? placeOf(raised(asked, flip), w, flip.id)
                : flip.kind === 'rule'
                  ? placeOf(excepted(asked, members, flip), w)
                  : flip.site;
            const short =
              flip.kind === 'capacity' ? placeOf(raised(asked, flip, 1), w, flip.id) : decision.recommended;
            expect([flip, there]).toEqual([flip, flip.site]);
            expect([flip, short]).not.toEqual([flip, flip.site]);
          }
        });
        expect(verifyRun(written(core)).findings).toEqual([]);
      }),
      {numRuns: 60, seed: 5},
    );
    const wanted = ['vault: vCPU more', 'vault: GiB memory more', 'ours: vCPU more', 'rule', 'price'];
    for (const kind of [...wanted, 'ours: EUR per month more', 'ours: a share of % instead of %'])
      expect([kind, seen.has(kind)]).toEqual([kind, true]);
  });

  /** Three that gain by leaving, and room for two. */
  const THREE = request({
    things: Object.fromEntries(
      ['a', 'b', 'c'].map((name, w) => [name, {at: 'cloud', need: (3 - w) as 1 | 2 | 3, vcpu: 4}]),
    ),
    sites: {
      cloud: {class: 'public'},
      vault: {class: 'dedicated', capacity: {vcpu: 9, memoryGiB: null, storageGiB: null}},
    },
    control: [
      ['tenant', 'cloud'],
      ['sso', 'vault'],
    ],
    rootKinds: {tenant: 'entraTenant'},
    settings: {riskTolerance: 0},
  });
  const flipsOf = (work: number, workloads?: string[]): Pick<Decision, 'flips' | 'flipsWithinLimits'>[] =>
    planPlacement({...THREE, questions: {flips: {work, ...(workloads ? {workloads} : {})}}}).value.decisions;

  it('is the room that lacks, for those it keeps from their place, and what was not tried is told', () => {
    const more: Flip = {
      kind: 'capacity',
      change: 'vault: 3 vCPU more',
      id: 'capacity:vault:vcpu',
      where: 'sites.yaml:1',
      raise: 3,
      site: 'vault',
    };
    const all = flipsOf(1e8);
    expect(all.map(({flips}) => flips)).toEqual([undefined, undefined, [more]]);
    expect(all[2]!.flipsWithinLimits!.untried).toEqual([
      'rule',
      'site-fact',
      'need',
      'price',
      'root',
      'weight',
    ]);
    const asked = flipsOf(1e8, ['azure:c'])[2]!;
    expect(asked.flips![0]).toEqual(more);
    // Nobody can evaluate the rules again.
    expect(asked.flipsWithinLimits!.untried).toEqual(['need', 'weight']);
    // A kind that was cut short is not told, and where nothing was done to the end nothing is.
    const short = flipsOf(15_000, ['azure:c'])[2]!;
    expect([short.flips, short.flipsWithinLimits]).toEqual([[more], all[2]!.flipsWithinLimits]);
    expect(flipsOf(1e4, ['azure:c']).map(({flips}) => flips)).toEqual([undefined, undefined, undefined]);
  });

  it('is refused when it cannot be', () => {
    const run = written(planPlacement({...THREE, questions: {flips: {work: 1e8}}}).value);
    expect(verifyRun(run).value.ok).toBe(true);
    const wrong: Partial<Flip>[] = [
      {site: 'cloud'},
      {site: 'nowhere'},
      {id: 'capacity:cloud:vcpu'},
      {raise: 0},
      {raise: -6},
    ];
    const changes = wrong.map((change) => (one: Decision) => Object.assign(one.flips![0]!, change));
    const untried = (one: Decision) => one.flipsWithinLimits!.untried.push('capacity');
    const unsaid = (one: Decision) => delete one.flipsWithinLimits;
    for (const change of [...changes, untried, unsaid]) {
      const copy = structuredClone(run);
      change(copy.decisions[2]!);
      copy.checksum = checksum(copy);
      expect(verifyRun(copy).value.ok).toBe(false);
    }
  });
});
