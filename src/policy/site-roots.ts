import type {Exposure} from '../model/exposure.ts';
import type {Site} from '../model/site.ts';
import type {SiteRoot} from './context.ts';

/**
 * The roots each site declares, with the kind the graph knows them by. A site that declares none has an empty
 * list, which rules take as *unknown*: nobody said who controls it.
 */
export function declaredSiteRoots(sites: Site[], exposure: Exposure): SiteRoot[][] {
  const kindOf = new Map(exposure.roots.map((root) => [root.id, root.kind]));
  return sites.map((site) =>
    site.identityRoots.map(({root, sharedWithOtherTenants}) => ({
      id: root,
      kind: kindOf.get(root) ?? 'other',
      sharedWithOtherTenants,
    })),
  );
}
