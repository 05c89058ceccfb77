import {
  type CutCertificate,
  type CutProblem,
  FORBIDDEN,
  type LimitUse,
  type WrittenDual,
} from '../../model/plan.ts';

type Choice = NonNullable<CutProblem['choice']>;

/** The parts of a plan with limits that are checked here. */
export interface LimitClaim {
  problem: CutProblem;
  labels: number[];
  limits: LimitUse[];
  decisions: {workload: string; recommended: string | null}[];
  unitMembers: string[][];
  certificate: CutCertificate | null;
}

/** Whether the chosen options are the plan, and use what it says they use. Returns what is wrong, in words. */
export function choiceProblems({
  problem,
  labels,
  limits,
  decisions,
  unitMembers,
  certificate,
}: LimitClaim): string[] {
  const choice = problem.choice!;
  const found: string[] = [];
  /** Milli-points per unit; without prices there is room for everything. */
  const priceOf = (r: number): number | null => {
    if (!certificate) return null;
    const {dual} = certificate;
    if (!dual) return 0;
    return Math.round((dual.multipliers[r]! / dual.scale) * choice.limits[r]!.scale * 1000) / 1000;
  };
  const final = choice.final ?? choice.chosen;
  const siteOf = new Map(decisions.map(({workload, recommended}) => [workload, recommended]));
  choice.chosen.forEach((option, u) => {
    const name = problem.units[u];
    if (option < choice.start[u]! || option >= choice.start[u + 1]!) {
      found.push(`${name} takes an option it does not have`);
      return;
    }
    if (choice.class[option] !== labels[u]) found.push(`${name} takes a site of the other class`);
    const other = [...choice.class.keys()]
      .slice(choice.start[u], choice.start[u + 1])
      .find((o) => choice.class[o] !== labels[u]);
    problem.levels.forEach((level, k) => {
      const own = choice.values[k]![option];
      const closed = k === 0 ? FORBIDDEN : 0;
      const against = other === undefined ? closed : choice.values[k]![other];
      if (level.unary[2 * u + labels[u]!] !== own || level.unary[2 * u + 1 - labels[u]!] !== against)
        found.push(`${name} pays something else on level ${level.name} than its options say`);
    });
    const taken = final[u]!;
    if (taken < choice.start[u]! || taken >= choice.start[u + 1]!) {
      found.push(`${name} ends at an option it does not have`);
      return;
    }
    if (choice.class[taken] !== labels[u]) found.push(`${name} ends at a site of the other class`);
    if (unitMembers[u]!.some((id) => siteOf.get(id) !== choice.site[taken]))
      found.push(`${name} is recommended another site than the option it takes`);
  });
  const used = usedOf(choice);
  const claimed = new Map(limits.map((limit) => [limit.id, limit]));
  choice.limits.forEach(({id, most, scale, allowed}, r) => {
    const over = used[r]! > most;
    const claim = claimed.get(id);
    if (allowed !== undefined && (allowed < used[r]! || allowed < most))
      found.push(`limit ${id}: ${used[r]! / scale} is used, and only ${allowed / scale} was allowed`);
    if (claim?.least !== undefined && claim.least !== leastUse(choice, r) / scale)
      found.push(
        `limit ${id}: every choice uses at least ${leastUse(choice, r) / scale}, not ${claim.least}`,
      );
    if (!claim) {
      if (over) found.push(`limit ${id} is exceeded, and the plan does not say so`);
      // Only pairs that are apart go without saying.
      if (!id.startsWith('apart:') || most !== 1 || scale !== 1) found.push(`nothing is said of limit ${id}`);
      return;
    }
    if (claim.used !== used[r]! / scale)
      found.push(`limit ${id}: ${used[r]! / scale} is used, not ${claim.used}`);
    if (claim.limit !== most / scale) found.push(`limit ${id} is ${most / scale}, not ${claim.limit}`);
    const price = priceOf(r);
    if (claim.shadowPrice !== null && price !== null && claim.shadowPrice !== price)
      found.push(`limit ${id}: the prices say ${price}, not ${claim.shadowPrice}`);
    if ((claim.status === 'exceeded') !== over) found.push(`limit ${id} is ${over ? '' : 'not '}exceeded`);
  });
  for (const {id} of limits)
    if (!choice.limits.some((limit) => limit.id === id)) found.push(`limit ${id} is not in the problem`);
  return found;
}

