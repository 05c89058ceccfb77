import {z} from 'zod';
import {envelope} from './envelope.ts';
import {LEVEL_WORD_LIST} from './level-words.ts';

const id = z.string().min(1).describe('Stable id; a later document replaces a rule of the same id.');
const level = z.enum(LEVEL_WORD_LIST).describe('none, normal, high, veryHigh (German words work too).');
const axis = z.enum(['c', 'i', 'a']);
const categories = z.array(z.string().min(1)).optional().describe('Data categories this is evidence of.');
const words = z.array(z.string().min(1)).min(1);
const confidence = z.number().min(0).max(1).optional();

const needs = z
  .strictObject({c: level.optional(), i: level.optional(), a: level.optional()})
  .describe('Need per axis: confidentiality, integrity, availability.');

const tagRule = z.strictObject({
  id,
  keys: words.describe(
    'Tag keys. Case, spaces, `_`, `.`, `/` and `:` do not matter; `*` stands for any text.',
  ),
  axes: z.array(axis).min(1).describe('Axes the value speaks about.'),
  values: z
    .array(
      z.strictObject({
        match: words.describe(
          'Tag values, compared as keys are; several values in one tag are split at , ; |',
        ),
        level,
        categories,
      }),
    )
    .min(1)
    .describe('Values and what they mean.'),
});

const nameRule = z.strictObject({
  id,
  words: words.describe(
    'Whole words of the name of a workload or its application; a `*` at the end matches any ending.',
  ),
  needs,
  categories,
  confidence: confidence.describe('0 to 1. Default: 0.35. A name only raises a suspicion.'),
});

const typeRule = z.strictObject({
  id,
  types: z
    .array(
      z.enum([
        'vm',
        'function',
        'container-service',
        'cluster',
        'app-service',
        'database',
        'bucket',
        'key-vault',
        'queue',
        'saas',
        'other',
      ]),
    )
    .optional()
    .describe('Workload types it applies to.'),
  words: z.array(z.string().min(1)).optional().describe('Or: words of the name, as in name rules.'),
  hostsIdentity: z
    .boolean()
    .optional()
    .describe(
      'Or: workloads that identity.yaml names as domain controllers, AD FS, sync or vCenter servers.',
    ),
  needs,
  guards: z
    .boolean()
    .optional()
    .describe('True when it guards what depends on it: its need is at least the highest need of those.'),
  confidence: confidence.describe('0 to 1. Default: 0.3.'),
});

const direction = z
  .enum(['forward', 'backward', 'both', 'none'])
  .optional()
  .describe('forward: `to` takes over the need of `from`; backward: the other way round.');

const inheritance = z.strictObject({
  relation: z
    .enum([
      'data-flow',
      'trust',
      'must-together',
      'prefer-together',
      'runs-on',
      'protects',
      'signs-in',
      'administers',
    ])
    .describe(
      'data-flow, trust, must-together, prefer-together: a dependency. runs-on: workload → its host. protects: workload → what guards its keys or backups. signs-in: workload → what runs its directory. administers: workload → its vCenter appliance.',
    ),
  c: direction,
  i: direction,
  a: direction,
});

const share = z.number().min(0).max(1).optional();

const cumulation = z.strictObject({
  id,
  enabled: z.boolean().optional().describe('False switches the rule of this id off. Default: true.'),
  at: z
    .enum(['host', 'store', 'root'])
    .describe(
      'Where many needs meet: what runs on one host, what sends its data to one store, what one identity root reaches (directly or guarded).',
    ),
  types: z
    .array(z.enum(['database', 'bucket', 'queue', 'vm', 'saas', 'key-vault', 'other']))
    .optional()
    .describe('Stores only: workload types that count as one. Default: database, bucket, queue.'),
  axes: z.array(axis).min(1).describe('Axes the rule speaks about.'),
  need: z
    .enum(['normal', 'high'])
    .optional()
    .describe('Needs from this level on are counted; the result is one level above it. Default: normal.'),
  applications: z
    .int()
    .min(2)
    .optional()
    .describe(
      'Distinct applications that must meet. Workloads without an application only widen the interval.',
    ),
  records: z
    .number()
    .positive()
    .optional()
    .describe('Or: total of `records` of the business functions whose workloads meet there.'),
  raises: z
    .enum(['point', 'members'])
    .optional()
    .describe(
      'point: the host, the store, or the workloads that run the root (domain controllers, AD FS …). members: everything that was counted. Default: point.',
    ),
});

const limits = z
  .strictObject({
    inflation: share.describe(
      'Share of workloads that may be raised by inheritance before it is told. Default: 0.5.',
    ),
    cumulation: share.describe(
      'Share of workloads cumulation may raise; beyond it roots, then everything, stop cumulating. Default: 0.2.',
    ),
    classifierCoverage: share.describe(
      'Share of the data a classifier must have looked at before "nothing sensitive found" counts. Default: 0.5.',
    ),
    classifierDays: z
      .int()
      .min(1)
      .optional()
      .describe('Age in days from which what a classifier found is only a suspicion. Default: 365.'),
  })
  .describe('Guards against needs that flood the estate.');

/** `kind: SensitivityRules`: what tags, names, types and relations say about the need for protection. */
export const sensitivityRulesDocument = envelope(
  'SensitivityRules',
  z.strictObject({
    tags: z.array(tagRule).optional().describe('Tag rules.'),
    names: z.array(nameRule).optional().describe('Name rules.'),
    types: z.array(typeRule).optional().describe('Priors by type.'),
    categories: z
      .record(z.string(), needs)
      .optional()
      .describe('Least need of a data category that the register states.'),
    inheritance: z.array(inheritance).optional().describe('Which needs are taken over along which relation.'),
    cumulation: z.array(cumulation).optional().describe('Where many lower needs add up to a higher one.'),
    limits: limits.optional(),
  }),
);

export type SensitivityRulesDocument = z.infer<typeof sensitivityRulesDocument>;
