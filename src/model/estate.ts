import type {Certainty, Cloud, Finding, Place} from './common.ts';
import type {IdentityDeclaration} from './identity-declaration.ts';
import type {
  AccessBoundary,
  AppRegistration,
  Credential,
  DenyRule,
  FederatedTrust,
  GapAnswer,
  IdentityProvider,
  PermissionSet,
  SsoAssignment,
} from './identity-facts.ts';
import type {LedgerScope} from './ledger.ts';
import type {Classification} from './sensitivity.ts';

/** What a workload is, across providers; decides portability and the sensitivity prior. */
export type WorkloadType =
  | 'vm'
  | 'function'
  | 'container-service'
  | 'cluster'
  | 'app-service'
  | 'database'
  | 'bucket'
  | 'key-vault'
  | 'queue'
  | 'saas'
  | 'other';

/**
 * A thing that can be placed. `id` is the source's native key with a cloud prefix and stays the
 * same whichever export it came from:
 * `azure:/subscriptions/…` (lower-cased ARM id) · `aws:arn:…` · `gcp://compute.googleapis.com/…`
 * (full resource name) · `vmware:<vCenter UUID or server>/<moref>` · `private:<inventory>/<id>`.
 */
export interface Workload {
  id: string;
  name: string;
  type: WorkloadType;
  cloud: Cloud;
  /** Provider's own type, e.g. `microsoft.compute/virtualmachines`, `AWS::EC2::Instance`. */
  nativeType: string;
  /** Id of the source (see {@link Source}) that gave it. */
  source: string;
  /** Id of the innermost {@link Container}, or null when the source does not say. */
  container: string | null;
  /** Application name, filled by the estate stage; null when nothing groups it. */
  application: string | null;
  /** Provider region or datacenter name as given; null when unknown. */
  region: string | null;
  state: 'running' | 'stopped' | 'unknown';
  tags: Record<string, string>;
  os: string | null;
  /** Sizes; null = not in the source, never 0 for unknown. */
  vcpu: number | null;
  memoryMiB: number | null;
  storageMiB: number | null;
  /** Ids of principals that code on this workload can act as (managed identity, role, service account). */
  identities: string[];
  /** Reachable from the internet, with the field that says so. null = the source cannot tell. */
  internetExposed: {value: boolean; field: string} | null;
  /** Id of the {@link Host} it runs on, when known. */
  host: string | null;
  /**
   * Further facts by documented names, all optional:
   * `rawDeviceMapping`, `usbPassthrough`, `pciPassthrough`, `sharedDisk` (boolean),
   * `encryptedAtRest` (boolean), `kmsKey` (string), `smbiosUuid`, `instanceUuid`, `dnsName`,
   * `primaryIp`, `vmEncrypted`, `toolsOs`, `hwVersion`, `folder`, `resourcePool`, `annotation`,
   * `saas` (`exchange-online`, `sharepoint`, `teams`, `onedrive`, `intune`, `third-party`), `appId`, `vendorTenant`, `oidcIssuer`,
   * `rbac`, `sharedKeyAccess`, `purgeProtection`, `softDelete`, `directoryLoginOnly` (boolean),
   * `kmsOrigin` (of its key: `EXTERNAL_KEY_STORE` …), `kmsProtection` (`EXTERNAL`, `EXTERNAL_VPC` …),
   * `size` (provider's size name), `tenancy` (`default`, `dedicated`, `host`), `engine` (database
   * engine and version), `runtime`, `instances` (count), `kind` (provider's sub-type),
   * `plainSecrets` (names of fields that hold a secret in plain text, comma separated; the values are never read in),
   * `kmsOrigin` (`AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`), `kmsKeyManager` (`CUSTOMER`, `AWS`),
   * `kmsKeyStore` (custom key store id), `kmsMultiRegion` (boolean), `kmsExternalKey` (id at the external manager),
   * `policyIsPublic`, `publicAccessBlocked` (boolean), `oidcIssuer` (URL by which a cluster signs for its workloads),
   * `licences` (licences it needs that are the customer's own, comma separated),
   * `launchType`, `privileged` (boolean), `rolesIn` (AWS CLI command that tells the roles it acts with: while `identities` is
   * empty they are unknown, not none).
   */
  attributes: Record<string, string | number | boolean>;
}

