import type {SiteChoice} from '../../model/plan.ts';
import type {Checkable} from './shape.ts';

/** Choices of a group that are tried, at most. */
const MOST_TRIED = 20_000;

/** Reasons of those that stand at another site than the one that stands for their class. */
const CHANGED = new Set(['within-class-move', 'within-class-site']);

/**
 * Recomputes the choice of sites within classes: who stands where, what that costs, and the bound that the messages prove.
 * Returns what is wrong, in words.
 */
export function siteChoiceProblems(run: Checkable & {siteChoice: SiteChoice}): string[] {
  const {siteChoice: choice} = run;
  const misshapen = shapeProblems(choice, run.problem.units.length);
  if (misshapen.length > 0) return misshapen;
  return [...placeProblems(run), ...valueProblems(run), ...boundProblems(choice)];
}

/** Lengths and references. */
function shapeProblems(choice: SiteChoice, units: number): string[] {
  const {sites, start, site, values, pairs, tables, chosen, messages} = choice;
  const found: string[] = [];
  const count = choice.units.length;
  const within = (list: number[], end: number): boolean => list.every((value) => value >= 0 && value < end);
  if (!within(choice.units, units) || choice.units.some((u, i) => i > 0 && u <= choice.units[i - 1]!))
    found.push('the units with a choice of site are not units of the problem, in order');
  if (start.length !== count + 1 || start[0] !== 0 || start.at(-1) !== site.length)
    found.push('options of sites do not divide what they should');
  if (start.some((value, i) => i > 0 && value <= start[i - 1]!)) found.push('a unit has no site to choose');
  if (values.length !== site.length || !within(site, sites.length)) found.push('a site option is incomplete');
  if (values.some((value) => value < 0)) found.push('a site option has a negative value');
  const {tail, head, table} = pairs;
  if (tail.length !== head.length || tail.length !== table.length) found.push('a pair is incomplete');
  if (!within(tail, count) || !within(head, count) || tail.some((t, e) => t === head[e]))
    found.push('a pair is not between two units with a choice');
  if (!within(table, tables.length)) found.push('a pair has no prices');
  if (tables.some((costs) => costs.length !== sites.length ** 2 || costs.some((cost) => cost < 0)))
    found.push('a table of prices is incomplete or negative');
  if (chosen.length !== count || chosen.some((o, i) => o < start[i]! || o >= start[i + 1]!))
    found.push('a unit takes a site it does not have');
  if (found.length > 0) return found;
  const groups = choice.tried.flat();
  if (!within(groups, count) || new Set(groups).size !== groups.length)
    found.push('a unit is tried in two groups, or does not exist');
  else if (choice.tried.some((group) => choices(choice, group) > MOST_TRIED))
    found.push('a group is too large to be tried');
  const open = head.reduce((sum, h) => sum + start[h + 1]! - start[h]!, 0);
  if (messages && messages.length !== open) found.push('messages are missing');
  if (choice.scale < 1) found.push('the scale of the messages is not positive');
  return found;
}

/** Options against classes, hard rules and decisions. */
function placeProblems(run: Checkable & {siteChoice: SiteChoice}): string[] {
  const {siteChoice: choice, labels, unitMembers, decisions, problem} = run;
  const classOf = new Map(run.sites.map((site) => [site.id, site.class === 'dedicated' ? 1 : 0]));
  const decisionOf = new Map(decisions.map((decision) => [decision.workload, decision]));
  const found: string[] = [];
  choice.units.forEach((u, i) => {
    const name = problem.units[u];
    const options = choice.site.slice(choice.start[i], choice.start[i + 1]).map((s) => choice.sites[s]!);
    if (new Set(options).size !== options.length) found.push(`${name} has a site twice`);
    if (options.some((id) => classOf.get(id) !== labels[u]))
      found.push(`${name} may choose a site of the other class`);
    const taken = choice.sites[choice.site[choice.chosen[i]!]!];
    for (const id of unitMembers[u]!) {
      const decision = decisionOf.get(id);
      if (decision?.recommended !== taken) found.push(`${id} is recommended another site than it chose`);
      if (decision?.removed.some(({site}) => options.includes(site)))
        found.push(`${id} may choose a site that a hard rule removed`);
    }
  });
  return found;
}

