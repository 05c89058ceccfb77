import {CRITERIA_FIELDS, CRITERIA_TYPES} from './site-criteria-fields.ts';

/**
 * Every name a policy expression may read, as data: it types the expressions, feeds "did you mean", the field
 * reference and the remedy of data gaps. A field whose value is missing makes what depends on it *unknown*.
 */

export interface FieldInfo {
  /** `string` `bool` `int` `double` `timestamp` `list<T>` `map<string, string>` or a type of {@link OBJECT_TYPES}. */
  type: string;
  description: string;
  unit?: string;
  /** The only values a string field takes. */
  values?: readonly string[];
  /** How somebody supplies the value when it is missing. */
  remedy: string;
}

export type ObjectFields = Readonly<Record<string, FieldInfo>>;

const INVENTORY = 'Use an inventory export that carries this field, or add it to a Bulkhead inventory file.';
const REGISTER =
  'Add the business function to the register (`kind: Register`) and let it cover the workload.';
const SITES = 'Declare it for the site in `sites.yaml`.';
const SENSITIVITY = 'Tag the workload, or sign a sensitivity decision in the register.';
const IDENTITY =
  'Declare the identity roots of the site in `sites.yaml` and who operates them in `identity.yaml`.';
const EXPOSURE =
  'Import identity data (role assignments, IAM details, `identity.yaml`) so that exposure can be scored.';

const FLOWS =
  'Name data categories of the workloads in the register and declare their data flows, so that the scope can be seen.';

const field = (
  type: string,
  description: string,
  remedy: string,
  more: Partial<FieldInfo> = {},
): FieldInfo => ({
  type,
  description,
  remedy,
  ...more,
});

const WORKLOAD: ObjectFields = {
  id: field('string', 'Native id with a cloud prefix', INVENTORY),
  name: field('string', 'Name as the source gives it', INVENTORY),
  type: field('string', 'What it is, across providers', INVENTORY, {
    values: [
      'vm',
      'function',
      'container-service',
      'cluster',
      'app-service',
      'database',
      'bucket',
      'key-vault',
      'queue',
      'saas',
      'other',
    ],
  }),
  nativeType: field('string', "The provider's own type", INVENTORY),
  cloud: field('string', 'Who runs the control plane today', INVENTORY, {
    values: ['azure', 'aws', 'gcp', 'vmware', 'private', 'saas'],
  }),
  region: field('string', 'Provider region or datacenter as given', INVENTORY),
  state: field('string', 'Power state; missing when the source cannot tell', INVENTORY, {
    values: ['running', 'stopped'],
  }),
  tags: field('map<string, string>', 'Tags and custom attributes; an absent key is missing', 'Set the tag.'),
  environment: field(
    'string',
    'From the tag environment, env, stage or umgebung',
    'Tag the workload with `environment`.',
    {values: ['production', 'staging', 'test', 'development']},
  ),
  application: field('string', 'Application it belongs to', 'Tag the workload with its application.'),
  container: field('string', 'Id of the innermost container (resource group, account, folder)', INVENTORY),
  vcpu: field('int', 'Virtual CPUs', INVENTORY, {unit: 'vCPU'}),
  memoryMiB: field('int', 'Memory', INVENTORY, {unit: 'MiB'}),
  storageMiB: field('int', 'Provisioned storage', INVENTORY, {unit: 'MiB'}),
  os: field('string', 'Operating system as the source gives it', INVENTORY),
  internetExposed: field('bool', 'Reachable from the internet by a named field', INVENTORY),
  identities: field('list<string>', 'Ids of the principals code on it can act as', INVENTORY),
  encryptedAtRest: field('bool', 'Data at rest is encrypted', INVENTORY),
  kmsKey: field('string', 'Id of the customer-chosen key', INVENTORY),
  rawDeviceMapping: field('bool', 'Uses a raw device mapping', INVENTORY),
  usbPassthrough: field('bool', 'Uses a USB device of its host', INVENTORY),
  pciPassthrough: field('bool', 'Uses a PCI device of its host', INVENTORY),
  sharedDisk: field('bool', 'Shares a disk with another machine', INVENTORY),
  sensitivity: field('Sensitivity', 'Need for protection per axis, compare with `level.*`', SENSITIVITY),
  categories: field(
    'list<string>',
    'Data categories found (pii, phi, pan, secrets, financial …); missing when nothing is known',
    SENSITIVITY,
  ),
  needStated: field('bool', 'All three needs are stated by somebody, not merely suggested', SENSITIVITY),
  controlsCardholder: field(
    'bool',
    'Code on it can get control of or access to another workload with cardholder data',
    FLOWS,
  ),
  exchangesCardholder: field(
    'bool',
    'A declared data flow joins it with a workload with cardholder data',
    FLOWS,
  ),
  criticality: field('double', 'Criticality of the business function, default 1', REGISTER),
  blast: field('Interval', 'Shared-identity blast radius (SIBR)', EXPOSURE, {unit: '0–100'}),
  topRoot: field('string', 'Id of the identity root that weighs most', EXPOSURE),
  function: field('string', 'Business function of the register', REGISTER),
  owner: field('string', 'Owner of the business function', REGISTER),
  rtoHours: field('double', 'Recovery time objective', REGISTER, {unit: 'h'}),
  rpoHours: field('double', 'Recovery point objective', REGISTER, {unit: 'h'}),
  exitPlan: field('bool', 'An exit plan exists for the function', REGISTER),
  critical: field('bool', 'The function is critical or important', REGISTER),
  substitutability: field('string', 'How hard it is to replace the provider of the function', REGISTER, {
    values: ['none', 'hard', 'medium', 'easy'],
  }),
};

