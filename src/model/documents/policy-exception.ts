import {z} from 'zod';
import {envelope} from './envelope.ts';

/**
 * `kind: PolicyException`: a documented deviation from named rules, for some workloads, until a day. It never makes a
 * failure a pass: the failure stays and carries the exception.
 */
export const policyExceptionDocument = envelope(
  'PolicyException',
  z.strictObject({
    rules: z
      .array(z.string().min(1))
      .min(1)
      .describe('Rules it speaks about: `RULE-ID`, or `policy-name/RULE-ID`.'),
    match: z
      .strictObject({
        expression: z
          .union([z.string().min(1), z.boolean()])
          .describe('Which workloads, and at which sites, it covers (CEL, boolean).'),
      })
      .describe('What it covers. Where the answer is unknown, the exception does not apply.'),
    category: z
      .enum(['waiver', 'mitigated', 'false-positive', 'data-gap'])
      .describe(
        'waiver: the risk is accepted. mitigated: something else lowers it. false-positive: the rule is wrong here. ' +
          'data-gap: a field cannot be had.',
      ),
    reason: z.string().min(1).describe('Why, in a sentence an auditor understands.'),
    owner: z.string().min(1).describe('Who answers for it.'),
    approvedBy: z
      .array(z.string().min(1))
      .optional()
      .describe('Who approved it. Rules of severity high and critical need somebody other than the owner.'),
    createdOn: z.iso
      .date()
      .optional()
      .describe('Day it was granted, YYYY-MM-DD. Without it the term counts from the day of the run.'),
    expiresOn: z.iso
      .date()
      .describe('Last day it holds, YYYY-MM-DD; at most 365 days after `createdOn` or the day of the run.'),
    compensatingControls: z
      .array(z.string().min(1))
      .optional()
      .describe('What is done instead of meeting the rule.'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Id of the exception, printed wherever it is used.'),
    labels: z.record(z.string(), z.string()).optional().describe('Free labels.'),
    description: z.string().optional(),
  }),
);

export type PolicyExceptionDocument = z.infer<typeof policyExceptionDocument>;
