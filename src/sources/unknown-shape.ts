import {nearest} from '../document/nearest.ts';
import {problem} from '../io/decode/problem.ts';
import type {Finding, Place} from '../model/common.ts';
import type {Decoded, InputFile} from '../model/decoded.ts';
import {isRow} from './record.ts';

/**
 * Field names that tell a format when detection itself says no: a trimmed or renamed export still shows most of them.
 * Only for the hint in {@link unknownShape}; detection is the shapes' own business.
 */
const MARKS: Record<string, string[]> = {
  'vmware.rvtools': ['VM', 'Powerstate', 'Template', 'CPUs', 'Memory', 'Provisioned MiB', 'VM ID', 'VM UUID', 'VI SDK Server'],
  'vmware.vsphere-dump': ['Self', 'Summary', 'Runtime', 'Config', 'Guest', 'Parent', 'ResourcePool'],
  'vmware.govc': ['virtualMachines', 'VirtualMachines', 'instanceUuid', 'guestFullName', 'hardware', 'vmPathName'],
  'azure.graph-query': ['data', 'count', 'total_records', 'skip_token', 'subscriptionId', 'resourceGroup', 'location', 'type', 'id'],
  'azure.role-assignments': ['principalId', 'roleDefinitionId', 'roleDefinitionName', 'scope', 'principalType'],
  'entra.users': ['userPrincipalName', 'displayName', 'accountEnabled', 'userType', 'onPremisesSyncEnabled', 'mail', 'id'],
  'entra.groups': ['groupTypes', 'securityEnabled', 'mailEnabled', 'displayName', 'membershipRule', 'isAssignableToRole', 'id'],
  'entra.applications': ['appId', 'signInAudience', 'identifierUris', 'passwordCredentials', 'keyCredentials', 'publisherDomain', 'web'],
  'entra.service-principals': ['appId', 'servicePrincipalType', 'appOwnerOrganizationId', 'servicePrincipalNames', 'accountEnabled', 'displayName'],
  'bloodhound.azurehound': ['data', 'meta', 'kind'],
  'bloodhound.users': ['ObjectIdentifier', 'Properties', 'Aces', 'PrimaryGroupSID', 'meta', 'data'],
  'aws.authorization-details': ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'],
  'aws.ec2-instances': ['Reservations', 'Instances', 'InstanceId', 'ImageId'],
  'aws.organization-accounts': ['Accounts', 'Arn', 'JoinedMethod', 'JoinedTimestamp'],
  'gcp.search-resources': ['assetType', 'asset_type', 'name', 'project', 'parentFullResourceName', 'location', 'displayName'],
  'gcp.search-iam-policies': ['policy', 'bindings', 'resource', 'members', 'iam_policy'],
  'inventory.csv': ['id', 'name', 'type', 'vcpu', 'memoryGiB', 'storageGiB', 'os', 'region', 'environment', 'application'],
  'inventory.yaml': ['workloads', 'source', 'hosts', 'containers'],
  'declared.dependencies': ['from', 'to', 'kind', 'gib_per_month'],
  'declared.register': ['id', 'function', 'covers', 'owner', 'criticality'],
}; // prettier-ignore

/** Kinds of YAML document, and where one that is no inventory belongs. */
const KINDS: Record<string, string | null> = {
  Inventory: null,
  Identity: null,
  Register: null,
  Workspace: 'Point --dir at its folder instead of naming the file.',
  Site: 'List it under `sites` in bulkhead.yaml.',
  PlacementPolicy: 'List it under `policies` in bulkhead.yaml.',
};

/** Field names shown of a large object, and characters of each. */
const SHOWN = 8;
const SHOWN_CHARACTERS = 60;

/** Field names compared with the known ones. */
const COMPARED = 60;

/** "What is this?": what was seen, which known format is nearest, and what to do. */
export function unknownShape(decoded: Decoded, file: InputFile, known: string[]): Finding {
  const kind = decoded.kind === 'yaml' ? kindOfDocument(decoded.documents[0]?.value) : null;
  const where = {file: file.display};
  if (kind !== null) return unknownKind(kind, where);
  const {what, fields} = describe(decoded);
  const listed = fields.slice(0, SHOWN).map((name) => `\`${name.slice(0, SHOWN_CHARACTERS)}\``);
  const more = fields.length > SHOWN ? ` and ${fields.length - SHOWN} more` : '';
  return problem(
    'BH-IO-023',
    where,
    `no known export: ${what}${listed.length > 0 ? ` with ${listed.join(', ')}${more}` : ''}`,
    remedy(decoded, nearestFormat(fields, known)),
  );
}

function remedy(decoded: Decoded, near: string | null): string {
  if (decoded.kind === 'ndjson') return 'Save each answer of a command in a file of its own.';
  if (near)
    return `The nearest known format is ${near}; if it is that, name it with \`--as ${near}\` or \`as: ${near}\` in bulkhead.yaml.`;
  return 'The README lists what can be read; a changed export of a known format can be named with `--as FORMAT`.';
}

function unknownKind(kind: string, where: Place): Finding {
  const elsewhere = Object.hasOwn(KINDS, kind) ? KINDS[kind] : null;
  const near = nearest(kind, Object.keys(KINDS));
  const guess = elsewhere || !near ? '' : ` (did you mean \`${near}\`?)`;
  return problem(
    'BH-IO-023',
    where,
    `a document of kind \`${kind.slice(0, SHOWN_CHARACTERS)}\` is no inventory${guess}`,
    elsewhere ?? 'Documents that are read here: Inventory, Identity, Register.',
  );
}

function kindOfDocument(value: unknown): string | null {
  const kind = isRow(value) && Object.hasOwn(value, 'kind') ? value.kind : null;
  return typeof kind === 'string' ? kind : null;
}

function describe(decoded: Decoded): {what: string; fields: string[]} {
  switch (decoded.kind) {
    case 'tables': {
      const sheets = decoded.tables.map((table) => table.name);
      const first = decoded.tables.find((table) => table.header.length > 0);
      const fields = (first?.header ?? []).filter((name) => name !== '');
      if (decoded.container === 'csv') return {what: 'a table', fields};
      return {what: `a workbook (${sheets.slice(0, 4).join(', ')}${sheets.length > 4 ? ' …' : ''})`, fields};
    }
    case 'json':
      return describeValue(decoded.value);
    case 'ndjson':
      return {
        ...describeValue(decoded.records[0]),
        what: `${decoded.records.length} JSON values one after another`,
      };
    default:
      return {what: 'YAML', fields: describeValue(decoded.documents[0]?.value).fields};
  }
}

function describeValue(value: unknown): {what: string; fields: string[]} {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    return {what: `a list of ${value.length}`, fields: isRow(first) ? Object.keys(first) : []};
  }
  if (typeof value !== 'object' || value === null) return {what: `a single ${typeof value}`, fields: []};
  return {what: 'an object', fields: Object.keys(value)};
}

/** The format most of whose marks are there, by name or nearly; two marks are the least that means anything. */
function nearestFormat(fields: string[], known: string[]): string | null {
  const given = fields.slice(0, COMPARED);
  let best: string | null = null;
  let bestScore = 1;
  for (const [id, marks] of Object.entries(MARKS)) {
    if (!known.includes(id)) continue;
    const score = given.filter((name) => nearest(name, marks) !== null).length;
    if (score > bestScore) {
      best = id;
      bestScore = score;
    }
  }
  return best;
}
