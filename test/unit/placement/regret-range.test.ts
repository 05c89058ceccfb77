import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {checksum} from '../../../src/placement/checksum.ts';
import type {PlanCore} from '../../../src/placement/plan.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {plan, written, type Sketch} from './small-estate.ts';

/** Estates that gain by leaving the cloud for a vault with too little room. */
const crowded: fc.Arbitrary<Sketch> = fc
  .record({
    things: fc.array(
      fc.record({
        need: fc.constantFrom(1 as const, 2 as const, 3 as const),
        vcpu: fc.integer({min: 1, max: 9}),
      }),
      {
        minLength: 2,
        maxLength: 6,
      },
    ),
    vcpu: fc.integer({min: 1, max: 20}),
    trust: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), {maxLength: 4}),
  })
  .map(({things, vcpu, trust}) => ({
    things: Object.fromEntries(things.map((thing, w) => [`w${w}`, {at: 'cloud', ...thing}])),
    sites: {
      cloud: {class: 'public' as const},
      vault: {class: 'dedicated' as const, capacity: {vcpu, memoryGiB: null, storageGiB: null}},
    },
    control: [
      ['tenant', 'cloud'],
      ['sso', 'vault'],
    ] as Sketch['control'],
    rootKinds: {tenant: 'entraTenant', sso: 'vcSsoDomain'},
    dependencies: trust.flatMap(([a, b]): NonNullable<Sketch['dependencies']> => {
      const [from, to] = [a % things.length, b % things.length];
      return from === to ? [] : [[`w${from}`, `w${to}`, 'trust']];
    }),
    settings: {riskTolerance: 0},
  }));

/** Least value of the first level over all choices within the limits with one unit in a class. */
function best({problem}: PlanCore, unit: number, label: number): number {
  const {choice, levels} = problem;
  const {start, values, useStart, limit, amount, limits, class: classes} = choice!;
  const {tail, head, weight} = levels[0]!.arcs;
  let least = Infinity;
  const visit = (u: number, chosen: number[]): void => {
    if (u === problem.units.length) {
      const used = limits.map(() => 0);
      for (const o of chosen)
        for (let k = useStart[o]!; k < useStart[o + 1]!; k++) used[limit[k]!]! += amount[k]!;
      if (used.some((value, r) => value > limits[r]!.most)) return;
      let sum = chosen.reduce((all, o) => all + values[0]![o]!, 0);
      weight.forEach((value, a) => {
        if (classes[chosen[tail[a]!]!] === 0 && classes[chosen[head[a]!]!] === 1) sum += value;
      });
      least = Math.min(least, sum);
      return;
    }
    for (let o = start[u]!; o < start[u + 1]!; o++)
      if (u !== unit || classes[o] === label) visit(u + 1, [...chosen, o]);
  };
  visit(0, []);
  return least;
}

describe('regret within limits', () => {
  it('is between what is told, as trying all choices shows', () => {
    let [ranges, shown] = [0, 0];
    fc.assert(
      fc.property(crowded, (sketch) => {
        const core = plan(sketch);
        const value = core.optimality.value['risk']!;
        core.decisions.forEach(({regretRange, workload}) => {
          if (!regretRange) return;
          ranges++;
          const u = core.unitMembers.findIndex((ids) => ids.includes(workload));
          const regret = best(core, u, 1 - core.labels[u]!) - value;
          const {lo, hi, level} = regretRange;
          if (hi !== null) shown++;
          expect([level, lo <= regret, regret <= (hi ?? Infinity)]).toEqual(['risk', true, true]);
        });
        expect(verifyRun(written(core)).value.ok).toBe(true);
      }),
      {numRuns: 120},
    );
    expect(ranges).toBeGreaterThan(100);
    expect(shown).toBeGreaterThan(50);
  });

  it('is refused when it cannot be', () => {
    const things = Object.fromEntries(
      ['a', 'b', 'c'].map((name, w) => [name, {at: 'cloud', need: (3 - w) as 1 | 2 | 3, vcpu: 4}]),
    );
    const run = written(
      plan({
        things,
        sites: {
          cloud: {class: 'public'},
          vault: {class: 'dedicated', capacity: {vcpu: 8, memoryGiB: null, storageGiB: null}},
        },
        control: [
          ['tenant', 'cloud'],
          ['sso', 'vault'],
        ],
        settings: {riskTolerance: 0},
      }),
    );
    expect(run.decisions.map(({regretRange}) => regretRange?.level)).toEqual(['risk', 'risk', 'risk']);
    for (const change of [{hi: -1e9}, {lo: -1e9}, {level: 'cost'}]) {
      const copy = structuredClone(run);
      Object.assign(copy.decisions[0]!.regretRange!, change);
      copy.checksum = checksum(copy);
      expect(verifyRun(copy).value.ok).toBe(false);
    }
  });
});
