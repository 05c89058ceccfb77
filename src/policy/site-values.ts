import type {PolicyContext, SiteRoot} from './context.ts';
import type {RootExposure} from '../model/exposure.ts';
import type {Site} from '../model/site.ts';
import type {Stated} from '../model/site-criteria.ts';

/**
 * Plain field values of every site, as the field catalogue names them; null or absent = missing. Lists an author left
 * empty are missing where an empty list would read as "there is none": roots, operators, jurisdictions. `asked` says
 * whether somebody reads what has to be searched for.
 */
export function siteValues(
  context: PolicyContext,
  asked: {cardholder: boolean} = {cardholder: true},
): Readonly<Record<string, unknown>>[] {
  if (context.given) return context.given.sites;
  const exposures = new Map((context.exposure?.roots ?? []).map((root) => [root.id, root]));
  const shares = criticalShares(context);
  return context.sites.map((site, index) => {
    const roots = context.siteRoots[index] ?? [];
    return {
      ...site,
      jurisdictions: known(site.jurisdictions),
      roots: known(
        roots.map((root) =>
          rootValue(root, exposures.get(root.id), asked.cardholder ? context.cardholder : undefined),
        ),
      ),
      operators: known(operatorsOf(context, site, roots)),
      secondLocation: secondLocation(site),
      slaPercent: site.availability?.sla,
      criticalShare: shares?.get(site.providerGroup) ?? (shares ? 0 : null),
      ...stated(site.criteria ?? {}),
      seal: site.seal ? stated(site.seal) : null,
      statements: known(statements(site)),
    };
  });
}

function rootValue(
  root: SiteRoot,
  exposure: RootExposure | undefined,
  cardholder: PolicyContext['cardholder'],
): Record<string, unknown> {
  return {
    ...root,
    blast: exposure ? {...exposure.blastRadius} : null,
    reachesHigh: exposure ? exposure.byLevel[2] + exposure.byLevel[3] : null,
    reaches: exposure ? exposure.byLevel.reduce((sum, count) => sum + count, 0) : null,
    reachesCardholder: cardholder?.byRoot(root.id),
  };
}

/** Plain values of what was stated. */
function stated(entries: Readonly<Record<string, Stated<unknown> | undefined>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, entry?.value]));
}

function statements({criteria = {}, seal = {}}: Site): {name: string; asOf: string}[] {
  const list = (entries: Readonly<Record<string, Stated<unknown> | undefined>>, prefix: string) =>
    Object.entries(entries).flatMap(([name, entry]) =>
      entry ? [{name: `${prefix}${name}`, asOf: entry.asOf}] : [],
    );
  return [...list(criteria, ''), ...list(seal, 'seal.')];
}

/**
 * Share of the workloads of critical functions per provider group, as they stand today. Null when the register names
 * none, or when it is not known where one of them is: a share of what is known would be too small or too large.
 */
function criticalShares({estate, registerOf, siteOf, sites}: PolicyContext): Map<string, number> | null {
  const counts = new Map<string, number>();
  let total = 0;
  for (let w = 0; w < estate.workloads.length; w++) {
    if (registerOf(w)?.critical !== true) continue;
    const site = sites[siteOf[w]!];
    if (!site) return null;
    total++;
    counts.set(site.providerGroup, (counts.get(site.providerGroup) ?? 0) + 1);
  }
  if (total === 0) return null;
  return new Map(Array.from(counts, ([group, count]) => [group, count / total]));
}

/** Operators declared for the site by id or name, or for one of its roots. `unknown` access is a missing value. */
function operatorsOf(
  context: PolicyContext,
  site: Site,
  roots: readonly SiteRoot[],
): Record<string, unknown>[] {
  const names = new Set([site.id, site.name, ...roots.map((root) => root.id)]);
  return context.estate.identity
    .flatMap((declaration) => declaration.operators)
    .filter(
      (operator) =>
        operator.operates.some((target) => names.has(target)) || names.has(`operator:${operator.name}`),
    )
    .map(({name, access, identityProvider, mfa, sharedWithOtherTenants}) => ({
      name,
      access: access === 'unknown' ? null : access,
      identityProvider,
      mfa,
      sharedWithOtherTenants,
    }));
}

/** A site that fails over to itself has no second location. */
function secondLocation({id, name, availability}: Site): boolean | null {
  if (!availability) return null;
  const {zones, drSite} = availability;
  if ((zones ?? 0) >= 2 || (drSite !== null && drSite !== id && drSite !== name)) return true;
  return zones === 1 ? false : null;
}

function known<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}