/** What is chosen against what it is said to cost. */
function valueProblems({
  siteChoice: choice,
  optimality,
  decisions,
  unitMembers,
}: Checkable & {siteChoice: SiteChoice}): string[] {
  const {sites, site, values, pairs, tables, chosen, penalty} = choice;
  const found: string[] = [];
  const paid = [
    ...chosen.map((option) => values[option]!),
    ...pairs.table.map((table, e) => {
      const [a, b] = [site[chosen[pairs.tail[e]!]!]!, site[chosen[pairs.head[e]!]!]!];
      return tables[table]![a * sites.length + b]!;
    }),
  ];
  const sum = (list: number[]): number => list.reduce((total, value) => total + value, 0);
  const value = sum(paid);
  if (!Number.isSafeInteger(value)) found.push('the sum is not a safe integer');
  if (value !== choice.value) found.push(`the sites cost ${value}, not ${choice.value}`);
  const breaches = penalty === 0 ? 0 : sum(paid.map((one) => Math.floor(one / penalty)));
  if (breaches !== choice.breaches) found.push(`there are ${breaches} breaches, not ${choice.breaches}`);
  if (choice.gap !== value - choice.bound)
    found.push(`the gap is ${value - choice.bound}, not ${choice.gap}`);
  const claim = optimality.sites;
  if (!claim) return [...found, 'optimality does not tell how sites were chosen'];
  const money = Math.max(1, value - penalty * breaches);
  const unproven = choice.gap > 0 && breaches > 0 && choice.gap >= penalty;
  const share = choice.gap === 0 ? 0 : unproven ? null : choice.gap / money;
  if (claim.gapShare !== share)
    found.push(`the gap is ${share} of the money, the plan says ${claim.gapShare}`);
  if ((claim.method === 'exact') !== (choice.gap === 0)) found.push('the method does not fit the gap');
  if (claim.units !== choice.units.length) found.push('optimality counts other units with a choice');
  const told = new Set(
    decisions.flatMap(({workload, reasons}) => (reasons.some(({by}) => CHANGED.has(by)) ? [workload] : [])),
  );
  const changed = choice.units.filter((u) => unitMembers[u]!.some((id) => told.has(id))).length;
  if (claim.changed !== changed) found.push(`${changed} units say why they changed, not ${claim.changed}`);
  return found;
}

/**
 * The bound: messages move prices from pairs to their ends without changing any sum, so what every unit and every pair pays
 * at least is no more than any choice pays. Of groups of few units every choice is tried instead, with the pairs between
 * them at their full price.
 */
function boundProblems(choice: SiteChoice): string[] {
  const {messages, scale, start, site, values, pairs, tables, sites} = choice;
  if (messages === null) return ['the choice of sites carries no messages, so its bound cannot be checked'];
  const sums = values.map((value) => value * scale);
  let at = 0;
  let negative = 0;
  const groupOf = new Map(choice.tried.flatMap((group, g) => group.map((i) => [i, g] as const)));
  const inside: number[][] = choice.tried.map(() => []);
  pairs.tail.forEach((t, e) => {
    const h = pairs.head[e]!;
    const costs = tables[pairs.table[e]!]!;
    const given = messages.slice(at, (at += start[h + 1]! - start[h]!));
    // A pair within a tried group is paid there.
    const group = groupOf.get(t);
    if (group !== undefined && group === groupOf.get(h)) {
      inside[group]!.push(e);
      return;
    }
    given.forEach((message, k) => (sums[start[h]! + k]! += message));
    for (let o = start[t]!; o < start[t + 1]!; o++) {
      let left = Infinity;
      given.forEach((message, k) => {
        const price = costs[site[o]! * sites.length + site[start[h]! + k]!]!;
        left = Math.min(left, scale * price - message);
      });
      sums[o]! += left;
      negative = Math.max(negative, Math.abs(left));
    }
  });
  if (sums.some((sum) => !Number.isSafeInteger(sum)) || !Number.isSafeInteger(negative))
    return ['a sum of messages is not a safe integer'];
  let [tried, proven] = [0, 0];
  choice.tried.forEach((group, g) => (tried += leastOf(choice, group, inside[g]!, sums)));
  choice.units.forEach((_, i) => {
    if (!groupOf.has(i)) proven += leastIn(sums, start[i]!, start[i + 1]!);
  });
  const bound = Math.ceil((tried + proven) / scale);
  return bound === choice.bound ? [] : [`the messages prove a bound of ${bound}, not ${choice.bound}`];
}

function choices({start}: SiteChoice, units: number[]): number {
  let product = 1;
  for (const i of units) {
    product *= start[i + 1]! - start[i]!;
    if (product > MOST_TRIED) break;
  }
  return product;
}

/** Least sum over every choice of a few units, times the scale; `sums` hold what pairs with others add to them. */
function leastOf(
  {start, site, pairs, tables, sites, scale}: SiteChoice,
  units: number[],
  inside: number[],
  sums: number[],
): number {
  const rank = new Map(units.map((i, k) => [i, k]));
  const later: number[][] = units.map(() => []);
  for (const e of inside) later[Math.max(rank.get(pairs.tail[e]!)!, rank.get(pairs.head[e]!)!)]!.push(e);
  const option: number[] = [];
  let least = Infinity;
  const go = (k: number, paid: number): void => {
    if (k === units.length) {
      least = Math.min(least, paid);
      return;
    }
    const i = units[k]!;
    for (let o = start[i]!; o < start[i + 1]!; o++) {
      option[i] = o;
      let sum = paid + sums[o]!;
      for (const e of later[k]!) {
        const [a, b] = [site[option[pairs.tail[e]!]!]!, site[option[pairs.head[e]!]!]!];
        sum += scale * tables[pairs.table[e]!]![a * sites.length + b]!;
      }
      go(k + 1, sum);
    }
  };
  go(0, 0);
  return least;
}

function leastIn(values: number[], from: number, to: number): number {
  let least = Infinity;
  for (let at = from; at < to; at++) least = Math.min(least, values[at]!);
  return least;
}