/** A node of a provider's hierarchy. */
export interface Container {
  id: string;
  kind:
    | 'managementGroup'
    | 'subscription'
    | 'resourceGroup'
    | 'organization'
    | 'organizationalUnit'
    | 'account'
    | 'folder'
    | 'project'
    | 'vcenter'
    | 'datacenter'
    | 'cluster'
    | 'environment';
  name: string;
  cloud: Cloud;
  /** Parent container id; null = top or unknown (a finding tells which). */
  parent: string | null;
  /** Client-independent id of the tenant or organisation root it belongs to, when the record says. */
  root: string | null;
  tags: Record<string, string>;
  /**
   * Other ids that records use for this container, in the same grammar: Google Cloud names a project
   * by number and by id (`gcp:projects/123` with alias `gcp:projects/my-project`). The estate stage
   * rewrites every reference to an alias (container, parent, scope, edge end) to `id`.
   */
  aliases?: string[];
  /**
   * Further facts by documented names, all optional. AWS account: `status`, `joinedMethod` (`INVITED`, `CREATED`), `joined`
   * (ISO 8601), `delegatedAdministrator` (boolean), `delegatedServices` (service principals, space separated). AWS
   * organisation: `trustedAccess` (service principals, space separated), `featureSet`.
   */
  attributes?: Record<string, string | number | boolean>;
  /**
   * Known only because another record mentions it (the subscription in a resource id). A container of
   * the same id that a source lists itself wins, and fields this one leaves empty are taken from it.
   */
  implied?: boolean;
}

/** A physical or virtualisation host. Inputs of shared-hardware and domain-join checks. */
export interface Host {
  id: string;
  name: string;
  container: string | null;
  cpuModel: string | null;
  hyperThreadingActive: boolean | null;
  version: string | null;
  biosDate: string | null;
  /** AD domain FQDN the host is joined to; null = not joined or not in the source. */
  domain: string | null;
  /** DNS domain of its name, which says nothing about membership. */
  dnsDomain?: string | null;
  /** Settings `Config.HostAgent.plugins.hostsvc.esxAdminsGroup` and `…AutoAdd` as the host has them; null = not in the source. */
  esxAdminsGroup?: {group: string | null; autoAdd: boolean | null};
}

/**
 * Someone or something that can hold rights. `id` uses the provider's key with a cloud prefix:
 * `azure-principal:<object id>`, `azure-app:<app id>` · `ad-principal:<SID>` · `aws:<arn>` · `gcp:<member>` as in a binding
 * (`gcp:serviceAccount:a@b`, `gcp:user:…`, `gcp:allUsers`) · `vsphere:<domain>\\<name>` as a vCenter permission names an
 * account, lower case.
 */
export interface Principal {
  id: string;
  kind:
    | 'user'
    | 'group'
    | 'servicePrincipal'
    | 'managedIdentity'
    | 'iamUser'
    | 'iamRole'
    | 'iamGroup'
    | 'serviceAccount'
    | 'domain'
    | 'application'
    | 'permissionSet'
    | 'principalSet'
    | 'computer'
    | 'public'
    | 'foreign'
    | 'adGroup'
    | 'unknown';
  name: string;
  cloud: Cloud;
  container: string | null;
  /** True for a named human: outputs obey the persons setting. */
  person: boolean;
  /** Ids of groups it belongs to, where the source lists them. */
  memberOf: string[];
  /** AWS: ids of attached and inline {@link PolicyDocument}s. */
  policies?: string[];
  /** AWS: id of the permission boundary document. */
  boundary?: string;
  /** AWS role: the trust policy document as given. */
  trust?: unknown;
  /** Tags, where conditions may look at them. */
  tags?: Record<string, string>;
  /**
   * Further facts by documented names, all optional: `path` (AWS), `uniqueId`, `lastUsed`, `accountEnabled`, `mfaEnabled`,
   * `passwordEnabled`, `serviceLinked` (AWS role: no service control policy binds it), `rootUser` (AWS), `created`
   * (ISO 8601), `synchronised` (boolean: comes from an AD), `userType`, `appId`, `appOwnerTenant`,
   * `servicePrincipalType`, `domain` (of the user name), `oauthScopes` (space separated), `sid`, `uniqueName`, `disabled`;
   * Entra: `objectId` (other name of an application), `resourceId` (of a managed identity), `homeDomain` (of a guest),
   * `isAssignableToRole`, `membershipRule`, `signInAudience`; AD: `adDomain`, `adAccount`, `dnsHostName`, `haslaps`.
   */
  attributes?: Record<string, string | number | boolean>;
  /** Ids of principals that may change its credentials (owners of an application, of a group). */
  owners?: string[];
  /**
   * Known only because another record mentions it (identity of a workload, member of a binding). A
   * principal of the same id that a source lists itself wins; of two mentions the more specific kind.
   */
  implied?: boolean;
}

