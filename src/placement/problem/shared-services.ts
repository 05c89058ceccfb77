import type {Estate, Workload} from '../../model/estate.ts';
import type {Site} from '../../model/site.ts';

/** Which dependencies a site answers itself, because the service behind them stands ready there. */
export interface SharedServices {
  /** Whether a workload at a site finds there what another workload provides. */
  ready: (service: number, consumer: number, site: number) => boolean;
  /** Whether a dependency ends at the site of one of its ends: nothing has to cross then. */
  served: (from: number, to: number, fromSite: number, toSite: number) => boolean;
  /** Names no workload and no application has, with the positions of the sites that state them. */
  unknown: Map<string, number[]>;
}

/**
 * A shared service is named at a site by the id or name of a workload or the name of its application. Between parts of
 * the same service nothing is answered: they replicate.
 */
export function sharedServices(estate: Pick<Estate, 'workloads'>, sites: readonly Site[]): SharedServices {
  const sitesOf = new Map<string, Set<number>>();
  sites.forEach((site, s) => {
    for (const name of site.sharedServices ?? []) {
      const known = sitesOf.get(name);
      if (known) known.add(s);
      else sitesOf.set(name, new Set([s]));
    }
  });
  const unknown = new Map([...sitesOf].map(([name, found]) => [name, [...found]]));
  const offered: string[][] = [];
  if (sitesOf.size > 0) {
    estate.workloads.forEach((workload, w) => {
      const names = namesOf(workload).filter((name) => sitesOf.has(name));
      for (const name of names) unknown.delete(name);
      if (names.length > 0) offered[w] = names;
    });
  }
  const ready = (service: number, consumer: number, site: number): boolean => {
    const names = offered[service];
    if (!names) return false;
    const own = offered[consumer] ?? [];
    return names.some((name) => !own.includes(name) && sitesOf.get(name)!.has(site));
  };
  return {
    ready,
    served: (from, to, fromSite, toSite) => ready(to, from, fromSite) || ready(from, to, toSite),
    unknown,
  };
}

function namesOf({id, name, application}: Workload): string[] {
  return application === null ? [id, name] : [id, name, application];
}
