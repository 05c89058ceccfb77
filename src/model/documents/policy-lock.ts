import {z} from 'zod';
import {envelope} from './envelope.ts';

/** `policies.lock.yaml`: the content of every policy file a workspace was approved with. Written by `policy lock`. */
export const policyLockDocument = envelope(
  'PolicyLock',
  z.strictObject({
    files: z
      .record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'))
      .describe('SHA-256 of each policy file, by its name; `pack:` names are files of the package.'),
  }),
);

export type PolicyLockSource = z.infer<typeof policyLockDocument>;
