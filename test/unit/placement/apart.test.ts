import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {loadHighs} from '../../../src/io/highs.ts';
import {branch} from '../../../src/placement/constraints/apart/branch.ts';
import {pairModel, type PairProblem, pairValues} from '../../../src/placement/constraints/apart/pairs.ts';
import {roofDual} from '../../../src/placement/constraints/apart/roof.ts';
import {solveApart} from '../../../src/placement/constraints/apart/solve.ts';
import {solveExactly} from '../../../src/placement/constraints/milp.ts';
import {type ChoiceModel, compareValues, excess, usedBy} from '../../../src/placement/constraints/model.ts';
import {seededPairs} from './random-choices.ts';

const highs = await loadHighs();
const CONTROL = {expired: () => null, progress: () => undefined};

/** Best values of all labels, and all labels that reach them. */
function tryAllLabels(problem: PairProblem): {values: number[]; labels: number[][]} {
  let [values, labels]: [number[], number[][]] = [[Infinity], []];
  for (let code = 0; code < 2 ** problem.units; code++) {
    const tried = Array.from({length: problem.units}, (_, u) => (code >> u) & 1);
    const paid = pairValues(problem, tried);
    if (paid[0] === Infinity) continue;
    const order = compareValues(paid, values);
    if (order < 0) [values, labels] = [paid, [tried]];
    else if (order === 0) labels.push(tried);
  }
  return {values, labels};
}

const models = (min: number, max: number, sites = 2) =>
  fc
    .tuple(fc.integer({min, max}), fc.nat(), fc.constantFrom(0.1, 0.3, 0.6, 1))
    .map(([units, seed, share]) => seededPairs(units, seed, share, sites));

describe('roof duality for pairs that must be apart', () => {
  it('settles classes that some optimum has, all together, and never claims a bound above it', () => {
    let [settled, open] = [0, 0];
    fc.assert(
      fc.property(models(1, 11), (model) => {
        const {problem} = pairModel(model);
        const truth = tryAllLabels(problem);
        const {labels, flows} = roofDual(problem);
        expect(
          truth.labels.some((optimum) =>
            optimum.every((label, u) => labels[u] === -1 || labels[u] === label),
          ),
        ).toBe(true);
        expect(
          compareValues(
            flows.map((flow) => flow / 2),
            truth.values,
          ),
        ).toBeLessThanOrEqual(0);
        const unsettled = labels.reduce((sum, label) => sum + (label === -1 ? 1 : 0), 0);
        open += unsettled;
        settled += problem.units - unsettled;
        expect(unsettled > 0 || compareValues(pairValues(problem, labels), truth.values) === 0).toBe(true);
      }),
      {numRuns: 400},
    );
    expect(open).toBeGreaterThan(20);
    expect(settled).toBeGreaterThan(open);
  });

  it('with branch and bound finds the optimum of all labels, level by level, up to sixteen units', () => {
    fc.assert(
      fc.property(
        fc.oneof({weight: 9, arbitrary: models(1, 10)}, {weight: 1, arbitrary: models(14, 16)}),
        (model) => {
          const {problem} = pairModel(model);
          const {labels, exact} = branch(problem, 1e7);
          expect(exact).toBe(true);
          expect(pairValues(problem, labels)).toEqual(tryAllLabels(problem).values);
        },
      ),
      {numRuns: 250},
    );
  });

  it('writes its bound as prices: they prove it, and a plan within the limits meets it where all is settled', () => {
    let met = 0;
    fc.assert(
      fc.property(models(2, 40), (model) => {
        const {problem} = pairModel(model);
        const {flows} = roofDual(problem);
        const found = solveApart(model, firstOf(model), CONTROL);
        expect(found.best === null).toBe(found.impossible);
        if (!found.best) return;
        expect(excess(model, usedBy(model, found.best.chosen))).toBe(0);
        expect(found.dual.bound).toBe(Math.ceil(flows[1]! / 2));
        expect(found.levels).toBe(model.levels.length);
        if (found.dual.bound === found.best.values[0]) met++;
      }),
      {numRuns: 250},
    );
    expect(met).toBeGreaterThan(30);
  });

  it.skipIf(highs === null)('agrees with HiGHS up to 300 units', {timeout: 120_000}, () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          {weight: 8, arbitrary: models(5, 60, 2)},
          {weight: 4, arbitrary: models(5, 40, 4)},
          {weight: 1, arbitrary: models(100, 300, 2)},
        ),
        (model) => {
          const found = solveApart(model, firstOf(model), CONTROL);
          const exact = solveExactly({...model, levels: model.levels.slice(0, 1)}, highs!, 5);
          expect(exact.status === 'infeasible' && found.best !== null).toBe(false);
          if (exact.status !== 'optimal') return;
          compared++;
          const optimum = exact.best.values[0]!;
          expect(found.impossible).toBe(false);
          expect(found.dual.bound).toBeLessThanOrEqual(optimum);
          const value = found.best?.values[0] ?? Infinity;
          expect(value).toBeGreaterThanOrEqual(optimum);
          expect(found.levels === 0 || value === optimum).toBe(true);
        },
      ),
      {numRuns: 200},
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('depends on no order of arcs or pairs', () => {
    fc.assert(
      fc.property(models(2, 30), (model) => {
        const {problem} = pairModel(model);
        const turned: PairProblem = {
          ...problem,
          levels: problem.levels.map((level) => ({
            ...level,
            tail: level.tail.toReversed(),
            head: level.head.toReversed(),
            forward: level.forward.toReversed(),
            backward: level.backward.toReversed(),
          })),
          pairs: {
            a: problem.pairs.b.toReversed(),
            b: problem.pairs.a.toReversed(),
            label: problem.pairs.label.toReversed(),
            resource: problem.pairs.resource.toReversed(),
          },
        };
        expect(roofDual(turned).labels).toEqual(roofDual(problem).labels);
      }),
      {numRuns: 150},
    );
  });
});

function firstOf({start, units}: ChoiceModel): Uint32Array {
  return start.slice(0, units);
}
