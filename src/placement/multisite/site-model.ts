import {CLOSED, openSites, STAYS, type Unit} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {costAt, movesCount, mustSave} from '../problem/unit-cost.ts';
import {pairTerms, type PairTerm} from './pair-terms.ts';
import {LARGEST_TOTAL, type SiteProblem} from './site-problem.ts';

/** Which of the sites of its class each unit takes, with the classes given. */
export interface SiteModel {
  /** Positions in the placement problem of the units that have a choice, ascending. */
  units: number[];
  /** Positions in `input.sites` of the problem's sites, ascending. */
  sites: number[];
  /** Hundredths of the plan's currency per month, and `penalty` for each breach. */
  problem: SiteProblem;
  /** What one breach counts like: more than all money together. */
  penalty: number;
  /** Where the choice of classes put each of them. */
  start: Uint32Array;
}

/**
 * Units with more than one site of their class, as far as it matters to a pair which one they take. Sites that are riskier
 * than the one that stands for the class, by what counts as a difference, are none of them. Null where no unit has a
 * choice: then what stands for its class is the plan.
 * @param labels class of each unit
 */
export function siteModel(problem: PlacementProblem, labels: Uint8Array): SiteModel | null {
  const options = problem.units.map((unit, u) => optionsOf(problem, unit, labels[u] === 1 ? 1 : 0));
  if (options.every((list) => list.length < 2)) return null;
  const terms = pairTerms(problem).filter(({from, to}) => options[from]!.length * options[to]!.length > 1);
  const free = new Set(terms.flatMap((term) => whoCares(term, options)));
  if (free.size === 0) return null;
  const units = [...free].sort((a, b) => a - b);
  const sites = [...new Set(units.flatMap((u) => options[u]!))].sort((a, b) => a - b);
  const number = new Map(sites.map((site, s) => [site, s]));
  const place = new Map(units.map((u, i) => [u, i]));
  const {length: k} = sites;
  const money = new Float64Array(units.length * k).fill(Infinity);
  const breaches = new Float64Array(units.length * k);
  units.forEach((u, i) => {
    const values = moneyOf(problem, problem.units[u]!, options[u]!);
    options[u]!.forEach((site, o) => (money[i * k + number.get(site)!] = values[o]!));
  });
  const pairs = new Map<number, {money: Float64Array; breaches: Float64Array}>();
  for (const {from, to, money: pays, breach} of terms) {
    const [a, b] = [place.get(from), place.get(to)];
    if (a === undefined && b === undefined) continue;
    if (a !== undefined && b !== undefined) {
      const [low, high] = a < b ? [a, b] : [b, a];
      const key = low * units.length + high;
      let pair = pairs.get(key);
      if (!pair) pairs.set(key, (pair = {money: new Float64Array(k * k), breaches: new Float64Array(k * k)}));
      for (const s of options[from]!) {
        for (const t of options[to]!) {
          const [x, y] = [number.get(s)!, number.get(t)!];
          const at = a < b ? x * k + y : y * k + x;
          pair.money[at]! += pays(s, t);
          pair.breaches[at]! += Number(breach(s, t));
        }
      }
      continue;
    }
    const [own, i] = a === undefined ? [to, b!] : [from, a];
    const settled = options[a === undefined ? from : to]![0]!;
    for (const site of options[own]!) {
      const at = i * k + number.get(site)!;
      const ends = a === undefined ? ([settled, site] as const) : ([site, settled] as const);
      money[at]! += pays(...ends);
      breaches[at]! += Number(breach(...ends));
    }
  }
  const keys = [...pairs.keys()].sort((a, b) => a - b);
  const paid = keys.map((key) => pairs.get(key)!);
  const penalty = penaltyOf(money, breaches, paid);
  const {table, tables} = interned(paid, penalty);
  const first = (u: number): number => problem.units[u]!.site[labels[u] === 1 ? 1 : 0];
  return {
    units,
    sites,
    penalty,
    start: Uint32Array.from(units, (u) => number.get(first(u))!),
    problem: {
      units: units.length,
      sites: k,
      unary: money.map((value, at) => value + penalty * breaches[at]!),
      tail: Uint32Array.from(keys, (key) => Math.floor(key / units.length)),
      head: Uint32Array.from(keys, (key) => key % units.length),
      weight: new Float64Array(pairs.size).fill(1),
      table,
      tables,
    },
  };
}

