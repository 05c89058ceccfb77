import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {siteEstate} from '../../../../bench/site-estate.ts';
import {loadHighs} from '../../../../src/io/highs.ts';
import {solveSitesExactly} from '../../../../src/placement/multisite/milp.ts';
import {
  type SiteEffort,
  type SiteProblem,
  siteValue,
} from '../../../../src/placement/multisite/site-problem.ts';
import {solveSites} from '../../../../src/placement/multisite/solve-sites.ts';
import {seededSites, shuffled, type Tables, tryAll} from './random-sites.ts';

const highs = await loadHighs();
const EFFORT: SiteEffort = {maxGap: 0, steps: 60, expired: () => null, progress: () => undefined};
const KINDS: Tables[] = ['potts', 'metric', 'senders', 'arbitrary', 'apart'];

const problems = (min: number, max: number, sites: [number, number], density = 2) =>
  fc
    .tuple(
      fc.integer({min, max}),
      fc.integer({min: sites[0], max: sites[1]}),
      fc.nat(),
      fc.constantFrom(...KINDS),
    )
    .map(([units, k, seed, kind]) => ({kind, problem: seededSites(units, k, seed, kind, density)}));

/** Σ over units and edges of the least that is left once messages are moved: what any messages prove. */
function provenBy(
  {units, sites, unary, tail, head, weight, table, tables}: SiteProblem,
  messages: Float64Array,
  scale: number,
): number {
  const sums = Array.from({length: units * sites}, (_, i) => scale * unary[i]!);
  let bound = 0;
  tail.forEach((t, e) => {
    const h = head[e]!;
    for (let s = 0; s < sites; s++) sums[h * sites + s]! += messages[e * sites + s]!;
    for (let a = 0; a < sites; a++) {
      if (unary[t * sites + a] === Infinity) continue;
      const left = Array.from({length: sites}, (_, b) =>
        unary[h * sites + b] === Infinity
          ? Infinity
          : scale * weight[e]! * tables[table[e]!]![a * sites + b]! - messages[e * sites + b]!,
      );
      sums[t * sites + a]! += Math.min(...left);
    }
  });
  for (let u = 0; u < units; u++) bound += Math.min(...sums.slice(u * sites, (u + 1) * sites));
  return bound / scale;
}