/**
 * Whether the prices prove the stated bound: at them every unit pays for its cheapest option of either class, the flow
 * fits those payments and the arcs, and what it carries less the price of all limits is what no choice within the limits
 * can fall below. Returns what is wrong, in words.
 * @param closed per `2*u + class`: 1 = not open in the case this is the bound of
 */
export function priceProblems(problem: CutProblem, dual: WrittenDual, closed?: Uint8Array): string[] {
  const choice = problem.choice!;
  const units = problem.units.length;
  const level = problem.levels[0]!;
  const {scale, multipliers, source, sink, arcs, flow, bound} = dual;
  const found = new Set<string>();
  if (scale < 1) found.add('the scale of the prices is not positive');
  if (multipliers.some((value) => value < 0)) found.add('a price is negative');
  const balance = new Float64Array(units);
  for (let u = 0; u < units; u++) {
    const room = [Infinity, Infinity];
    for (let o = choice.start[u]!; o < choice.start[u + 1]!; o++) {
      if (closed?.[2 * u + choice.class[o]!] === 1) continue;
      let paid = scale * choice.values[0]![o]!;
      for (let k = choice.useStart[o]!; k < choice.useStart[o + 1]!; k++)
        paid += multipliers[choice.limit[k]!]! * choice.amount[k]!;
      if (!Number.isSafeInteger(paid)) found.add('a priced value is not a safe integer');
      room[choice.class[o]!] = Math.min(room[choice.class[o]!]!, paid);
    }
    if (source[u]! < 0 || sink[u]! < 0) found.add('a flow is negative');
    if (source[u]! > room[1]!) found.add('more flows into a unit than its cheapest dedicated option costs');
    if (sink[u]! > room[0]!) found.add('more flows out of a unit than its cheapest public option costs');
    if (level.unary[2 * u + 1] === FORBIDDEN && room[1] !== Infinity)
      found.add('an option is in a forbidden class');
    if (level.unary[2 * u] === FORBIDDEN && room[0] !== Infinity)
      found.add('an option is in a forbidden class');
    balance[u] = source[u]! - sink[u]!;
  }
  const {tail, head, weight} = level.arcs;
  for (let a = 0; a < weight.length; a++) {
    if (arcs[a]! < 0) found.add('a flow is negative');
    if (arcs[a]! > weight[a]! * scale) found.add('an arc carries more than its weight');
    balance[tail[a]!]! -= arcs[a]!;
    balance[head[a]!]! += arcs[a]!;
  }
  if (balance.some((value) => value !== 0)) found.add('flow is not conserved at a unit');
  let carried = 0;
  for (const value of source) carried += value;
  let room = 0;
  choice.limits.forEach(({most, allowed}, r) => (room += multipliers[r]! * (allowed ?? most)));
  if (carried !== flow) found.add(`the flow carries ${carried}, not ${flow}`);
  if (!Number.isSafeInteger(carried) || !Number.isSafeInteger(room))
    found.add('the sum is not a safe integer');
  const proven = Math.ceil((carried - room) / scale);
  if (proven !== bound) found.add(`the prices prove a bound of ${proven}, not ${bound}`);
  return [...found];
}

function usedOf(choice: Choice): number[] {
  const used = choice.limits.map(() => 0);
  for (const option of choice.final ?? choice.chosen) {
    for (let k = choice.useStart[option]!; k < choice.useStart[option + 1]!; k++)
      used[choice.limit[k]!]! += choice.amount[k]!;
  }
  return used;
}

/** Sum of what every unit uses at the option that uses least. */
function leastUse(choice: Choice, limit: number): number {
  let sum = 0;
  for (let u = 0; u + 1 < choice.start.length; u++) {
    const uses = [];
    for (let o = choice.start[u]!; o < choice.start[u + 1]!; o++) {
      let use = 0;
      for (let k = choice.useStart[o]!; k < choice.useStart[o + 1]!; k++)
        if (choice.limit[k] === limit) use += choice.amount[k]!;
      uses.push(use);
    }
    sum += Math.min(...uses);
  }
  return sum;
}
