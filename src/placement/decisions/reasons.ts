import type {Reason} from '../../model/plan.ts';
import type {Place} from '../../model/common.ts';
import type {Site} from '../../model/site.ts';
import {reachPoints} from '../problem/exposure-model.ts';
import {removalsOf} from '../problem/eligibility.ts';
import {hostingCost} from '../problem/hosting-cost.ts';
import {CLOSED, STAYS} from '../problem/representatives.ts';
import {isSoft, tuplePoints} from '../problem/soft-points.ts';
import type {Answer} from './answer.ts';
import type {Neighbours} from './neighbours.ts';

/**
 * Why this site and not the second best. The points of all reasons add up to what the second best would cost more on the
 * risk level, with everything else left in place. Hard reasons carry no points.
 */
export function reasonsFor(answer: Answer, neighbours: Neighbours, w: number): Reason[] {
  const {problem} = answer;
  const {input, units, unitOf} = problem;
  const chosen = answer.siteFor(w);
  const second = answer.runnerUp(w);
  const unit = units[unitOf[w]!]!;
  if (unit.blocked) return [{by: 'blocked', text: 'every site is out; it stays where it is', points: null}];
  const hard = hardReasons(answer, w);
  if (second === null || chosen === STAYS) {
    const only =
      hard.length > 0 ? [] : [{by: 'only-site', text: 'no other site is open to it', points: null}];
    return [...hard, ...only];
  }
  const soft = [
    ...exposureReasons(answer, w, chosen, second),
    ...ruleReasons(answer, w, chosen, second),
    ...togetherReasons(answer, w, second),
    ...trustReasons(answer, neighbours, w, second),
  ];
  soft.sort((a, b) => Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0) || (a.by < b.by ? -1 : 1));
  const gain = soft.reduce((sum, reason) => sum + (reason.points ?? 0), 0);
  const rest = gain === 0 ? lowerReasons(answer, w, chosen, second) : [];
  const here = input.siteOf[w] === chosen;
  const calm =
    hard.length + soft.length + rest.length === 0 && here
      ? [{by: 'inertia', text: `nothing speaks for ${input.sites[second]!.id}: it stays`, points: 0}]
      : [];
  return [...hard, ...soft, ...rest, ...calm];
}

/** Rules and gates that removed today's site, or the whole other class. */
function hardReasons(answer: Answer, w: number): Reason[] {
  const {input} = answer.problem;
  const current = input.siteOf[w]!;
  const wanted = new Set<string>();
  if (answer.moves(w) && current !== STAYS) wanted.add(input.sites[current]!.id);
  if (answer.otherSite(w) === CLOSED) {
    const chosen = input.sites[answer.siteFor(w)];
    for (const site of input.sites) if (site.class !== chosen?.class) wanted.add(site.id);
  }
  if (wanted.size === 0) return [];
  const reasons = new Map<string, Reason>();
  for (const removal of removalsOf(input, w)) {
    if (!wanted.has(removal.site) || removal.by === 'receives') continue;
    const known = reasons.get(removal.by);
    if (known) continue;
    const text = `${removal.text} (${removal.outcome} at ${removal.site})`;
    reasons.set(removal.by, {
      by: removal.by,
      text,
      ...(removal.where ? {where: removal.where} : {}),
      points: null,
    });
  }
  return [...reasons.values()];
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
    const value = own[second]! - own[chosen]!;
    if (value === 0) return [];
    const against = evaluation.rule.effect === 'avoid' ? value > 0 : value < 0;
    const message = policy.message(rule, w, against ? second : chosen);
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
function togetherReasons({problem, ...answer}: Answer, w: number, second: number): Reason[] {
  const {units, unitOf, facts, input} = problem;
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
  const text = `credentials between it and ${names.join(', ')} carry exposure ${value > 0 ? 'if it stood at' : 'although it stands away from'} ${name(problem.input.sites, second)}`;
  return [{by: 'trust', text, points: value}];
}

/** Equal risk: cost decides, then staying. */
function lowerReasons({problem}: Answer, w: number, chosen: number, second: number): Reason[] {
  const {input} = problem;
  const workload = input.estate.workloads[w]!;
  const [here, there] = [input.sites[chosen]!, input.sites[second]!];
  const costs = [hostingCost(workload, here), hostingCost(workload, there)] as const;
  const reasons: Reason[] = [];
  if (costs[0] !== null && costs[1] !== null && here.cost?.currency === there.cost?.currency) {
    const saved = (costs[1] - costs[0]) / 100;
    const note = here.cost?.illustrative || there.cost?.illustrative ? ', illustrative prices' : '';
    if (saved !== 0) {
      const amount = `${Math.abs(saved).toFixed(2)} ${here.cost!.currency} per month`;
      reasons.push({
        by: 'cost',
        text: `equal risk; ${amount} ${saved > 0 ? 'less' : 'more'} than ${there.id}${note}`,
        points: null,
      });
    }
  }
  if (input.siteOf[w] === chosen) {
    reasons.push({by: 'inertia', text: `no less risk at ${there.id}: it stays`, points: null});
  }
  return reasons;
}

function name(sites: Site[], site: number): string {
  return sites[site]?.id ?? 'its place';
}

function where(place: Place): {where?: string} {
  return place.file === undefined ? {} : {where: `${place.file}:${place.line ?? 1}`};
}