describe('choosing among many sites', () => {
  it('is never better than every choice tried, and its bound never above it', () => {
    let [optimal, all] = [0, 0];
    fc.assert(
      fc.property(problems(1, 8, [2, 4]), ({problem}) => {
        const truth = tryAll(problem);
        const found = solveSites(problem, EFFORT);
        expect(siteValue(problem, found.chosen)).toBe(found.value);
        expect(Number.isSafeInteger(found.bound)).toBe(true);
        expect(found.bound).toBeLessThanOrEqual(truth);
        expect(found.value).toBeGreaterThanOrEqual(truth);
        expect(found.gap).toBe(found.value - found.bound);
        all++;
        if (found.value === truth) optimal++;
      }),
      {numRuns: 500},
    );
    // Most of these are trees or small enough to be tried; the rest is left to messages.
    expect(optimal / all).toBeGreaterThan(0.98);
  });

  it('proves trees and components of few choices optimal', () => {
    fc.assert(
      fc.property(problems(2, 60, [2, 5]), fc.nat(), ({problem}, seed) => {
        const tail = Uint32Array.from({length: problem.units - 1}, (_, i) => i + 1);
        const tree = {
          ...problem,
          tail,
          head: tail.map((u) => (seed * 7919 + u * 31) % u),
          weight: Float64Array.from(tail, (u) => u % 5),
          table: new Uint8Array(tail.length),
        };
        const found = solveSites(tree, EFFORT);
        expect([found.gap, found.steps, found.tried]).toEqual([0, 0, []]);
        expect(provenBy(tree, found.messages, found.scale)).toBe(found.value);
      }),
      {numRuns: 100},
    );
  });

  it('states messages that prove its bound, wherever not every choice was tried', () => {
    let loops = 0;
    fc.assert(
      fc.property(problems(10, 60, [3, 5]), ({problem}) => {
        const found = solveSites(problem, EFFORT);
        expect(found.messages.every((value) => Number.isSafeInteger(value))).toBe(true);
        if (found.tried.length > 0) return;
        loops += Number(found.steps > 0);
        expect(Math.ceil(provenBy(problem, found.messages, found.scale))).toBe(found.bound);
      }),
      {numRuns: 150},
    );
    expect(loops).toBeGreaterThan(30);
  });

  it.skipIf(highs === null)('holds the optimum of HiGHS between bound and value', {timeout: 240_000}, () => {
    const hits = new Map<Tables, [number, number]>();
    fc.assert(
      fc.property(problems(6, 60, [3, 4]), ({kind, problem}) => {
        const exact = solveSitesExactly(problem, highs!, 10);
        const found = solveSites(problem, EFFORT);
        expect(siteValue(problem, found.chosen)).toBeLessThan(Infinity);
        if (exact.status !== 'optimal') return;
        expect(found.bound).toBeLessThanOrEqual(exact.value);
        expect(found.value).toBeGreaterThanOrEqual(exact.value);
        const [hit, of] = hits.get(kind) ?? [0, 0];
        hits.set(kind, [hit + Number(found.value === exact.value), of + 1]);
      }),
      {numRuns: 250},
    );
    for (const kind of ['potts', 'metric'] as const) {
      const [hit, of] = hits.get(kind)!;
      expect(of).toBeGreaterThan(10);
      expect([kind, hit / of >= 0.9]).toEqual([kind, true]);
    }
  });

  it.skipIf(highs === null)(
    'reaches the optimum of HiGHS on estates of 100 workloads',
    {timeout: 60_000},
    () => {
      for (const coupling of [0.25, 1]) {
        const problem = siteEstate(100, 5, coupling);
        const exact = solveSitesExactly(problem, highs!, 30);
        expect([exact.status, solveSites(problem, EFFORT).value]).toEqual(['optimal', exact.value]);
      }
    },
  );

  it('does not depend on the order or direction in which pairs are given', () => {
    fc.assert(
      fc.property(problems(2, 40, [2, 5]), fc.nat(), ({problem}, seed) => {
        const turned = shuffled(problem, seed);
        const [one, other] = [solveSites(problem, EFFORT), solveSites(turned.problem, EFFORT)];
        expect(Array.from(other.chosen)).toEqual(Array.from(one.chosen));
        expect([other.value, other.bound, other.steps]).toEqual([one.value, one.bound, one.steps]);
      }),
      {numRuns: 500},
    );
  });

  it('never gets worse by a start, by groups or by more steps, and never loosens its bound', () => {
    fc.assert(
      fc.property(problems(10, 40, [3, 5]), fc.nat(), ({problem}, seed) => {
        const few = solveSites(problem, {...EFFORT, steps: 2});
        const many = solveSites(problem, {...EFFORT, steps: 40});
        expect(many.bound).toBeGreaterThanOrEqual(few.bound);
        expect(many.value).toBeLessThanOrEqual(few.value);
        const started = solveSites(problem, {...EFFORT, steps: 1, start: many.chosen});
        expect(started.value).toBeLessThanOrEqual(many.value);
        const groups = Uint32Array.from({length: problem.units}, (_, u) => (u * 13 + seed) % 5);
        const grouped = solveSites(problem, {...EFFORT, groups});
        expect(grouped.bound).toBeLessThanOrEqual(many.value);
        expect(grouped.value).toBeGreaterThanOrEqual(many.bound);
      }),
      {numRuns: 60},
    );
  });

  it('stops at the first gap that is good enough, and at once when the time is up', () => {
    const problem = siteEstate(1000, 3, 3);
    const told: (number | null)[] = [];
    const found = solveSites(problem, {...EFFORT, maxGap: 0.02, progress: (gap) => told.push(gap)});
    expect(found.gap / found.value).toBeLessThanOrEqual(0.02);
    expect(found.steps).toBe(told.length);
    expect(solveSites(problem, {...EFFORT, expired: () => 'interrupt'}).steps).toBe(1);
  });
});
