import type {Workload} from '../../model/estate.ts';
import type {Site} from '../../model/site.ts';

/** Minor currency units (cents) per month, or null when a price or a size is not known: unknown is never zero. */
export function hostingCost(workload: Workload, site: Site | undefined): number | null {
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
  return Math.round(100 * sum);
}

/** Minor currency units per month for traffic leaving a site; null when volume or price is not known. */
export function egressCost(gibPerMonth: number | null, site: Site | undefined): number | null {
  const price = site?.cost?.egressPerGiB ?? null;
  if (gibPerMonth === null || price === null) return null;
  return Math.round(100 * gibPerMonth * price);
}

function gib(mebibytes: number | null): number | null {
  return mebibytes === null ? null : mebibytes / 1024;
}
