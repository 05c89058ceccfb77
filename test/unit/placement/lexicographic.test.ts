import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cutCertificate, cutProblem} from '../../../src/placement/solve/document.ts';
import {combine, energy, type Level} from '../../../src/placement/solve/level.ts';
import {solveLexicographic} from '../../../src/placement/solve/lexicographic.ts';
import {certificateProblems} from '../../../src/placement/verify/certificate.ts';
import {levelsOf, shuffled} from './random-problem.ts';

/** Every labelling tried: the best values, and the optimal labelling with fewest dedicated units. */
function tryAll(units: number, levels: Level[]) {
  let best: number[] | null = null;
  let optimal: number[] = [];
  for (let bits = 0; bits < 1 << units; bits++) {
    const labels = Array.from({length: units}, (_, u) => (bits >> u) & 1);
    const values = levels.map((level) => energy(level, labels));
    if (values.includes(Infinity)) continue;
    const order = best ? compare(values, best) : -1;
    if (order < 0) [best, optimal] = [values, [bits]];
    else if (order === 0) optimal.push(bits);
  }
  return {
    best,
    least: optimal.reduce((all, bits) => all & bits, (1 << units) - 1),
    ever: optimal.reduce((all, bits) => all | bits, 0),
  };
}

function compare(a: number[], b: number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}

function prove(units: number, levels: Level[], solution: ReturnType<typeof solveLexicographic>): string[] {
  const names = Array.from({length: units}, (_, u) => `u${u}`);
  return certificateProblems({
    problem: cutProblem(names, levels),
    labels: Array.from(solution.labels),
    certificate: cutCertificate(levels, solution),
  });
}

const sized = (min: number, max: number) =>
  fc.integer({min, max}).chain((units) => fc.tuple(fc.constant(units), levelsOf(units)));

describe('solveLexicographic', () => {
  it('finds the optimum of all labellings, with a proof an independent checker accepts', () => {
    fc.assert(
      fc.property(sized(1, 8), ([units, levels]) => {
        const solution = solveLexicographic(units, levels);
        const {best, least, ever} = tryAll(units, levels);
        expect(solution.values).toEqual(best);
        solution.labels.forEach((label, u) => {
          expect(label).toBe((least >> u) & 1);
          expect(solution.free[u]).toBe(((ever ^ least) >> u) & 1);
        });
        expect(prove(units, levels, solution)).toEqual([]);
      }),
      {numRuns: 600},
    );
  });

  it('stays exact at sixteen units', () => {
    fc.assert(
      fc.property(sized(14, 16), ([units, levels]) => {
        expect(solveLexicographic(units, levels).values).toEqual(tryAll(units, levels).best);
      }),
      {numRuns: 8},
    );
  });

  it('labels do not depend on the order of units and edges', () => {
    fc.assert(
      fc.property(sized(2, 12), fc.infiniteStream(fc.nat()), ([units, levels], stream) => {
        const keys = Array.from({length: units}, () => stream.next().value!);
        const order = keys.map((_, u) => u).sort((a, b) => keys[a]! - keys[b]! || a - b);
        const plain = solveLexicographic(units, levels);
        const other = solveLexicographic(units, shuffled(levels, order));
        expect(Array.from(other.labels)).toEqual(order.map((old) => plain.labels[old]));
        expect(other.values).toEqual(plain.values);
      }),
      {numRuns: 200},
    );
  });

  it('solves one weighted sum exactly, too', () => {
    fc.assert(
      fc.property(sized(1, 8), ([units, levels]) => {
        const weighted = [combine('weighted', levels, [3, 2, 5])];
        const solution = solveLexicographic(units, weighted);
        expect(solution.values).toEqual(tryAll(units, weighted).best);
        expect(prove(units, weighted, solution)).toEqual([]);
      }),
      {numRuns: 150},
    );
  });
});
