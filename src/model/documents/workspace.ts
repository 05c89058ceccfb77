import {z} from 'zod';
import {envelope} from './envelope.ts';

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
  }),
  z.strictObject({
    name: z.string().min(1).describe('Name of the workspace.'),
    client: z.string().optional().describe('Client name as it appears in reports.'),
  }),
);

export type WorkspaceDocument = z.infer<typeof workspaceDocument>;
