import type {SiteChoice} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import type {SiteModel} from './site-model.ts';
import type {SiteSolution} from './site-problem.ts';

/** The second step as it is written into the plan, with open sites only. */
export function siteChoice(
  {sites, settings}: PlacementInput,
  model: SiteModel,
  chosen: Uint32Array,
  {
    value,
    bound,
    messages,
    tried,
    scale,
  }: Pick<SiteSolution, 'value' | 'bound' | 'messages' | 'tried' | 'scale'>,
): SiteChoice {
  const {problem, penalty} = model;
  const {sites: k, unary, tail, head, table, tables} = problem;
  const [start, site, values]: [number[], number[], number[]] = [[0], [], []];
  const picked: number[] = [];
  for (let u = 0; u < problem.units; u++) {
    for (let s = 0; s < k; s++) {
      const paid = unary[u * k + s]!;
      if (paid === Infinity) continue;
      if (s === chosen[u]) picked.push(site.length);
      site.push(s);
      values.push(paid);
    }
    start.push(site.length);
  }
  const open: number[] = [];
  if (settings.certificate) {
    for (let e = 0; e < tail.length; e++)
      for (let s = 0; s < k; s++) if (unary[head[e]! * k + s] !== Infinity) open.push(messages[e * k + s]!);
  }
  return {
    sites: model.sites.map((s) => sites[s]!.id),
    units: model.units,
    start,
    site,
    values,
    pairs: {tail: Array.from(tail), head: Array.from(head), table: Array.from(table)},
    tables: tables.map((costs) => Array.from(costs)),
    penalty,
    chosen: picked,
    value,
    breaches: penalty === 0 ? 0 : breachesIn(model, chosen),
    messages: settings.certificate ? open : null,
    tried,
    scale,
    bound,
    gap: value - bound,
  };
}

/** Every number holds its breaches as a multiple of the penalty, which is more than all money. */
function breachesIn({problem, penalty}: SiteModel, chosen: Uint32Array): number {
  const {units, sites, unary, tail, head, table, tables} = problem;
  let sum = 0;
  for (let u = 0; u < units; u++) sum += Math.floor(unary[u * sites + chosen[u]!]! / penalty);
  for (let e = 0; e < tail.length; e++)
    sum += Math.floor(tables[table[e]!]![chosen[tail[e]!]! * sites + chosen[head[e]!]!]! / penalty);
  return sum;
}
