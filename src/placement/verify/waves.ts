import type {WavePlan} from '../../model/waves.ts';
import type {Checkable} from './shape.ts';
import {boundProblems} from './wave-bounds.ts';
import {waveShape} from './wave-shape.ts';

type Run = Checkable & {waves: WavePlan};

/** What the check of the waves says; null = the plan has none. */
export function checkWaves(run: unknown, read: Checkable): {problems: string[]; detail: string} | null {
  const value = (run as {waves?: unknown}).waves;
  if (value === undefined) return null;
  const {waves, problems} = waveShape(value, read.decisions.length);
  if (waves === null) return {problems, detail: ''};
  const proven = waves.proof === null ? 'no bound is proven' : 'bounds are proven by one share per tie';
  return {
    problems: waveProblems({...read, waves}),
    detail: `${waves.movers.length} moves in ${waves.waves.length} waves: sizes, order, days and traffic hold; ${proven}`,
  };
}

/**
 * Whether the waves are what they say: every move in one wave, sizes, what goes together, the order of environments, days
 * and freeze windows, traffic between sites after each wave and of the baselines, and the bounds. Positions of the
 * document must be in range. Returns what is wrong, in words.
 */
function waveProblems(run: Run): string[] {
  const waveOf = new Map<string, number>();
  const found: string[] = [];
  run.waves.waves.forEach(({number, workloads}, k) => {
    if (number !== k + 1) found.push(`wave ${number} is the ${k + 1}th`);
    for (const id of workloads) {
      if (waveOf.has(id)) found.push(`${id} moves twice`);
      waveOf.set(id, k + 1);
    }
  });
  const moving = run.decisions.filter(({move}) => move).map(({workload}) => workload);
  for (const id of moving) if (!waveOf.has(id)) found.push(`${id} should move, but is in no wave`);
  if (waveOf.size !== moving.length)
    found.push(`${waveOf.size} workloads are in waves, but ${moving.length} move`);
  const named = run.waves.movers.map((position) => run.decisions[position]!.workload);
  if (named.join('\n') !== moving.join('\n'))
    found.push('the list of what moves is not what the decisions say');
  if (found.length > 0) return found;
  const ours = named.map((id) => waveOf.get(id)!);
  return [
    ...groupProblems(run, ours),
    ...orderProblems(run, ours),
    ...dayProblems(run, ours),
    ...trafficProblems(run, ours),
    ...copyProblems(run),
    ...boundProblems(run.waves, run.decisions),
  ];
}

/** Sizes, and what must go together: groups as written, and units of the problem whoever wrote them. */
function groupProblems({waves: plan, decisions, unitMembers}: Run, ours: number[]): string[] {
  const found: string[] = [];
  const groupOf = plan.movers.map(() => -1);
  plan.groups.forEach((members, g) => {
    for (const m of members) {
      if (groupOf[m] !== -1) found.push(`${decisions[plan.movers[m]!]!.workload} is in two groups`);
      groupOf[m] = g;
    }
    if (new Set(members.map((m) => ours[m])).size > 1) found.push(`group ${g} is spread over several waves`);
  });
  if (groupOf.includes(-1)) found.push('something that moves is in no group');
  const moverOf = new Map(plan.movers.map((position, m) => [decisions[position]!.workload, m]));
  unitMembers.forEach((ids) => {
    const waves = new Set(ids.flatMap((id) => (moverOf.has(id) ? [ours[moverOf.get(id)!]!] : [])));
    if (waves.size > 1) found.push(`${ids[0]} and what must stay with it are in several waves`);
  });
  for (const {number, workloads, oversize} of plan.waves) {
    const over = workloads.length > plan.settings.size;
    if (over !== oversize) found.push(`wave ${number} is ${over ? '' : 'not '}larger than a wave may be`);
    const groups = new Set(workloads.map((id) => groupOf[moverOf.get(id)!]));
    if (over && groups.size !== 1)
      found.push(`wave ${number} holds ${workloads.length} workloads, though it could be parted`);
    if (workloads.length === 0) found.push(`wave ${number} is empty`);
  }
  return found;
}