/**
 * A role definition or predefined role with what it allows. Azure ids leave out the scope a definition
 * was listed at (`azure:/providers/microsoft.authorization/roledefinitions/<guid>`), so that one role is one id.
 */
export interface RoleDefinition {
  id: string;
  name: string;
  cloud: Cloud;
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
  /** Blocks of permissions that do not mix, where there are several or one has a condition; absent = the lists above say all. */
  blocks?: PermissionBlock[];
}

/** One block of a role's permissions: what it excepts it excepts from itself alone. */
export interface PermissionBlock {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
  /** Provider's text; null = none. */
  condition: string | null;
}

/** "principal has role on scope", Azure role assignment or one member of a Google binding. */
export interface RoleAssignment {
  id: string;
  cloud: Cloud;
  principal: string;
  /** Id of a {@link RoleDefinition} where known, else the provider's role id. */
  role: string;
  roleName: string;
  /** Container or workload id (same id grammar); a principal id where the right is over a service account. */
  scope: string;
  effect: 'allow' | 'deny' | 'eligible';
  /** Condition text as given; null = none. */
  condition: string | null;
  /** ISO 8601; absent = always. */
  validFrom?: string;
  validUntil?: string;
  /** False = holds for the scope alone, not what lies below; absent = also below. */
  inherited?: boolean;
}

/** An AWS policy document as given (decoded). */
export interface PolicyDocument {
  id: string;
  name: string;
  kind: 'managed' | 'inline' | 'scp' | 'rcp' | 'resource';
  document: unknown;
  /**
   * Where it is attached: of an SCP or RCP the container ids (root, OU, account), of a resource policy the resource's ARN with
   * `aws:` prefix (the workload id where the resource is one). Absent = attached by its holder (`Principal.policies`);
   * null = the source does not say.
   */
  attachedTo?: string[] | null;
  /**
   * AWS managed policies: set on versions that are *not* in force, with the id of the policy they belong to; their own id
   * is `<policy id>#<version>`, e.g. `…:policy/x#v1`. The document in force has the policy's id and no `versionOf`.
   */
  versionOf?: string;
  /** AWS managed policies: how many identities it is attached to, as the provider counts. */
  attachmentCount?: number;
}

/** A trust root read from a source (tenant, organisation, vCenter SSO …). Ids are client-independent. */
export interface IdentityRoot {
  /** `entra:<tenantId>` `aws-org:<o-…>` `aws-account:<id>` `gcp-org:<n>` `workspace:<C…>` `vcenter-sso:<domain>@<uuid>` `ad:<fqdn>` `adfs:<name>` `operator:<name>` `provider:<azure|aws|gcp>` `key:<public key hash>` `pki:<key hash, or name@domain>` `git-org:<host>/<name>` `idp:<host>` `vendor:<name>` `backup:<name>` `kms:<name>` `cpu:<downfall|l1tf>`. */
  id: string;
  kind: RootKind;
  name: string;
}

export type RootKind =
  | 'signingKey'
  | 'entraTenant'
  | 'awsOrg'
  | 'awsAccount'
  | 'gcpOrg'
  | 'workspaceCustomer'
  | 'vcSsoDomain'
  | 'adDomain'
  | 'operator'
  | 'providerControlPlane'
  | 'oidcIssuer'
  | 'samlIdp'
  | 'vendor'
  | 'cpuFamily'
  | 'backup'
  | 'gitOrg'
  | 'idpTenant'
  | 'pkiCa'
  | 'keyManager'
  | 'other';

