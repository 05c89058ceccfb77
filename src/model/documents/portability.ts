import {z} from 'zod';
import {API_VERSION} from './envelope.ts';

/** One row of the portability table. Rows are read from top to bottom, the first that is true decides. */
export const portabilityRuleSchema = z.strictObject({
  id: z.string().min(1).describe('Unique id'),
  when: z
    .union([z.string().min(1), z.boolean()])
    .describe('Condition on workload, current and site (CEL, boolean)'),
  verdict: z
    .enum(['rehost', 'replatform', 'refactor', 'immovable', 'unknown'])
    .describe('`immovable` is a hard gate, `unknown` a data gap'),
  reason: z.string().min(1).describe('Why, in one line; `{{ CEL }}` holes are filled in'),
});

/** Everything but the rules, which are checked one by one. */
export const portabilityHeader = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('PortabilityRules'),
  metadata: z.strictObject({
    name: z.string().min(1),
    labels: z.record(z.string(), z.string()).optional(),
    description: z.string().optional(),
  }),
  spec: z.strictObject({
    rules: z.array(z.unknown()).min(1).describe('The table, first match decides'),
  }),
});

/** The whole document, for the published JSON Schema. */
export const portabilityDocument = portabilityHeader.extend({
  spec: portabilityHeader.shape.spec.extend({rules: z.array(portabilityRuleSchema).min(1)}),
});

export type PortabilityRuleSource = z.infer<typeof portabilityRuleSchema>;
