import {type CutLevel, FORBIDDEN} from '../../model/plan.ts';
import type {Checkable} from './shape.ts';
import {splitProblems} from './splits.ts';

/** Decisions against the problem they claim to come from. Returns what is wrong, in words. */
export function decisionProblems(run: Checkable): string[] {
  const found: string[] = [];
  const unitOf = new Map<string, number>();
  run.unitMembers.forEach((members, u) => {
    if (members.length > 0 && members.join(' + ') !== run.problem.units[u])
      found.push(`unit ${run.problem.units[u]} does not name its workloads`);
    for (const id of members) {
      if (unitOf.has(id)) found.push(`${id} is in two units`);
      unitOf.set(id, u);
    }
  });
  const seen = new Set<string>();
  for (const {workload} of run.decisions) {
    if (!unitOf.has(workload)) found.push(`${workload} has a decision but is in no unit`);
    if (seen.has(workload)) found.push(`${workload} has two decisions`);
    seen.add(workload);
  }
  for (const id of unitOf.keys()) if (!seen.has(id)) found.push(`${id} has no decision`);
  if (found.length > 0) return found;
  return [...splitProblems(run), ...siteProblems(run, unitOf), ...numberProblems(run, unitOf)];
}

function siteProblems(run: Checkable, unitOf: Map<string, number>): string[] {
  const found: string[] = [];
  const classes = new Map(run.sites.map((site) => [site.id, site.class === 'dedicated' ? 1 : 0]));
  const siteOfUnit = new Map<number, string | null>();
  for (const decision of run.decisions) {
    const {workload, recommended, current, status, move} = decision;
    const u = unitOf.get(workload)!;
    for (const site of [recommended, current, decision.runnerUp]) {
      if (site !== null && !classes.has(site))
        found.push(`${workload} names site ${site}, which does not exist`);
    }
    if (recommended !== null && classes.get(recommended) !== run.labels[u]) {
      found.push(`${workload} is placed at ${recommended}, but its unit has the other class`);
    }
    if (status !== 'blocked' && decision.removed.some((removal) => removal.site === recommended)) {
      found.push(`${workload} is placed at ${recommended}, which a hard rule removed`);
    }
    if (status === 'blocked' && move) found.push(`${workload} is blocked, but moves`);
    if (move !== (recommended !== null && recommended !== current))
      found.push(`${workload} has a wrong move flag`);
    if (siteOfUnit.has(u) && siteOfUnit.get(u) !== recommended) {
      found.push(`${workload} is split from what it must stay together with`);
    }
    siteOfUnit.set(u, recommended);
  }
  return found;
}

function numberProblems(run: Checkable, unitOf: Map<string, number>): string[] {
  const found: string[] = [];
  const classes = new Map(run.sites.map((site) => [site.id, site.class === 'dedicated' ? 1 : 0]));
  const weighted = run.problem.levels.some(({name}) => name === 'weighted');
  const names = weighted ? [] : run.problem.levels.map(({name}) => name);
  const auxiliary = new Set(run.unitMembers.flatMap((members, u) => (members.length === 0 ? [u] : [])));
  const flips = run.problem.levels.map((level) => flipper(level, run.labels, auxiliary));
  for (const decision of run.decisions) {
    const {workload, exposure, regret, companions, recommended, runnerUp} = decision;
    const u = unitOf.get(workload)!;
    if (exposure.gain !== exposure.before - exposure.after)
      found.push(`${workload}: exposure gain is not before − after`);
    const other =
      runnerUp !== null && recommended !== null && classes.get(runnerUp) !== classes.get(recommended);
    const risk = names[0] === 'risk' ? flips[0] : undefined;
    const points = decision.reasons.reduce((total, reason) => total + (reason.points ?? 0), 0);
    if (other && risk && points !== risk([u])) {
      found.push(`${workload}: reasons add up to ${points}, the second best costs ${risk([u])} more`);
    }
    if (!regret || weighted) continue;
    const together = new Set([u]);
    for (const id of companions) {
      const unit = unitOf.get(id);
      if (unit === undefined) found.push(`${workload}: companion ${id} does not exist`);
      else together.add(unit);
    }
    const recomputed = flips.map((flip) => flip([...together]));
    const claimed = names.map((name) => regret[name as keyof typeof regret]);
    if (Object.keys(regret).length !== names.length || recomputed.some((value, k) => value !== claimed[k])) {
      found.push(`${workload}: regret is ${recomputed.join(' / ')}, not ${claimed.join(' / ')}`);
    }
    const first = claimed.find((value) => value !== 0) ?? 0;
    if (first < 0) found.push(`${workload}: its other class would be better`);
  }
  return found;
}

/** Change of a level's value when some units change class; auxiliary units follow to whichever class is cheaper. */
function flipper(level: CutLevel, labels: number[], auxiliary: Set<number>): (units: number[]) => number {
  const incident = new Map<number, number[]>();
  const {tail, head, weight} = level.arcs;
  weight.forEach((_, a) => {
    for (const u of [tail[a]!, head[a]!]) {
      const known = incident.get(u);
      if (known) known.push(a);
      else incident.set(u, [a]);
    }
  });
  const paidAt = (u: number, label: number, flipped: Set<number>): number => {
    let paid = 0;
    for (const a of incident.get(u) ?? []) {
      const [t, h] = [tail[a]!, head[a]!];
      const of = (v: number): number => (v === u ? label : flipped.has(v) ? 1 - labels[v]! : labels[v]!);
      if (of(t) === 0 && of(h) === 1) paid += weight[a]!;
    }
    return paid;
  };
  return (units) => {
    const flipped = new Set(units);
    const own = units.flatMap((u) => incident.get(u) ?? []);
    const arcs = new Set(own);
    // They touch no other auxiliary unit, so each can be looked at alone.
    for (const a of own) {
      for (const u of [tail[a]!, head[a]!]) {
        if (!auxiliary.has(u)) continue;
        const now = labels[u]!;
        if (paidAt(u, 1 - now, flipped) < paidAt(u, now, flipped)) flipped.add(u);
        for (const other of incident.get(u) ?? []) arcs.add(other);
      }
    }
    let change = 0;
    for (const u of units) {
      const label = labels[u]!;
      const [now, then] = [level.unary[2 * u + label]!, level.unary[2 * u + 1 - label]!];
      if (now === FORBIDDEN || then === FORBIDDEN) return NaN;
      change += then - now;
    }
    const after = (u: number): number => (flipped.has(u) ? 1 - labels[u]! : labels[u]!);
    for (const a of arcs) {
      const [t, h] = [tail[a]!, head[a]!];
      if (labels[t] === 0 && labels[h] === 1) change -= weight[a]!;
      if (after(t) === 0 && after(h) === 1) change += weight[a]!;
    }
    return change;
  };
}
