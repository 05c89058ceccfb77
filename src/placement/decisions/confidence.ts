import type {Decision} from '../../model/plan.ts';
import {CLOSED} from '../problem/representatives.ts';
import {namedLevels, weightOf} from '../problem/levels.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {costAt} from '../problem/unit-cost.ts';
import type {Answer} from './answer.ts';
import type {Regret} from './regret.ts';
import {createUncertainty} from './uncertainty.ts';

export type Confidence = NonNullable<Decision['confidence']>;

/**
 * How firm a decision is: what the best plan with the workload in its other class would cost more, against what the things
 * that are not known could change about that. Told in points, never as a probability.
 * @param again regret of each unit, null where it was not asked for
 * @param limited true where limits move the plan
 */
export function createConfidence(
  answer: Answer,
  again: (Regret | null)[],
  limited: boolean,
): (workload: number, status: Decision['status'], gaps: Decision['dataGaps']) => Confidence {
  const {problem} = answer;
  const {units, unitOf, input} = problem;
  const concerned = new Set(again.flatMap((found, u) => (found ? [u, ...found.companions] : [])));
  // Where risk is equal, what a unit is joined to decides with it.
  const decides = joinedTo(
    problem,
    again.map((found) => found !== null && found.regret.risk === 0),
  );
  units.forEach((_, u) => {
    if (decides(u)) concerned.add(u);
  });
  const doubt = createUncertainty(
    answer,
    [...concerned].sort((a, b) => a - b),
  );
  const weighted = input.settings.objective === 'weighted';
  const perPoint = weighted ? weightOf(input.settings, 'risk') : 1;
  const numbers = again.map((found, u): {margin: number; uncertainty: number} | null => {
    if (!found) return null;
    const sum = perPoint * [u, ...found.companions].reduce((all, v) => all + doubt.of(v), 0);
    return {margin: marginOf(found), uncertainty: Math.max(0, Math.ceil(sum - 1e-6))};
  });
  const unsteady = units.map((_, u) => decides(u) && !doubt.riskKnown(u));
  const drawn = joinedTo(problem, unsteady);
  return (w, status, gaps) => {
    const u = unitOf[w]!;
    const found = numbers[u];
    const say = (verdict: Confidence['verdict'], because: string): Confidence => ({
      verdict,
      margin: found?.margin ?? null,
      uncertainty: found?.uncertainty ?? null,
      because,
    });
    if (status === 'blocked') return say('unknown', 'no site is open to it');
    if (status === 'needs-data')
      return say('fragile', `it hangs on what is not known: ${gaps[0]?.field ?? 'a rule'}`);
    if (units[u]!.site.includes(CLOSED)) return say('stable', 'hard rules leave no site of the other class');
    if (limited) return say('unknown', 'limits move the plan');
    if (!found) return say('unknown', 'the other class was not tried, the work for that was spent');
    const {margin, uncertainty} = found;
    const priced = pricesKnown([u, ...again[u]!.companions]);
    if (weighted && !priced) return say('fragile', 'a price is not known');
    if (margin > uncertainty) return say('stable', 'its lead is larger than all that is not known about it');
    if (uncertainty > 0) return say('fragile', 'what is not known could outweigh its lead');
    if (status === 'tie') return say('fragile', 'both classes are equally good');
    if (!priced) return say('fragile', 'risk is equal, and a price is not known');
    if (drawn(u))
      return say(
        'fragile',
        'risk is equal as planned, but not all of it or of what it is joined to is known',
      );
    return say('stable', 'risk is equal for certain; cost or staying decides');
  };

  /** Milli-points; of a weighted plan, of its sum. */
  function marginOf({regret}: Regret): number {
    if (!weighted) return regret.risk;
    return Object.entries(regret).reduce(
      (sum, [name, value]) => sum + weightOf(input.settings, name) * value,
      0,
    );
  }

  function pricesKnown(all: number[]): boolean {
    return all.every((u) =>
      units[u]!.site.every((site) => costAt(input, problem.facts.money, units[u]!.members, site) !== null),
    );
  }
}

/** Whether a unit is joined, over however many pairs on any level, to one of the marked ones. */
function joinedTo(problem: PlacementProblem, marked: boolean[]): (unit: number) => boolean {
  const leader = Uint32Array.from(problem.units, (_, u) => u);
  const find = (start: number): number => {
    let u = start;
    while (leader[u] !== u) {
      leader[u] = leader[leader[u]!]!;
      u = leader[u]!;
    }
    return u;
  };
  for (const {tail, head} of namedLevels(problem))
    for (let e = 0; e < tail.length; e++) leader[find(tail[e]!)] = find(head[e]!);
  const found = new Set(marked.flatMap((is, u) => (is ? [find(u)] : [])));
  return (u) => found.has(find(u));
}
