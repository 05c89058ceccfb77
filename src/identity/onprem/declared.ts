import type {Certainty} from '../../model/common.ts';
import type {
  AdDomain,
  AdfsFarm,
  IdentityDeclaration,
  Operator,
  VcenterSso,
} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import {addEntraConnect} from './entra-connect.ts';
import {reference} from '../references.ts';
import {canonicalRoot} from '../root-ids.ts';

/** Gives declared roots their nodes and names before anything refers to them. */
export function addDeclaredRoots(context: BuildContext): void {
  const {estate, graph} = context;
  // What the author calls a root wins over what an export calls it.
  for (const {roots} of estate.identity) for (const {id, kind, name} of roots) graph.root(id, name, kind);
  for (const {id, name, kind} of estate.roots) graph.root(id, name, kind);
  for (const declaration of estate.identity) {
    for (const farm of declaration.adfs) {
      if (farm.signingKeySha256 !== null) graph.alias(`adfs:${farm.name}`, adfsRoot(farm));
      graph.root(adfsRoot(farm), `AD FS signing key of ${farm.name}`, 'signingKey');
    }
    for (const sso of declaration.vcenterSso) {
      const id = ssoRoot(context, sso);
      graph.alias(`vcenter-sso:${sso.domain}`, id);
      graph.root(id, `vCenter SSO ${sso.domain}`, 'vcSsoDomain');
    }
    for (const {fqdn} of declaration.adDomains) graph.root(`ad:${fqdn}`, `AD domain ${fqdn}`, 'adDomain');
    for (const {name} of declaration.operators)
      graph.root(operatorRoot(name), `operator ${name}`, 'operator');
  }
}

/** Edges of everything `identity.yaml` states besides sign-ins and free edges. */
export function addDeclared(context: BuildContext): void {
  for (const declaration of context.estate.identity) addDeclaration(context, declaration);
}

function addDeclaration(context: BuildContext, declaration: IdentityDeclaration): void {
  for (const domain of declaration.adDomains) addAdDomain(context, domain);
  for (const farm of declaration.adfs) addAdfs(context, farm);
  for (const connect of declaration.entraConnect) addEntraConnect(context, connect);
  for (const sso of declaration.vcenterSso) addVcenterSso(context, sso);
  for (const operator of declaration.operators) addOperator(context, operator);
}

function addAdDomain(
  context: BuildContext,
  {fqdn, domainControllers, trusts, members, place}: AdDomain,
): void {
  const {graph} = context;
  const root = graph.root(`ad:${fqdn}`);
  for (const id of reference(context, domainControllers, 'adDomains.domainControllers', place)) {
    graph.edge(id, root, 'HOSTS_ROOT', {evidence: `domainControllers of ${fqdn}`, bound: 'workload', place});
    graph.edge(root, id, 'DOMAIN_MEMBER', {
      evidence: `domainControllers of ${fqdn}`,
      bound: 'workload',
      place,
    });
  }
  for (const id of reference(context, members, 'adDomains.members', place)) {
    graph.edge(root, id, 'DOMAIN_MEMBER', {evidence: `members of ${fqdn}`, bound: 'workload', place});
  }
  for (const trusted of trusts) {
    graph.edge(graph.root(`ad:${trusted}`, `AD domain ${trusted}`), root, 'TRUSTS', {
      evidence: `trusts of ${fqdn} = ${trusted}`,
      bound: 'workload',
      place,
    });
  }
}

