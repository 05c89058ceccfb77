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
  const {broken, onUnknown} = evaluation.rule;
  if (!isHard(evaluation)) return false;
  return outcome === 'fail' || (outcome === 'unknown' && onUnknown === 'fail' && !broken);
}

export function eligibility(input: PlacementInput): Eligibility {
  const {estate, sites, siteOf, policy} = input;
  const count = sites.length;
  const allowed = new Uint8Array(estate.workloads.length * count).fill(1);
  const effort = new Uint8Array(allowed.length);
  const doubtful = new Uint8Array(allowed.length);
  for (const evaluation of policy.rules) {
    const {onUnknown} = evaluation.rule;
    if (!isHard(evaluation)) continue;
    const perTuple = evaluation.tuples.map((_, tuple) => {
      const outcomes = outcomesOf(evaluation, tuple);
      return {
        gone: outcomes.map((outcome) => removes(evaluation, outcome)),
        doubt: outcomes.map((outcome) => outcome === 'unknown' && onUnknown !== 'ignore'),
      };
    });
    for (let w = 0; w < estate.workloads.length; w++) {
      const {gone, doubt} = perTuple[evaluation.tupleOf[w]!]!;
      const excepted = evaluation.excepted?.get(w);
      for (let s = 0; s < count; s++) {
        if (gone[s] && !excepted?.[s]) allowed[w * count + s] = 0;
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

/**
 * Why each removed site of a workload is out, in the order of the sites. Removals that read the same for the workload
 * before are the same object: an estate has millions of them, and most rules say the same of everybody.
 */
export function createRemovals(input: PlacementInput): (workload: number) => Removal[] {
  const {sites, siteOf, policy} = input;
  const hard = policy.rules.flatMap((evaluation, rule) =>
    isHard(evaluation) ? [{evaluation, rule, where: whereOf(evaluation)}] : [],
  );
  const last = new Map<number, Removal>();
  const share = (slot: number, site: number, removal: Omit<Removal, 'site'>): Removal => {
    const key = slot * sites.length + site;
    const known = last.get(key);
    if (known && known.text === removal.text && known.outcome === removal.outcome) return known;
    const made = {site: sites[site]!.id, ...removal};
    last.set(key, made);
    return made;
  };
  const [gateSlot, sourceSlot] = [policy.rules.length, policy.rules.length + 1];
  return (workload) =>
    sites.flatMap((site, s) => {
      const found: Removal[] = [];
      for (const {evaluation, rule, where} of hard) {
        const outcome = outcomesOf(evaluation, evaluation.tupleOf[workload]!)[s]!;
        if (!removes(evaluation, outcome) || evaluation.excepted?.get(workload)?.[s]) continue;
        const text = policy.message(rule, workload, s);
        found.push(share(rule, s, {by: evaluation.rule.id, outcome, ...where, text}));
      }
      if (siteOf[workload] === s) return found;
      const {verdict, reason} = policy.portability(workload, s);
      if (isGate(verdict))
        found.push(share(gateSlot, s, {by: 'portability', outcome: verdict, text: reason}));
      if (!site.receives) {
        const text = `${site.name} is a source only: nothing new is placed there`;
        found.push(share(sourceSlot, s, {by: 'receives', outcome: 'immovable', text}));
      }
      return found;
    });
}

function whereOf({rule: {place}}: RuleEvaluation): {where?: string} {
  return place.file === undefined ? {} : {where: `${place.file}:${place.line ?? 1}`};
}

/** Rules that may remove a site: `forbid` and `require`, unless a profile made them advisory. */
export function isHard({rule: {effect, enforcement}}: Pick<RuleEvaluation, 'rule'>): boolean {
  return (effect === 'forbid' || effect === 'require') && enforcement !== 'advisory';
}

/** What must be built anew is not placed by a plan: a function does not move onto virtual machines. */
function isGate(verdict: Portability): boolean {
  return verdict === 'immovable' || verdict === 'refactor';
}
