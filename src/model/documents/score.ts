import {z} from 'zod';
import {envelope} from './envelope.ts';

const because = z.string().min(1).describe('Why this value; printed with results.');

const share = (what: string) => z.strictObject({value: z.number().min(0).max(1).describe(what), because});

/** One `kind: ScoreParameters` document: attenuation, half value, exponents and root weights, each with its reason. */
export const scoreDocument = envelope(
  'ScoreParameters',
  z.strictObject({
    attenuation: z
      .strictObject({
        direct: share('Level 0: standing control.'),
        guarded: share('Level 1: needs a further proof or approval.'),
        providerFlaw: share('Level 2: needs a fault or insider at the provider.'),
        physical: share('Level 3: needs shared hardware.'),
      })
      .refine(
        ({direct, guarded, providerFlaw, physical}) =>
          direct.value >= guarded.value &&
          guarded.value >= providerFlaw.value &&
          providerFlaw.value >= physical.value,
        'must not increase from direct over guarded and providerFlaw to physical',
      )
      .describe('How much a path counts by its highest level. Not probabilities.'),
    halfValue: z
      .strictObject({value: z.number().positive().describe('Value at risk that makes a 50.'), because})
      .describe('Unit: workloads of very high need.'),
    exponents: z
      .strictObject({
        inbound: share('Weight of which roots reach the workload.'),
        sharedFate: share('Weight of how much falls with it.'),
        outbound: share('Weight of what falls through it.'),
      })
      .refine(
        ({inbound, sharedFate, outbound}) =>
          Math.abs(inbound.value + sharedFate.value + outbound.value - 1) < 1e-9,
        'must sum to 1',
      )
      .describe('How the three factors make one number.'),
    rootWeight: z
      .record(
        z.string(),
        z.strictObject({
          weight: z.number().min(0).max(0.95).describe('ρ, at most 0.95.'),
          because,
        }),
      )
      .refine(
        (weights) => Object.hasOwn(weights, 'default'),
        'needs a `default` for kinds that are not named',
      )
      .describe('Weight per root kind.'),
  }),
);

export type ScoreDocument = z.infer<typeof scoreDocument>;