const SITE: ObjectFields = {
  id: field('string', 'Id of the site', SITES),
  name: field('string', 'Name of the site', SITES),
  kind: field('string', 'What the place is', SITES, {values: ['public', 'dedicated', 'onprem', 'saas']}),
  class: field('string', 'What the solver decides between', SITES, {values: ['public', 'dedicated']}),
  receives: field('bool', 'New workloads may be placed here', SITES),
  provider: field('string', 'Operator of the site', SITES),
  providerGroup: field('string', 'Group of providers that fail together', SITES),
  region: field('string', 'Region of the site', SITES),
  country: field('string', 'ISO 3166-1 alpha-2 code of the country data rests in', SITES),
  jurisdictions: field('list<string>', 'Laws that reach the operator', SITES),
  tenancy: field('string', 'What is shared with other tenants', SITES, {
    values: ['shared', 'dedicated-host', 'dedicated-hardware'],
  }),
  roots: field('list<Root>', 'Identity roots that control the site; missing when none is declared', IDENTITY),
  operators: field(
    'list<Operator>',
    'Operators declared for the site or its roots; missing when none is',
    IDENTITY,
  ),
  logRetentionDays: field('int', 'How long audit logs are kept', SITES, {unit: 'days'}),
  externalKeys: field('bool', 'Keys can be held outside the provider', SITES),
  certifications: field('list<Certification>', 'Attestations with validity', SITES),
  services: field(
    'list<string>',
    'Services offered besides VMs: database, bucket, function, cluster …',
    SITES,
  ),
  secondLocation: field(
    'bool',
    'Has a second zone or a fail-over site',
    'Declare `availability` (zones, drSite) for the site in `sites.yaml`.',
  ),
  slaPercent: field(
    'double',
    'Promised availability',
    'Declare `availability.sla` for the site in `sites.yaml`.',
    {unit: '%'},
  ),
  criticalShare: field(
    'double',
    "Share of the workloads of critical functions that stand with this site's provider group today, 0 to 1",
    'Mark critical functions in the register, and let `matches` of the sites say where their workloads are.',
  ),
  ...CRITERIA_FIELDS,
};

