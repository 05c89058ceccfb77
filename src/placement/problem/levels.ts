import {combine, type Level} from '../solve/level.ts';
import type {PlacementSettings} from '../input.ts';
import type {ExposureModel} from './exposure-model.ts';
import type {PlacementProblem, Variant} from './problem.ts';
import {egressCost} from './hosting-cost.ts';
import {CLOSED, STAYS, type Unit} from './representatives.ts';
import {splitTerm, trustTerms} from './trust-terms.ts';
import {profileAt} from './site-profiles.ts';
import {splitArcs} from './split-penalty.ts';
import {costAt, mustSave} from './unit-cost.ts';
import {toleranceShift} from './tolerance.ts';

interface Arc {
  tail: number;
  head: number;
  forward: number;
  backward: number;
}

/** Exposure, rule points and trust terms, milli-points. Holds the forbidden classes. */
export function riskLevel(problem: PlacementProblem, variant: Variant): {level: Level; lost: number} {
  const {units, unitOf, soft, input, points} = problem;
  const unary = new Float64Array(2 * units.length);
  units.forEach((unit, u) => {
    for (const c of [0, 1] as const) {
      const site = unit.site[c];
      if (site === CLOSED) {
        unary[2 * u + c] = Infinity;
        continue;
      }
      for (const w of unit.members) {
        const profile = profileAt(problem, variant, w, site);
        unary[2 * u + c]! += points(profile, variant.weights[w]!);
        if (site !== STAYS) unary[2 * u + c]! += soft[w * input.sites.length + site]!;
      }
    }
    const shift = toleranceShift(input, unit, [unary[2 * u]!, unary[2 * u + 1]!]);
    for (const c of [0, 1] as const) unary[2 * u + c]! += shift[c];
  });
  let lost = 0;
  const arcs: Arc[] = [];
  const profilesBy =
    (model: ExposureModel) =>
    (w: number, c: 0 | 1): number => {
      const site = units[unitOf[w]!]!.site[c];
      return site === CLOSED ? -1 : profileAt({model, input}, variant, w, site);
    };
  const {model} = problem;
  const profiles = {holder: profilesBy({...model, ...model.control}), target: profilesBy(model)};
  for (const {holder, target, theta} of trustTerms(model, profiles, variant.weights)) {
    const h = unitOf[holder]!;
    const t = unitOf[target]!;
    if (h === t) {
      unary[2 * h]! += theta[0];
      unary[2 * h + 1]! += theta[3];
      continue;
    }
    const split = splitTerm(theta);
    lost += split.lost;
    for (const c of [0, 1] as const) {
      unary[2 * h + c]! += split.holder[c];
      unary[2 * t + c]! += split.target[c];
    }
    arcs.push({tail: h, head: t, forward: split.forward, backward: split.backward});
  }
  return {level: {name: 'risk', unary, ...columns(arcs)}, lost};
}

/** What is not known about money. */
export interface CostGaps {
  /** Units whose two sites cannot be compared. */
  units: number;
  /** Dependencies whose traffic or egress price is not known. */
  traffic: number;
}

/**
 * Minor units of the plan's currency per month: hosting at the two sites where both are known, what a move must save, and
 * egress between classes, paid by the side that sends.
 */
