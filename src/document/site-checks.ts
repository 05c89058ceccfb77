import type {Finding, Place} from '../model/common.ts';
import type {Site} from '../model/site.ts';
import {checkMoney, pricesFindings} from './money-checks.ts';
import type {MoneySettings} from './money.ts';
import {nearest} from './nearest.ts';

/** Where a field of a site was written. */
export type PlaceIn = (site: Site, path: (string | number)[]) => Place;

export interface SiteContext {
  settings: MoneySettings;
  /** Today, YYYY-MM-DD. */
  today: string;
  placeOf: PlaceIn;
}

/** What is said about sites and cannot all be true, or is out of date. Nothing is left out because of it. */
export function siteFindings(sites: readonly Site[], context: SiteContext): Finding[] {
  const {placeOf, today} = context;
  return [
    ...checkMoney(sites, context),
    ...sites.flatMap((site) => [
      ...nameFindings(site, sites, placeOf),
      ...selfFindings(site, placeOf),
      ...latencyFindings(site, sites, placeOf),
      ...expired(site, today, placeOf),
      ...pricesFindings(site, context),
      ...noRoom(site, placeOf),
      ...contradictions(site, placeOf),
    ]),
  ];
}

function nameFindings(site: Site, sites: readonly Site[], placeOf: PlaceIn): Finding[] {
  const ids = sites.map(({id}) => id);
  const stated: [string[], string[]][] = [
    [['latencyMs'], Object.keys(site.latencyMs ?? {})],
    [['cost', 'egressTo'], Object.keys(site.cost?.egressTo ?? {})],
  ];
  const found = stated.flatMap(([path, names]) =>
    names
      .filter((name) => !ids.includes(name))
      .map((name): Finding => {
        const near = nearest(name, ids);
        return {
          code: 'BH-SITE-020',
          severity: 'medium',
          message: `\`${path.join('.')}\` of ${site.id} names \`${name}\`, which is no site${near ? ` (did you mean \`${near}\`?)` : ''}; the entry counts for nothing`,
          where: {...placeOf(site, [...path, name]), id: site.id},
          remedy: `Use the name of a site: ${ids.join(', ')}.`,
        };
      }),
  );
  const drSite = site.availability?.drSite ?? null;
  if (drSite === null || sites.some(({id, name}) => id === drSite || name === drSite)) return found;
  const near = nearest(drSite, ids);
  return [
    ...found,
    {
      code: 'BH-SITE-020',
      severity: 'low',
      message: `${site.id} fails over to \`${drSite}\`, which is none of the sites${near ? ` (did you mean \`${near}\`?)` : ''}: nothing is known about it`,
      where: {...placeOf(site, ['availability', 'drSite']), id: site.id},
      remedy: 'Use the name of a site, or describe that place as one with `receives: false`.',
    },
  ];
}

function selfFindings(site: Site, placeOf: PlaceIn): Finding[] {
  const {id} = site;
  const own = (path: string[], message: string): Finding => ({
    code: 'BH-SITE-022',
    severity: 'low',
    message,
    where: {...placeOf(site, path), id},
    remedy: 'Remove the entry, or name the other site that was meant.',
  });
  const found: Finding[] = [];
  if ((site.latencyMs?.[id] ?? 0) !== 0)
    found.push(own(['latencyMs', id], `${id} states a latency to itself; within a site it counts as 0`));
  if ((site.cost?.egressTo?.[id] ?? 0) !== 0)
    found.push(own(['cost', 'egressTo', id], `${id} prices traffic to itself; within a site it counts as 0`));
  if (site.availability?.drSite === id)
    found.push(own(['availability', 'drSite'], `${id} fails over to itself: that is no second location`));
  return found;
}

/** Told at the end that states less. */
function latencyFindings(site: Site, sites: readonly Site[], placeOf: PlaceIn): Finding[] {
  return Object.entries(site.latencyMs ?? {}).flatMap(([name, ms]): Finding[] => {
    const other = sites.find(({id}) => id === name);
    const back = other?.latencyMs?.[site.id];
    if (other === undefined || other === site || back === undefined || back <= ms) return [];
    return [
      {
        code: 'BH-SITE-021',
        severity: 'low',
        message: `${site.id} states ${ms} ms to ${name}, ${name} states ${back} ms back: ${back} ms counts`,
        where: {...placeOf(site, ['latencyMs', name]), id: site.id},
        remedy: 'State the round trip at one end only, or the same at both.',
      },
    ];
  });
}

function expired(site: Site, today: string, placeOf: PlaceIn): Finding[] {
  return site.certifications.flatMap(({id, validUntil}, k): Finding[] => {
    if (validUntil === null || validUntil >= today) return [];
    return [
      {
        code: 'BH-SITE-023',
        severity: 'medium',
        message: `certificate ${id} of ${site.id} ended on ${validUntil}`,
        where: {...placeOf(site, ['certifications', k, 'validUntil']), id: site.id},
        remedy:
          'Ask the provider for the current one and enter its date; rules count it as ended until then.',
      },
    ];
  });
}

function noRoom(site: Site, placeOf: PlaceIn): Finding[] {
  if (!site.receives || !site.capacity) return [];
  const none = (['vcpu', 'memoryGiB', 'storageGiB'] as const).filter((field) => site.capacity![field] === 0);
  if (none.length === 0) return [];
  return [
    {
      code: 'BH-SITE-025',
      severity: 'medium',
      message: `${site.id} receives workloads, but states no room for them: ${none.map((field) => `${field} 0`).join(', ')}`,
      where: {...placeOf(site, ['capacity', none[0]!]), id: site.id},
      remedy:
        'State what is free there, leave the field out where it is not known, or set `receives: false`.',
    },
  ];
}

/** Kind, class, tenancy and `receives` that do not go together. */
function contradictions(site: Site, placeOf: PlaceIn): Finding[] {
  const {id, kind, tenancy, receives} = site;
  const say = (field: string, message: string, remedy: string): Finding => ({
    code: 'BH-SITE-026',
    severity: 'medium',
    message: `${id} ${message}`,
    where: {...placeOf(site, [field]), id},
    remedy,
  });
  const found: Finding[] = [];
  const usual = kind === 'public' || kind === 'saas' ? 'public' : 'dedicated';
  const hardware = kind === 'public' && tenancy !== null && tenancy !== 'shared';
  if (site.class !== usual && !hardware)
    found.push(
      say(
        'class',
        `is of kind ${kind}, but its class is ${site.class}: the plan treats it as ${site.class}`,
        kind === 'public'
          ? 'State the `tenancy` that sets it apart, or leave `class` out.'
          : 'Correct `kind`, or leave `class` out.',
      ),
    );
  if (kind === 'dedicated' && tenancy === 'shared')
    found.push(
      say(
        'tenancy',
        'is of kind dedicated, but other customers share its hardware',
        'Correct `kind` or `tenancy`.',
      ),
    );
  if (kind === 'saas' && receives)
    found.push(
      say(
        'receives',
        'runs only its own service (kind saas), but receives workloads: none can be placed there',
        'Set `receives: false`, or correct `kind`.',
      ),
    );
  return found;
}
