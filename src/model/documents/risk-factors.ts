import {z} from 'zod';
import {envelope} from './envelope.ts';

const severity = z.enum(['info', 'low', 'medium', 'high', 'critical']);

/** One factor: what it counts, from where on it is told, and why. */
const factor = (unit: string, what: string) =>
  z.strictObject({
    enabled: z.boolean().optional().describe('False = never told. Default true.'),
    threshold: z
      .strictObject({
        value: z.number().min(0).max(100_000).describe(what),
        unit: z.literal(unit).describe('Stated so that a reader needs no manual.'),
      })
      .describe('Told when the measured value is above it, not when it equals it.'),
    severity,
    because: z
      .strictObject({
        incident: z.string().min(1).describe('The incident that taught it.'),
        lesson: z.string().min(1).describe('What went wrong there, in one sentence.'),
        source: z.string().min(1).describe('Who says so.'),
        date: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/)
          .describe('Date of the source, YYYY-MM-DD.'),
      })
      .describe('Printed with the finding.'),
    remedy: z.string().min(1).describe('What to do, as an imperative sentence.'),
  });

const words = z.array(z.string().min(1)).min(1);

/** One `kind: RiskFactors` document. */
export const riskFactorsDocument = envelope(
  'RiskFactors',
  z.strictObject({
    verification: z
      .enum(['primary', 'secondary'])
      .describe(
        'Whether the sources named were read themselves (primary) or in accounts of them (secondary).',
      ),
    environments: z
      .strictObject({
        tags: words.describe('Tag keys that name the environment, compared without case, - and _.'),
        production: words.describe('Values that mean production.'),
        nonProduction: words.describe('Values that mean development, test or debugging.'),
      })
      .describe(
        'How production is told from the rest: by tags of the thing itself or of a container it is in.',
      ),
    factors: z.strictObject({
      keyAge: factor('days', 'Age of an active key.'),
      expiredCredential: factor('days', 'Days past the end of validity.'),
      unusedKey: factor('days', 'Days since the last use on record, or since it was made.'),
      personalKey: factor('keys', 'Active keys without end that a person with a password holds.'),
      rootKey: factor('keys', 'Access keys of the root user of an account.'),
      noSecondFactor: factor('passwords', 'Passwords of people that no second factor guards, per account.'),
      logRetention: factor(
        'days',
        'Sites should keep logs at least that long; told when they keep them shorter.',
      ),
      debugReachesProduction: factor('workloads', 'Production workloads reached over certain edges.'),
      exposedNeed: factor(
        'level',
        'Need for protection (0 none … 3 very high) of a workload open to the internet.',
      ),
      plainSecret: factor('settings', 'Settings of a workload that hold a secret in plain text.'),
      serviceAccountKeyAge: factor('days', 'Age of a key of a service account that a user made.'),
      signingKeyAge: factor('days', 'Age of a key that signs for an identity provider.'),
      longValidity: factor('days', 'Days a secret is still valid.'),
    }),
  }),
);
