import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {regions} from '../../../src/placement/decisions/regions.ts';
import {energy} from '../../../src/placement/solve/level.ts';
import {solveLexicographic} from '../../../src/placement/solve/lexicographic.ts';
import {levelsOf} from './random-problem.ts';

describe('regions', () => {
  it('holds all that can change: forcing a unit inside it costs what forcing it in the whole problem costs', () => {
    fc.assert(
      fc.property(
        fc
          .integer({min: 2, max: 12})
          .chain((units) => fc.tuple(fc.constant(units), levelsOf(units), fc.nat(units - 1))),
        ([units, levels, unit]) => {
          const solution = solveLexicographic(units, levels);
          const away = solution.labels[unit]!;
          fc.pre(levels[0]!.unary[2 * unit + 1 - away] !== Infinity);
          const force = (level: (typeof levels)[number], at: number) => {
            const unary = level.unary.slice();
            unary[2 * at + away] = Infinity;
            return {...level, unary};
          };
          const whole = solveLexicographic(units, [force(levels[0]!, unit), ...levels.slice(1)]);
          const region = regions(units, levels, levels, solution)(unit);
          const local = region.units.indexOf(unit);
          const part = solveLexicographic(region.units.length, [
            force(region.solved[0]!, local),
            ...region.solved.slice(1),
          ]);
          const now = region.units.map((u) => solution.labels[u]!);
          const regret = region.named.map((level) => energy(level, part.labels) - energy(level, now));
          expect(regret).toEqual(whole.values.map((value, k) => value - solution.values[k]!));
        },
      ),
      {numRuns: 500},
    );
  });
});
