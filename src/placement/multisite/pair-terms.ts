import {egressCost} from '../problem/hosting-cost.ts';
import type {PlacementProblem} from '../problem/problem.ts';

/** What two units pay by the sites they stand at. Positions of units, and in `input.sites`. */
export interface PairTerm {
  from: number;
  to: number;
  /** Hundredths of the plan's currency per month. */
  money: (fromSite: number, toSite: number) => number;
  /** Something that should not be: too far from each other, or together though they must be apart. */
  breach: (fromSite: number, toSite: number) => boolean;
}

const nothing = (): number => 0;
const never = (): boolean => false;

/** Steady traffic, pairs that are rather together, longest round trips and pairs that must be apart, between units. */
export function pairTerms({input, unitOf, facts, latency}: PlacementProblem): PairTerm[] {
  const {estate, sites, settings} = input;
  const workloadOf = new Map(estate.workloads.map(({id}, w) => [id, w]));
  const terms: PairTerm[] = [];
  for (const {from, to, kind, gibPerMonth} of estate.dependencies) {
    const [a, b] = [workloadOf.get(from), workloadOf.get(to)];
    if (a === undefined || b === undefined || unitOf[a] === unitOf[b]) continue;
    const ends = {from: unitOf[a]!, to: unitOf[b]!};
    if (kind === 'must-apart') terms.push({...ends, money: nothing, breach: (s, t) => s === t});
    if (kind !== 'data-flow' && kind !== 'prefer-together') continue;
    const together = kind === 'prefer-together' && gibPerMonth === null;
    if (!together && gibPerMonth === null) continue;
    terms.push({
      ...ends,
      breach: never,
      money: (s, t) => {
        if (s === t || facts.services.served(a, b, s, t)) return 0;
        if (together) return settings.preferTogetherMonth;
        return egressCost(gibPerMonth, sites[s], sites[t], facts.money) ?? 0;
      },
    });
  }
  for (const need of latency.needs) {
    const ends = {from: unitOf[need.from]!, to: unitOf[need.to]!};
    if (ends.from === ends.to) continue;
    terms.push({...ends, money: nothing, breach: (s, t) => (latency.between(need, s, t) ?? 0) > need.maxMs});
  }
  return terms;
}
