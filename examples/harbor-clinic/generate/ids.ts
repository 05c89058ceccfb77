/**
 * Ids of the fictional hospital group. All are visibly synthetic: GUIDs start with zeros, account numbers are
 * round, domains end in `.example`.
 */

/** A GUID of the form `00000000-<area>-4000-8000-<number>`; `area` keeps the kinds of ids apart. */
export function guid(area: number, number: number): string {
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return `00000000-${hex(area, 4)}-4000-8000-${hex(number, 12)}`;
}

const AREA = {
  tenant: 0x0a,
  subscription: 0x0b,
  principal: 0x0c,
  assignment: 0x0d,
  vcenter: 0x0e,
  vm: 0x0f,
  record: 0x10,
  app: 0x11,
  store: 0x12,
};

/** The clinic's tenant, synchronised from Active Directory. */
export const CLINIC_TENANT = guid(AREA.tenant, 1);
/** Partner tenant of the web agency that manages the digital subscription. */
export const AGENCY_TENANT = guid(AREA.tenant, 2);
/** Tenant of the digital team: cloud accounts only. */
export const DIGITAL_TENANT = guid(AREA.tenant, 3);

/** Tenant of Kestrel, a (fictional) company that evaluates cohort data for the clinic. */
export const KESTREL_TENANT = guid(AREA.tenant, 4);

export const SUBSCRIPTIONS = {
  clinical: {id: guid(AREA.subscription, 1), name: 'harbor-clinical', tenant: CLINIC_TENANT},
  digital: {id: guid(AREA.subscription, 2), name: 'harbor-digital', tenant: DIGITAL_TENANT},
  sandbox: {id: guid(AREA.subscription, 3), name: 'harbor-sandbox', tenant: DIGITAL_TENANT},
};
export type SubscriptionKey = keyof typeof SUBSCRIPTIONS;

export const principalId = (number: number): string => guid(AREA.principal, number);
/** Client id of an application. */
export const appId = (number: number): string => guid(AREA.app, number);
/** Id of any other record: a key, a domain's settings, a delegation. */
export const recordId = (number: number): string => guid(AREA.record, number);
export const assignmentId = (number: number): string => guid(AREA.assignment, number);
export const vmUuid = (number: number): string => guid(AREA.vm, number);
export const hostUuid = (number: number): string => guid(AREA.vm, 0x1000 + number);

export const VCENTERS = {
  hamburg: {server: 'hh-vc01.corp.harbor-clinic.example', uuid: guid(AREA.vcenter, 1)},
  frankfurt: {server: 'vc-a.nordkai-hosting.example', uuid: guid(AREA.vcenter, 2)},
};
export type VcenterKey = keyof typeof VCENTERS;

export const AWS_ORG = 'o-harborclin';
export const AWS_ROOT = 'r-harb';
export const AWS_ACCOUNTS = {
  management: {id: '100000000001', name: 'harbor-management'},
  imaging: {id: '100000000002', name: 'harbor-imaging'},
  web: {id: '100000000003', name: 'harbor-web'},
  poc: {id: '100000000004', name: 'harbor-poc-2019'},
};
export type AwsAccountKey = keyof typeof AWS_ACCOUNTS;
/** Account of Larkwatch, the (fictional) vendor that monitors the imaging account and patches the web account. */
export const AWS_VENDOR_ACCOUNT = '900000000009';

export const AWS_UNITS = {workloads: 'ou-harb-workload', sandbox: 'ou-harb-sandbox1'};
/** Identity Center: one instance, in the management account. */
export const SSO_INSTANCE = 'ssoins-0000000000000001';
export const SSO_SETS = {
  AdministratorAccess: 'ps-0000000000000001',
  SecurityAudit: 'ps-0000000000000002',
};
/** Id of a group in the identity store. */
export const storeId = (number: number): string => guid(AREA.store, number);
export type SsoSet = keyof typeof SSO_SETS;
/** Name of the role Identity Center makes for a permission set in every account it is assigned in. */
export const reservedRole = (set: SsoSet): string =>
  `AWSReservedSSO_${set}_${SSO_SETS[set].slice('ps-'.length)}`;

export const GCP_ORG = '700000000001';
export const GCP_FOLDERS = {research: '700000000101', playground: '700000000102'};
export const GCP_PROJECTS = {
  genomics: {id: 'harbor-genomics', number: '700000000201', folder: GCP_FOLDERS.research},
  analytics: {id: 'harbor-analytics-dev', number: '700000000202', folder: GCP_FOLDERS.playground},
};
export type GcpProjectKey = keyof typeof GCP_PROJECTS;
