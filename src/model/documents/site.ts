import {z} from 'zod';
import {envelope} from './envelope.ts';
import {sealLevels, siteCriteria} from './site-criteria.ts';

const amount = (what: string) =>
  z
    .number()
    .min(0)
    .max(1e9)
    .nullable()
    .optional()
    .describe(`${what}. Leave it out when not known: unknown is never zero.`);

const match = z
  .strictObject({
    cloud: z
      .enum(['azure', 'aws', 'gcp', 'vmware', 'private', 'saas'])
      .optional()
      .describe('Cloud of the workload.'),
    region: z.string().min(1).optional().describe('Region or datacenter; `*` matches any text.'),
    container: z
      .string()
      .min(1)
      .optional()
      .describe('Id or name of a container the workload is in, directly or above; `*` matches any text.'),
    source: z
      .string()
      .min(1)
      .optional()
      .describe('Id of the source that lists the workload; `*` matches any text.'),
  })
  .refine((parts) => Object.keys(parts).length > 0, 'needs at least one of cloud, region, container, source');

const identityRoot = z.strictObject({
  root: z.string().min(1).describe('Root id that controls this site directly.'),
  sharedWithOtherTenants: z
    .boolean()
    .nullable()
    .optional()
    .describe('True when customers other than you live under the same root.'),
});

const certification = z.strictObject({
  id: z.string().min(1).describe('Certificate or attestation, e.g. `c5-type2`, `iso27001`.'),
  validUntil: z.iso.date().nullable().optional().describe('Last day it is valid, YYYY-MM-DD.'),
  type: z
    .enum(['type1', 'type2'])
    .nullable()
    .optional()
    .describe('`type1`: design on one day. `type2`: effect over a period.'),
  edition: z.string().min(1).nullable().optional().describe('Edition of the standard, e.g. `2020`.'),
  periodEnd: z.iso.date().nullable().optional().describe('Last day of the audited period, YYYY-MM-DD.'),
  scope: z
    .array(z.string().min(1))
    .optional()
    .describe('Regions, locations and services it covers, as the report names them; `*` matches any text.'),
  evidence: z.string().min(1).nullable().optional().describe('Where the report or certificate can be seen.'),
});

/** One `kind: Site` document: a place with its own jurisdiction, roots, tenancy, capacity and prices. */
export const siteDocument = envelope(
  'Site',
  z.strictObject({
    title: z.string().optional().describe('Name in reports. Default: metadata.name.'),
    kind: z.enum(['public', 'dedicated', 'onprem', 'saas']).describe('What kind of place it is.'),
    class: z
      .enum(['public', 'dedicated'])
      .optional()
      .describe('What the solver decides between. Default: public for public and saas, else dedicated.'),
    receives: z
      .boolean()
      .optional()
      .describe('Whether workloads may be placed there. Default: true for public and dedicated, else false.'),
    provider: z.string().min(1).describe('Who runs it.'),
    providerGroup: z.string().optional().describe('Group the provider belongs to. Default: the provider.'),
    region: z.string().nullable().optional().describe("Provider's region name."),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166 code in capitals')
      .nullable()
      .optional()
      .describe('Country of the data centre, ISO 3166 two letters.'),
    jurisdictions: z
      .array(z.string())
      .optional()
      .describe('Whose law reaches the operator, e.g. `EU`, `US`.'),
    tenancy: z
      .enum(['shared', 'dedicated-host', 'dedicated-hardware'])
      .nullable()
      .optional()
      .describe('Whether other customers share the hardware.'),
    identityRoots: z.array(identityRoot).optional().describe('Roots that control the site directly.'),
    logRetentionDays: z
      .number()
      .min(0)
      .nullable()
      .optional()
      .describe('How long access logs are kept, days.'),
    externalKeys: z
      .boolean()
      .nullable()
      .optional()
      .describe('True when encryption keys are held outside the provider.'),
    certifications: z.array(certification).optional().describe('Certificates and attestations.'),
    criteria: siteCriteria
      .optional()
      .describe(
        'What the provider and the contract say, each with evidence and date. Nothing here is assumed.',
      ),
    seal: sealLevels
      .optional()
      .describe('Attested SEAL levels of the Cloud Sovereignty Framework, each with evidence and date.'),
    services: z
      .array(z.string())
      .optional()
      .describe('Services offered besides virtual machines: database, bucket, function, cluster …'),
    capacity: z
      .strictObject({
        vcpu: amount('vCPU'),
        memoryGiB: amount('Memory, GiB'),
        storageGiB: amount('Storage, GiB'),
      })
      .nullable()
      .optional()
      .describe('Free capacity. Leave it out when elastic or not known.'),
    cost: z
      .strictObject({
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code in capitals')
          .describe('ISO 4217 code, e.g. EUR.'),
        asOf: z.iso.date().describe('Date of the prices, YYYY-MM-DD.'),
        illustrative: z.boolean().optional().describe('True when the prices are an example. Default: false.'),
        vcpuMonth: amount('Price per vCPU and month'),
        memoryGiBMonth: amount('Price per GiB of memory and month'),
        storageGiBMonth: amount('Price per GiB of storage and month'),
        egressPerGiB: amount('Price per GiB of steady traffic that leaves the site'),
        egressTo: z
          .record(z.string(), z.number().min(0).max(1e9))
          .optional()
          .describe('Price per GiB of steady traffic to one site, by its name, instead of `egressPerGiB`.'),
        migrationEgressPerGiB: amount('Price per GiB of moving out once'),
      })
      .nullable()
      .optional()
      .describe('Prices.'),
    latencyMs: z
      .record(z.string(), z.number().min(0).max(60_000))
      .optional()
      .describe('Round trip to other sites by their name, milliseconds. One end of a pair is enough.'),
    sharedServices: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Shared services that stand ready here, by the name of the application that provides them: directory, backup, monitoring …',
      ),
    licences: z
      .array(z.string().min(1))
      .optional()
      .describe('Licences that may be used here, e.g. `oracle`, `windows-server`.'),
    availability: z
      .strictObject({
        zones: z.int().min(1).nullable().optional().describe('Availability zones or fire sections.'),
        drSite: z.string().nullable().optional().describe('Site the workloads fail over to.'),
        sla: z.number().min(0).max(100).nullable().optional().describe('Promised availability, per cent.'),
      })
      .optional()
      .describe('Second locations.'),
    matches: z
      .array(match)
      .optional()
      .describe('Workloads that are here today: one of the entries must match, and in it all given parts.'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Id of the site.'),
    labels: z.record(z.string(), z.string()).optional().describe('Free labels.'),
  }),
);

export type SiteDocument = z.infer<typeof siteDocument>;