/** Earlier environments of an application are in earlier waves, save for pairs the plan names or one group holds. */
function orderProblems({waves: plan, decisions}: Run, ours: number[]): string[] {
  const found: string[] = [];
  const groupOf = new Map(plan.groups.flatMap((members, g) => members.map((m) => [m, g] as const)));
  const excused = new Set(plan.unordered.map(({before, after}) => `${before} ${after}`));
  const applications = new Map<string, number[]>();
  plan.movers.forEach((position, m) => {
    const {application} = decisions[position]!;
    if (application === null) return;
    const known = applications.get(application);
    if (known) known.push(m);
    else applications.set(application, [m]);
  });
  for (const [application, members] of applications) {
    const sorted = members.toSorted((a, b) => plan.environment[a]! - plan.environment[b]!);
    // Latest wave so far of each group of an earlier environment.
    const earlier = new Map<number, number>();
    for (let at = 0; at < sorted.length;) {
      let end = at;
      while (end < sorted.length && plan.environment[sorted[end]!] === plan.environment[sorted[at]!]) end++;
      const own = sorted.slice(at, end);
      const soonest = Math.min(...new Set(own.map((m) => ours[m]!)));
      for (const [g, wave] of earlier) {
        if (wave < soonest) continue;
        const late = own.find(
          (m) => groupOf.get(m) !== g && ours[m]! <= wave && !excused.has(`${g} ${groupOf.get(m)}`),
        );
        if (late !== undefined)
          found.push(
            `${application}: ${decisions[plan.movers[late]!]!.workload} moves no later than an earlier environment`,
          );
      }
      for (const m of own) earlier.set(groupOf.get(m)!, ours[m]!);
      at = end;
    }
  }
  return found;
}

/** Days in order and far enough apart, none in a freeze window that holds for what moves then. */
function dayProblems({waves: {settings, waves, frozen, movers}, decisions}: Run, ours: number[]): string[] {
  const found: string[] = [];
  const {start, everyDays, freeze} = settings;
  let least = start;
  for (const {number, date} of waves) {
    if ((date === null) !== (start === null))
      found.push(`wave ${number} ${date === null ? 'has no day' : 'has a day'}`);
    if (date === null || least === null) continue;
    if (date < least) found.push(`wave ${number} is on ${date}, before ${least}`);
    least = later(date, everyDays);
    for (const window of freeze)
      if (window.match === null && date >= window.from && date <= window.to)
        found.push(`wave ${number} is on ${date}, on which everything is frozen`);
  }
  for (const {mover, freeze: k} of frozen) {
    const date = waves[ours[mover]! - 1]!.date;
    const window = freeze[k]!;
    if (date !== null && date >= window.from && date <= window.to)
      found.push(`${decisions[movers[mover]!]!.workload} moves on ${date}, on which it is frozen`);
  }
  return found;
}

