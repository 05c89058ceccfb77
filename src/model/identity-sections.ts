import type {Place} from './common.ts';

/**
 * Sections of `identity.yaml` about keys, build platforms, vendors, backup and hardware. Null = the author does not say.
 * Reference lists hold what the author wrote until the estate stage resolves them: workloads become ids, what is left
 * names a container, a site, a principal or a root.
 */

/** A trust of one AD domain in another, seen from the domain that declares it. */
export interface AdTrust {
  /** FQDN of the other domain. */
  domain: string;
  /** `outbound`: this domain trusts the other one. `inbound`: the other one trusts this. */
  direction: 'inbound' | 'outbound' | 'bidirectional';
  type: 'parent-child' | 'shortcut' | 'forest' | 'external';
  /** SIDs of other domains are filtered at the trusting side; null = not stated. */
  sidFiltering: boolean | null;
}

export interface CertificateAuthority {
  name: string;
  servers: string[];
  /** SHA-256 of the CA's public key, hex, lower case. */
  keySha256: string | null;
  /** Its certificates are good for sign-in to the domain (it is in the store NTAuthCertificates). */
  enterprise: boolean | null;
}

/** One permission of a vCenter: who has which role on which object. */
export interface VcenterPermission {
  /** `root`, or a container, host or workload by id or name. */
  entity: string;
  /** `DOMAIN\name`, `name@domain` or a principal id. */
  principal: string;
  group: boolean;
  role: string;
  propagate: boolean;
}

export interface BackupSystem {
  name: string;
  servers: string[];
  /** Principals, roots or containers its service account is or may administer. */
  serviceAccounts: string[];
  /** Workloads, containers or sites whose copies it keeps. */
  protects: string[];
  /** Workloads the copies lie on. */
  repositories: string[];
  /** Nobody, its administrators included, can delete or change a copy before it expires. */
  immutable: boolean | null;
  /** FQDN of the AD domain the backup servers are joined to. */
  joinedDomain: string | null;
  operatedBy: string | null;
  place: Place;
}

export interface KeyManager {
  name: string;
  /** Who holds the keys: outside the provider, the provider itself, vCenter itself, or an attestation service. */
  kind: 'external' | 'provider' | 'native' | 'trust-authority';
  /** Provider, where it is the provider's own. */
  provider: string | null;
  protects: string[];
  servers: string[];
  operatedBy: string | null;
  /** It decides by itself who may use a key, not on the word of the platform that holds the data. */
  independentAuthorisation: boolean | null;
  /** Principals or roots it lets use its keys. */
  authorises: string[];
  keySha256: string | null;
  place: Place;
}

export interface CiRunners {
  servers: string[];
  /** False = the platform's own machines. */
  selfHosted: boolean;
  /** Subjects or patterns of them; `all` = every repository; null = not stated. */
  serves: string[] | 'all' | null;
}

export interface CiOrganisation {
  /** `github`, `gitlab`, `azure-devops`, `bitbucket`, `circleci`, `terraform`, `buildkite` or another platform's name. */
  platform: string;
  organisation: string;
  /** Issuer of its job tokens; null = the platform's. */
  issuer: string | null;
  /** Workloads that run the platform, where it is self-hosted. */
  servers: string[];
  runners: CiRunners[];
  /** Principals, roots or workloads whose secrets are stored in it. */
  secretsStored: string[];
  operatedBy: string | null;
  place: Place;
}

export interface DeclaredVendor {
  name: string;
  /** AWS account numbers. */
  accounts: string[];
  /** Entra tenants, `entra:<id>`. */
  tenants: string[];
  hasAccessTo: string[];
  level: 0 | 1 | 2;
  place: Place;
}

export interface DeclaredIdp {
  /** `idp:…`. */
  id: string;
  /** Product, e.g. `okta`, `keycloak`, `ping`. */
  kind: string;
  /** Run by its maker for many customers. Null = by the product. */
  saas: boolean | null;
  /** Issuer URLs and SAML entity ids it signs as. */
  issuers: string[];
  federatesTo: string[];
  keySha256: string[];
  servers: string[];
  operatedBy: string | null;
  /** Support staff of the maker can open sessions or read its data. */
  supportAccess: boolean | null;
  place: Place;
}

/** What no export says about virtualisation hosts. Hosts are named by id, name, cluster, vCenter or site. */
export interface HostStatement {
  hosts: string[];
  /** AD domain they are joined to; '' = stated to be none. */
  domain: string | null;
  /** Version and build, where the export has none. */
  version: string | null;
  /** `Config.HostAgent.plugins.hostsvc.esxAdminsGroup` differs from the default; null = not stated. */
  esxAdminsGroupChanged: boolean | null;
  /** Customer or application that has the hosts alone. */
  dedicatedTo: string | null;
  place: Place;
}

/** Somebody's word that processor flaws are closed. */
export interface CpuAttestation {
  hosts: string[];
  sites: string[];
  /** Cloud whose shared fleet it speaks of: `aws`, `azure`, `gcp`. */
  provider: string | null;
  /** Ids of flaws; empty = all. */
  flaws: string[];
  /** True, false, or the date of the microcode (YYYY-MM-DD). */
  microcode: boolean | string | null;
  /** Different customers or workloads may run on the two threads of one core. */
  smtSharing: boolean | null;
  source: string | null;
  date: string | null;
  place: Place;
}