/** All object types an expression can meet. */
export const OBJECT_TYPES: Readonly<Record<string, ObjectFields>> = {
  Workload: WORKLOAD,
  Site: SITE,
  Sensitivity: {
    c: field('int', 'Confidentiality', SENSITIVITY, {unit: 'level 0–3'}),
    i: field('int', 'Integrity', SENSITIVITY, {unit: 'level 0–3'}),
    a: field('int', 'Availability', SENSITIVITY, {unit: 'level 0–3'}),
  },
  Interval: {
    value: field('double', 'Certain and conditional edges', EXPOSURE),
    lo: field('double', 'Certain edges only', EXPOSURE),
    hi: field('double', 'All edges, unknown ones included', EXPOSURE),
  },
  Root: {
    id: field('string', 'Client-independent id of the root', IDENTITY),
    name: field('string', 'Name of the root, its id where nobody named it', IDENTITY),
    kind: field('string', 'Kind of the root: entraTenant, adDomain, vcSsoDomain, operator …', IDENTITY),
    sharedWithOtherTenants: field('bool', 'Other tenants stand behind the same root', IDENTITY),
    blast: field('Interval', 'Blast radius of the root', EXPOSURE, {unit: '0–100'}),
    reachesHigh: field(
      'int',
      'Workloads of need high or very high it reaches without a provider flaw',
      EXPOSURE,
    ),
    reaches: field('int', 'Workloads it reaches without a provider flaw', EXPOSURE),
    reachesCardholder: field('int', 'Of these, workloads known to hold cardholder data', FLOWS),
  },
  Operator: {
    name: field('string', 'Operator', IDENTITY),
    access: field('string', 'How the operator gets in', IDENTITY, {values: ['standing', 'jit', 'none']}),
    identityProvider: field('string', "Root id of the operator's identity provider", IDENTITY),
    mfa: field('bool', 'A second proof is asked for at every sign-in', IDENTITY),
    sharedWithOtherTenants: field('bool', 'The same accounts also reach other customers', IDENTITY),
  },
  Certification: {
    id: field('string', 'Attestation, as declared', SITES),
    validUntil: field('timestamp', 'End of validity', SITES),
    type: field('string', 'Design on one day (type1) or effect over a period (type2)', SITES, {
      values: ['type1', 'type2'],
    }),
    edition: field('string', 'Edition of the standard', SITES),
    periodEnd: field('timestamp', 'Last day of the audited period', SITES),
    scope: field('list<string>', 'Regions, locations and services covered, globs', SITES),
  },
  ...CRITERIA_TYPES,
  Level: {
    none: field('int', '0', ''),
    normal: field('int', '1', ''),
    high: field('int', '2', ''),
    veryHigh: field('int', '3', ''),
  },
};

/** Variables in scope of every expression; `params` is added per policy. */
export const VARIABLES: Readonly<Record<string, {type: string; description: string}>> = {
  workload: {type: 'Workload', description: 'The workload to place'},
  site: {type: 'Site', description: 'The site it might be placed at'},
  current: {
    type: 'Site',
    description: 'The site it is at today; all its fields are missing when no site matches',
  },
  level: {type: 'Level', description: 'Names of the sensitivity levels'},
  now: {type: 'timestamp', description: 'The time of the plan'},
};

/** Flat rows for a field reference and for data gaps: `workload.sensitivity.c`, `site.roots[].kind`, … */
export function listFields(): ({path: string} & FieldInfo)[] {
  return Object.entries(VARIABLES).flatMap(([name, {type}]) =>
    type === 'timestamp' ? [] : fieldsBelow(name, type),
  );
}

/** The fields of one type below a prefix, with those of the objects in them. */
export function fieldsBelow(prefix: string, type: string): ({path: string} & FieldInfo)[] {
  return Object.entries(OBJECT_TYPES[type] ?? {}).flatMap(([name, info]) => {
    const path = `${prefix}.${name}`;
    const inner = elementType(info.type) ?? info.type;
    if (!OBJECT_TYPES[inner]) return [{path, ...info}];
    return [{path, ...info}, ...fieldsBelow(inner === info.type ? path : `${path}[]`, inner)];
  });
}

/** What is known of the field at a path reported as missing; null for paths of parameters and tags. */
export function fieldInfo(path: string): FieldInfo | null {
  const [variable, ...steps] = path.replaceAll('[]', '').split('.');
  let type = VARIABLES[variable ?? '']?.type;
  let info: FieldInfo | null = null;
  for (const step of steps) {
    const fields: ObjectFields | undefined = OBJECT_TYPES[type ?? ''];
    const name = step.replace(/\[.*$/, '');
    if (!fields || !Object.hasOwn(fields, name)) return info;
    info = fields[name]!;
    type = elementType(info.type) ?? info.type;
  }
  return info;
}

/** `Root` for `list<Root>`, null for what is not a list. */
export function elementType(type: string): string | null {
  return /^list<(.+)>$/.exec(type)?.[1] ?? null;
}
