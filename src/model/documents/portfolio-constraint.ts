import {z} from 'zod';
import {envelope} from './envelope.ts';
import {parameterSchema} from './placement-policy.ts';

const words = z.string().min(1);

const share = z.strictObject({
  share: z
    .union([z.number().min(0).max(1), words])
    .describe(
      'Largest share of the whole measure one group may hold, 0 … 1, or CEL over `params`. The number is yours; 1 limits nothing.',
    ),
});
const amount = z.strictObject({
  amount: z
    .union([z.number().min(0), words])
    .describe('Largest amount of the measure one group may hold, or CEL over `params`.'),
});
const money = z.strictObject({
  perMonth: z
    .union([z.number().min(0), words])
    .describe(
      'Hosting of all workloads together, money per month, or CEL over `params`; egress not counted.',
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code in capitals')
    .describe('ISO 4217 code, e.g. EUR. Sites priced in another one count as not known.'),
});

/**
 * `kind: PortfolioConstraint`: a limit over many workloads, such as the share of critical functions at one provider group
 * or a budget. The plan keeps it, and tells what one more unit would be worth.
 */
export const portfolioConstraintDocument = envelope(
  'PortfolioConstraint',
  z.strictObject({
    params: z
      .record(z.string(), parameterSchema)
      .optional()
      .describe('Typed parameters with defaults, as in a policy; profiles set them the same way.'),
    over: z
      .union([z.string().min(1), z.boolean()])
      .optional()
      .describe('Workloads it is about (CEL, boolean over `workload`). Default: all.'),
    measure: z
      .union([z.string().min(1), z.number()])
      .optional()
      .describe(
        'What each of them counts (CEL, number ≥ 0 over `workload`). Default: 1. Not with `perMonth`.',
      ),
    unit: z.string().min(1).optional().describe('Name of one unit of the measure. Default: workload.'),
    groupBy: z
      .enum(['site.providerGroup', 'site.provider', 'site.country', 'site.region', 'site.kind', 'site.id'])
      .optional()
      .describe('What is counted together. Default: site.providerGroup. Not with `perMonth`.'),
    limit: z.union([share, amount, money]).describe('One of share, amount, or perMonth with currency.'),
    severity: z
      .enum(['info', 'low', 'medium', 'high', 'critical'])
      .optional()
      .describe('How bad it is when the limit cannot be kept. Default: high.'),
  }),
  z.strictObject({
    name: z.string().min(1).describe('Id of the limit.'),
    labels: z.record(z.string(), z.string()).optional().describe('Free labels; pack: name of the pack.'),
    description: z.string().optional(),
  }),
);

export type PortfolioConstraintDocument = z.infer<typeof portfolioConstraintDocument>;
