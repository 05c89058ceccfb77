import {z} from 'zod';
import {envelope} from './envelope.ts';
import {googleWorkspace} from './google-workspace.ts';
import {ROOT_ID_KINDS, rootId, sha256, truth, workloadRefs} from './identity-fields.ts';
import {
  answer,
  attestation,
  backupServer,
  certificateAuthority,
  ciOrganisation,
  hostStatement,
  identityProvider,
  keyManager,
  vcenterPermission,
  vendor,
} from './identity-sections.ts';

const adTrust = z.strictObject({
  domain: z.string().min(1).describe('FQDN of the other domain.'),
  direction: z
    .enum(['inbound', 'outbound', 'bidirectional'])
    .describe(
      '`outbound`: this domain trusts the other, whose accounts may come in. `inbound`: the other way round.',
    ),
  type: z
    .enum(['parent-child', 'shortcut', 'forest', 'external'])
    .describe('`parent-child` and `shortcut` are trusts inside one forest: both domains fall together.'),
  sidFiltering: truth('SIDs of foreign domains are filtered at the trusting side'),
});

const adDomain = z.strictObject({
  fqdn: z.string().min(1).describe('Full DNS name of the Active Directory domain.'),
  forest: z
    .string()
    .min(1)
    .nullable()
    .optional()
    .describe('FQDN of the forest root domain. Domains of one forest fall together.'),
  sid: z
    .string()
    .regex(/^S-1-5-21(-\d+){3}$/i, 'must be a domain SID, S-1-5-21-…')
    .nullable()
    .optional()
    .describe('Domain SID; joins the domain with directory data that knows it by SID.'),
  netbios: z
    .string()
    .min(1)
    .nullable()
    .optional()
    .describe('NetBIOS name. Default: first label of the FQDN.'),
  domainControllers: workloadRefs('Workloads that host its domain controllers'),
  trusts: z
    .array(z.union([z.string().min(1), adTrust]))
    .optional()
    .describe('Trusts. A bare FQDN is a domain whose compromise compromises this one.'),
  certificateAuthorities: z
    .array(certificateAuthority)
    .optional()
    .describe(
      'Certificate authorities of the domain: whoever has the key of an enterprise CA can sign in as anyone.',
    ),
  krbtgtRotated: z.iso
    .date()
    .nullable()
    .optional()
    .describe('Day the krbtgt key was last changed, YYYY-MM-DD.'),
  members: workloadRefs('Workloads joined to the domain'),
});

const adfsFarm = z.strictObject({
  name: z.string().min(1).describe('Name of the farm, e.g. its federation service name.'),
  signingKeySha256: sha256('SHA-256 of the token-signing public key, hex. Leave it out when not known.'),
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
  passThroughAuthentication: truth('Passwords are checked by agents on own servers'),
  seamlessSso: truth('Seamless single sign-on with the computer account AZUREADSSOACC is on'),
  agentServers: workloadRefs('Workloads that run pass-through authentication agents'),
  stagingServers: workloadRefs('Workloads that run the synchronisation in staging mode'),
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
        groups: z
          .array(z.string().min(1))
          .optional()
          .describe(
            'Groups of this source that hold administrator rights: `DOMAIN\\\\name` or `name@domain`.',
          ),
      }),
    )
    .optional()
    .describe('Directories whose users may log in.'),
  linkedMode: truth('The vCenters are joined in Enhanced Linked Mode: one directory for all'),
  permissions: z.array(vcenterPermission).optional().describe('Who has which role on which object.'),
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
  mfa: truth('A second proof is asked for at every sign-in of the operator'),
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
  kind: z.enum(ROOT_ID_KINDS).describe('What kind of trust root it is.'),
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
    backupServers: z
      .array(backupServer)
      .optional()
      .describe('Backup systems: they read everything they protect.'),
    keyManagers: z
      .array(keyManager)
      .optional()
      .describe('Who holds encryption keys, and whether that guards the data.'),
    ci: z.array(ciOrganisation).optional().describe('Build platforms, their runners and stored secrets.'),
    vendors: z.array(vendor).optional().describe('Vendors by the accounts and tenants they come from.'),
    identityProviders: z
      .array(identityProvider)
      .optional()
      .describe('Identity providers besides AD FS and Entra, and what accepts their tokens.'),
    hosts: z
      .array(hostStatement)
      .optional()
      .describe('Facts about virtualisation hosts that no export holds.'),
    attestations: z
      .array(attestation)
      .optional()
      .describe('Statements that processor flaws are closed, with source and date.'),
    workspace: z
      .array(googleWorkspace)
      .optional()
      .describe('Google Workspace and Cloud Identity customers: super administrators, delegation, sign-in.'),
    answers: z
      .array(answer)
      .optional()
      .describe('Answers to open questions (`bulkhead gaps`): yes makes the edges certain, no removes them.'),
  }),
);

export type IdentityDocument = z.infer<typeof identityDocument>;
