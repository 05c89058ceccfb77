import type {Site} from '../model/site.ts';
import type {BuildContext} from './context.ts';
import {siteNode} from './node-ids.ts';
import {providerRoot} from './root-ids.ts';

/** Site nodes; their edges come later, when all roots have their names. */
export function addSiteNodes({sites, graph}: BuildContext): void {
  for (const {id, kind, name} of sites) graph.node(siteNode(id), 'site', kind, name);
}

/** Roots over sites and sites over the workloads that stand there. */
export function addSiteEdges(context: BuildContext): void {
  const {estate, graph, sites, siteOf} = context;
  for (const site of sites) addSite(context, site);
  estate.workloads.forEach(({id}, index) => {
    const site = sites[siteOf[index] ?? -1];
    if (site) graph.edge(siteNode(site.id), id, 'PLACED', {evidence: `site = ${site.id}`});
  });
}

/** Evidence of a `CONTROLS_SITE` edge; names the root as its author wrote it. */
export function siteRootEvidence({root, sharedWithOtherTenants}: Site['identityRoots'][number]): string {
  return `identityRoots = ${root}${sharedWithOtherTenants === true ? ', shared with other tenants' : ''}`;
}

function addSite({graph}: BuildContext, site: Site): void {
  const node = siteNode(site.id);
  for (const entry of site.identityRoots) {
    const id = graph.root(entry.root);
    graph.edge(id, node, 'CONTROLS_SITE', {
      evidence: siteRootEvidence(entry),
      level: id.startsWith('provider:') ? 2 : 0,
      place: site.place,
    });
  }
  // Every provider has a control plane and people who run it, hyperscaler or not; one's own data centre has no provider.
  if (site.kind !== 'onprem') {
    const provider = graph.root(providerRoot(site.provider), `control plane of ${site.provider}`);
    graph.edge(provider, node, 'CONTROL_PLANE', {
      evidence: `provider = ${site.provider}: a fault in its control plane or an insider`,
      level: 2,
      place: site.place,
    });
  }
  if (site.identityRoots.length > 0) return;
  const unknown = graph.root(
    `platform:unknown@${site.id}`,
    `unknown administrators of ${site.name}`,
    'other',
  );
  graph.edge(unknown, node, 'CONTROLS_SITE', {
    evidence: 'identityRoots is empty',
    certainty: 'unknown',
    place: site.place,
  });
  graph.findings.push({
    code: 'BH-ID-050',
    severity: 'medium',
    message: `site \`${site.id}\` names no identity roots: what a move there gains is not known`,
    where: site.place,
    remedy: 'List under `identityRoots` the directory, SSO domain or tenant that controls it.',
  });
}