/** A control edge a source states by itself or a declaration adds. "Who controls `from` can obtain control of `to`." */
export interface ControlEdge {
  from: string;
  to: string;
  /** Edge kind of the identity model, upper snake case: `CONTAINS`, `HOSTS_ROOT`, `FEDERATES`, `RUNS_AS`, `HAS_ROLE` … */
  kind: string;
  /** 0 direct · 1 guarded · 2 provider flaw · 3 physical */
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  /** Short text with the deciding field and value, e.g. `identity.principalId = 8f2…`. */
  evidence: string;
  place: Place;
}

export type DependencyKind = 'data-flow' | 'trust' | 'must-together' | 'prefer-together' | 'must-apart';

/** `from` uses `to`: sends it data (`data-flow`), holds a credential on it (`trust`), … */
export interface Dependency<Ref = string> {
  from: Ref;
  to: Ref;
  kind: DependencyKind;
  /** GiB per month over this dependency; null = unknown. */
  gibPerMonth: number | null;
  maxLatencyMs: number | null;
  place: Place;
}

/** One business function of the register: what no API knows. */
export interface RegisterEntry {
  id: string;
  function: string;
  owner: string | null;
  /** k in w = s·k; 1 = default. */
  criticality: number;
  rtoHours: number | null;
  rpoHours: number | null;
  provider: string | null;
  exitPlan: boolean | null;
  /** The function is critical or important to the business; absent or null = not stated. */
  critical?: boolean | null;
  /** How hard it is to replace the provider: cannot be replaced, hard, medium, easy; absent or null = not stated. */
  substitutability?: 'none' | 'hard' | 'medium' | 'easy' | null;
  dataCategories: string[];
  /** Records of persons or cases it keeps; absent or null = not stated. */
  records?: number | null;
  /** Signed sensitivity decision; null axis = not decided. */
  sensitivity: {
    c: number | null;
    i: number | null;
    a: number | null;
    decidedBy: string;
    date: string;
    reason: string;
  } | null;
  /** Signed decisions that lower one axis for what it covers; absent = none. */
  distribution?: {
    ground: 'redundancy' | 'pseudonymised';
    level: number;
    decidedBy: string;
    date: string;
    reason: string;
  }[];
  /** Workload ids or names, application names (`app:NAME`) or tag matches (`tag:KEY=VALUE`). */
  covers: string[];
  place: Place;
}

/** One thing read. */
export interface Source {
  /** Stable and readable: `<format>:<scope or file stem>`; unique in a snapshot. */
  id: string;
  format: string;
  cloud: Cloud | 'declared';
  file: string;
  /** SHA-256 of the file, hex. */
  sha256: string;
  /** Native scopes the file speaks for (subscription, account, vCenter): a newer export replaces these. */
  scopes: string[];
}

/** Which source, sheet or API, and position a fact came from. */
export interface Provenance {
  fact: string;
  source: string;
  place: Place;
}

/** What sources hand over: normalised facts, not yet joined. */
export interface Facts {
  workloads: Workload[];
  containers: Container[];
  hosts: Host[];
  principals: Principal[];
  roleDefinitions: RoleDefinition[];
  assignments: RoleAssignment[];
  policyDocuments: PolicyDocument[];
  roots: IdentityRoot[];
  edges: ControlEdge[];
  /** References as written by the author (id, name or unique suffix). */
  dependencies: Dependency[];
  register: RegisterEntry[];
  identity: IdentityDeclaration[];
  credentials: Credential[];
  identityProviders: IdentityProvider[];
  federatedTrusts: FederatedTrust[];
  ssoAssignments: SsoAssignment[];
  permissionSets: PermissionSet[];
  denyRules: DenyRule[];
  accessBoundaries: AccessBoundary[];
  appRegistrations: AppRegistration[];
  answers: GapAnswer[];
  classifications: Classification[];
}

/** Result of reading one file. */
export interface Intake {
  source: Source;
  facts: Facts;
  provenance: Provenance[];
  ledger: LedgerScope[];
  findings: Finding[];
}

/**
 * The normalised, deterministic model: every array sorted by id, every reference resolved
 * (dependencies, register and identity declarations hold ids; the unresolved became findings).
 */
export interface Estate extends Facts {
  sources: Source[];
  ledger: LedgerScope[];
  applications: Application[];
}

/** Workloads that belong together. */
export interface Application {
  id: string;
  name: string;
  /** `tag:<key>` · `resourceGroup` · `declared` · `folder` */
  by: string;
  workloads: string[];
}
