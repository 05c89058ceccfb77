import type {Certainty, Cloud, Place} from './common.ts';

/**
 * Facts about who may sign in as whom and what takes rights away, as sources state them. All ids use the grammar of
 * `Principal.id`, `Container.id` and `IdentityRoot.id`; times are ISO 8601 or null when the source does not say.
 */

/** A secret or key by which somebody acts as a principal. Never holds the secret itself. */
export interface Credential {
  /** `<principal id>#<key id>`, e.g. `aws:arn:aws:iam::1:user/ci#AKIA…`. */
  id: string;
  principal: string;
  kind:
    | 'password'
    | 'accessKey'
    | 'clientSecret'
    | 'certificate'
    | 'saKey'
    | 'hmacKey'
    | 'sshKey'
    | 'signingCertificate';
  name: string;
  cloud: Cloud;
  created: string | null;
  /** End of validity as the provider states it; null with `neverExpires` true = no end. */
  expires: string | null;
  neverExpires: boolean | null;
  lastUsed: string | null;
  /** False = disabled; null = the source does not say. */
  active: boolean | null;
  /** A second proof is asked for when it is used. */
  mfa: boolean | null;
  /** SHA-256 (hex, lower case) of the DER-encoded SubjectPublicKeyInfo, for keys that have one. */
  publicKeySha256: string | null;
  /** Who makes and rotates the key. */
  managedBy: 'customer' | 'provider' | null;
}

/**
 * An external issuer a cloud account, tenant or pool accepts: SAML provider, OIDC provider, federated domain,
 * workload-identity pool provider.
 */
export interface IdentityProvider {
  /** `aws:arn:aws:iam::…:saml-provider/x`, `azure-domain:<domain>@<tenant>`, `gcp:<pool provider resource name>`. */
  id: string;
  kind: 'saml' | 'oidc' | 'aws';
  name: string;
  cloud: Cloud;
  /** Account, tenant root or project that accepts it. */
  container: string;
  /** Issuer URL, SAML entityID or AWS account id. */
  issuer: string | null;
  /** SHA-256 of the SubjectPublicKeyInfo of each accepted signing certificate: one key is one root across clouds. */
  publicKeySha256: string[];
  /** OIDC audiences that are accepted; empty = not stated. */
  audiences: string[];
  /** Condition on the token (`attributeCondition`); '' = stated to be empty, null = not in the source. */
  condition: string | null;
  disabled: boolean;
  /** Further fields by the provider's name, e.g. `federatedIdpMfaBehavior`, `attributeMapping`. */
  attributes: Record<string, string | number | boolean>;
}

/** "Tokens of this issuer with this subject may act as the principal": Entra federated credential, pool binding. */
export interface FederatedTrust {
  id: string;
  cloud: Cloud;
  issuer: string;
  /** Subject, or a pattern of it (see `subjectIsPattern`); null = any subject of the issuer. */
  subject: string | null;
  subjectIsPattern: boolean;
  audiences: string[];
  principal: string;
  place: Place;
}

/** AWS Identity Center, kept three-way: who has which permission set in which account. */
export interface SsoAssignment {
  id: string;
  /**
   * `identity-center:<user|group>/<id>`: the ids are unique worldwide, and an assignment names the instance, a user the
   * identity store, so neither can be part of it. Or a principal of another directory.
   */
  principal: string;
  permissionSet: string;
  /** Account container id. */
  account: string;
}

/** AWS Identity Center permission set; provisioned as a role `AWSReservedSSO_<name>_…` in each account. */
export interface PermissionSet {
  /** Permission set ARN with `aws:` prefix. */
  id: string;
  name: string;
  /** Identity Center instance ARN with `aws:` prefix. */
  instance: string;
  /**
   * Ids of {@link PolicyDocument}s: inline (`<id>#inline`), AWS managed, and customer managed by name. The latter mean the
   * policy of that name in each account the set is used in, and carry `*` for it: `aws:arn:aws:iam::*:policy/path/name`.
   * Null = not in the source. Several answers make up the whole; one that was not exported cannot be told from an empty one.
   */
  policies: string[] | null;
  /** In the same two forms. */
  boundary: string | null;
}

/** A rule that takes rights away: Azure deny assignment, Google Cloud deny policy rule. */
export interface DenyRule {
  id: string;
  name: string;
  cloud: Cloud;
  /** Container, workload or root id it is attached to. */
  scope: string;
  /** False = binds the scope alone, not what lies below. */
  inherited: boolean;
  /** Principal ids; `*` = everyone. Sets (`principalSet://…`) as written. */
  principals: string[];
  exceptPrincipals: string[];
  /** Azure control-plane actions or Google permissions (`iam.googleapis.com/roles.create`); patterns as written. */
  actions: string[];
  exceptActions: string[];
  dataActions: string[];
  exceptDataActions: string[];
  condition: string | null;
}

/** Google Cloud principal access boundary: the set of principals may reach only these resources. */
export interface AccessBoundary {
  id: string;
  name: string;
  cloud: Cloud;
  /** Principal sets the policy is bound to, as written. */
  principals: string[];
  /** Full resource names that stay reachable, with everything below. */
  resources: string[];
  condition: string | null;
  /** Record of a binding: id of the boundary whose resources it binds its principals to. */
  policy?: string;
  /** Which permissions the boundary can block, as the provider numbers them; absent = not in the source. */
  enforcementVersion?: string;
}

/** An application registered in a directory, with what decides whose tokens it accepts. */
export interface AppRegistration {
  /** `azure-app:<appId>` (client-independent). */
  id: string;
  name: string;
  cloud: Cloud;
  /** Directory it is registered in (`entra:<tenant>`); null = not in the source. */
  tenant: string | null;
  /** Principal id of its service principal in the tenant that was read; null = none or not in the source. */
  servicePrincipal: string | null;
  /** Entra `signInAudience`; null = not in the source. */
  signInAudience: string | null;
  /** Hosts of reply URLs and identifier URIs, lower case: join to workloads. */
  hosts: string[];
  /** Principal ids that may change it. */
  owners: string[];
  /** Made by the provider itself (`appOwnerOrganizationId` of Microsoft). */
  firstParty: boolean;
}

/** What a person answered to an open question of the model; see `IdentityGap`. */
export interface GapAnswer {
  /** Id of the gap. */
  gap: string;
  answer: 'yes' | 'no';
  by: string;
  /** YYYY-MM-DD. */
  date: string;
  because: string;
  place: Place;
}

/**
 * An input that is missing, and on which edges hang. Answered "yes" its edges are certain, answered "no" they are not
 * there. `id` is stable: `gap:<topic>:<subject id>`.
 */
export interface IdentityGap {
  id: string;
  /** The question in one sentence a person can answer with yes or no; "yes" always means "the edge exists". */
  question: string;
  /** Id of the thing it is about: workload, principal, root, container. */
  about: string;
  /** The field or export that would answer it. */
  input: string;
  /** What to do, as an imperative sentence. */
  remedy: string;
  certainty: Exclude<Certainty, 'certain'>;
}
