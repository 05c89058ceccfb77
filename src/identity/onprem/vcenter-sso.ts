import type {VcenterSso} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import {reference} from '../references.ts';
import {canonicalRoot} from '../root-ids.ts';
import type {Directory} from './directory.ts';

/**
 * Root ids of a declared SSO domain: the one a vCenter container already names, else domain and first vCenter, because
 * `vsphere.local` alone is everybody's. vCenters that are stated not to be linked have one each.
 */
export function ssoRoots(context: BuildContext, sso: VcenterSso): {id: string; vcenters: string[]}[] {
  const {linkedMode, vcenters} = sso;
  if (linkedMode !== false || vcenters.length < 2)
    return [{id: rootOf(context, sso.domain, vcenters), vcenters}];
  return vcenters.map((vcenter) => ({id: rootOf(context, sso.domain, [vcenter]), vcenters: [vcenter]}));
}

/** Gives SSO domains their nodes; `vcenter-sso:<domain>` stands for the domain where only one has that name. */
export function addSsoRoots(context: BuildContext, sso: VcenterSso): void {
  const {graph} = context;
  const roots = ssoRoots(context, sso);
  for (const {id, vcenters} of roots) {
    const of = roots.length > 1 ? ` of ${vcenters.join(', ')}` : '';
    graph.root(id, `vCenter SSO ${sso.domain}${of}`, 'vcSsoDomain');
  }
  if (roots.length === 1) graph.alias(`vcenter-sso:${sso.domain}`, roots[0]!.id);
}

/** SSO domains by name, for accounts they rule themselves. */
export function ssoByName(context: BuildContext): Map<string, string[]> {
  const known = new Map<string, string[]>();
  for (const {vcenterSso} of context.estate.identity)
    for (const sso of vcenterSso) {
      const roots = ssoRoots(context, sso).map(({id}) => context.graph.root(id));
      known.set(sso.domain, [...(known.get(sso.domain) ?? []), ...roots]);
    }
  return known;
}

/** vCenters, appliances and identity sources of an SSO domain. */
export function addVcenterSso(context: BuildContext, sso: VcenterSso, directory: Directory): void {
  const {graph} = context;
  const {domain, appliances, identitySources, place} = sso;
  const roots = ssoRoots(context, sso);
  for (const {id, vcenters} of roots) {
    const root = graph.root(id);
    for (const vcenter of reference(context, vcenters, 'vcenterSso.vcenters', place)) {
      graph.edge(root, vcenter, 'ADMINISTERS', {evidence: `vcenters of SSO ${domain}`, place});
    }
    for (const appliance of reference(context, appliances, 'vcenterSso.appliances', place)) {
      graph.edge(appliance, root, 'HOSTS_ROOT', {
        evidence: `appliances of SSO ${domain}${roots.length > 1 ? '; which of its vCenters it runs is not stated' : ''}`,
        certainty: roots.length > 1 ? 'conditional' : 'certain',
        bound: 'workload',
        place,
      });
    }
    for (const source of identitySources) addSource(context, sso, root, source, directory);
  }
}

/** Groups that are known stand for the source; otherwise the whole directory does, as far as it is privileged. */
function addSource(
  {graph}: BuildContext,
  {domain, place}: VcenterSso,
  root: string,
  source: VcenterSso['identitySources'][number],
  directory: Directory,
): void {
  const {type, privileged, groups = []} = source;
  if (privileged === false) return;
  for (const group of groups) {
    const node = directory.account(group, true);
    graph.edge(graph.root(source.root), node, 'GOVERNS', {
      evidence: `identitySources ${type}: ${source.root} rules its groups`,
      bound: 'workload',
      place,
    });
    graph.edge(node, root, 'IDENTITY_SOURCE', {
      evidence: `identitySources ${type}: group ${group} holds administrator rights`,
      bound: 'workload',
      place,
    });
  }
  if (privileged === null && groups.length > 0) return;
  graph.edge(graph.root(source.root), root, 'IDENTITY_SOURCE', {
    evidence: `identitySources ${type}: privileged = ${privileged ?? 'not stated'}`,
    bound: 'workload',
    place,
    ...(privileged === true
      ? {}
      : {
          gap: {
            id: `gap:sso-source:${root}<${canonicalRoot(source.root)}`,
            question: `Does an account or group of ${source.root} hold administrator rights in the vCenters of ${domain}?`,
            about: root,
            input: 'vcenterSso.identitySources.privileged',
            remedy:
              'Look through the global permissions and the group Administrators of the SSO domain and state `privileged` or `groups`.',
            certainty: 'conditional' as const,
          },
        }),
  });
}

function rootOf(context: BuildContext, domain: string, vcenters: readonly string[]): string {
  const prefix = `vcenter-sso:${domain}@`;
  const known = vcenters
    .map((id) => context.containers.get(id)?.root ?? null)
    .find((root) => root !== null && canonicalRoot(root).startsWith(prefix));
  // Container ids carry a `vmware:` prefix, root ids name the bare vCenter.
  const first = vcenters.toSorted()[0]?.replace(/^vmware:/, '') ?? 'unknown';
  return known ?? `${prefix}${first}`;
}
