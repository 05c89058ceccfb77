import type {PlacementInput} from '../input.ts';
import {CLOSED, ranking, STAYS, type Unit} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {costAt, mustSave} from '../problem/unit-cost.ts';
import type {Level} from '../solve/level.ts';
import type {ChoiceModel, Resource} from './model.ts';
import type {Limited} from './resources.ts';

/** The limited problem, and what is not known of it. */
export interface Built {
  model: ChoiceModel;
  /** Per option. */
  named: Named[];
  /** Per resource: workloads whose use is not known at a site they could go to; they count as nothing. */
  unknown: number[][];
}

/** Values of an option on the levels people know. */
interface Named {
  risk: number;
  cost: number;
  churn: number;
}

/**
 * Every open site of every unit with its values, where the two-class problem knows one site per class. What a site of
 * the same class would save is not counted, as there: today's site stands for its class first.
 * @param levels the levels that are solved, in order
 */
export function choiceModel(problem: PlacementProblem, levels: Level[], limited: Limited[]): Built {
  const {input, units} = problem;
  const start = [0];
  const site: number[] = [];
  const label: number[] = [];
  const values: number[][] = levels.map(() => []);
  const named: Named[] = [];
  const useStart = [0];
  const useOf: number[] = [];
  const amount: number[] = [];
  const unknown: Set<number>[] = limited.map(() => new Set());
  const concerning = limitsOf(input, limited);
  units.forEach((unit, u) => {
    const options = ([0, 1] as const).flatMap((c) =>
      sitesOf(problem, unit, c).map((s) => ({c, s, named: valuesAt(problem, unit, u, c, s)})),
    );
    for (const {c, s, named: own} of options) {
      site.push(s);
      label.push(c);
      named.push(own);
      levels.forEach((level, k) => values[k]!.push(onLevel(problem, level.name, own)));
      const sums = new Map<number, number>();
      for (const w of unit.members) {
        for (const r of concerning(w, s)) {
          const use = limited[r]!.use(w, s);
          if (use === null) unknown[r]!.add(w);
          else if (use > 0) sums.set(r, (sums.get(r) ?? 0) + use);
        }
      }
      for (const [r, sum] of [...sums].sort((a, b) => a[0] - b[0])) {
        useOf.push(r);
        amount.push(sum);
      }
      useStart.push(useOf.length);
    }
    start.push(site.length);
  });
  const model: ChoiceModel = {
    units: units.length,
    start: Uint32Array.from(start),
    site: Int32Array.from(site),
    label: Uint8Array.from(label),
    values: values.map((list) => Float64Array.from(list)),
    levels,
    resources: limited.map(({resource}) => resource),
    useStart: Uint32Array.from(useStart),
    useOf: Uint32Array.from(useOf),
    amount: Float64Array.from(amount),
  };
  return {model, named, unknown: unknown.map((set) => [...set].sort((a, b) => a - b))};
}

/** The two-class problem in which the chosen option stands for its class, and the first one for the other class. */
export function withChosen(
  problem: PlacementProblem,
  {model, named}: Built,
  chosen: Uint32Array,
): PlacementProblem {
  const risk = new Float64Array(2 * model.units).fill(Infinity);
  const cost = new Float64Array(2 * model.units);
  const churn = new Float64Array(2 * model.units);
  const units = problem.units.map((unit, u): Unit => {
    const site: [number, number] = [CLOSED, CLOSED];
    for (const c of [0, 1] as const) {
      let option = chosen[u]!;
      if (model.label[option] !== c) {
        option = model.start[u]!;
        while (option < model.start[u + 1]! && model.label[option] !== c) option++;
        if (option === model.start[u + 1]) continue;
      }
      site[c] = model.site[option]!;
      risk[2 * u + c] = named[option]!.risk;
      cost[2 * u + c] = named[option]!.cost;
      churn[2 * u + c] = named[option]!.churn;
    }
    return {...unit, site};
  });
  return {
    ...problem,
    units,
    risk: {...problem.risk, unary: risk},
    cost: {...problem.cost, unary: cost},
    churn: {...problem.churn, unary: churn},
  };
}

