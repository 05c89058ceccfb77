import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {loadHighs} from '../../../src/io/highs.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
import {dualProblems} from '../../../src/placement/verify/cases.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {sketches} from './random-estate.ts';
import {decision, plan, request, type Sketch, written} from './small-estate.ts';

const room = (vcpu: number | null) => ({vcpu, memoryGiB: null, storageGiB: null});

/** Three workloads that gain by leaving the cloud, the smaller need the less. */
const THREE: Sketch = {
  things: {
    crown: {at: 'cloud', need: 3, vcpu: 4},
    files: {at: 'cloud', need: 2, vcpu: 4},
    wiki: {at: 'cloud', need: 1, vcpu: 4},
  },
  sites: {cloud: {class: 'public'}, vault: {class: 'dedicated'}},
  control: [
    ['tenant', 'cloud'],
    ['tenant', 'cloud'],
  ],
  rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
  settings: {riskTolerance: 0, maxGap: 0},
};
const withRoom = (vcpu: number, more: Sketch['sites'] = {}): Sketch => ({
  ...THREE,
  sites: {cloud: {class: 'public'}, vault: {class: 'dedicated', capacity: room(vcpu)}, ...more},
});

const placed = (sketch: Sketch) =>
  Object.fromEntries(plan(sketch).decisions.map(({name, recommended}) => [name, recommended]));

