import type {Portability, RuleEvaluation, RuleOutcome} from '../../model/policy.ts';
import type {Decision} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';

export const VERDICTS = ['rehost', 'replatform', 'refactor', 'unknown', 'immovable'] as const;

/** What the hard rules and the portability gate leave open. Indexed `w * sites + s`. */
export interface Eligibility {
  allowed: Uint8Array;
  /** Position in {@link VERDICTS}: effort of getting there. */
  effort: Uint8Array;
  /** 1 where a hard rule that removes nothing had an unknown outcome. */
  doubtful: Uint8Array;
}

/** Outcomes the plan goes by: unknown needs are taken at the profile's word. */
export function outcomesOf(evaluation: RuleEvaluation, tuple: number): RuleOutcome[] {
  const found = evaluation.tuples[tuple]!;
  return found.planned ?? found.outcomes;
}

/** Hard rules decide what is possible; a broken one has no say, but leaves doubt. */
export function removes(evaluation: RuleEvaluation, outcome: RuleOutcome): boolean {
  const {effect, broken, onUnknown} = evaluation.rule;
  if (effect !== 'forbid' && effect !== 'require') return false;
  return outcome === 'fail' || (outcome === 'unknown' && onUnknown === 'fail' && !broken);
}

export function eligibility(input: PlacementInput): Eligibility {
  const {estate, sites, siteOf, policy} = input;
  const count = sites.length;
  const allowed = new Uint8Array(estate.workloads.length * count).fill(1);
  const effort = new Uint8Array(allowed.length);
  const doubtful = new Uint8Array(allowed.length);
  for (const evaluation of policy.rules) {
    const {effect, onUnknown} = evaluation.rule;
    if (effect !== 'forbid' && effect !== 'require') continue;
    const perTuple = evaluation.tuples.map((_, tuple) => {
      const outcomes = outcomesOf(evaluation, tuple);
      return {
        gone: outcomes.map((outcome) => removes(evaluation, outcome)),
        doubt: outcomes.map((outcome) => outcome === 'unknown' && onUnknown !== 'ignore'),
      };
    });
    for (let w = 0; w < estate.workloads.length; w++) {
      const {gone, doubt} = perTuple[evaluation.tupleOf[w]!]!;
      for (let s = 0; s < count; s++) {
        if (gone[s]) allowed[w * count + s] = 0;
        else if (doubt[s]) doubtful[w * count + s] = 1;
      }
    }
  }
  for (let w = 0; w < estate.workloads.length; w++) {
    for (let s = 0; s < count; s++) {
      if (siteOf[w] === s) continue;
      const {verdict} = policy.portability(w, s);
      effort[w * count + s] = VERDICTS.indexOf(verdict);
      if (isGate(verdict) || !sites[s]!.receives) allowed[w * count + s] = 0;
    }
  }
  return {allowed, effort, doubtful};
}

export type Removal = Decision['removed'][number];

/** Why each removed site of one workload is out, in the order of the sites. */
export function removalsOf(input: PlacementInput, workload: number): Removal[] {
  const {sites, siteOf, policy} = input;
  return sites.flatMap((site, s) => {
    const found: Removal[] = [];
    policy.rules.forEach((evaluation, rule) => {
      const outcome = outcomesOf(evaluation, evaluation.tupleOf[workload]!)[s]!;
      if (!removes(evaluation, outcome)) return;
      const {id, place} = evaluation.rule;
      const where = place.file === undefined ? {} : {where: `${place.file}:${place.line ?? 1}`};
      found.push({site: site.id, by: id, outcome, ...where, text: policy.message(rule, workload, s)});
    });
    if (siteOf[workload] === s) return found;
    const {verdict, reason} = policy.portability(workload, s);
    if (isGate(verdict)) found.push(gate(site.id, verdict, reason));
    if (!site.receives) {
      found.push({
        ...gate(site.id, 'immovable', `${site.name} is a source only: nothing new is placed there`),
        by: 'receives',
      });
    }
    return found;
  });
}

/** What must be built anew is not placed by a plan: a function does not move onto virtual machines. */
function isGate(verdict: Portability): boolean {
  return verdict === 'immovable' || verdict === 'refactor';
}

function gate(site: string, outcome: Portability, text: string): Removal {
  return {site, by: 'portability', outcome, text};
}
