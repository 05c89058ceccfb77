import {moneyOf} from '../../document/money.ts';
import type {Finding, Outcome} from '../../model/common.ts';
import type {Level} from '../solve/level.ts';
import type {PlacementInput} from '../input.ts';
import {eligibility} from './eligibility.ts';
import {type ExposureModel, exposureModel, profilePoints} from './exposure-model.ts';
import {latencyOf} from './latency.ts';
import {churnLevel, costLevel, riskLevel} from './levels.ts';
import type {PlacementProblem, Variant} from './problem.ts';
import {needWeights} from './need-weights.ts';
import {problemFindings} from './problem-findings.ts';
import {formUnits, type SiteFacts, STAYS} from './representatives.ts';
import {sharedServices} from './shared-services.ts';
import {profileAt} from './site-profiles.ts';
import {softPoints} from './soft-points.ts';
import {auxiliaryUnits, splitTerms} from './split-penalty.ts';
import {looseBonds, mustTogetherGroups} from './units.ts';

/** Largest total the exact integer arithmetic may reach. */
const LARGEST_TOTAL = 2 ** 51;

/**
 * From the documents of the earlier stages to units, sites per class and the levels of the objective.
 * @param model who reaches what, where it is known already
 */
export function buildProblem(
  input: PlacementInput,
  model: ExposureModel = exposureModel(input),
): Outcome<PlacementProblem> {
  const points = profilePoints(model);
  const weights = needWeights(input.sensitivity, input.settings);
  const soft = softPoints(input);
  const open = eligibility(input);
  const base: Variant = {weights: weights.planned, sites: model.sites};
  const profile = (w: number, s: number): number => profileAt({model, input}, base, w, s);
  const facts: SiteFacts = {
    eligibility: open,
    risk: (w, s) =>
      points(profile(w, s), weights.planned[w]!) + (s === STAYS ? 0 : soft[w * input.sites.length + s]!),
    money: moneyOf(input.sites, input.settings),
    services: sharedServices(input.estate, input.sites),
  };
  const loose = looseBonds(input, open, facts.services);
  const groups = mustTogetherGroups(input.estate, loose);
  const placed = formUnits(input, groups, facts);
  const unitOf = new Uint32Array(input.estate.workloads.length);
  placed.forEach((unit, u) => unit.members.forEach((w) => (unitOf[w] = u)));
  const splits = input.settings.splitPenalty > 0 ? splitTerms(input.estate, placed.length, unitOf) : [];
  const units = [...placed, ...auxiliaryUnits(splits)];
  const empty: Level = {
    name: '',
    unary: new Float64Array(0),
    tail: new Uint32Array(0),
    head: new Uint32Array(0),
    forward: new Float64Array(0),
    backward: new Float64Array(0),
  };
  const draft: PlacementProblem = {
    input,
    model,
    points,
    weights,
    eligibility: open,
    soft,
    facts,
    profile,
    units,
    unitOf,
    base,
    groups,
    splits,
    risk: empty,
    latency: latencyOf(input, facts, units, unitOf),
    cost: empty,
    churn: empty,
  };
  const {level: risk, lost} = riskLevel(draft, base);
  const {level: cost, gaps} = costLevel(draft);
  const problem = {...draft, risk, cost, churn: churnLevel(draft)};
  const findings = [...problemFindings(problem, {lost, gaps}), ...sizeFindings([risk, cost])];
  return {value: problem, findings};
}

function sizeFindings(levels: Level[]): Finding[] {
  return levels.flatMap((level) => {
    const sum = (values: Float64Array): number =>
      values.reduce((total, value) => total + (value === Infinity ? 0 : value), 0);
    if (sum(level.unary) + sum(level.forward) + sum(level.backward) <= LARGEST_TOTAL) return [];
    return [
      {
        code: 'BH-PLACE-009',
        severity: 'critical',
        message: `the numbers of the ${level.name} objective are too large for exact arithmetic`,
        where: {},
        remedy: 'Lower rule weights, criticality or prices by a common factor.',
        partial: true,
      },
    ];
  });
}