/** Sites of a class a unit may take without more risk than counts as a difference; what stands for the class first. */
function optionsOf({input, facts}: PlacementProblem, unit: Unit, c: 0 | 1): number[] {
  const first = unit.site[c];
  if (unit.members.length === 0) return [STAYS];
  if (first === CLOSED || first === STAYS || unit.blocked) return [first];
  const risk = (s: number): number => unit.members.reduce((sum, w) => sum + facts.risk(w, s), 0);
  const others = openSites(input, unit, c, facts.eligibility).filter((s) => s !== first);
  if (others.length === 0) return [first];
  const own = risk(first);
  const most = input.settings.riskTolerance * unit.members.length;
  return [
    first,
    ...others.filter((s) => {
      const more = risk(s) - own;
      return more <= 0 || more < most;
    }),
  ];
}

/**
 * What a unit pays at its options apart from pairs. Where it stays at today's site, what another one would save in hosting
 * is not counted, as between classes: only pairs give a reason to go. A move counts a hundredth at least, so that nothing
 * moves for nothing.
 */
function moneyOf({input, facts}: PlacementProblem, {members}: Unit, options: number[]): number[] {
  const all = options.map((site) => costAt(input, facts.money, members, site));
  const known = all.every((cost) => cost !== null);
  const stays = movesCount(input, members, options[0]!) === 0;
  const least = known ? all.reduce<number>((a, b) => Math.min(a, b ?? 0), Infinity) : 0;
  return options.map((site, o) => {
    const effort = mustSave(input, facts.money, members, site);
    const more = known ? (stays ? Math.max(effort, all[o]! - all[0]!) : all[o]! - least) : effort;
    return more + movesCount(input, members, site);
  });
}

/** Ends of a pair to which it makes a difference which of their options they take. */
function whoCares({from, to, money, breach}: PairTerm, options: number[][]): number[] {
  const paid = (s: number, t: number): string => `${money(s, t)} ${breach(s, t)}`;
  const [starts, ends] = [options[from]!, options[to]!];
  return [
    ...(ends.some((t) => starts.some((s) => paid(s, t) !== paid(starts[0]!, t))) ? [from] : []),
    ...(starts.some((s) => ends.some((t) => paid(s, t) !== paid(s, ends[0]!))) ? [to] : []),
  ];
}

interface Paid {
  money: Float64Array;
  breaches: Float64Array;
}

/** More than all money together, as far as exact sums allow. */
function penaltyOf(money: Float64Array, breaches: Float64Array, pairs: Paid[]): number {
  const finite = (sum: number, value: number): number => sum + (value === Infinity ? 0 : value);
  const most = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 0);
  const all = pairs.reduce((sum, pair) => sum + most(pair.money), money.reduce(finite, 0));
  const count = pairs.reduce((sum, pair) => sum + most(pair.breaches), breaches.reduce(finite, 0));
  if (count === 0) return 0;
  return Math.max(1, Math.min(all + 1, Math.floor((LARGEST_TOTAL / 4 - all) / count)));
}

/** Equal tables are written once. */
function interned(pairs: Paid[], penalty: number): Pick<SiteProblem, 'table' | 'tables'> {
  const known = new Map<string, number>();
  const tables: Float64Array[] = [];
  const table = Uint32Array.from(pairs, ({money, breaches}) => {
    const costs = money.map((value, at) => value + penalty * breaches[at]!);
    const name = costs.join(' ');
    const found = known.get(name) ?? tables.push(costs) - 1;
    known.set(name, found);
    return found;
  });
  return {table, tables};
}
