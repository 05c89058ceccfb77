import type {Finding} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import type {PolicyEvaluation, RuleEvaluation} from '../model/policy.ts';
import type {Site} from '../model/site.ts';
import {outcomesOf, removes} from '../placement/problem/eligibility.ts';
import {isSoft, tuplePoints} from '../placement/problem/soft-points.ts';

/** A judged estate, as far as rules are compared with it. */
export interface JudgedEstate {
  workloads: readonly Workload[];
  sites: readonly Site[];
  siteOf: Int32Array;
  policy: PolicyEvaluation;
}

/**
 * Rules that together leave no site for some workload. Each finding names an irreducible set: without any one of its
 * rules a site would be open. Sites that take nothing new, or to which the workload cannot be brought, are not counted.
 */
export function emptyingRules({workloads, sites, siteOf, policy}: JudgedEstate): Finding[] {
  const groups = new Map<string, {rules: RuleEvaluation[]; first: Workload; count: number}>();
  workloads.forEach((workload, w) => {
    const open = sites.flatMap((site, s) => {
      if (siteOf[w] === s) return [s];
      const {verdict} = policy.portability(w, s);
      return site.receives && verdict !== 'immovable' && verdict !== 'refactor' ? [s] : [];
    });
    const removing = policy.rules
      .map((rule) => ({rule, sites: open.filter((s) => removesAt(rule, w, s))}))
      .filter((entry) => entry.sites.length > 0);
    const empty = (entries: typeof removing): boolean =>
      open.every((s) => entries.some((entry) => entry.sites.includes(s)));
    if (open.length === 0 || !empty(removing)) return;
    // Those that remove least are let go first, so that few strong rules remain.
    let left = removing.toSorted((a, b) => b.sites.length - a.sites.length);
    for (const entry of [...left].reverse()) {
      const without = left.filter((other) => other !== entry);
      if (empty(without)) left = without;
    }
    const rules = left.map(({rule}) => rule).toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
    const key = rules.map(({rule}) => rule.id).join('\u0000');
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, {rules, first: workload, count: 1});
  });
  return [...groups.values()].map(({rules, first, count}) => {
    const names = rules.map(({rule: {id, place}}) =>
      place.file ? `${id} (${place.file}:${place.line ?? 1})` : id,
    );
    const [rule] = rules;
    const many = names.length > 1;
    return {
      code: 'BH-LINT-040',
      severity: 'medium',
      message: `${names.join(' and ')}${many ? ' together leave' : ' leaves'} no site for ${count === 1 ? first.name : `${count} workloads (for example ${first.name})`}`,
      where: {...rule!.rule.place, id: `${rule!.rule.policy}/${rule!.rule.id}`},
      remedy: `Relax ${many ? 'one of them' : 'it'} for ${count === 1 ? 'this workload' : 'these workloads'}, add a site that satisfies ${many ? 'all' : 'it'}, or grant an exception.`,
    };
  });
}

function removesAt(rule: RuleEvaluation, workload: number, site: number): boolean {
  if (rule.excepted?.get(workload)?.[site]) return false;
  return removes(rule, outcomesOf(rule, rule.tupleOf[workload]!)[site]!);
}

/**
 * Soft rules that give every site a workload may be at the same points, for all workloads: whatever their weight, no
 * decision depends on them.
 */
export function deadWeights({workloads, sites, siteOf, policy}: JudgedEstate): Finding[] {
  return policy.rules.flatMap((evaluation): Finding[] => {
    const {rule, tupleOf, tuples} = evaluation;
    if (!isSoft(evaluation) || workloads.length === 0) return [];
    const points = tuples.map((_, tuple) => tuplePoints(evaluation, tuple));
    const tells = workloads.some((_, w) => {
      const own = points[tupleOf[w]!]!.filter((_, s) => sites[s]!.receives || siteOf[w] === s);
      return own.some((value) => value !== own[0]);
    });
    if (tells) return [];
    return [
      {
        code: 'BH-LINT-041',
        severity: 'low',
        message: `rule ${rule.id} is dead weight: it gives every open site the same points for every workload of this estate`,
        where: {...rule.place, id: `${rule.policy}/${rule.id}`},
        remedy: 'Make its condition tell sites apart, or remove it.',
      },
    ];
  });
}
