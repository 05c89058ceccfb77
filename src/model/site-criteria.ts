/** A fact somebody stated about a site, with where it is written and the day it was last checked (YYYY-MM-DD). */
export interface Stated<T> {
  value: T;
  evidence: string;
  asOf: string;
}

/** A company that works for the operator of a site. */
export interface Subcontractor {
  name: string;
  /** ISO 3166 two letters; null = not stated. */
  country: string | null;
  /** What it does there; null = not stated. */
  service: string | null;
  /** Place in the supply chain: 1 = contract partner of the operator; null = not stated. */
  rank: number | null;
}

/** What a provider can be asked for and a contract can promise. Absent = nobody stated it, which is *unknown*. */
export interface SiteCriteria {
  /** Countries where data rests, backups included (ISO 3166 two letters). */
  storageCountries: string[];
  /** Countries from which staff of the operator or its subcontractors can get at the systems. */
  supportCountries: string[];
  /** Countries where the operator has an establishment. */
  establishments: string[];
  /** Everybody who works for the operator; an empty list says that there is nobody. */
  subcontractors: Subcontractor[];
  /** What a transfer of personal data to the operator rests on. */
  transferTool: 'adequacy' | 'dpf' | 'scc' | 'bcr' | 'none';
  /** A transfer impact assessment was made. */
  transferAssessment: boolean;
  /** A contract on processing (GDPR article 28) is signed. */
  processorContract: boolean;
  /** Everybody with access is bound to professional secrecy. */
  secrecyCommitment: boolean;
  /** The customer may audit or have audited. */
  auditRights: boolean;
  /** Latest notice of a security incident, hours. */
  incidentNoticeHours: number;
  /** A named person or desk for security incidents. */
  incidentContact: string;
  /** The customer sees every access of the operator in a log. */
  operatorAccessLogged: boolean;
  /** Security measures can be agreed on per customer. */
  tailoredSecurity: boolean;
  /** Customers' networks are separated below the operating system. */
  tenantSegmentation: boolean;
  /** There is a way in that does not cross the internet. */
  privateConnectivity: boolean;
  /** A support team that knows the customer. */
  dedicatedSupport: boolean;
  /** Hours until more capacity is there. */
  scaleOutHours: number;
  /** 95th percentile of the time a virtual processor waited for a core, per cent. */
  vcpuReadyPercent: number;
  /** Virtual processors per physical core. */
  vcpuPerCore: number;
  /** Processor flaws between tenants are closed (microcode, hypervisor), attested. */
  cpuFlawsClosed: boolean;
  /** Memory of workloads is encrypted against the operator. */
  confidentialComputing: boolean;
  /** Data and machine images can be taken away in documented formats. */
  openFormats: boolean;
  /** Open-source software that could take over the platform's services; empty = there is none. */
  openSourceAlternatives: string[];
  /** Days the operator goes on and helps after notice. */
  exitSupportDays: number;
  /** Backups are managed with accounts of their own, apart from production. */
  backupSeparateAccounts: boolean;
  /** Day of the last restore test, YYYY-MM-DD. */
  restoreTested: string;
  /** The criteria an attestation leaves to the customer are met. */
  customerControlsMet: boolean;
}

/** Sovereignty objectives of the Cloud Sovereignty Framework; levels 0 to 4 are attested, never worked out by us. */
export const SOVEREIGNTY_OBJECTIVES = [
  'sov1',
  'sov2',
  'sov3',
  'sov4',
  'sov5',
  'sov6',
  'sov7',
  'sov8',
] as const;

export type SovereigntyObjective = (typeof SOVEREIGNTY_OBJECTIVES)[number];

export type StatedCriteria = {[Name in keyof SiteCriteria]?: Stated<SiteCriteria[Name]>};
export type StatedSeal = {[Objective in SovereigntyObjective]?: Stated<number>};
