import {z} from 'zod';

export const API_VERSION = 'bulkhead.dev/v1alpha1';

/** The frame all authored documents share: `apiVersion / kind / metadata / spec`, strict everywhere. */
export function envelope<K extends string, S extends z.ZodType>(
  kind: K,
  spec: S,
  metadata: z.ZodType = plainMetadata,
) {
  return z.strictObject({
    apiVersion: z.literal(API_VERSION).describe('Version of the document format.'),
    kind: z.literal(kind).describe('Which document this is.'),
    metadata: metadata.optional(),
    spec,
  });
}

const plainMetadata = z.strictObject({
  name: z.string().min(1).optional().describe('Short name, used in reports.'),
  client: z.string().optional().describe('Client the document belongs to.'),
  labels: z.record(z.string(), z.string()).optional().describe('Free labels.'),
});
