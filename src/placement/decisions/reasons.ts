import type {Reason} from '../../model/plan.ts';
import type {Place} from '../../model/common.ts';
import type {Site} from '../../model/site.ts';
import {reachPoints} from '../problem/exposure-model.ts';
import type {Removal} from '../problem/eligibility.ts';
import {hostingCost} from '../problem/hosting-cost.ts';
import {CLOSED, STAYS} from '../problem/representatives.ts';
import {isSoft, tuplePoints} from '../problem/soft-points.ts';
import type {Answer} from './answer.ts';
import type {Neighbours} from './neighbours.ts';
import {latencyReasons, splitReasons} from './together-reasons.ts';

/**
 * Why this site and not the second best. The points of all reasons add up to what the second best would cost more on the
 * risk level, with everything else left in place. Hard reasons carry no points.
 */
export function reasonsFor(answer: Answer, neighbours: Neighbours, removed: Removal[], w: number): Reason[] {
  const {problem} = answer;
  const {input, units, unitOf} = problem;
  const chosen = answer.siteFor(w);
  const second = answer.runnerUp(w);
  const unit = units[unitOf[w]!]!;
  if (unit.blocked) return [{by: 'blocked', text: 'every site is out; it stays where it is', points: null}];
  const removals = removed.filter((removal) => removal.by !== 'receives');
  const leaving = leavingReasons(answer, removals, w);
  const closing = closingReasons(answer, removals, leaving, w);
  if (second === null) {
    const none = leaving.length + closing.length === 0;
    const only: Reason[] = none ? [{by: 'only-site', text: 'no other site is open to it', points: null}] : [];
    return [...leaving, ...closing, ...only];
  }
  const soft = [
    ...exposureReasons(answer, w, chosen, second),
    ...ruleReasons(answer, w, chosen, second),
    ...togetherReasons(answer, w, second),
    ...trustReasons(answer, neighbours, w, second),
    ...toleranceReasons(answer, neighbours, w, second),
    ...withinClassReasons(answer, w, second),
  ];
  soft.sort((a, b) => Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0) || (a.by < b.by ? -1 : 1));
  const gain = soft.reduce((sum, reason) => sum + (reason.points ?? 0), 0);
  const rest = gain === 0 ? lowerReasons(answer, w, chosen, second) : [];
  const found = [...leaving, ...soft, ...closing, ...rest];
  if (found.length > 0) return found;
  return [{by: 'inertia', text: `nothing speaks for ${name(input.sites, second)}`, points: 0}];
}

/** What took today's site away from a workload that goes. */
function leavingReasons(answer: Answer, removals: Removal[], w: number): Reason[] {
  const {input} = answer.problem;
  const current = input.sites[input.siteOf[w]!]?.id;
  if (!answer.moves(w) || current === undefined) return [];
  return removals
    .filter((removal) => removal.site === current)
    .map(({by, text, outcome, where}) => ({
      by,
      text: outcome === 'fail' ? text : `${text} (${outcome} at ${current})`,
      ...(where ? {where} : {}),
      points: null,
    }));
}

/** What took the whole other class away, once per rule that is not named yet. */
function closingReasons(answer: Answer, removals: Removal[], named: Reason[], w: number): Reason[] {
  if (answer.otherSite(w) !== CLOSED) return [];
  const {input} = answer.problem;
  const own = input.sites[answer.siteFor(w)]?.class;
  const others = new Set(input.sites.filter((site) => site.class !== own).map((site) => site.id));
  const byRule = new Map<string, Removal[]>();
  for (const removal of removals) {
    if (!others.has(removal.site) || named.some((reason) => reason.by === removal.by)) continue;
    const known = byRule.get(removal.by);
    if (known) known.push(removal);
    else byRule.set(removal.by, [removal]);
  }
  return [...byRule.values()].map((found) => {
    const {by, text, outcome, site, where} = found[0]!;
    const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
    return {by, text: `${text} (${outcome} at ${site}${more})`, ...(where ? {where} : {}), points: null};
  });
}

function exposureReasons({problem}: Answer, w: number, chosen: number, second: number): Reason[] {
  const {model, base, input} = problem;
  const weight = base.weights[w]!;
  const points = new Map<number, number>();
  for (const [site, sign] of [
    [second, 1],
    [chosen, -1],
  ] as const) {
    for (const {root, delta} of model.table.reaches(problem.profile(w, site))) {
      points.set(root, (points.get(root) ?? 0) + sign * reachPoints(model, root, delta, weight));
    }
  }
  return [...points]
    .filter(([, value]) => value !== 0)
    .map(([root, value]) => ({
      by: 'exposure',
      text: `${model.roots[root]!.name} reaches it ${value > 0 ? `at ${name(input.sites, second)}, less or not at ${name(input.sites, chosen)}` : `more at ${name(input.sites, chosen)}`}`,
      points: value,
    }));
}

