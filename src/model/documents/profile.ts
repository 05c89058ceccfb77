import {z} from 'zod';
import {envelope} from './envelope.ts';

const words = z.string().min(1);

const enforcement = z.enum(['advisory', 'mandatory', 'override-with-exception']);

const override = z.strictObject({
  disable: z.boolean().optional().describe('True: the rule is not judged at all. Needs a `reason`.'),
  severity: z
    .enum(['info', 'low', 'medium', 'high', 'critical'])
    .optional()
    .describe('Severity instead of its own.'),
  weight: z.number().min(0).max(1_000_000).optional().describe('Points instead of its own (prefer, avoid).'),
  onUnknown: z.enum(['fail', 'warn', 'ignore']).optional().describe('What an unknown outcome counts as.'),
  enforcement: enforcement
    .optional()
    .describe(
      'What a failure does (forbid, require). advisory: it is told, no site is removed. mandatory: exceptions do not count. override-with-exception: an exception may cover it.',
    ),
  reason: words.optional().describe('Why; needed to disable a rule.'),
});

/**
 * `kind: Profile`: which packs and files hold, and with what numbers. Profiles build on each other (pack, provider base,
 * client, engagement); what comes later wins, and every value remembers where it was set.
 */
export const profileDocument = envelope(
  'Profile',
  z.strictObject({
    extends: z
      .array(words)
      .optional()
      .describe('Packs (`pack:baseline`) and files this profile builds on, relative to it; later ones win.'),
    params: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Parameters: `name` for every policy that has it, `policy-name.name` for one.'),
    enforcement: enforcement
      .optional()
      .describe(
        'For every forbid and require that names none under `rules`. Default: override-with-exception.',
      ),
    exceptions: z
      .strictObject({
        maxDays: z.int().min(1).max(365).optional().describe('Longest term of an exception. Default: 365.'),
        approverSeverity: z
          .enum(['info', 'low', 'medium', 'high'])
          .optional()
          .describe(
            'From this severity of a rule an exception needs the approval of somebody other than its owner. Default: high.',
          ),
      })
      .optional()
      .describe('Terms of exceptions. The strictest of all profiles holds.'),
    rules: z.record(z.string(), override).optional().describe('What is different, by rule id.'),
  }),
  z.strictObject({
    name: words.describe('Name of the profile.'),
    labels: z.record(z.string(), z.string()).optional().describe('Free labels.'),
    description: z.string().optional(),
  }),
);

export type ExceptionTermsSource = NonNullable<ProfileSource['spec']['exceptions']>;
export type ProfileSource = z.infer<typeof profileDocument>;
export type RuleOverride = z.infer<typeof override>;
