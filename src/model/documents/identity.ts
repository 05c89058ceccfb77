import {z} from 'zod';
import {envelope} from './envelope.ts';

const workloadRefs = (what: string) =>
  z
    .array(z.string().min(1))
    .optional()
    .describe(`${what}: workload names, ids, unique id suffixes, \`app:NAME\` or \`tag:KEY=VALUE\`.`);

const rootId = z
  .string()
  .min(1)
  .describe(
    'Root id, e.g. `entra:<tenant id>`, `ad:<fqdn>`, `aws-org:<o-…>`, `adfs:<name>`, `operator:<name>`.',
  );

const adDomain = z.strictObject({
  fqdn: z.string().min(1).describe('Full DNS name of the Active Directory domain.'),
  domainControllers: workloadRefs('Workloads that host its domain controllers'),
  trusts: z
    .array(z.string().min(1))
    .optional()
    .describe('FQDNs of domains whose compromise compromises this one.'),
  members: workloadRefs('Workloads joined to the domain'),
});

const adfsFarm = z.strictObject({
  name: z.string().min(1).describe('Name of the farm, e.g. its federation service name.'),
  signingKeySha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .nullable()
    .optional()
    .describe('SHA-256 of the token-signing public key, hex. Leave it out when not known.'),
  servers: workloadRefs('Workloads that are its servers'),
  adDomain: z.string().nullable().optional().describe('FQDN of the AD domain it belongs to.'),
  relyingParties: z
    .array(rootId)
    .optional()
    .describe(
      'Root ids that accept its tokens: `entra:<tenant>`, `aws-account:<id>`, `vcenter-sso:<domain>`.',
    ),
});

const entraConnect = z.strictObject({
  tenant: z.string().min(1).describe('Entra tenant, `entra:<tenant id>` or the bare tenant id.'),
  adDomain: z.string().min(1).describe('FQDN of the AD domain that is synchronised.'),
  servers: workloadRefs('Workloads that run the synchronisation'),
  syncedPrivilegedAccounts: z
    .boolean()
    .nullable()
    .optional()
    .describe('True when a synchronised account holds a privileged Entra role. Leave it out when not known.'),
});

const vcenterSso = z.strictObject({
  domain: z.string().min(1).describe('SSO domain, e.g. `vsphere.local`.'),
  vcenters: z
    .array(z.string().min(1))
    .optional()
    .describe('vCenters it administers: UUID, server name or site name.'),
  appliances: workloadRefs('Workloads that are the vCenter appliances'),
  identitySources: z
    .array(
      z.strictObject({
        type: z.enum(['ad', 'ldap', 'adfs', 'oidc', 'entra']).describe('How users are authenticated.'),
        root: z.string().min(1).describe('Root id of the directory; for `ad` and `ldap` an FQDN is enough.'),
        privileged: z
          .boolean()
          .nullable()
          .optional()
          .describe(
            'True when an account of this source holds administrator rights. Leave it out when not known.',
          ),
      }),
    )
    .optional()
    .describe('Directories whose users may log in.'),
});

const operator = z.strictObject({
  name: z.string().min(1).describe('Hoster, managed-service provider or other operator.'),
  access: z
    .enum(['standing', 'jit', 'none', 'unknown'])
    .optional()
    .describe('Standing access, just-in-time access, none, or unknown (default).'),
  operates: z
    .array(z.string().min(1))
    .optional()
    .describe('What it operates: root ids, container ids or names, site names.'),
  identityProvider: z.string().nullable().optional().describe("Root id of the operator's own directory."),
  sharedWithOtherTenants: z
    .boolean()
    .nullable()
    .optional()
    .describe('The same accounts also reach other customers. Leave it out when not known.'),
});

const signIn = z.strictObject({
  workload: z.string().min(1).describe('Workload name or id, `app:NAME` or `tag:KEY=VALUE`.'),
  root: rootId.describe('Root its users or service sign in through.'),
  signInAudience: z
    .enum([
      'AzureADMyOrg',
      'AzureADMultipleOrgs',
      'AzureADandPersonalMicrosoftAccount',
      'PersonalMicrosoftAccount',
    ])
    .nullable()
    .optional()
    .describe('Audience of the Entra application, when it is one.'),
  appId: z
    .string()
    .regex(
      /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
      'must be a client id (GUID)',
    )
    .nullable()
    .optional()
    .describe('Client id of the Entra application it signs in with.'),
  tokenValidation: z
    .strictObject({
      keysEndpoint: z
        .enum(['tenant-specific', 'common', 'consumers'])
        .nullable()
        .optional()
        .describe('Where it fetches signing keys. Leave it out when not known.'),
      issuerCheck: z
        .boolean()
        .nullable()
        .optional()
        .describe('True when it refuses tokens of other issuers. Leave it out when not known.'),
    })
    .nullable()
    .optional()
    .describe('How it checks tokens: decides whether a key of personal accounts could be taken.'),
});

const edge = z.strictObject({
  from: z
    .string()
    .min(1)
    .describe('Root, container, principal or workload whose control gives control of `to`.'),
  to: z.string().min(1).describe('Root, container, principal or workload that falls with `from`.'),
  kind: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'must be UPPER_SNAKE_CASE')
    .optional()
    .describe('Edge kind, e.g. `FEDERATES`, `ADMINISTERS`. Default: `DECLARED`.'),
  level: z
    .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
    .optional()
    .describe('0 direct (default) · 1 guarded · 2 provider flaw · 3 physical.'),
  certainty: z.enum(['certain', 'conditional', 'unknown']).optional().describe('Default: certain.'),
  because: z.string().min(1).describe('The fact that makes it so; printed as evidence.'),
});

const root = z.strictObject({
  id: rootId,
  kind: z
    .enum([
      'signingKey',
      'entraTenant',
      'awsOrg',
      'awsAccount',
      'gcpOrg',
      'workspaceCustomer',
      'vcSsoDomain',
      'adDomain',
      'operator',
      'providerControlPlane',
      'oidcIssuer',
      'samlIdp',
      'vendor',
      'cpuFamily',
      'backup',
      'other',
    ])
    .describe('What kind of trust root it is.'),
  name: z.string().optional().describe('Name in reports. Default: the id.'),
});

/** `identity.yaml`: what no API knows about trust roots. */
export const identityDocument = envelope(
  'Identity',
  z.strictObject({
    adDomains: z.array(adDomain).optional().describe('Active Directory domains.'),
    adfs: z.array(adfsFarm).optional().describe('AD FS farms and what accepts their tokens.'),
    entraConnect: z.array(entraConnect).optional().describe('Synchronisation of AD into Entra tenants.'),
    vcenterSso: z.array(vcenterSso).optional().describe('vCenter single sign-on domains.'),
    operators: z.array(operator).optional().describe('Hosters and other operators: they are roots too.'),
    signIns: z.array(signIn).optional().describe('Which workloads sign in through which root.'),
    roots: z.array(root).optional().describe('Further trust roots.'),
    edges: z.array(edge).optional().describe('Further control edges.'),
  }),
);

export type IdentityDocument = z.infer<typeof identityDocument>;