describe('room at a site', () => {
  it('changes nothing of the plan while there is enough of it', () => {
    const [free, limited] = [plan(THREE), plan(withRoom(12))];
    expect(limited.decisions).toEqual(free.decisions);
    expect(limited.certificate).toEqual(free.certificate);
    expect(limited.limits).toMatchObject([
      {id: 'capacity:vault:vcpu', limit: 12, used: 12, status: 'kept', shadowPrice: 0},
    ]);
    expect(free.limits).toBeUndefined();
    expect(free.problem.choice).toBeUndefined();
    expect(free.optimality.limited).toBeUndefined();
  });

  it('goes to those that gain most, with a proven bound, a price and a reason', () => {
    const core = plan(withRoom(8));
    expect(placed(withRoom(8))).toEqual({crown: 'vault', files: 'vault', wiki: 'cloud'});
    expect(core.optimality).toMatchObject({
      gap: 0,
      certificate: 'verified',
      limited: {method: 'lagrange', gapShare: 0},
    });
    expect(core.limits![0]!.shadowPrice).toBeGreaterThan(0);
    expect(decision(core, 'wiki').reasons[0]).toMatchObject({
      by: 'capacity:vault:vcpu',
      where: 'sites.yaml:1',
    });
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('is taken at another site of the class before a workload is left in the other one', () => {
    const more = {annex: {class: 'dedicated' as const, capacity: room(4)}};
    const at = Object.values(placed(withRoom(8, more)));
    expect(['annex', 'vault', 'cloud'].map((site) => at.filter((one) => one === site).length)).toEqual([
      1, 2, 0,
    ]);
  });

  it('counts what leaves a site as free again', () => {
    const sketch: Sketch = {
      ...withRoom(0),
      things: {...THREE.things, old: {at: 'vault', need: 0, vcpu: 4}},
      rules: [
        {
          id: 'OUT',
          effect: 'forbid',
          outcome: (name, site) => (name === 'old' && site === 'vault' ? 'fail' : 'pass'),
        },
      ],
    };
    expect(placed(sketch)).toMatchObject({old: 'cloud', crown: 'vault', files: 'cloud'});
  });

  it('names the smallest set of rules and limits that cannot all hold, and keeps the others', () => {
    const sketch: Sketch = {
      ...withRoom(6),
      rules: [
        {
          id: 'NOISE',
          effect: 'forbid',
          outcome: (name, site) => (name === 'wiki' && site === 'vault' ? 'fail' : 'pass'),
        },
        {
          id: 'HOME',
          effect: 'forbid',
          outcome: (name, site) => (name !== 'wiki' && site === 'cloud' ? 'fail' : 'pass'),
        },
      ],
    };
    const core = plan(sketch);
    expect(core.optimality.limited!.conflict).toEqual([
      {id: 'vCPU at vault', where: 'sites.yaml:1'},
      {id: 'HOME', where: 'policies/test.yaml:7'},
    ]);
    const told = core.findings.filter(({code}) => code === 'BH-PLACE-013' || code === 'BH-PLACE-014');
    expect(told.map(({message}) => message)).toEqual([
      'no plan can keep all of these: vCPU at vault (sites.yaml:1); HOME (policies/test.yaml:7)',
      'vCPU at vault: 8 vCPU are used in this plan, 6 are there; no choice of sites uses less',
    ]);
    expect(core.limits).toMatchObject([{status: 'exceeded', used: 8, limit: 6}]);
  });

  it('that is not enough for what must be there is taken by as little else as can be', () => {
    const sketch: Sketch = {
      ...withRoom(6),
      rules: [
        {
          id: 'HOME',
          effect: 'forbid',
          outcome: (name, site) => (name !== 'wiki' && site === 'cloud' ? 'fail' : 'pass'),
        },
      ],
    };
    const core = plan(sketch);
    expect(placed(sketch)).toEqual({crown: 'vault', files: 'vault', wiki: 'cloud'});
    expect(core.limits).toMatchObject([{status: 'exceeded', used: 8, limit: 6, least: 8}]);
    expect(core.problem.choice!.limits).toMatchObject([{most: 6000, allowed: 8000}]);
    expect(verifyRun(written(core)).findings).toEqual([]);
  });

  it('says whose size is not known', () => {
    const core = plan({...withRoom(8), things: {...THREE.things, blob: {at: 'cloud', need: 3}}});
    expect(core.findings.find(({code}) => code === 'BH-PLACE-015')!.message).toContain(
      '1 workload would use is not known (for example blob)',
    );
  });
});

describe('must-apart', () => {
  it('is kept at the least loss, within a class where another site is open, else across', () => {
    const pair: Sketch = {...THREE, dependencies: [['crown', 'files', 'must-apart']]};
    expect(placed(pair)).toMatchObject({crown: 'vault', files: 'cloud', wiki: 'vault'});
    const both: Sketch = {...pair, sites: {...THREE.sites, annex: {class: 'dedicated'}}};
    expect(new Set([placed(both)['crown'], placed(both)['files']])).toEqual(new Set(['annex', 'vault']));
    expect(plan(both).findings.map(({code}) => code)).not.toContain('BH-PLACE-012');
  });

  it('is told where nothing else is open', () => {
    const stuck: Sketch = {
      ...THREE,
      dependencies: [['crown', 'files', 'must-apart']],
      portability: () => 'immovable',
    };
    const core = plan(stuck);
    expect(core.findings.map(({code}) => code)).toContain('BH-PLACE-012');
    expect(core.optimality.limited!.conflict.length).toBeGreaterThan(0);
  });
});

describe('plans of random estates with limits', () => {
  const limited = fc
    .tuple(sketches, fc.array(fc.option(fc.nat(12)), {minLength: 4, maxLength: 4}))
    .map(([sketch, rooms]): Sketch => ({
      ...sketch,
      sites: Object.fromEntries(
        Object.entries(sketch.sites).map(([id, site], s) => [
          id,
          {...site, capacity: rooms[s] === null ? null : room(rooms[s]!)},
        ]),
      ),
    }));

  it('are accepted by the verifier, and every limit not marked exceeded is kept', () => {
    let priced = 0;
    fc.assert(
      fc.property(limited, (sketch) => {
        const core = plan(sketch);
        expect(verifyRun(written(core)).findings).toEqual([]);
        const at = new Map(core.decisions.map((one) => [one.name, one.recommended]));
        if (core.certificate?.dual) priced++;
        for (const limit of core.limits ?? []) {
          if (limit.kind !== 'capacity') continue;
          const [, site] = limit.id.split(':');
          const sum = (where: (name: string) => string | null | undefined): number =>
            Object.entries(sketch.things).reduce(
              (all, [name, {vcpu}]) => all + (where(name) === site ? (vcpu ?? 0) : 0),
              0,
            );
          const free = sketch.sites[site!]!.capacity!.vcpu! + sum((name) => sketch.things[name]!.at);
          expect([limit.id, limit.used]).toEqual([limit.id, sum((name) => at.get(name))]);
          expect(limit.status).toBe(limit.used > free ? 'exceeded' : 'kept');
        }
      }),
      {numRuns: 400},
    );
    expect(priced).toBeGreaterThan(20);
  });

  it('prove their bound by cases where prices alone leave a gap, and no other cases are accepted', () => {
    let seen = 0;
    fc.assert(
      fc.property(limited, (sketch) => {
        const core = plan({...sketch, settings: {...sketch.settings, maxGap: 0}});
        const dual = core.certificate?.dual;
        const leaves = dual?.leaves;
        if (!dual || !leaves) return;
        seen++;
        const problems = (changed: typeof leaves, bound = dual.bound): string[] =>
          dualProblems(core.problem, {...dual, bound, leaves: changed});
        expect(problems(leaves)).toEqual([]);
        expect(problems(leaves.slice(1))).not.toEqual([]);
        const [first, ...others] = leaves;
        expect(problems([{...first!, bound: first!.bound + 1}, ...others])).not.toEqual([]);
        expect(problems(leaves, dual.bound + 1)).not.toEqual([]);
        const turned = first!.held.map(({unit, label}) => ({
          unit,
          label: label === 0 ? (1 as const) : (0 as const),
        }));
        expect(problems([{...first!, held: turned}, ...others])).not.toEqual([]);
      }),
      {numRuns: 300},
    );
    expect(seen).toBeGreaterThan(5);
  });

  it('do not depend on the order in which dependencies are given', () => {
    fc.assert(
      fc.property(limited, (sketch) => {
        const turned = {...sketch, dependencies: sketch.dependencies!.toReversed()};
        const of = (core: ReturnType<typeof plan>) =>
          core.decisions.map((d) => [d.recommended, d.status, d.exposure]);
        expect(of(plan(turned))).toEqual(of(plan(sketch)));
      }),
      {numRuns: 100},
    );
  });

  it.skipIf(process.env['NO_HIGHS'] !== undefined)(
    'are never worse with the outside solver at hand',
    async () => {
      const milp = await loadHighs();
      expect(milp).not.toBeNull();
      fc.assert(
        fc.property(limited, (sketch) => {
          const asked = {...request(sketch), settings: {...sketch.settings, maxGap: 0}};
          const [without, helped] = [planPlacement(asked).value, planPlacement({...asked, milp}).value];
          const exceeded = (core: typeof without) =>
            core.limits?.filter(({status}) => status === 'exceeded').length ?? 0;
          expect(verifyRun(written(helped)).findings).toEqual([]);
          expect(exceeded(helped)).toBeLessThanOrEqual(exceeded(without));
        }),
        {numRuns: 60},
      );
    },
  );
});
