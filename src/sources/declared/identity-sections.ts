import type {YamlDocument} from '../../model/decoded.ts';
import type {IdentityDocument} from '../../model/documents/identity.ts';
import type {GapAnswer} from '../../model/identity-facts.ts';
import type {AdDomain, IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {AdTrust} from '../../model/identity-sections.ts';
import {directoryRoot, domainName, rootId, tenantRoot} from './names.ts';

type Spec = IdentityDocument['spec'];
type Sections = Pick<
  IdentityDeclaration,
  'backupServers' | 'keyManagers' | 'ci' | 'vendors' | 'identityProviders' | 'hosts' | 'attestations'
>;

/** What an AD domain says beside its controllers and members. */
export function toAdDomain(domain: NonNullable<Spec['adDomains']>[number]): Omit<AdDomain, 'place'> {
  return {
    fqdn: domainName(domain.fqdn),
    forest: domain.forest ? domainName(domain.forest) : null,
    sid: domain.sid?.toUpperCase() ?? null,
    netbios: domain.netbios ?? null,
    domainControllers: domain.domainControllers ?? [],
    trusts: (domain.trusts ?? []).map((trust): string | AdTrust =>
      typeof trust === 'string'
        ? domainName(trust)
        : {...trust, domain: domainName(trust.domain), sidFiltering: trust.sidFiltering ?? null},
    ),
    certificateAuthorities: (domain.certificateAuthorities ?? []).map((authority) => ({
      name: authority.name,
      servers: authority.servers ?? [],
      keySha256: hash(authority.keySha256),
      enterprise: authority.enterprise ?? null,
    })),
    krbtgtRotated: domain.krbtgtRotated ?? null,
    members: domain.members ?? [],
  };
}

/** The sections about backup, keys, build platforms, vendors, identity providers and hardware; those written only. */
export function toSections(spec: Spec, document: YamlDocument): Sections {
  const at = (list: keyof Spec, index: number) => document.place(['spec', list, index]);
  return written({
    backupServers: spec.backupServers?.map((backup, index) => ({
      name: backup.name,
      servers: backup.servers ?? [],
      serviceAccounts: (backup.serviceAccounts ?? []).map(tenantRoot),
      protects: backup.protects ?? [],
      repositories: backup.repositories ?? [],
      immutable: backup.immutable ?? null,
      joinedDomain: backup.joinedDomain ? domainName(backup.joinedDomain) : null,
      operatedBy: backup.operatedBy ?? null,
      place: at('backupServers', index),
    })),
    keyManagers: spec.keyManagers?.map((manager, index) => ({
      name: manager.name,
      kind: manager.kind,
      provider: manager.provider ?? null,
      protects: manager.protects ?? [],
      servers: manager.servers ?? [],
      operatedBy: manager.operatedBy ?? null,
      independentAuthorisation: manager.independentAuthorisation ?? null,
      authorises: (manager.authorises ?? []).map(tenantRoot),
      keySha256: hash(manager.keySha256),
      place: at('keyManagers', index),
    })),
    ci: spec.ci?.map((ci, index) => ({
      platform: ci.platform.trim().toLowerCase(),
      organisation: ci.organisation.trim(),
      issuer: ci.issuer ?? null,
      servers: ci.servers ?? [],
      runners: (ci.runners ?? []).map((runner) => ({
        servers: runner.servers ?? [],
        selfHosted: runner.selfHosted ?? true,
        serves: runner.serves ?? null,
      })),
      secretsStored: (ci.secretsStored ?? []).map(tenantRoot),
      operatedBy: ci.operatedBy ?? null,
      place: at('ci', index),
    })),
    vendors: spec.vendors?.map((vendor, index) => ({
      name: vendor.name,
      accounts: vendor.accounts ?? [],
      tenants: (vendor.tenants ?? []).map(tenantRoot),
      hasAccessTo: (vendor.hasAccessTo ?? []).map(tenantRoot),
      level: vendor.level ?? 0,
      place: at('vendors', index),
    })),
    identityProviders: spec.identityProviders?.map((provider, index) => ({
      id: /^idp:/i.test(provider.id) ? rootId(provider.id) : `idp:${provider.id.trim()}`,
      kind: provider.kind.trim().toLowerCase(),
      saas: provider.saas ?? null,
      issuers: provider.issuers ?? [],
      federatesTo: (provider.federatesTo ?? []).map(tenantRoot),
      keySha256: (provider.keySha256 ?? []).map((key) => key.toLowerCase()),
      servers: provider.servers ?? [],
      operatedBy: provider.operatedBy ?? null,
      supportAccess: provider.supportAccess ?? null,
      place: at('identityProviders', index),
    })),
    hosts: spec.hosts?.map((statement, index) => ({
      hosts: statement.hosts,
      domain:
        statement.domain === undefined || statement.domain === null ? null : bareDomain(statement.domain),
      version: statement.version ?? null,
      esxAdminsGroupChanged: statement.esxAdminsGroup?.changed ?? null,
      dedicatedTo: statement.dedicatedTo ?? null,
      place: at('hosts', index),
    })),
    attestations: spec.attestations?.map((statement, index) => ({
      hosts: statement.hosts ?? [],
      sites: statement.sites ?? [],
      provider: statement.provider ?? null,
      flaws: statement.flaws ?? [],
      microcode: statement.microcode ?? null,
      smtSharing: statement.smtSharing ?? null,
      source: statement.source ?? null,
      date: statement.date ?? null,
      place: at('attestations', index),
    })),
  });
}

/** Answers to open questions. */
export function toAnswers(spec: Spec, document: YamlDocument): GapAnswer[] {
  return (spec.answers ?? []).map(({gap, answer, by, date, because}, index) => ({
    gap: gap.trim(),
    answer: answer === true || answer === 'yes' ? 'yes' : 'no',
    by,
    date,
    because,
    place: document.place(['spec', 'answers', index]),
  }));
}

/** Root a vCenter or AD FS signs in against. */
export function identitySourceRoot(type: string, root: string): string {
  return type === 'ad' || type === 'ldap' ? directoryRoot(root) : tenantRoot(root);
}

function bareDomain(text: string): string {
  return text.trim() === '' ? '' : domainName(text);
}

function hash(text: string | null | undefined): string | null {
  return text?.toLowerCase() ?? null;
}

/** Without the sections a document does not have. */
function written<T extends object>(sections: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(sections).filter(([, list]) => list !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