function ruleReasons({problem}: Answer, w: number, chosen: number, second: number): Reason[] {
  const {policy, sites} = problem.input;
  return policy.rules.flatMap((evaluation, rule): Reason[] => {
    if (!isSoft(evaluation)) return [];
    const own = tuplePoints(evaluation, evaluation.tupleOf[w]!);
    const value = (own[second] ?? 0) - (own[chosen] ?? 0);
    if (value === 0) return [];
    const against = evaluation.rule.effect === 'avoid' ? value > 0 : value < 0;
    const told = against ? second : chosen;
    const message = policy.message(rule, w, told === STAYS ? second : told);
    return [
      {
        by: evaluation.rule.id,
        text: `${message} (${value > 0 ? 'for' : 'against'} ${name(sites, chosen)})`,
        ...where(evaluation.rule.place),
        points: value,
      },
    ];
  });
}

/** What the other members of a must-together group say, in one line. */
function togetherReasons(answer: Answer, w: number, second: number): Reason[] {
  const {units, unitOf, facts, input} = answer.problem;
  const others = units[unitOf[w]!]!.members.filter((member) => member !== w);
  let value = 0;
  for (const member of others)
    value += facts.risk(member, second) - facts.risk(member, answer.siteFor(member));
  if (value === 0) return [];
  const names = others.slice(0, 3).map((member) => input.estate.workloads[member]!.name);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return [{by: 'together', text: `goes together with ${names.join(', ')}${more}`, points: value}];
}

/** Credentials that lie on this workload or on others for it. */
function trustReasons(answer: Answer, neighbours: Neighbours, w: number, second: number): Reason[] {
  const {problem, solution} = answer;
  const u = problem.unitOf[w]!;
  if (second !== answer.otherSite(w)) return [];
  const value = neighbours.difference(u, solution.labels);
  if (value === 0) return [];
  const names = neighbours.names(u).slice(0, 3);
  if (names.length === 0)
    return [
      {by: 'within-class', text: 'what another site of the same class saves is not counted', points: value},
    ];
  const text = `credentials between it and ${names.join(', ')} carry exposure ${value > 0 ? 'if it stood at' : 'although it stands away from'} ${name(problem.input.sites, second)}`;
  return [{by: 'trust', text, points: value}];
}

/** A gain too small to act on is taken back, so that the points still add up. */
function toleranceReasons(answer: Answer, neighbours: Neighbours, w: number, second: number): Reason[] {
  if (second !== answer.otherSite(w)) return [];
  const {unitOf, input} = answer.problem;
  const value = neighbours.tolerance(unitOf[w]!, answer.solution.labels);
  if (value === 0) return [];
  const text = `a gain below ${input.settings.riskTolerance / 1000} points per workload counts as none`;
  return [{by: 'tolerance', text, points: value}];
}

/** The class was chosen with another site of it in mind: what that differs by is not counted. */
function withinClassReasons({problem, otherSite, siteFor}: Answer, w: number, second: number): Reason[] {
  const {represented, units, unitOf, facts, input} = problem;
  const u = unitOf[w]!;
  if (!represented || second !== otherSite(w)) return [];
  const {members} = units[u]!;
  const chosen = siteFor(w);
  const meant = represented[u]!.site.find((site, c) => site !== units[u]!.site[c]);
  if (meant === undefined) return [];
  const value = members.reduce((sum, m) => sum + facts.risk(m, chosen) - facts.risk(m, meant), 0);
  if (value === 0) return [];
  const text = `what ${name(input.sites, chosen)} differs in from ${name(input.sites, meant)}, a site of the same class, is not counted`;
  return [{by: 'within-class', text, points: value}];
}

/** Equal risk: cost decides, then staying. */
function lowerReasons(answer: Answer, w: number, chosen: number, second: number): Reason[] {
  const {problem} = answer;
  const {input} = problem;
  const workload = input.estate.workloads[w]!;
  const [here, there] = [input.sites[chosen], input.sites[second]];
  if (!here || !there) return [];
  const {money} = problem.facts;
  const costs = [hostingCost(workload, here, money), hostingCost(workload, there, money)] as const;
  const reasons: Reason[] = [...latencyReasons(answer, w, second), ...splitReasons(answer, w, second)];
  let saving = 0;
  if (costs[0] !== null && costs[1] !== null) {
    const saved = (costs[1] - costs[0]) / 100;
    saving = -saved;
    const note = here.cost?.illustrative || there.cost?.illustrative ? ', illustrative prices' : '';
    if (saved !== 0) {
      const amount = `${Math.abs(saved).toFixed(2)} ${money.currency} per month`;
      reasons.push({
        by: 'cost',
        text: `equal risk; ${amount} ${saved > 0 ? 'less' : 'more'} than ${there.id}${note}`,
        points: null,
      });
    }
  }
  if (input.siteOf[w] === chosen) {
    const least = input.settings.moveMustSave / 100;
    const little =
      saving > 0 && saving < least
        ? `, and a move must save at least ${least.toFixed(2)} ${money.currency} per month`
        : '';
    reasons.push({by: 'inertia', text: `no less risk at ${there.id}${little}: it stays`, points: null});
  }
  return reasons;
}

function name(sites: Site[], site: number): string {
  return sites[site]?.id ?? 'its place';
}

function where(place: Place): {where?: string} {
  return place.file === undefined ? {} : {where: `${place.file}:${place.line ?? 1}`};
}
