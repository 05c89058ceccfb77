import {z} from 'zod';
import {envelope} from './envelope.ts';
import {LEVEL_WORD_LIST} from './level-words.ts';

const need = (axis: string) =>
  z
    .enum(LEVEL_WORD_LIST)
    .nullable()
    .optional()
    .describe(
      `Need for ${axis}: none, normal, high, veryHigh (German words work too). Leave it out when not decided.`,
    );

const decision = z.strictObject({
  confidentiality: need('confidentiality'),
  integrity: need('integrity'),
  availability: need('availability'),
  decidedBy: z.string().min(1).describe('Who signed the decision.'),
  date: z.iso.date().describe('When it was signed, YYYY-MM-DD. After 12 months it counts one rank less.'),
  reason: z.string().min(1).describe('Why; mandatory, because a decision may lower what a machine found.'),
});

const distribution = z.strictObject({
  ground: z
    .enum(['redundancy', 'pseudonymised'])
    .describe(
      'redundancy: several of the covered workloads do the same work, which lowers the availability each needs. pseudonymised: copies without names, which lowers confidentiality.',
    ),
  level: z.enum(LEVEL_WORD_LIST).describe('Need that is left: none, normal, high, veryHigh.'),
  decidedBy: z.string().min(1).describe('Who signed the decision.'),
  date: z.iso.date().describe('When it was signed, YYYY-MM-DD. After 12 months it lowers nothing any more.'),
  reason: z.string().min(1).describe('Why the damage is smaller: what is redundant, where the key table is.'),
});

const hours = (what: string) => z.number().min(0).nullable().optional().describe(`${what}, hours.`);

const businessFunction = z.strictObject({
  id: z.string().min(1).describe('Short stable id.'),
  function: z.string().min(1).describe('Name of the business function.'),
  owner: z.string().nullable().optional().describe('Who answers for it and gets its data gaps.'),
  criticality: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe('k: factor on the value of the covered workloads, above 0 up to 10. Default: 1.'),
  rtoHours: hours('Recovery time objective'),
  rpoHours: hours('Recovery point objective'),
  provider: z.string().nullable().optional().describe('Contract partner that provides it today.'),
  exitPlan: z.boolean().nullable().optional().describe('True when a tested exit plan exists.'),
  critical: z.boolean().nullable().optional().describe('True when the function is critical or important.'),
  substitutability: z
    .enum(['none', 'hard', 'medium', 'easy'])
    .nullable()
    .optional()
    .describe('How hard it is to replace the provider: none = it cannot be replaced.'),
  dataCategories: z
    .array(z.string().min(1))
    .optional()
    .describe('Data categories: pii, art9, phi, pan, secrets, financial, ip …'),
  records: z
    .number()
    .min(0)
    .nullable()
    .optional()
    .describe(
      'Records of persons or cases it keeps; many records of a normal need can add up to a high one.',
    ),
  sensitivity: decision.nullable().optional().describe('Signed decision on the need for protection.'),
  distribution: z
    .array(distribution)
    .optional()
    .describe(
      'Signed decisions that lower a need because it is distributed. Nothing else lowers by distribution.',
    ),
  covers: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Workload names or ids, `app:NAME`, `tag:KEY=VALUE`. One `app:NAME` beside workloads declares them to be that application.',
    ),
});

/** `register.yaml`: what no API knows per business function. */
export const registerDocument = envelope(
  'Register',
  z.strictObject({functions: z.array(businessFunction).describe('Business functions.')}),
);

export type RegisterDocument = z.infer<typeof registerDocument>;
