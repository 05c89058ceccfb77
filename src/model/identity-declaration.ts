import type {Place} from './common.ts';
import type {GoogleWorkspace} from './google-workspace.ts';
import type {
  AdTrust,
  BackupSystem,
  CertificateAuthority,
  CiOrganisation,
  CpuAttestation,
  DeclaredIdp,
  DeclaredVendor,
  HostStatement,
  KeyManager,
  VcenterPermission,
} from './identity-sections.ts';

/**
 * What no API knows, from `identity.yaml` (kind Identity). Workload references are names or ids as
 * written until the estate stage resolves them; afterwards ids (unresolvable ones are dropped with a finding).
 */
export interface IdentityDeclaration {
  adDomains: AdDomain[];
  adfs: AdfsFarm[];
  entraConnect: EntraConnect[];
  vcenterSso: VcenterSso[];
  operators: Operator[];
  /** Sign-in links: workload or application → root its users or service authenticate through. */
  signIns: SignIn[];
  /** Any further edge the author states, in the words of the identity model. */
  edges: DeclaredEdge[];
  /** Extra roots that appear in `edges`. */
  roots: {id: string; kind: string; name: string; place: Place}[];
  /** Absent = the document has no such section (also in snapshots from before there was one). */
  backupServers?: BackupSystem[];
  keyManagers?: KeyManager[];
  ci?: CiOrganisation[];
  vendors?: DeclaredVendor[];
  identityProviders?: DeclaredIdp[];
  hosts?: HostStatement[];
  attestations?: CpuAttestation[];
  workspace?: GoogleWorkspace[];
}

export interface AdDomain {
  fqdn: string;
  /** Workloads that host domain controllers (HOSTS_ROOT). */
  domainControllers: string[];
  /** Forest root domain; domains of one forest fall together. Null or absent = not stated. */
  forest?: string | null;
  /** Domain SID, `S-1-5-21-…`. */
  sid?: string | null;
  /** NetBIOS name, for principals written `NAME\\account`. Default: the first label of the FQDN. */
  netbios?: string | null;
  /** A bare FQDN is a domain whose compromise compromises this one. */
  trusts: (string | AdTrust)[];
  certificateAuthorities?: CertificateAuthority[];
  /** Day the krbtgt key was last changed, YYYY-MM-DD. */
  krbtgtRotated?: string | null;
  /** Workloads joined to the domain, names, ids or `tag:key=value`. */
  members: string[];
  place: Place;
}

export interface AdfsFarm {
  name: string;
  /** SHA-256 of the token-signing public key; null = not known. */
  signingKeySha256: string | null;
  servers: string[];
  adDomain: string | null;
  /** Root ids that accept its tokens: `entra:<tenant>`, `aws-account:<id>`, `vcenter-sso:…`. */
  relyingParties: string[];
  place: Place;
}

export interface EntraConnect {
  /** `entra:<tenantId>` */
  tenant: string;
  adDomain: string;
  servers: string[];
  /** A synchronised account holds a privileged Entra role: level 0 certain when true, conditional when null. */
  syncedPrivilegedAccounts: boolean | null;
  /** Domain controllers and agents check cloud passwords; their servers can accept any. Null or absent = not stated. */
  passThroughAuthentication?: boolean | null;
  /** Seamless single sign-on: the key of the account AZUREADSSOACC lies in the domain. */
  seamlessSso?: boolean | null;
  /** Servers that run pass-through authentication agents. */
  agentServers?: string[];
  /** Servers in staging mode: they hold the same account. */
  stagingServers?: string[];
  place: Place;
}

export interface VcenterSso {
  /** SSO domain, e.g. `vsphere.local`. */
  domain: string;
  /** vCenter UUIDs, servers or site names it administers. */
  vcenters: string[];
  appliances: string[];
  identitySources: {
    type: 'ad' | 'ldap' | 'adfs' | 'oidc' | 'entra';
    root: string;
    privileged: boolean | null;
    /** Groups of this source that hold administrator rights, where it is known which. */
    groups?: string[];
  }[];
  /** The vCenters replicate one directory (Enhanced Linked Mode); null or absent = not stated. */
  linkedMode?: boolean | null;
  permissions?: VcenterPermission[];
  place: Place;
}

export interface Operator {
  name: string;
  access: 'standing' | 'jit' | 'none' | 'unknown';
  /** Root ids, container ids or site names it operates. */
  operates: string[];
  /** Root id of the operator's own identity provider, when known. */
  identityProvider: string | null;
  /** The same accounts also reach other customers; null or absent = not known. */
  sharedWithOtherTenants?: boolean | null;
  /** A second proof is asked for at every sign-in of the operator; null or absent = not known. */
  mfa?: boolean | null;
  place: Place;
}

export interface SignIn {
  /** Workload name/id, `app:NAME` or `tag:key=value`. */
  workload: string;
  root: string;
  /** Entra `signInAudience`, when it is an Entra application. */
  signInAudience: string | null;
  /** Client id of the Entra application it signs in with; null or absent = not stated. */
  appId?: string | null;
  /** How it checks the tokens it is shown; null or absent = not stated. */
  tokenValidation?: TokenValidation | null;
  place: Place;
}

/** What an application checks of a token. Null = not stated. */
export interface TokenValidation {
  /** Where it fetches signing keys: of its own tenant, of all tenants and personal accounts, or of personal accounts. */
  keysEndpoint: 'tenant-specific' | 'common' | 'consumers' | null;
  /** It refuses tokens whose issuer is not the expected tenant. */
  issuerCheck: boolean | null;
}

export interface DeclaredEdge {
  from: string;
  to: string;
  kind: string;
  level: 0 | 1 | 2 | 3;
  certainty: 'certain' | 'conditional' | 'unknown';
  because: string;
  place: Place;
}
