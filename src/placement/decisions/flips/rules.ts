import type {Decision, Flip} from '../../../model/plan.ts';
import type {ExceptionMark} from '../../../model/policy.ts';
import type {PlacementInput} from '../../input.ts';
import type {Steps} from '../../solve/task.ts';
import {flipAt, type Trial} from './trial.ts';

/** An exception for the sake of the question. */
const SUPPOSED: ExceptionMark = {id: '', owner: '', expiresOn: '', category: 'waiver'};

/**
 * Hard rules that alone take a site away from a workload: without the rule for it and what must stay with it, does it go
 * there? Where the rule only lacks a fact of the site, the fact is asked for instead.
 */
export function* ruleFlips(trial: Trial, workload: number, removed: Decision['removed']): Steps<Flip[]> {
  const {problem} = trial.plan;
  const {input, units, unitOf} = problem;
  const bySite = new Map<string, Decision['removed']>();
  for (const removal of removed) bySite.set(removal.site, [...(bySite.get(removal.site) ?? []), removal]);
  const alone = [...bySite.values()].flatMap((found) =>
    new Set(found.map(({by}) => by)).size === 1 ? [found[0]!] : [],
  );
  const {members} = units[unitOf[workload]!]!;
  const found: Flip[] = [];
  for (const by of new Set(alone.map((removal) => removal.by))) {
    const r = input.policy.rules.findIndex(({rule}) => rule.id === by);
    if (r < 0) continue;
    const own = alone.filter((removal) => removal.by === by);
    const failing = own.some(({outcome}) => outcome === 'fail');
    const at = new Set(own.map(({site}) => site));
    const there = yield* trial.of(without(input, r, members, (site) => at.has(site)));
    const where = own[0]!.where === undefined ? {} : {where: own[0]!.where};
    if (failing) {
      const whom = members.length > 1 ? 'it and what must stay with it' : 'it';
      const change = `an exception for ${whom} from ${by}, the only rule against ${[...at].join(', ')}`;
      found.push(...(yield* flipAt(trial, workload, there, {kind: 'rule', change, id: by, ...where})));
      continue;
    }
    const {tupleOf, tuples} = input.policy.rules[r]!;
    const missing = tuples[tupleOf[workload]!]!.missing;
    const field = input.sites.flatMap(({id}, s) => (at.has(id) && missing[s] ? [missing[s]] : []))[0] ?? null;
    const change = `${field ?? 'what is missing'} known at ${[...at].join(', ')}, and such that ${by} holds`;
    const about = {id: by, ...(field === null ? {} : {field}), ...where};
    found.push(...(yield* flipAt(trial, workload, there, {kind: 'site-fact', change, ...about})));
  }
  return found;
}

/** The same input with the rule excepted for some workloads at some sites. */
function without(
  input: PlacementInput,
  r: number,
  members: number[],
  at: (site: string) => boolean,
): PlacementInput {
  const evaluation = input.policy.rules[r]!;
  const excepted = new Map(evaluation.excepted);
  for (const w of members) {
    const known = excepted.get(w);
    excepted.set(
      w,
      input.sites.map(({id}, s) => known?.[s] ?? (at(id) ? SUPPOSED : null)),
    );
  }
  return {
    ...input,
    policy: {...input.policy, rules: input.policy.rules.with(r, {...evaluation, excepted})},
  };
}
