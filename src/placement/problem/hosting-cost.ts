import type {Money} from '../../document/money.ts';
import type {Workload} from '../../model/estate.ts';
import type {Site} from '../../model/site.ts';

/**
 * Hundredths of the plan's currency per month, or null when a price, a size or the worth of its currency is not known:
 * unknown is never zero.
 */
export function hostingCost(workload: Workload, site: Site | undefined, money: Money): number | null {
  const prices = site?.cost;
  if (!prices) return null;
  const parts: [number | null, number | null][] = [
    [workload.vcpu, prices.vcpuMonth],
    [gib(workload.memoryMiB), prices.memoryGiBMonth],
    [gib(workload.storageMiB), prices.storageGiBMonth],
  ];
  let sum = 0;
  for (const [size, price] of parts) {
    if (size === null || price === null) return null;
    sum += size * price;
  }
  return inHundredths(sum, prices.currency, money);
}

/**
 * Hundredths of the plan's currency per month for steady traffic from one site to another: the price for that target if
 * there is one, else the price of leaving. Within a site it is 0; null when volume, price, the worth of its currency or
 * one of the sites is not known.
 */
export function egressCost(
  gibPerMonth: number | null,
  from: Site | undefined,
  to: Site | undefined,
  money: Money,
): number | null {
  if (from !== undefined && from === to) return 0;
  if (gibPerMonth === null || !from?.cost) return null;
  const {egressTo, egressPerGiB, currency} = from.cost;
  const price = (to && egressTo?.[to.id]) ?? egressPerGiB;
  return price === null ? null : inHundredths(gibPerMonth * price, currency, money);
}

/** Hundredths of the plan's currency, once, for moving what a workload stores out of a site; null = not known. */
export function migrationCost(workload: Workload, from: Site | undefined, money: Money): number | null {
  const price = from?.cost?.migrationEgressPerGiB ?? null;
  const stored = gib(workload.storageMiB);
  if (price === null || stored === null) return null;
  return inHundredths(stored * price, from!.cost!.currency, money);
}

function inHundredths(amount: number, currency: string, money: Money): number | null {
  const rate = money.rate(currency);
  return rate === null ? null : Math.round(100 * amount * rate);
}

function gib(mebibytes: number | null): number | null {
  return mebibytes === null ? null : mebibytes / 1024;
}
