import type {YamlDocument} from '../../model/decoded.ts';
import type {IdentityDocument} from '../../model/documents/identity.ts';
import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import {identitySourceRoot, toAdDomain, toSections} from './identity-sections.ts';
import {domainName, rootId, tenantRoot} from './names.ts';
import {toWorkspaces} from './google-workspace.ts';

/** A checked Identity document as facts: defaults filled, root ids in one spelling, each entry with its line. */
export function toIdentity(spec: IdentityDocument['spec'], document: YamlDocument): IdentityDeclaration {
  const at = (list: string, index: number) => document.place(['spec', list, index]);
  return {
    adDomains: (spec.adDomains ?? []).map((domain, index) => ({
      ...toAdDomain(domain),
      place: at('adDomains', index),
    })),
    adfs: (spec.adfs ?? []).map((farm, index) => ({
      name: farm.name,
      signingKeySha256: farm.signingKeySha256?.toLowerCase() ?? null,
      servers: farm.servers ?? [],
      adDomain: farm.adDomain ? domainName(farm.adDomain) : null,
      relyingParties: (farm.relyingParties ?? []).map(tenantRoot),
      place: at('adfs', index),
    })),
    entraConnect: (spec.entraConnect ?? []).map((sync, index) => ({
      tenant: tenantRoot(sync.tenant),
      adDomain: domainName(sync.adDomain),
      servers: sync.servers ?? [],
      syncedPrivilegedAccounts: sync.syncedPrivilegedAccounts ?? null,
      passThroughAuthentication: sync.passThroughAuthentication ?? null,
      seamlessSso: sync.seamlessSso ?? null,
      agentServers: sync.agentServers ?? [],
      stagingServers: sync.stagingServers ?? [],
      place: at('entraConnect', index),
    })),
    vcenterSso: (spec.vcenterSso ?? []).map((sso, index) => ({
      domain: sso.domain.toLowerCase(),
      vcenters: sso.vcenters ?? [],
      appliances: sso.appliances ?? [],
      identitySources: (sso.identitySources ?? []).map((source) => ({
        type: source.type,
        root: identitySourceRoot(source.type, source.root),
        privileged: source.privileged ?? null,
        groups: source.groups ?? [],
      })),
      linkedMode: sso.linkedMode ?? null,
      permissions: (sso.permissions ?? []).map((permission) => ({
        ...permission,
        group: permission.group ?? true,
        propagate: permission.propagate ?? true,
      })),
      place: at('vcenterSso', index),
    })),
    operators: (spec.operators ?? []).map((operator, index) => ({
      name: operator.name,
      access: operator.access ?? 'unknown',
      operates: operator.operates ?? [],
      identityProvider: operator.identityProvider ? tenantRoot(operator.identityProvider) : null,
      sharedWithOtherTenants: operator.sharedWithOtherTenants ?? null,
      mfa: operator.mfa ?? null,
      place: at('operators', index),
    })),
    signIns: (spec.signIns ?? []).map((link, index) => ({
      workload: link.workload,
      root: tenantRoot(link.root),
      signInAudience: link.signInAudience ?? null,
      appId: link.appId?.toLowerCase() ?? null,
      tokenValidation: link.tokenValidation
        ? {
            keysEndpoint: link.tokenValidation.keysEndpoint ?? null,
            issuerCheck: link.tokenValidation.issuerCheck ?? null,
          }
        : null,
      place: at('signIns', index),
    })),
    edges: (spec.edges ?? []).map((edge, index) => ({
      from: rootId(edge.from),
      to: rootId(edge.to),
      kind: edge.kind ?? 'DECLARED',
      level: edge.level ?? 0,
      certainty: edge.certainty ?? 'certain',
      because: edge.because,
      place: at('edges', index),
    })),
    roots: (spec.roots ?? []).map((root, index) => ({
      id: rootId(root.id),
      kind: root.kind,
      name: root.name ?? root.id,
      place: at('roots', index),
    })),
    ...toSections(spec, document),
    ...toWorkspaces(spec, document),
  };
}