/** Positions of the resources that could be used beyond their limit, and of those that are so in every case. */
export function tension(model: ChoiceModel): {binding: number[]; hopeless: number[]} {
  const most = new Float64Array(model.resources.length);
  const least = new Float64Array(model.resources.length);
  for (let u = 0; u < model.units; u++) {
    const own = new Map<number, number[]>();
    for (let o = model.start[u]!; o < model.start[u + 1]!; o++) {
      for (let k = model.useStart[o]!; k < model.useStart[o + 1]!; k++) {
        const known = own.get(model.useOf[k]!);
        if (known) known.push(model.amount[k]!);
        else own.set(model.useOf[k]!, [model.amount[k]!]);
      }
    }
    for (const [r, amounts] of own) {
      most[r]! += Math.max(...amounts);
      if (amounts.length === model.start[u + 1]! - model.start[u]!) least[r]! += Math.min(...amounts);
    }
  }
  const positions = model.resources.map((_, r) => r);
  return {
    binding: positions.filter(
      (r) => most[r]! > model.resources[r]!.limit && least[r]! <= model.resources[r]!.limit,
    ),
    hopeless: positions.filter((r) => least[r]! > model.resources[r]!.limit),
  };
}

/** The same model with some of its resources. */
export function withResources(model: ChoiceModel, kept: number[]): ChoiceModel {
  const place = new Map(kept.map((old, now) => [old, now]));
  const useStart = [0];
  const useOf: number[] = [];
  const amount: number[] = [];
  for (let o = 0; o < model.site.length; o++) {
    for (let k = model.useStart[o]!; k < model.useStart[o + 1]!; k++) {
      const now = place.get(model.useOf[k]!);
      if (now === undefined) continue;
      useOf.push(now);
      amount.push(model.amount[k]!);
    }
    useStart.push(useOf.length);
  }
  return {
    ...model,
    resources: kept.map((r): Resource => model.resources[r]!),
    useStart: Uint32Array.from(useStart),
    useOf: Uint32Array.from(useOf),
    amount: Float64Array.from(amount),
  };
}

/** Open sites of a class, the one that stands for it first. */
function sitesOf({input, facts}: PlacementProblem, unit: Unit, c: 0 | 1): number[] {
  const first = unit.site[c];
  if (first === CLOSED) return [];
  if (unit.blocked || first === STAYS) return [first];
  return ranking(input, unit.members, c, facts);
}

/** Values at a site: those of the one that stands for its class and what it is worse by; what it saves is not counted. */
function valuesAt(problem: PlacementProblem, unit: Unit, u: number, c: 0 | 1, s: number): Named {
  const slot = 2 * u + c;
  const own = {
    risk: problem.risk.unary[slot]!,
    cost: problem.cost.unary[slot]!,
    churn: problem.churn.unary[slot]!,
  };
  const first = unit.site[c];
  if (s === first) return own;
  const {input, facts} = problem;
  const sum = (of: (w: number) => number): number => unit.members.reduce((all, w) => all + of(w), 0);
  own.risk += Math.max(
    0,
    sum((w) => facts.risk(w, s) - facts.risk(w, first)),
  );
  own.cost += Math.max(0, moneyMore(problem, unit, first, s));
  own.churn += sum((w) => Number(input.siteOf[w] !== s) - Number(input.siteOf[w] !== first));
  return own;
}

function onLevel({input}: PlacementProblem, level: string, {risk, cost, churn}: Named): number {
  if (level === 'risk') return risk;
  // Only pairs are too slow.
  if (level === 'latency') return 0;
  if (level === 'cost') return cost;
  if (level === 'churn') return churn;
  const {weights} = input.settings;
  return (
    Math.round(weights.risk) * risk + Math.round(weights.cost) * cost + Math.round(weights.churn) * churn
  );
}

/** Difference in cost; only what a move must save where a price is not known, as in the cost level. */
function moneyMore({input, facts}: PlacementProblem, {members}: Unit, from: number, to: number): number {
  const [old, now] = [from, to].map((s) => costAt(input, facts.money, members, s));
  if (typeof old === 'number' && typeof now === 'number') return now - old;
  return mustSave(input, facts.money, members, to) - mustSave(input, facts.money, members, from);
}

/** Positions of the limits that concern a workload at a site. */
function limitsOf({sites}: PlacementInput, limited: Limited[]): (workload: number, site: number) => number[] {
  const bySite: number[][] = sites.map(() => []);
  const byMember = new Map<number, number[]>();
  limited.forEach(({resource, members}, r) => {
    for (const w of members ?? []) {
      const known = byMember.get(w);
      if (known) known.push(r);
      else byMember.set(w, [r]);
    }
    if (members) return;
    bySite.forEach((list, s) => {
      if (resource.site === undefined || resource.site === s) list.push(r);
    });
  });
  return (w, site) => {
    if (site === STAYS) return [];
    const own = byMember.get(w);
    return own ? [...bySite[site]!, ...own] : bySite[site]!;
  };
}
