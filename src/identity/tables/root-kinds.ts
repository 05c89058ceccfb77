import type {Cloud} from '../../model/common.ts';
import type {RootKind} from '../../model/estate.ts';

/** Root kind by the prefix of a root id. */
export const ROOT_KINDS: Record<string, RootKind> = {
  entra: 'entraTenant',
  'aws-org': 'awsOrg',
  'aws-account': 'awsAccount',
  'gcp-org': 'gcpOrg',
  workspace: 'workspaceCustomer',
  'vcenter-sso': 'vcSsoDomain',
  ad: 'adDomain',
  adfs: 'signingKey',
  key: 'signingKey',
  operator: 'operator',
  provider: 'providerControlPlane',
  oidc: 'oidcIssuer',
  saml: 'samlIdp',
  vendor: 'vendor',
  cpu: 'cpuFamily',
  backup: 'backup',
  'git-org': 'gitOrg',
  idp: 'idpTenant',
  pki: 'pkiCa',
  kms: 'keyManager',
};

/** Prefixes whose ids are compared without regard to case: GUIDs and DNS names. */
export const CASELESS_ROOTS = new Set([
  'entra',
  'ad',
  'aws-org',
  'oidc',
  'provider',
  'vcenter-sso',
  'key',
  'cpu',
  'pki',
]);

/** How a cloud's top containers hang under its tenants: root prefix, edge kind, and the reason. */
export const TENANCY: Partial<Record<Cloud, {prefix: string; edge: string; because: string}>> = {
  azure: {
    prefix: 'entra',
    edge: 'ELEVATES',
    because: 'a Global Administrator can make itself User Access Administrator at scope /',
  },
  aws: {prefix: 'aws-org', edge: 'MANAGES', because: 'the organisation manages its member accounts'},
  gcp: {
    prefix: 'gcp-org',
    edge: 'MANAGES',
    because: 'organisation administrators can set every allow policy below',
  },
  vmware: {
    prefix: 'vcenter-sso',
    edge: 'ADMINISTERS',
    because: 'the SSO domain signs vCenter administrators in',
  },
};

/** Clouds whose provider runs a control plane that many customers share. */
export const SHARED_CONTROL_PLANES = ['azure', 'aws', 'gcp'] as const;

/** Words by which a site names one of those providers. */
export const PROVIDER_ALIASES: Record<string, string> = {
  azure: 'azure',
  microsoft: 'azure',
  'microsoft azure': 'azure',
  aws: 'aws',
  amazon: 'aws',
  'amazon web services': 'aws',
  gcp: 'gcp',
  google: 'gcp',
  'google cloud': 'gcp',
};

/** What the kinds of roots are called, by prefix; the key follows. */
export const ROOT_WORDS: Readonly<Record<string, string>> = {
  entra: 'Entra tenant',
  'aws-org': 'AWS organisation',
  'aws-account': 'AWS account',
  'gcp-org': 'Google Cloud organisation',
  workspace: 'Google directory',
  'vcenter-sso': 'vCenter SSO',
  ad: 'AD domain',
  adfs: 'AD FS signing key',
  operator: 'operator',
  provider: 'control plane of',
  vendor: 'vendor',
  'git-org': 'git organisation',
  idp: 'identity provider',
  pki: 'certificate authority',
  kms: 'key manager',
};

/** Providers as people call them. */
export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  azure: 'Microsoft Azure',
  aws: 'Amazon Web Services',
  gcp: 'Google Cloud',
};
