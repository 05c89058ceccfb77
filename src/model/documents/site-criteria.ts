import {z} from 'zod';
import type {SiteCriteria} from '../site-criteria.ts';

/** A value with where it is written: what nobody can show is left out, and is then unknown. */
const stated = <T extends z.ZodType>(value: T, what: string) =>
  z
    .strictObject({
      value: value.describe(what),
      evidence: z.string().min(1).describe('Where it is written: contract section, report, ticket.'),
      asOf: z.iso.date().describe('Day it was last checked, YYYY-MM-DD.'),
    })
    .optional()
    .describe(`${what}. Leave it out when not known.`);

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166 code in capitals')
  .describe('ISO 3166, two letters.');
const countries = z.array(country).min(1);

const subcontractor = z.strictObject({
  name: z.string().min(1).describe('Company.'),
  country: country.nullable().optional(),
  service: z.string().nullable().optional().describe('What it does.'),
  rank: z
    .int()
    .min(1)
    .nullable()
    .optional()
    .describe('1 = contract partner of the operator, 2 = of that one …'),
});

const CRITERIA = {
  storageCountries: stated(countries, 'Countries where data rests, backups included'),
  supportCountries: stated(
    countries,
    'Countries from which the operator or its subcontractors get at the systems',
  ),
  establishments: stated(countries, 'Countries where the operator has an establishment'),
  subcontractors: stated(z.array(subcontractor), 'Everybody who works for the operator; `[]` = nobody'),
  transferTool: stated(
    z.enum(['adequacy', 'dpf', 'scc', 'bcr', 'none']),
    'What a transfer of personal data to the operator rests on: adequacy decision, EU-US Data Privacy Framework, ' +
      'standard contractual clauses, binding corporate rules, none',
  ),
  transferAssessment: stated(z.boolean(), 'A transfer impact assessment was made'),
  processorContract: stated(z.boolean(), 'A contract on processing (GDPR article 28) is signed'),
  secrecyCommitment: stated(z.boolean(), 'Everybody with access is bound to professional secrecy'),
  auditRights: stated(z.boolean(), 'The customer may audit or have audited'),
  incidentNoticeHours: stated(z.number().min(0), 'Latest notice of a security incident, hours'),
  incidentContact: stated(z.string().min(1), 'Named person or desk for security incidents'),
  operatorAccessLogged: stated(z.boolean(), 'The customer sees every access of the operator in a log'),
  tailoredSecurity: stated(z.boolean(), 'Security measures can be agreed on per customer'),
  tenantSegmentation: stated(z.boolean(), "Customers' networks are separated below the operating system"),
  privateConnectivity: stated(z.boolean(), 'There is a way in that does not cross the internet'),
  dedicatedSupport: stated(z.boolean(), 'A support team that knows the customer'),
  scaleOutHours: stated(z.number().min(0), 'Hours until more capacity is there'),
  vcpuReadyPercent: stated(
    z.number().min(0).max(100),
    'Time a virtual processor waited for a core, 95th percentile, per cent',
  ),
  vcpuPerCore: stated(z.number().min(0), 'Virtual processors per physical core'),
  cpuFlawsClosed: stated(
    z.boolean(),
    'Processor flaws between tenants are closed by microcode and hypervisor',
  ),
  confidentialComputing: stated(z.boolean(), 'Memory of workloads is encrypted against the operator'),
  openFormats: stated(z.boolean(), 'Data and images can be taken away in documented formats'),
  openSourceAlternatives: stated(
    z.array(z.string().min(1)),
    'Open-source software that could take over the services; `[]` = none',
  ),
  exitSupportDays: stated(z.number().min(0), 'Days the operator goes on and helps after notice'),
  backupSeparateAccounts: stated(z.boolean(), 'Backups are managed with accounts apart from production'),
  restoreTested: stated(z.iso.date(), 'Day of the last restore test, YYYY-MM-DD'),
  customerControlsMet: stated(z.boolean(), 'The criteria an attestation leaves to the customer are met'),
} satisfies Record<keyof SiteCriteria, z.ZodType>;

export const siteCriteria = z.strictObject(CRITERIA);

const objective = (title: string) => stated(z.int().min(0).max(4), `SEAL level of ${title}, 0 to 4`);

/** Levels of the eight sovereignty objectives (European Commission, Cloud Sovereignty Framework 1.2.1, October 2025). */
export const sealLevels = z.strictObject({
  sov1: objective('SOV-1 strategic sovereignty'),
  sov2: objective('SOV-2 legal and jurisdictional sovereignty'),
  sov3: objective('SOV-3 data and AI sovereignty'),
  sov4: objective('SOV-4 operational sovereignty'),
  sov5: objective('SOV-5 supply chain sovereignty'),
  sov6: objective('SOV-6 technology sovereignty'),
  sov7: objective('SOV-7 security and compliance sovereignty'),
  sov8: objective('SOV-8 environmental sustainability'),
});
