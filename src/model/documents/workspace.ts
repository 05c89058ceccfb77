import {z} from 'zod';
import {envelope} from './envelope.ts';
import {waves} from './waves.ts';

const fileList = z.union([z.string(), z.array(z.string())]);

const source = z.strictObject({
  file: z.string().min(1).describe('Inventory file or glob, relative to the workspace folder.'),
  as: z.string().optional().describe('Format id, where detection by content is not wanted.'),
  scope: z
    .string()
    .optional()
    .describe(
      'Account, subscription, project or vCenter the file speaks for, where the file itself does not say.',
    ),
});

const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code in capitals');

const exchangeRate = z.strictObject({
  rate: z.number().positive().max(1e9).describe("Units of the plan's currency for one unit of this one."),
  asOf: z.iso.date().describe('Day of the rate, YYYY-MM-DD.'),
});

const settings = z.strictObject({
  applicationTags: z.array(z.string()).optional().describe('Tag keys whose value names the application.'),
  governedTags: z
    .array(z.string())
    .optional()
    .describe(
      'Tag keys whose values a tag policy enforces: stronger evidence of sensitivity than free tags.',
    ),
  unknownAs: z
    .enum(['normal', 'high', 'veryHigh'])
    .optional()
    .describe('Need at which a workload of unknown sensitivity is planned. Default: high.'),
  logRetentionDays: z
    .int()
    .min(1)
    .optional()
    .describe('Least log retention a site should offer, days. Default: 180.'),
  riskTolerance: z
    .number()
    .min(0)
    .optional()
    .describe(
      'A gain in risk below this many points per workload counts as none: cost decides, then staying. Default: 10.',
    ),
  objective: z
    .enum(['lexicographic', 'weighted'])
    .optional()
    .describe(
      'Lexicographic: hard rules, then risk, then cost, then churn. Weighted: one sum of milli-points.',
    ),
  currency: currency
    .optional()
    .describe('Currency all amounts of a plan are in, ISO 4217. Default: the one most sites are priced in.'),
  exchangeRates: z
    .record(z.string(), exchangeRate)
    .refine(
      (rates) => Object.keys(rates).every((code) => /^[A-Z]{3}$/.test(code)),
      'names must be three-letter ISO 4217 codes in capitals',
    )
    .optional()
    .describe(
      'What other currencies are worth, e.g. `USD: {rate: 0.92, asOf: 2026-11-01}`. Prices in a currency without a rate count as unknown.',
    ),
  moveMustSave: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe(
      'What moving a workload must save at least at equal risk, money per workload and month, so that a plan does not move for cents. Default: 5.',
    ),
  splitPenalty: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe(
      'What an application counts like when it is stretched over public and dedicated sites, money per month. Default: 0, it counts as nothing.',
    ),
  paybackMonths: z
    .int()
    .min(1)
    .max(120)
    .optional()
    .describe(
      'Months over which the one-off traffic of a move counts as monthly cost. Default: it is told per move, but not counted.',
    ),
});

/** `bulkhead.yaml`: one client or one estate. */
export const workspaceDocument = envelope(
  'Workspace',
  z.strictObject({
    locale: z.enum(['en', 'de']).optional().describe('Language of reports. Default: en.'),
    sources: z.array(source).describe('Inventory files, read in any order.'),
    identity: fileList.optional().describe('Files of kind Identity: what no API knows about trust roots.'),
    dependencies: fileList.optional().describe('CSV files: from,to,kind,gib_per_month.'),
    register: fileList
      .optional()
      .describe('Files of kind Register: business functions, owners, signed decisions.'),
    sites: fileList.optional().describe('Files of kind Site. Without it the shipped generic sites are used.'),
    policies: z
      .array(z.string())
      .optional()
      .describe(
        'Policy files, globs or shipped packs (`pack:baseline`). Default: pack:baseline and pack:storm-0558.',
      ),
    profile: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Profile file or pack (`pack:baseline`) the policies build on. With it `policies` has no default.',
      ),
    scenarios: fileList
      .optional()
      .describe('Files of kind Scenario beside the shipped ones. Default: scenarios/*.yaml where it exists.'),
    settings: settings.optional(),
    waves: waves.optional().describe('How the moves of a plan are put into waves.'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Name of the workspace.'),
    client: z.string().optional().describe('Client name as it appears in reports.'),
  }),
);

export type WorkspaceDocument = z.infer<typeof workspaceDocument>;
