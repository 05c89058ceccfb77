import {moneyOf, type MoneySettings} from '../document/money.ts';
import type {Workload} from '../model/estate.ts';
import type {Decision} from '../model/plan.ts';
import type {Site} from '../model/site.ts';
import {hostingCost} from '../placement/problem/hosting-cost.ts';
import type {PlanCost} from './delta.ts';

/** Hosting of all workloads at their recommended sites; null = no site states a price. */
export function planCost(
  decisions: readonly Pick<Decision, 'workload' | 'recommended'>[],
  workloads: readonly Workload[],
  sites: readonly Site[],
  settings: MoneySettings,
): PlanCost | null {
  const money = moneyOf(sites, settings);
  if (money.currency === null) return null;
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const cost: PlanCost = {currency: money.currency, perMonth: 0, unknown: 0};
  for (const {workload, recommended} of decisions) {
    const amount = hostingCost(byId.get(workload)!, siteOf.get(recommended ?? ''), money);
    if (amount === null) cost.unknown++;
    else cost.perMonth += amount;
  }
  return cost;
}
