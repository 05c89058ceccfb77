import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Decision, Flip} from '../../../src/model/plan.ts';
import {checksum} from '../../../src/placement/checksum.ts';
import {DEFAULT_SETTINGS, type PlacementInput} from '../../../src/placement/input.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
import {levers} from '../../../src/placement/tradeoffs/levers.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {sketches} from './random-estate.ts';
import {request, written, type Sketch} from './small-estate.ts';
import {unambiguous} from './tradeoffs/unambiguous.ts';

const ASKED = {flips: {work: 1e8, workloads: [0, 1, 2, 3, 4, 5, 6].map((w) => `azure:w${w}`)}};

/** Rules that do not look at needs stay as they are. */
function inputOf(sketch: Sketch): PlacementInput {
  const asked = request(sketch);
  return {...asked, settings: {...DEFAULT_SETTINGS, ...asked.settings}, rejudge: () => asked.policy};
}

const decisionsOf = (input: PlacementInput): Decision[] => planPlacement(input).value.decisions;

/** The input with the change made, from its words alone; null = not one of these kinds. */
function changed(
  input: PlacementInput,
  [w, members]: [number, number[]],
  {kind, change, id, field}: Flip,
): PlacementInput | null {
  if (kind === 'weight') {
    const value = Number(/ at ([\d.]+) instead/.exec(change)![1]);
    return levers(input)
      .find(({weight}) => weight === id)!
      .at(value);
  }
  if (kind === 'need') {
    const level = ['none', 'normal', 'high', 'very high'].indexOf(/^\w+ (.+) instead/.exec(change)![1]!);
    const workloads = input.sensitivity.workloads.map((one, v) => {
      if (v !== w) return one;
      const own = {...one, [field!.slice(-1)]: {...one.c, level}};
      const most = Math.max(...[own.c, own.i, own.a].map((axis) => axis.level ?? 2));
      return {...own, weight: [0, 0.2, 0.6, 1][most]!};
    });
    return {...input, sensitivity: {...input.sensitivity, workloads}};
  }
  if (kind !== 'rule' && kind !== 'site-fact') return null;
  const mark = {id: 'X', owner: 'o', expiresOn: '2030-01-01', category: 'waiver' as const};
  const told = / (?:against|known at) ([\w, ]+?)(?:, and such.*)?$/.exec(change)![1]!.split(', ');
  const marks = input.sites.map((site) => (told.includes(site.id) ? mark : null));
  const whom = kind === 'rule' && !change.includes('and what must stay with it') ? [w] : members;
  const rules = input.policy.rules.map((evaluation) =>
    evaluation.rule.id === id ? {...evaluation, excepted: new Map(whom.map((v) => [v, marks]))} : evaluation,
  );
  return {...input, policy: {...input.policy, rules}};
}

describe('what would change a decision', () => {
  it('does so when the plan is made again with that change', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(unambiguous, (sketch) => {
        const input = inputOf(sketch);
        const core = planPlacement({...input, questions: ASKED}).value;
        const today = decisionsOf(input);
        core.decisions.forEach(({flips, ...decision}, w) => {
          expect(decision).toEqual(today[w]);
          for (const flip of flips!) {
            seen.set(flip.kind, (seen.get(flip.kind) ?? 0) + 1);
            const unit = core.unitMembers.find((ids) => ids.includes(decision.workload))!;
            const members = unit.map((id) => core.decisions.findIndex(({workload}) => workload === id));
            const other = changed(input, [w, members], flip);
            const there = other ? decisionsOf(other)[w]!.recommended : flip.site;
            expect([flip.change, there]).toEqual([flip.change, flip.site]);
            expect(there).not.toBe(decision.recommended);
          }
        });
      }),
      {numRuns: 120, seed: 3},
    );
    for (const kind of ['rule', 'need', 'weight']) expect([kind, seen.has(kind)]).toEqual([kind, true]);
  });

  it('does so where the site within a class, or room, has a say, too', () => {
    let seen = 0;
    fc.assert(
      fc.property(sketches, (sketch) => {
        const input = inputOf(sketch);
        const core = planPlacement({...input, questions: ASKED}).value;
        if (!core.siteChoice && !core.limits) return;
        core.decisions.forEach(({flips = [], workload}, w) => {
          for (const flip of flips) {
            const unit = core.unitMembers.find((ids) => ids.includes(workload))!;
            const members = unit.map((id) => core.decisions.findIndex((one) => one.workload === id));
            const other = flip.kind === 'need' ? null : changed(input, [w, members], flip);
            if (!other) continue;
            seen++;
            expect([flip.change, decisionsOf(other)[w]!.recommended]).toEqual([flip.change, flip.site]);
          }
        });
      }),
      {numRuns: 300},
    );
    expect(seen).toBeGreaterThan(10);
  });

  const PRICED: Sketch = {
    things: {a: {at: 'azure', need: 1, vcpu: 4}, b: {at: 'azure', need: 3, vcpu: 4}},
    sites: {
      azure: {class: 'public', cost: price(10)},
      vault: {class: 'dedicated', cost: price(12)},
    },
    control: [
      ['tenant', 'azure'],
      ['tenant', 'vault'],
    ],
    rootKinds: {tenant: 'entraTenant'},
    settings: {moveMustSave: 0},
  };

  it('names the price at which cost turns, and the root whose cut makes the move worth while', () => {
    const {decisions} = planPlacement({...inputOf(PRICED), questions: {flips: {work: 1e8}}}).value;
    // Four vCPU at 2 EUR more: 8 EUR, and one cent to tip it.
    expect(decisions[0]!.regret).toMatchObject({risk: 0, cost: 800});
    expect(decisions[0]!.flips).toContainEqual({
      kind: 'price',
      change: '8.01 EUR per month more at azure, or as much less at vault',
      site: 'vault',
    });
    expect(decisions[1]!.flips).toContainEqual({
      kind: 'root',
      change: 'tenant cut from vault',
      id: 'tenant',
      site: 'vault',
    });
    const cheaper = {
      ...PRICED,
      sites: {...PRICED.sites, vault: {class: 'dedicated' as const, cost: price(9.99)}},
    };
    expect(decisionsOf(inputOf(cheaper))[0]!.recommended).toBe('vault');
  });

  it('is left out where the work is spent, never cut short, and refused when it leads nowhere', () => {
    const input = inputOf(PRICED);
    const some = planPlacement({...input, questions: {flips: {work: 60}}}).value.decisions;
    expect(some.map(({flips}) => flips)).toEqual([undefined, undefined]);
    const one = planPlacement({...input, questions: {flips: {work: 1e6, workloads: ['azure:b']}}}).value;
    expect(one.decisions.map(({flips}) => flips !== undefined)).toEqual([false, true]);
    const run = written(one);
    expect(verifyRun(run).value.ok).toBe(true);
    for (const site of ['azure', 'nowhere']) {
      const copy = structuredClone(run);
      copy.decisions[1]!.flips![0]!.site = site;
      copy.checksum = checksum(copy);
      expect(verifyRun(copy).value.ok).toBe(false);
    }
  });
});

function price(vcpuMonth: number) {
  const rest = {memoryGiBMonth: 0, storageGiBMonth: 0, egressPerGiB: 0};
  return {currency: 'EUR', asOf: '2026-01-01', illustrative: true, vcpuMonth, ...rest};
}
