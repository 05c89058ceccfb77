import {z} from 'zod';
import {API_VERSION} from './envelope.ts';

const expression = (description: string) =>
  z.union([z.string().min(1), z.boolean()]).describe(`${description} (CEL, boolean)`);

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-01-31');

/** One parameter of a policy; expressions read it as `params.NAME`. */
export const parameterSchema = z.strictObject({
  type: z
    .enum(['int', 'double', 'bool', 'string', 'level', 'list<string>'])
    .describe('`level` takes none, normal, high or veryHigh and is compared like `level.high`'),
  default: z
    .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
    .describe('Value unless the workspace sets another'),
  min: z.number().optional().describe('Least value of a number; smaller ones are refused'),
  max: z.number().optional().describe('Largest value of a number; larger ones are refused'),
  description: z.string().optional().describe('What the number means and where it comes from'),
});

/** Citable origin of a rule. */
export const sourceSchema = z.strictObject({
  title: z.string().min(1).describe('Title of the document the rule rests on'),
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a date like 2024-03-20, 2024-03 or 2024'),
  url: z.url().optional().describe('Where to read it'),
});

/** One rule. What `when` and `score` mean per effect is described at `effect`. */
export const ruleSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'use letters, digits, dot, dash and underscore')
    .describe('Unique id'),
  title: z.string().min(1).describe('One line for tables'),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).describe('How bad a failure is'),
  effect: z
    .enum(['forbid', 'require', 'prefer', 'avoid', 'obligate'])
    .describe(
      'forbid: fails where `when` is true. require: fails where `when` is false. prefer / avoid: soft, `score` 0…1 (or ' +
        '`when`) times `weight` points for or against a site. obligate: the obligations apply where `when` is true.',
    ),
  given: expression('The rule applies only where this is true; elsewhere it is not applicable').optional(),
  when: expression('The condition').optional(),
  score: z
    .union([z.string().min(1), z.number()])
    .optional()
    .describe('prefer / avoid: number from 0 to 1 (CEL)'),
  weight: z
    .number()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe('prefer / avoid: points at score 1, default 10'),
  message: z.string().optional().describe('What the reader sees; `{{ CEL }}` holes are filled in'),
  onUnknown: z
    .enum(['fail', 'warn', 'ignore'])
    .optional()
    .describe('What an unknown outcome counts as; default fail for critical forbid and require, else warn'),
  obligations: z
    .array(z.strictObject({id: z.string(), text: z.string(), dueDays: z.int().min(0).optional()}))
    .optional()
    .describe('What has to be done wherever the rule is applicable'),
  mappings: z
    .array(z.strictObject({framework: z.string(), control: z.string()}))
    .optional()
    .describe('Controls this rule is an indicator for'),
  source: sourceSchema.optional(),
  asOf: isoDate.optional().describe('Day the facts were last checked'),
  verification: z
    .enum(['primary', 'secondary'])
    .optional()
    .describe('primary: checked against the original text; secondary: taken from reports about it'),
});

/** Everything but the rules, which are checked one by one so that a broken one is isolated. */
export const placementPolicyHeader = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('PlacementPolicy'),
  metadata: z.strictObject({
    name: z.string().min(1).describe('Name of the policy'),
    labels: z.record(z.string(), z.string()).optional().describe('pack: name of the pack; others are free'),
    description: z.string().optional(),
  }),
  spec: z.strictObject({
    asOf: isoDate.optional().describe('Day the facts behind the rules were last checked'),
    reviewBy: isoDate.optional().describe('Day by which somebody must check them again'),
    params: z.record(z.string(), parameterSchema).optional().describe('Typed parameters with defaults'),
    match: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          expression: expression('Condition of the whole policy'),
        }),
      )
      .optional()
      .describe('All must be true for the rules to apply'),
    rules: z.array(z.unknown()).min(1).describe('The rules'),
  }),
});

/** The whole document, for the published JSON Schema. */
export const placementPolicyDocument = placementPolicyHeader.extend({
  spec: placementPolicyHeader.shape.spec.extend({rules: z.array(ruleSchema).min(1)}),
});

export type RuleSource = z.infer<typeof ruleSchema>;
export type ParameterSource = z.infer<typeof parameterSchema>;
export type PolicyHeader = z.infer<typeof placementPolicyHeader>;