function later(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Wave by wave: moves the workloads and counts the flows between sites anew. */
function trafficProblems({waves: plan, decisions}: Run, ours: number[]): string[] {
  const found: string[] = [];
  const states = replay(plan, decisions, ours);
  const {unitsPerGib} = plan.traffic;
  const compare = (what: string, claim: {gib: number; unknownFlows: number}, state: State): void => {
    if (claim.gib !== state.known / unitsPerGib || claim.unknownFlows !== state.unknown)
      found.push(
        `${what} ${state.known / unitsPerGib} GiB per month and ${state.unknown} unknown flows are between sites, not ${claim.gib} and ${claim.unknownFlows}`,
      );
  };
  compare('before', plan.today, states[0]!);
  compare('at the end', plan.final, states.at(-1)!);
  plan.waves.forEach((wave, k) => {
    compare(`after wave ${wave.number}`, wave.after, states[k + 1]!);
    if (wave.weighed !== states[k + 1]!.weighed / unitsPerGib)
      found.push(`wave ${wave.number} is weighed ${wave.weighed}`);
  });
  const totals = (name: string, claim: {waves: number; sum: number; peak: number}, all: State[]): void => {
    const between = all.slice(1, -1).map(({weighed}) => weighed);
    const sum = between.reduce((total, value) => total + value, 0) / unitsPerGib;
    const peak = between.reduce((most, value) => Math.max(most, value), 0) / unitsPerGib;
    if (claim.waves !== all.length - 1 || claim.sum !== sum || claim.peak !== peak)
      found.push(
        `${name}: ${all.length - 1} waves have ${sum} GiB in all and ${peak} at most, the plan says otherwise`,
      );
  };
  totals('the waves', plan.totals, states);
  for (const {waveOf, name, ...claim} of plan.baselines) {
    const waves = waveOf.reduce((most, wave) => Math.max(most, wave), 0);
    if (
      waveOf.length !== plan.movers.length ||
      new Set(waveOf).size !== waves ||
      waveOf.some((wave) => wave < 1)
    )
      found.push(`${name}: not everything that moves is in a wave`);
    else totals(name, claim, replay(plan, decisions, waveOf));
  }
  return found;
}

interface State {
  weighed: number;
  known: number;
  unknown: number;
}

function replay({movers, traffic}: WavePlan, decisions: Run['decisions'], waveOf: number[]): State[] {
  const at = decisions.map(({current}) => current);
  const {from, to, amount, unknown, unknownAmount} = traffic;
  const flowsOf = new Map<number, number[]>();
  const now: State = {weighed: 0, known: 0, unknown: 0};
  const count = (f: number, sign: 1 | -1): void => {
    if (at[from[f]!] === at[to[f]!]) return;
    now.known += sign * amount[f]!;
    now.unknown += sign * unknown[f]!;
    now.weighed += sign * (amount[f]! + unknown[f]! * unknownAmount);
  };
  for (let f = 0; f < from.length; f++) {
    for (const end of [from[f]!, to[f]!]) {
      const known = flowsOf.get(end);
      if (known) known.push(f);
      else flowsOf.set(end, [f]);
    }
    count(f, 1);
  }
  const states = [{...now}];
  const waves = waveOf.reduce((most, wave) => Math.max(most, wave), 0);
  const members = Array.from({length: waves}, () => [] as number[]);
  waveOf.forEach((wave, m) => members[wave - 1]!.push(movers[m]!));
  for (const workloads of members) {
    for (const w of workloads) {
      for (const f of flowsOf.get(w) ?? []) count(f, -1);
      at[w] = decisions[w]!.recommended;
      for (const f of flowsOf.get(w) ?? []) count(f, 1);
    }
    states.push({...now});
  }
  return states;
}

/** What is copied and what that costs, and from where to where. */
function copyProblems({waves: plan, decisions}: Run): string[] {
  const found: string[] = [];
  const moverOf = new Map(plan.movers.map((position, m) => [decisions[position]!.workload, m]));
  const priceOf = new Map(plan.prices.map((price) => [price.site, price]));
  for (const {number, workloads, copy, egress, routes} of plan.waves) {
    let [storage, unknown, unpriced] = [0, 0, 0];
    const amounts = new Map<string, number>();
    const ways = new Map<string, number>();
    for (const id of workloads) {
      const m = moverOf.get(id)!;
      const {current, recommended} = decisions[plan.movers[m]!]!;
      const way = JSON.stringify([current, recommended]);
      ways.set(way, (ways.get(way) ?? 0) + 1);
      const size = plan.storageMiB[m]!;
      const price = current === null ? undefined : priceOf.get(current);
      storage += size ?? 0;
      if (size === null) unknown++;
      if (size === null || !price) unpriced++;
      else amounts.set(price.currency, (amounts.get(price.currency) ?? 0) + (size / 1024) * price.perGib);
    }
    if (Math.abs(copy.gib - storage / 1024) > 0.0051 || copy.unknown !== unknown)
      found.push(
        `wave ${number} copies ${storage / 1024} GiB with ${unknown} sizes unknown, the plan says otherwise`,
      );
    const same =
      egress.amounts.length === amounts.size &&
      egress.amounts.every(
        ({currency, minor}) => Math.abs(minor - 100 * (amounts.get(currency) ?? NaN)) < 0.51,
      );
    if (!same || egress.unknown !== unpriced)
      found.push(`wave ${number}: the cost of moving out does not add up`);
    const told = routes.every(({from, to, workloads: many}) => ways.get(JSON.stringify([from, to])) === many);
    if (!told || routes.length !== ways.size)
      found.push(`wave ${number}: routes are not those of its workloads`);
  }
  return found;
}