function addAdfs(context: BuildContext, farm: AdfsFarm): void {
  const {graph} = context;
  const {name, servers, adDomain, relyingParties, place} = farm;
  const key = graph.root(adfsRoot(farm));
  for (const id of reference(context, servers, 'adfs.servers', place)) {
    graph.edge(id, key, 'HOSTS_ROOT', {evidence: `servers of AD FS ${name}`, bound: 'workload', place});
  }
  if (adDomain !== null) {
    graph.edge(graph.root(withPrefix('ad', adDomain)), key, 'HOLDS_KEY', {
      evidence: `adDomain = ${adDomain}: domain administrators can read the token-signing key`,
      bound: 'workload',
      place,
    });
  }
  for (const party of relyingParties) {
    for (const id of reference(context, [party], 'adfs.relyingParties', place)) {
      graph.edge(key, id, 'FEDERATES', {
        evidence: `relyingParties of AD FS ${name}`,
        bound: 'workload',
        place,
      });
    }
  }
  if (farm.signingKeySha256 !== null) return;
  graph.findings.push({
    code: 'BH-ID-041',
    severity: 'low',
    message: `AD FS \`${name}\` has no signing key hash: the same key used elsewhere cannot be recognised`,
    where: place,
    remedy: 'Add `signingKeySha256`, the SHA-256 of the public key of the token-signing certificate.',
  });
}

function addVcenterSso(context: BuildContext, sso: VcenterSso): void {
  const {graph} = context;
  const {domain, vcenters, appliances, identitySources, place} = sso;
  const root = graph.root(ssoRoot(context, sso));
  for (const id of reference(context, vcenters, 'vcenterSso.vcenters', place)) {
    graph.edge(root, id, 'ADMINISTERS', {evidence: `vcenters of SSO ${domain}`, place});
  }
  for (const id of reference(context, appliances, 'vcenterSso.appliances', place)) {
    graph.edge(id, root, 'HOSTS_ROOT', {evidence: `appliances of SSO ${domain}`, bound: 'workload', place});
  }
  for (const source of identitySources) {
    const certainty = privileged(source.privileged);
    if (certainty === null) continue;
    graph.edge(graph.root(source.root), root, 'IDENTITY_SOURCE', {
      evidence: `identitySources ${source.type}: privileged = ${source.privileged ?? 'not stated'}`,
      certainty,
      bound: 'workload',
      place,
    });
  }
}

function addOperator(
  context: BuildContext,
  {name, access, operates, identityProvider, place}: Operator,
): void {
  const {graph} = context;
  const root = graph.root(operatorRoot(name));
  if (identityProvider !== null) {
    graph.edge(graph.root(identityProvider), root, 'IDENTITY_SOURCE', {
      evidence: `identityProvider of operator ${name}`,
      bound: 'workload',
      place,
    });
  }
  if (access === 'none') return;
  for (const id of reference(context, operates, 'operators.operates', place)) {
    graph.edge(root, id, 'OPERATES', {
      evidence: `operator access = ${access}`,
      level: access === 'jit' ? 1 : 0,
      certainty: access === 'unknown' ? 'unknown' : 'certain',
      place,
    });
  }
}

/** Yes = certain, not stated = conditional, no = no edge. */
function privileged(answer: boolean | null): Certainty | null {
  return answer === null ? 'conditional' : answer ? 'certain' : null;
}

/** Root id of an operator by its declared name. */
export function operatorRoot(name: string): string {
  return name.startsWith('operator:') ? name : `operator:${name}`;
}

function withPrefix(prefix: string, id: string): string {
  return id.toLowerCase().startsWith(`${prefix}:`) ? id : `${prefix}:${id}`;
}

function adfsRoot({name, signingKeySha256}: AdfsFarm): string {
  return `adfs:${signingKeySha256?.toLowerCase() ?? name}`;
}

/** The root a vCenter container already names for this domain, else domain and first vCenter: `vsphere.local` alone is everybody's. */
function ssoRoot(context: BuildContext, {domain, vcenters}: VcenterSso): string {
  const prefix = `vcenter-sso:${domain}@`;
  const known = vcenters
    .map((id) => context.containers.get(id)?.root ?? null)
    .find((root) => root !== null && canonicalRoot(root).startsWith(prefix));
  // Container ids carry a `vmware:` prefix, root ids name the bare vCenter.
  const first = vcenters.toSorted()[0]?.replace(/^vmware:/, '') ?? 'unknown';
  return known ?? `${prefix}${first}`;
}
