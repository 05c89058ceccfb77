import {z} from 'zod';
import {
  holderRefs,
  optionalText,
  rootId,
  scopeRefs,
  sha256,
  sha256List,
  truth,
  workloadRefs,
} from './identity-fields.ts';

export const certificateAuthority = z.strictObject({
  name: z.string().min(1).describe('Name of the certificate authority.'),
  servers: workloadRefs('Workloads that run it'),
  keySha256: sha256('SHA-256 of its public key, hex.'),
  enterprise: truth('Its certificates are accepted for sign-in to the domain (enterprise CA, NTAuth store)'),
});

export const vcenterPermission = z.strictObject({
  entity: z
    .string()
    .min(1)
    .describe('`root` for the top folder, or a vCenter, datacenter, cluster, host or VM by id or name.'),
  principal: z.string().min(1).describe('`DOMAIN\\name`, `name@domain` or a principal id.'),
  group: z.boolean().optional().describe('It is a group. Default: true.'),
  role: z.string().min(1).describe('Role name, e.g. `Admin`, `ReadOnly`, `VirtualMachineConsoleUser`.'),
  propagate: z.boolean().optional().describe('It also holds for everything below. Default: true.'),
});

export const backupServer = z.strictObject({
  name: z.string().min(1).describe('Name of the backup system.'),
  servers: workloadRefs('Workloads that run it'),
  serviceAccounts: holderRefs('What its service account is, or may administer (an AD group, a vCenter)'),
  protects: scopeRefs('What it keeps copies of'),
  repositories: workloadRefs('Workloads the copies lie on'),
  immutable: truth('Nobody, administrators included, can delete or change a copy before it expires'),
  joinedDomain: optionalText('FQDN of the AD domain its servers are joined to.'),
  operatedBy: optionalText('Operator that runs it.'),
});

export const keyManager = z.strictObject({
  name: z.string().min(1).describe('Name of the key manager.'),
  kind: z
    .enum(['external', 'provider', 'native', 'trust-authority'])
    .describe(
      '`external`: outside the provider of the data; `provider`: its own key service, whoever owns the keys; `native`: vCenter holds them; `trust-authority`: given out to attested hosts only.',
    ),
  provider: optionalText('Whose service it is, for kind `provider`, e.g. `aws`.'),
  protects: scopeRefs('What is encrypted with its keys'),
  servers: workloadRefs('Workloads that run it'),
  operatedBy: optionalText('Operator that runs it.'),
  independentAuthorisation: truth(
    'It decides by itself who may use a key. Without this whoever reaches the data also gets the key, so that it guards nothing',
  ),
  authorises: holderRefs('Whom it lets use its keys'),
  keySha256: sha256('SHA-256 of the public key of its root of trust, hex.'),
});

const runners = z.strictObject({
  servers: workloadRefs('Workloads that run jobs'),
  selfHosted: z.boolean().optional().describe('False for machines of the platform. Default: true.'),
  serves: z
    .union([z.literal('all'), z.array(z.string().min(1))])
    .nullable()
    .optional()
    .describe('Token subjects (`repo:octo/app:*`) whose jobs may run here, or `all`.'),
});

export const ciOrganisation = z.strictObject({
  platform: z
    .string()
    .min(1)
    .describe('`github`, `gitlab`, `azure-devops`, `bitbucket`, `circleci`, `terraform` …'),
  organisation: z.string().min(1).describe('Organisation, group or workspace on it.'),
  issuer: optionalText('Issuer of job tokens, where it is not the public one of the platform.'),
  servers: workloadRefs('Workloads that run the platform, where it is self-hosted'),
  runners: z.array(runners).optional().describe('Machines that run its jobs.'),
  secretsStored: holderRefs('Whose keys or passwords are stored in it'),
  operatedBy: optionalText('Operator that runs it.'),
});

export const vendor = z.strictObject({
  name: z.string().min(1).describe('Vendor.'),
  accounts: z
    .array(z.string().regex(/^\d{12}$/, 'must be a 12-digit AWS account number, in quotes'))
    .optional()
    .describe('AWS accounts it comes from.'),
  tenants: z.array(z.string().min(1)).optional().describe('Entra tenants it comes from.'),
  hasAccessTo: holderRefs('What it has access to beside what exports show'),
  level: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .optional()
    .describe('0 standing access (default) · 1 after an approval · 2 only by a fault of its service.'),
});

export const identityProvider = z.strictObject({
  id: z.string().min(1).describe('Root id, `idp:<host or name>`.'),
  kind: z.string().min(1).describe('Product: `okta`, `keycloak`, `ping`, `duo` …'),
  saas: truth('Its maker runs it for many customers'),
  issuers: z.array(z.string().min(1)).optional().describe('Issuer URLs and SAML entity ids it signs as.'),
  federatesTo: z
    .array(rootId)
    .optional()
    .describe('What accepts its tokens: tenants, accounts, an Identity Center instance, a Google directory.'),
  keySha256: sha256List('SHA-256 of the public key of each signing certificate, hex.'),
  servers: workloadRefs('Workloads that run it'),
  operatedBy: optionalText('Operator that runs it.'),
  supportAccess: truth("Support staff of its maker can open sessions or read customers' files"),
});

export const hostStatement = z.strictObject({
  hosts: z
    .array(z.string().min(1))
    .min(1)
    .describe('Hosts by id or name, or all of a cluster, vCenter or site.'),
  domain: z.string().nullable().optional().describe('AD domain they are joined to; `""` = none.'),
  version: optionalText('Version and build, e.g. `VMware ESXi 8.0.3 build-24022510`.'),
  esxAdminsGroup: z
    .strictObject({changed: truth('The setting differs from the default group `ESX Admins`')})
    .optional()
    .describe('Setting `Config.HostAgent.plugins.hostsvc.esxAdminsGroup`.'),
  dedicatedTo: optionalText('Customer or application that has these hosts alone.'),
});

export const attestation = z.strictObject({
  hosts: z
    .array(z.string().min(1))
    .optional()
    .describe('Hosts by id or name, or all of a cluster or vCenter.'),
  sites: z.array(z.string().min(1)).optional().describe('Sites by id or name.'),
  provider: z.enum(['aws', 'azure', 'gcp']).optional().describe('Shared fleet of a provider.'),
  flaws: z
    .array(z.enum(['downfall', 'l1tf']))
    .optional()
    .describe('Which flaws. Default: all.'),
  microcode: z
    .union([z.boolean(), z.iso.date()])
    .nullable()
    .optional()
    .describe('True, or the date of the installed microcode (YYYY-MM-DD).'),
  smtSharing: truth('Different virtual machines may share the threads of one core'),
  source: optionalText('Who says so: report, contract, name.'),
  date: z.iso.date().nullable().optional().describe('Date of the statement.'),
});

export const answer = z.strictObject({
  gap: z.string().min(1).describe('Id of the question, as `bulkhead gaps` prints it.'),
  answer: z.union([z.enum(['yes', 'no']), z.boolean()]).describe('yes = it is so, the edge exists.'),
  by: z.string().min(1).describe('Who answered.'),
  date: z.iso.date().describe('Day of the answer, YYYY-MM-DD.'),
  because: z.string().min(1).describe('What it rests on; printed as evidence.'),
});
