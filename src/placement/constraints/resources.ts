import type {Workload} from '../../model/estate.ts';
import type {Place} from '../../model/common.ts';
import {moneyIn, moneyOf} from '../../document/money.ts';
import type {PlacementInput} from '../input.ts';
import {hostingCost} from '../problem/hosting-cost.ts';
import type {Resource} from './model.ts';

/** A limit over the estate with what each workload counts at each site; null = not known. */
export interface Limited {
  resource: Resource;
  /** Integer units of the resource, or null. */
  use: (workload: number, site: number) => number | null;
  /** The only workloads it concerns; absent = all. */
  members?: readonly number[];
}

const SIZES = [
  {field: 'vcpu', unit: 'vCPU', text: 'vCPU', scale: 1000, of: ({vcpu}: Workload) => vcpu},
  {field: 'memoryGiB', unit: 'GiB', text: 'memory', scale: 1024, of: (w: Workload) => gib(w.memoryMiB)},
  {field: 'storageGiB', unit: 'GiB', text: 'storage', scale: 1024, of: (w: Workload) => gib(w.storageMiB)},
] as const;

/**
 * Room at sites: what is declared free, and what workloads take there today that may leave. A site without a number has
 * no limit.
 */
export function capacities({sites, estate, siteOf}: PlacementInput): Limited[] {
  return sites.flatMap((site, s) =>
    SIZES.flatMap(({field, unit, text, scale, of}): Limited[] => {
      const free = site.capacity?.[field] ?? null;
      if (free === null) return [];
      const size = (w: number): number | null => {
        const value = of(estate.workloads[w]!);
        return value === null ? null : Math.ceil(value * scale);
      };
      let taken = 0;
      estate.workloads.forEach((_, w) => {
        if (siteOf[w] === s) taken += size(w) ?? 0;
      });
      return [
        {
          resource: {
            id: `capacity:${site.id}:${field}`,
            kind: 'capacity',
            text: `${text} at ${site.id}`,
            unit,
            scale,
            limit: Math.floor(free * scale) + taken,
            ...whereOf(site.place),
            site: s,
          },
          use: (w, at) => (at === s ? size(w) : 0),
        },
      ];
    }),
  );
}

/** Limits of `kind: PortfolioConstraint`: shares and amounts per group of sites, and money per month. */
export function portfolioLimits(input: PlacementInput): Limited[] {
  const {sites, estate} = input;
  return (input.policy.portfolio ?? []).flatMap((constraint): Limited[] => {
    const {name, limit, groupOf, measure, place} = constraint;
    const common = {...whereOf(place)};
    if ('perMonth' in limit) {
      const resource: Resource = {
        id: name,
        kind: 'budget',
        text: `${name}: hosting per month`,
        unit: limit.currency,
        scale: 100,
        limit: Math.floor(limit.perMonth * 100),
        ...common,
      };
      const money = moneyIn(limit.currency, moneyOf(sites, input.settings));
      const use = (w: number, s: number): number | null =>
        measure[w] === 0 ? 0 : hostingCost(estate.workloads[w]!, sites[s], money);
      return [{resource, use}];
    }
    const amounts = Array.from(measure, (value) => (Number.isNaN(value) ? null : Math.round(value * 1000)));
    const total = amounts.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const most = 'share' in limit ? Math.floor(limit.share * total) : Math.floor(limit.amount * 1000);
    const groups = [...new Set(groupOf.filter((group): group is string => group !== null))].toSorted();
    return groups.map((group): Limited => ({
      resource: {
        id: `${name}:${group}`,
        kind: 'share' in limit ? 'share' : 'amount',
        text: `${name} for ${group}`,
        unit: constraint.unit,
        scale: 1000,
        limit: most,
        ...common,
      },
      use: (w, s) => (groupOf[s] === group ? amounts[w]! : 0),
    }));
  });
}

/** One place for two workloads that must be apart, at every site. */
export function apartLimits({estate, sites}: PlacementInput): Limited[] {
  const workloadOf = new Map(estate.workloads.map(({id}, w) => [id, w]));
  const pairs = new Map<string, {a: number; b: number; place: Place}>();
  for (const {from, to, kind, place} of estate.dependencies) {
    if (kind !== 'must-apart') continue;
    const [one, other] = [workloadOf.get(from), workloadOf.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    const [a, b] = [Math.min(one, other), Math.max(one, other)];
    if (!pairs.has(`${a}-${b}`)) pairs.set(`${a}-${b}`, {a, b, place});
  }
  // In an order of their own: which limit gives way must not depend on where it was written.
  const sorted = [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  return sorted.flatMap(({a, b, place}): Limited[] => {
    const [first, second] = [estate.workloads[a]!, estate.workloads[b]!];
    return sites.map(({id}, s) => ({
      resource: {
        id: `apart:${first.id}:${second.id}:${id}`,
        kind: 'apart',
        text: `${first.name} or ${second.name} at ${id}`,
        unit: 'place',
        scale: 1,
        limit: 1,
        ...whereOf(place),
        site: s,
      },
      use: (w, at) => (at === s && (w === a || w === b) ? 1 : 0),
      members: [a, b],
    }));
  });
}

function whereOf({file, line}: Place): {where?: string} {
  return file === undefined ? {} : {where: `${file}:${line ?? 1}`};
}

function gib(mebibytes: number | null): number | null {
  return mebibytes === null ? null : mebibytes / 1024;
}
