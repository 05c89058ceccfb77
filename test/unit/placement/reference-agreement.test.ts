import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cutCertificate, cutProblem} from '../../../src/placement/solve/document.ts';
import {energy} from '../../../src/placement/solve/level.ts';
import {solveLexicographic} from '../../../src/placement/solve/lexicographic.ts';
import {certificateProblems} from '../../../src/placement/verify/certificate.ts';
import {loadHighs, solveByHighs} from './reference-solver.ts';
import {seededLevels} from './seeded-levels.ts';

const highs = await loadHighs();

describe.skipIf(highs === null)('agreement with HiGHS', () => {
  it(
    'two classes, up to 300 units: the same value on every level, and the proof holds',
    {timeout: 180_000},
    () => {
      let instances = 0;
      fc.assert(
        fc.property(
          fc.oneof(
            {weight: 4, arbitrary: fc.integer({min: 1, max: 60})},
            {weight: 1, arbitrary: fc.integer({min: 61, max: 300})},
          ),
          fc.nat(),
          fc.constantFrom(1, 2, 4),
          (units, seed, density) => {
            const levels = seededLevels(units, seed, density);
            // More than a lower level can ever pay makes one sum lexicographic; all stay exact integers.
            const most = levels.map(
              (level) =>
                level.unary.reduce((sum, value) => sum + (value === Infinity ? 0 : value), 1) +
                level.forward.reduce((sum, value) => sum + value, 0) +
                level.backward.reduce((sum, value) => sum + value, 0),
            );
            const labels = solveByHighs(highs!, units, levels, [most[1]! * most[2]!, most[2]!, 1])!;
            const solution = solveLexicographic(units, levels);
            expect(solution.values).toEqual(levels.map((level) => energy(level, labels)));
            const names = Array.from({length: units}, (_, u) => `u${u}`);
            const claim = {
              problem: cutProblem(names, levels),
              labels: Array.from(solution.labels),
              certificate: cutCertificate(levels, solution),
            };
            expect(certificateProblems(claim)).toEqual([]);
            instances++;
          },
        ),
        {numRuns: 500},
      );
      expect(instances).toBeGreaterThanOrEqual(500);
    },
  );
});
