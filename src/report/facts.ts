import type {Interval} from '../model/common.ts';
import type {Decision, PlanRun, Reason} from '../model/plan.ts';

/** Milli-points as points. */
export function points(milli: number): string {
  return trim((milli / 1000).toFixed(1));
}

/** `12.3 (10–15)`, without the interval where it is a point. */
export function interval({value, lo, hi}: Interval): string {
  const text = (one: number): string => trim(one.toFixed(1));
  return lo === hi ? text(value) : `${text(value)} (${text(lo)}–${text(hi)})`;
}

function trim(decimal: string): string {
  return decimal.endsWith('.0') ? decimal.slice(0, -2) : decimal;
}

/**
 * The reason to print when there is room for one: what took today's site away, else what weighs most for the chosen one;
 * for a workload that stays, rather the rule that closes the other class.
 */
export function mainReason({move, current, reasons, removed}: Decision): Reason | null {
  const hard = reasons.filter((reason) => reason.points === null && reason.where !== undefined);
  const leaving = hard.find((reason) => removed.some(({site, by}) => site === current && by === reason.by));
  if (move && leaving) return leaving;
  // Between sites of one class the other class has no say.
  const near = reasons.find((reason) => reason.by === 'within-class-move');
  if (move && near) return near;
  if (!move && hard[0]) return hard[0];
  let best: Reason | null = null;
  for (const reason of reasons) if ((reason.points ?? 0) > (best?.points ?? 0)) best = reason;
  return best ?? reasons[0] ?? null;
}

/** How sites within a class were chosen, in one sentence; empty where no pair had a say. */
export function siteChoiceSentence({optimality: {sites}, siteChoice}: PlanRun): string {
  if (!sites || !siteChoice) return '';
  const {units, changed, method, gapShare} = sites;
  const who = `Sites within a class: ${units} ${units === 1 ? 'unit' : 'units'} had a choice, ${changed} took another site because of traffic or latency`;
  if (method === 'exact') return `${who}; proven best.`;
  const how = method === 'within-limits' ? ' as far as limits leave room,' : '';
  return gapShare === null
    ? `${who},${how} not proven best.`
    : `${who},${how} within ${(100 * gapShare).toFixed(3)} % of the least cost.`;
}

/** What moves do to the exposure of their workloads together, in words. */
export function effect(decisions: Decision[]): string {
  const sum = (of: (decision: Decision) => number): number =>
    decisions.reduce((total, decision) => total + of(decision), 0);
  const gain = sum((decision) => decision.exposure.gain);
  if (gain < 0) return `raises exposure by ${points(-gain)}`;
  if (decisions.every((decision) => decision.gainsNothing !== null)) return 'gains nothing';
  if (gain === 0) return 'exposure unchanged';
  return `lowers exposure by ${points(gain)} of ${points(sum((decision) => decision.exposure.before))}`;
}

/** Sites and how many workloads go from where to where, most first. */
export interface MoveGroup {
  application: string | null;
  from: string | null;
  to: string;
  decisions: Decision[];
  /** Sum over the group, milli-points. */
  gain: number;
}

/** Moves that belong together: one application, one way. Most gain first, then by name. */
export function moveGroups(run: PlanRun): MoveGroup[] {
  const groups = new Map<string, MoveGroup>();
  for (const decision of run.decisions) {
    if (!decision.move || decision.recommended === null) continue;
    const {application, current: from, recommended: to} = decision;
    const key = JSON.stringify([application ?? ['', decision.workload], from, to]);
    const group = groups.get(key) ?? {application, from, to, decisions: [], gain: 0};
    group.decisions.push(decision);
    group.gain += decision.exposure.gain;
    groups.set(key, group);
  }
  const name = (group: MoveGroup): string => group.application ?? group.decisions[0]!.name;
  return [...groups.values()].sort(
    (a, b) => b.gain - a.gain || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0),
  );
}

export interface GapGroup {
  field: string;
  owner: string | null;
  remedy: string;
  /** Names of workloads it concerns. */
  workloads: string[];
}

/** Equal data gaps of several workloads as one, most workloads first. */
export function gapGroups(run: PlanRun): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const {name, dataGaps} of run.decisions) {
    for (const {field, owner, remedy} of dataGaps) {
      const key = JSON.stringify([field, owner, remedy]);
      const group = groups.get(key) ?? {field, owner, remedy, workloads: []};
      group.workloads.push(name);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort(
    (a, b) => b.workloads.length - a.workloads.length || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0),
  );
}

/** `a, b, c and 4 more`. */
export function some(names: string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** `1 workload`, `2 workloads`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
