import {z} from 'zod';

/** Field types that the sections of `identity.yaml` share. */

export const workloadRefs = (what: string) =>
  z
    .array(z.string().min(1))
    .optional()
    .describe(`${what}: workload names, ids, unique id suffixes, \`app:NAME\` or \`tag:KEY=VALUE\`.`);

/** References that may also name a container or a site. */
export const scopeRefs = (what: string) =>
  z
    .array(z.string().min(1))
    .optional()
    .describe(
      `${what}: workloads (name, id, \`app:NAME\`, \`tag:KEY=VALUE\`), containers or sites, by id or name.`,
    );

/** References to whoever can hold rights. */
export const holderRefs = (what: string) =>
  z
    .array(z.string().min(1))
    .optional()
    .describe(`${what}: principal ids or names, root ids, containers or workloads.`);

export const rootId = z
  .string()
  .min(1)
  .describe(
    'Root id, e.g. `entra:<tenant id>`, `ad:<fqdn>`, `aws-org:<o-…>`, `adfs:<name>`, `operator:<name>`.',
  );

/** A yes-or-no fact that may be unknown. */
export const truth = (what: string) =>
  z.boolean().nullable().optional().describe(`${what}. Leave it out when not known.`);

const HASH = z.string().regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits');

export const sha256 = (what: string) => HASH.nullable().optional().describe(what);

export const sha256List = (what: string) => z.array(HASH).optional().describe(what);

export const optionalText = (what: string) => z.string().min(1).nullable().optional().describe(what);

/** Kinds a declared root may have. */
export const ROOT_ID_KINDS = [
  'signingKey', 'entraTenant', 'awsOrg', 'awsAccount', 'gcpOrg', 'workspaceCustomer', 'vcSsoDomain', 'adDomain',
  'operator', 'providerControlPlane', 'oidcIssuer', 'samlIdp', 'vendor', 'cpuFamily', 'backup', 'gitOrg', 'idpTenant',
  'pkiCa', 'keyManager', 'other',
] as const; // prettier-ignore
