import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {energy, type Level} from '../../../../src/placement/solve/level.ts';
import {solveLexicographic} from '../../../../src/placement/solve/lexicographic.ts';
import {frontOf} from '../../../../src/placement/tradeoffs/front.ts';
import {dice, seededLevels} from '../seeded-levels.ts';
import {levelsOf} from '../random-problem.ts';

type Triple = [number, number, number];

const three = (levels: Level[]): [Level, Level, Level] => levels as [Level, Level, Level];

/** Values of all labellings, each once, that no other one dominates. */
function allValues(units: number, levels: Level[]): Triple[] {
  const found = new Map<string, Triple>();
  for (let bits = 0; bits < 2 ** units; bits++) {
    const labels = Array.from({length: units}, (_, u) => (bits >> u) & 1);
    const values = levels.map((level) => energy(level, labels)) as Triple;
    if (values[0] !== Infinity) found.set(values.join(), values);
  }
  const all = [...found.values()];
  return all.filter((a) => !all.some((b) => b !== a && b.every((value, k) => value <= a[k]!)));
}

const times = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((sum, weight, k) => sum + weight * values[k]!, 0);

const ALL = {work: 1e9, plans: Infinity};

const key = (values: readonly number[]): string => values.join();

describe('the front', () => {
  it('holds every plan that alone is best at some weights, and no other', () => {
    const roll = dice(7);
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 8}).chain((n) => fc.tuple(fc.constant(n), levelsOf(n))),
        ([n, levels]) => {
          const all = allValues(n, levels);
          fc.pre(all.length > 0);
          const {labels} = solveLexicographic(n, levels);
          const front = frontOf(n, three(levels), labels, ALL)!;
          expect(front.complete).toBe('all');
          const found = new Set(front.plans.map(({values}) => key(values)));
          expect(found.size).toBe(front.plans.length);
          for (let probe = 0; probe < 200; probe++) {
            // Skewed proportions, so that small cells are hit, too.
            const weights = [0, 1, 2].map(() => Math.exp(8 * (roll() - 0.5)));
            const sorted = all.toSorted((a, b) => times(weights, a) - times(weights, b));
            const alone = sorted.length < 2 || times(weights, sorted[1]!) - times(weights, sorted[0]!) > 1e-9;
            expect(!alone || found.has(key(sorted[0]!))).toBe(true);
          }
          for (const {values, weights, labels: own} of front.plans) {
            expect(levels.map((level) => energy(level, own))).toEqual(values);
            expect(weights).not.toBeNull();
            const rivals = all.filter((other) => times(weights!, other) <= times(weights!, values));
            expect(rivals).toEqual([values]);
          }
        },
      ),
      {numRuns: 150},
    );
  });

  it('contains the plan in order of importance, the cheapest and the calmest one', () => {
    const levels = seededLevels(60, 3);
    const solve = (order: number[]): number[] => {
      const pinned = levels.map((level) => ({
        ...level,
        unary: level.unary.map((value, k) => (levels[0]!.unary[k] === Infinity ? Infinity : value)),
      }));
      const {labels} = solveLexicographic(
        60,
        order.map((k) => pinned[k]!),
      );
      return levels.map((level) => energy(level, labels));
    };
    const {labels} = solveLexicographic(60, levels);
    const front = frontOf(60, three(levels), labels, ALL)!;
    const found = front.plans.map(({values}) => key(values));
    expect(front.plans[front.chosen]!.labels).toEqual(labels);
    expect(front.plans.length).toBeGreaterThan(5);
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      expect(found).toContain(key(solve(order)));
  });

  it('stops when its work is spent and says so', () => {
    const levels = seededLevels(200, 5);
    const {labels} = solveLexicographic(200, levels);
    const perCut = 200 + levels.reduce((sum, {tail}) => sum + tail.length, 0);
    expect(frontOf(200, three(levels), labels, {work: 10 * perCut, plans: 99})).toBeNull();
    const some = frontOf(200, three(levels), labels, {work: 45 * perCut, plans: 99})!;
    expect(some.complete).toBe('work');
    const whole = frontOf(200, three(levels), labels, {work: 600 * perCut, plans: 99})!;
    expect(whole.plans.length).toBeGreaterThan(some.plans.length);
    const few = frontOf(200, three(levels), labels, {work: 1e9, plans: 12})!;
    expect([few.complete, few.plans.length]).toEqual(['work', 12]);
  });
});
