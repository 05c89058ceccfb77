import {registerLookup} from '../../estate/register-lookup.ts';
import type {Finding} from '../../model/common.ts';
import type {RegisterEntry, Workload} from '../../model/estate.ts';
import type {Site} from '../../model/site.ts';
import type {Answer} from './answer.ts';
import type {DataGap} from './data-gaps.ts';

/** Within this time nobody builds a site anew: a shorter objective takes a second location. Hours. */
const REBUILD_HOURS = 24;

/** Whether work can go on elsewhere when one room is lost; null = not stated. */
function secondLocation({
  id,
  name,
  availability,
}: Pick<Site, 'id' | 'name' | 'availability'>): boolean | null {
  if (!availability) return null;
  const {zones, drSite} = availability;
  if ((zones ?? 0) >= 2 || (drSite !== null && drSite !== id && drSite !== name)) return true;
  return zones === 1 ? false : null;
}

/** The shorter of the two objectives of the business function, where it is shorter than building a site anew. Hours. */
function shortest(entry: RegisterEntry | null): number | null {
  const hours = Math.min(entry?.rtoHours ?? Infinity, entry?.rpoHours ?? Infinity);
  return hours < REBUILD_HOURS ? hours : null;
}

/** Recovery objectives of the register against what the recommended sites state. */
export function createRecovery(answer: Answer): {
  gaps: (workload: number) => DataGap[];
  findings: () => Finding[];
} {
  const {input} = answer.problem;
  const entryOf = registerLookup(input.estate);
  const asked = (w: number): {site: Site; hours: number; owner: string | null} | null => {
    const site = input.sites[answer.siteFor(w)];
    const entry = entryOf(w);
    const hours = shortest(entry);
    return site && hours !== null ? {site, hours, owner: entry!.owner} : null;
  };
  return {
    gaps(w) {
      const found = asked(w);
      if (!found || !answer.moves(w) || secondLocation(found.site) !== null) return [];
      return [
        {
          field: 'site.availability',
          owner: found.owner,
          remedy: `State zones and fail-over site of ${found.site.id}: the register wants recovery within ${found.hours} h.`,
        },
      ];
    },
    findings() {
      const bySite = new Map<Site, {workload: Workload; hours: number}[]>();
      input.estate.workloads.forEach((workload, w) => {
        const found = asked(w);
        if (!found || secondLocation(found.site) !== false) return;
        const known = bySite.get(found.site);
        if (known) known.push({workload, hours: found.hours});
        else bySite.set(found.site, [{workload, hours: found.hours}]);
      });
      return [...bySite].map(([site, list]) => alone(site, list));
    },
  };
}

function alone(site: Site, list: {workload: Workload; hours: number}[]): Finding {
  const {workload, hours} = list.toSorted((a, b) => a.hours - b.hours)[0]!;
  const {file, line} = site.place;
  return {
    code: 'BH-PLACE-028',
    severity: 'medium',
    message: `${list.length} ${list.length === 1 ? 'workload' : 'workloads'} at ${site.id} must recover within less than ${REBUILD_HOURS} h (shortest: ${workload.name}, ${hours} h), but the site has one zone and no fail-over site`,
    where: {...(file ? {file} : {}), ...(line ? {line} : {}), id: site.id},
    remedy:
      'Name a fail-over site in `availability`, place them where there is one, or change the objective in the register.',
  };
}
