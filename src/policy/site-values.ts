import type {PolicyContext, SiteRoot} from './context.ts';
import type {RootExposure} from '../model/exposure.ts';
import type {Site} from '../model/site.ts';

/**
 * Plain field values of every site, as the field catalogue names them; null or absent = missing. Lists an author left
 * empty are missing where an empty list would read as "there is none": roots, operators, jurisdictions.
 */
export function siteValues(context: PolicyContext): Record<string, unknown>[] {
  const exposures = new Map((context.exposure?.roots ?? []).map((root) => [root.id, root]));
  return context.sites.map((site, index) => {
    const roots = context.siteRoots[index] ?? [];
    return {
      ...site,
      jurisdictions: known(site.jurisdictions),
      roots: known(roots.map((root) => rootValue(root, exposures.get(root.id)))),
      operators: known(operatorsOf(context, site, roots)),
      secondLocation: secondLocation(site),
    };
  });
}

function rootValue(root: SiteRoot, exposure: RootExposure | undefined): Record<string, unknown> {
  return {
    ...root,
    blast: exposure ? {...exposure.blastRadius} : null,
    reachesHigh: exposure ? exposure.byLevel[2] + exposure.byLevel[3] : null,
  };
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
    .map(({name, access, identityProvider}) => ({
      name,
      access: access === 'unknown' ? null : access,
      identityProvider,
    }));
}

function secondLocation({availability}: Site): boolean | null {
  if (!availability) return null;
  if ((availability.zones ?? 0) >= 2 || availability.drSite !== null) return true;
  return availability.zones === 1 ? false : null;
}

function known<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}
