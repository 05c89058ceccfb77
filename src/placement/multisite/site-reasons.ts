import type {Decision} from '../../model/plan.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {incidence} from '../incidence.ts';
import type {SiteModel} from './site-model.ts';

/** Reason of a move from one site to another of the same class. */
export const WITHIN_CLASS_MOVE = 'within-class-move';
/** Reason of taking another site of a class than the one that stands for it. */
export const WITHIN_CLASS_SITE = 'within-class-site';

/** Why units stand at another site than the one that stands for their class: what they would pay there. */
export function siteReasons(
  {input, units, facts}: PlacementProblem,
  model: SiteModel,
  chosen: Uint32Array,
): (workload: number) => Decision['reasons'] {
  const {problem, penalty} = model;
  const {sites: k, unary, tail, head, table, tables} = problem;
  const incident = incidence(problem.units, problem);
  const reasonOf = new Map<number, Decision['reasons'][number]>();
  const paid = (i: number, site: number): {breaches: number; money: number} => {
    let [breaches, money] = [0, 0];
    const add = (value: number): void => {
      const count = penalty === 0 ? 0 : Math.floor(value / penalty);
      breaches += count;
      money += value - penalty * count;
    };
    add(unary[i * k + site]!);
    for (const e of incident.edges(i)) {
      const isTail = tail[e] === i;
      const other = chosen[isTail ? head[e]! : tail[e]!]!;
      add(tables[table[e]!]![isTail ? site * k + other : other * k + site]!);
    }
    return {breaches, money};
  };
  chosen.forEach((site, i) => {
    const first = model.start[i]!;
    if (site === first) return;
    const unit = units[model.units[i]!]!;
    const from = input.sites[model.sites[first]!]!;
    const [there, here] = [paid(i, first), paid(i, site)];
    const saved = (there.money - here.money) / 100;
    const fewer = there.breaches - here.breaches;
    const parts = [
      ...(fewer > 0
        ? [
            `keeps ${fewer} longest round ${fewer === 1 ? 'trip' : 'trips'} or pairs apart that ${from.id} would not`,
          ]
        : []),
      ...(saved > 0
        ? [
            `${saved.toFixed(2)} ${facts.money.currency ?? ''} per month less than at ${from.id}, traffic included`,
          ]
        : []),
    ];
    const text =
      parts.length > 0
        ? parts.join('; ')
        : `goes along with what it exchanges data with, away from ${from.id}`;
    const stays = unit.members.every((w) => input.siteOf[w] === model.sites[first]);
    for (const w of unit.members)
      reasonOf.set(w, {by: stays ? WITHIN_CLASS_MOVE : WITHIN_CLASS_SITE, text, points: null});
  });
  return (w) => {
    const reason = reasonOf.get(w);
    return reason ? [reason] : [];
  };
}