export function costLevel(problem: PlacementProblem): {level: Level; gaps: CostGaps} {
  const {units, unitOf, input, facts} = problem;
  const unary = new Float64Array(2 * units.length);
  const gaps = {units: 0, traffic: 0};
  units.forEach((unit, u) => {
    const costs = unitCosts(problem, unit);
    if (costs === undefined) return;
    if (costs === null) gaps.units++;
    for (const c of [0, 1] as const)
      unary[2 * u + c] = costs?.[c] ?? mustSave(input, facts.money, unit.members, unit.site[c]);
  });
  const arcs: Arc[] = [];
  const workloadOf = new Map(input.estate.workloads.map((workload, index) => [workload.id, index]));
  for (const {from, to, kind, gibPerMonth} of input.estate.dependencies) {
    if (kind !== 'data-flow' && kind !== 'prefer-together') continue;
    const [a, b] = [workloadOf.get(from) ?? -1, workloadOf.get(to) ?? -1];
    const [tail, head] = [unitOf[a], unitOf[b]];
    if (tail === undefined || head === undefined || tail === head) continue;
    const together = kind === 'prefer-together' && gibPerMonth === null;
    const price = (c: 0 | 1): number | null => {
      const [at, away] = [units[tail]!.site[c], units[head]!.site[c === 0 ? 1 : 0]];
      if (at === CLOSED || away === CLOSED) return 0;
      if (facts.services.served(a, b, at, away)) return 0;
      if (together) return input.settings.preferTogetherMonth;
      return egressCost(gibPerMonth, input.sites[at], input.sites[away], facts.money);
    };
    const [forward, backward] = [price(0), price(1)];
    if (forward === null || backward === null) gaps.traffic++;
    if ((forward ?? 0) + (backward ?? 0) === 0) continue;
    arcs.push({tail, head, forward: forward ?? 0, backward: backward ?? 0});
  }
  for (const split of problem.splits) {
    for (const {tail, head, weight} of splitArcs(split, input.settings.splitPenalty))
      arcs.push({tail, head, forward: weight, backward: 0});
  }
  return {level: {name: 'cost', unary, ...columns(arcs)}, gaps};
}

/**
 * Cost of a unit in each class, with what a move must save; undefined when there is nothing to compare, null when something
 * is unknown.
 */
export function unitCosts({input, facts}: PlacementProblem, unit: Unit): [number, number] | null | undefined {
  if (unit.site.some((site) => site === CLOSED)) return undefined;
  const [first, second] = unit.site.map((site) => costAt(input, facts.money, unit.members, site));
  return typeof first === 'number' && typeof second === 'number' ? [first, second] : null;
}

/** Number of workloads that would go to another site. */
export function churnLevel(problem: PlacementProblem): Level {
  const {units, input} = problem;
  const unary = new Float64Array(2 * units.length);
  units.forEach((unit, u) => {
    for (const c of [0, 1] as const) {
      const site = unit.site[c];
      if (site === CLOSED) continue;
      unary[2 * u + c] = unit.members.filter((w) => input.siteOf[w] !== site).length;
    }
  });
  return {name: 'churn', unary, ...columns([])};
}

/**
 * The objective in the asked form: its levels in order, or one sum. An application that works comes before money, so
 * latency, where a dependency could be too slow, stands between risk and cost.
 */
export function objective(problem: PlacementProblem, risk: Level): Level[] {
  const {settings} = problem.input;
  const levels = namedLevels(problem, risk);
  if (settings.objective === 'lexicographic') return levels;
  return [
    combine(
      'weighted',
      levels,
      levels.map(({name}) => weightOf(settings, name)),
    ),
  ];
}

/** The levels people know, in order of importance. */
export function namedLevels({risk: own, latency, cost, churn}: PlacementProblem, risk = own): Level[] {
  return [risk, ...(latency.level ? [latency.level] : []), cost, churn];
}

/** Integer weight of a level in the weighted sum. */
export function weightOf({weights}: PlacementSettings, level: string): number {
  return Math.round(weights[level as keyof PlacementSettings['weights']] ?? 0);
}

function columns(arcs: Arc[]): Pick<Level, 'tail' | 'head' | 'forward' | 'backward'> {
  const kept = arcs.filter((arc) => arc.forward > 0 || arc.backward > 0);
  return {
    tail: Uint32Array.from(kept, (arc) => arc.tail),
    head: Uint32Array.from(kept, (arc) => arc.head),
    forward: Float64Array.from(kept, (arc) => arc.forward),
    backward: Float64Array.from(kept, (arc) => arc.backward),
  };
}
