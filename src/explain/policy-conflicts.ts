import type {Finding, Suppression} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import type {ExceptionMark, ExceptionRecord, PolicyEvaluation, RuleEvaluation} from '../model/policy.ts';
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
 * Where only an exception opens a site, the finding stays and carries it.
 */
export function emptyingRules({workloads, sites, siteOf, policy}: JudgedEstate): Finding[] {
  const groups = new Map<
    string,
    {rules: RuleEvaluation[]; first: Workload; count: number; excuse: Suppression | null}
  >();
  workloads.forEach((workload, w) => {
    const open = sites.flatMap((site, s) => {
      if (siteOf[w] === s) return [s];
      const {verdict} = policy.portability(w, s);
      return site.receives && verdict !== 'immovable' && verdict !== 'refactor' ? [s] : [];
    });
    const removing = policy.rules
      .map((rule) => ({rule, sites: open.filter((s) => removesAt(rule, w, s))}))
      .filter((entry) => entry.sites.length > 0);
    const covered = new Map(open.map((s) => [s, 0]));
    for (const entry of removing) for (const s of entry.sites) covered.set(s, covered.get(s)! + 1);
    if (open.length === 0 || [...covered.values()].includes(0)) return;
    const excused = open.filter((s) =>
      removing.every((entry) => !entry.sites.includes(s) || markAt(entry.rule, w, s)),
    );
    // Those that remove least are let go first, so that few strong rules remain.
    const needed = removing.toSorted((a, b) => b.sites.length - a.sites.length).toReversed();
    const left = needed.filter((entry) => {
      if (entry.sites.some((s) => covered.get(s) === 1)) return true;
      for (const s of entry.sites) covered.set(s, covered.get(s)! - 1);
      return false;
    });
    const rules = left.map(({rule}) => rule).toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
    const marks = excused.flatMap((s) => removing.flatMap(({rule}) => markAt(rule, w, s)?.id ?? []));
    const excuse = suppressionBy([...new Set(marks)], policy.exceptions ?? []);
    const key = [...rules.map(({rule}) => rule.id), excuse?.id].join('\u0000');
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, {rules, first: workload, count: 1, excuse});
  });
  return [...groups.values()].map(({rules, first, count, excuse}) => {
    const names = rules.map(({rule: {id, place}}) =>
      place.file ? `${id} (${place.file}:${place.line ?? 1})` : id,
    );
    const [rule] = rules;
    const many = names.length > 1;
    return {
      code: 'BH-LINT-040',
      severity: 'medium',
      message: `${names.join(' and ')}${many ? ' together leave' : ' leaves'} ${excuse ? `no site without ${excuse.id}` : 'no site'} for ${count === 1 ? first.name : `${count} workloads (for example ${first.name})`}`,
      where: {...rule!.rule.place, id: `${rule!.rule.policy}/${rule!.rule.id}`},
      remedy: `Relax ${many ? 'one of them' : 'it'} for ${count === 1 ? 'this workload' : 'these workloads'}, add a site that satisfies ${many ? 'all' : 'it'}, or grant an exception.`,
      ...(excuse ? {suppression: excuse} : {}),
    };
  });
}

function markAt(rule: RuleEvaluation, workload: number, site: number): ExceptionMark | null {
  return rule.excepted?.get(workload)?.[site] ?? null;
}

/** Several exceptions may be needed to open a site. */
function suppressionBy(ids: readonly string[], register: readonly ExceptionRecord[]): Suppression | null {
  const records = register.filter(({id}) => ids.includes(id));
  if (records.length === 0) return null;
  const justification = records.map(
    ({id, reason, owner, expiresOn}) =>
      `${id}: ${reason.replace(/\.$/, '')}. Owner: ${owner}. Ends on ${expiresOn}.`,
  );
  return {
    id: records.map(({id}) => id).join(', '),
    status: 'accepted',
    justification: justification.join(' '),
  };
}

function removesAt(rule: RuleEvaluation, workload: number, site: number): boolean {
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
