import {z} from 'zod';

/** `workspace` of `identity.yaml`. */
export const googleWorkspace = z.strictObject({
  customer: z
    .string()
    .regex(/^C[0-9A-Za-z]+$/, 'must be a directory customer id such as C01abc234')
    .describe('Directory customer id of the Workspace or Cloud Identity account, `C0…`.'),
  domains: z.array(z.string().min(1)).optional().describe('Mail domains of its accounts.'),
  superAdmins: z.array(z.string().min(3)).optional().describe('Addresses of its super administrators.'),
  domainWideDelegation: z
    .array(
      z.strictObject({
        clientId: z
          .string()
          .regex(/^\d+$/, 'must be a number')
          .optional()
          .describe('Client id as the admin console lists it: the unique id of the service account.'),
        serviceAccount: z.string().min(3).optional().describe('Address of the service account.'),
        scopes: z.array(z.string().min(1)).optional().describe('OAuth scopes it may use.'),
      }),
    )
    .optional()
    .describe('Service accounts that may act as any user (domain-wide delegation).'),
  ssoProfiles: z
    .array(
      z.strictObject({
        issuer: z.string().min(1).describe('Entity id of the identity provider.'),
        keySha256: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
          .nullable()
          .optional()
          .describe('SHA-256 of its signing public key, hex. Leave it out when not known.'),
      }),
    )
    .optional()
    .describe('Identity providers its users sign in through.'),
});
