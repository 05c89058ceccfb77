import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, list, number, text} from '../record.ts';
import {parseArmId} from './arm-id.ts';
import type {ArmId} from './arm-id.ts';
import {azureExposure} from './exposure.ts';
import {addSqlAdministrator} from './map-data-plane.ts';

/** Rows other rows refer to, by lower-case ARM id. */
export type ResourceNotes = Map<string, {type: string; row: unknown; at: string}>;

const VM = 'microsoft.compute/virtualmachines';
const DISK_ENCRYPTION = 'microsoft.compute/diskencryptionsets';
const SQL_ADMINISTRATOR = 'microsoft.sql/servers/administrators';

function hasInterfaces(vm: unknown): boolean {
  return list(bodyOf(vm), 'networkProfile', 'networkInterfaces').length > 0;
}

const NOTED: ReadonlySet<string> = new Set([
  'microsoft.network/networkinterfaces',
  'microsoft.network/publicipaddresses',
  VM,
  'microsoft.compute/disks',
  'microsoft.sql/servers',
  DISK_ENCRYPTION,
]);

/** Remembers a row that {@link finishResources} may follow. */
export function noteResource(notes: ResourceNotes, type: string, row: unknown, arm: ArmId, at: string): void {
  if (NOTED.has(type) && (type !== VM || hasInterfaces(row))) notes.set(arm.id, {type, row, at});
}

/**
 * Follows references between rows of one file once all are read: VM → interface → public address,
 * shared disk → VMs, database → server (which holds the firewall and the identity).
 */
export function finishResources(draft: Draft, notes: ResourceNotes): void {
  if (notes.size === 0) return;
  let byId: Map<string, number> | null = null;
  const change = (armId: string, patch: (workload: Workload) => Workload): void => {
    byId ??= new Map(draft.facts.workloads.map((workload, i) => [workload.id, i]));
    const at = byId.get(`azure:${armId}`);
    const workload = at === undefined ? undefined : draft.facts.workloads[at];
    if (at !== undefined && workload !== undefined) draft.facts.workloads[at] = patch(workload);
  };
  for (const [id, {type, row}] of notes) {
    if (type === VM) {
      const field = publicAddress(row, notes);
      if (field !== null) change(id, (vm) => ({...vm, internetExposed: {value: true, field}}));
    }
    if (type === 'microsoft.compute/disks') {
      for (const vm of sharedBy(row))
        change(vm, (workload) => ({...workload, attributes: {...workload.attributes, sharedDisk: true}}));
    }
  }
  nameKeys(draft, notes);
  addServerAdministrators(draft, notes);
  for (const [i, workload] of draft.facts.workloads.entries()) {
    if (workload.nativeType !== 'microsoft.sql/servers/databases') continue;
    const server = notes.get(workload.id.slice('azure:'.length).replace(/\/databases\/[^/]*$/, ''));
    if (server === undefined) continue;
    draft.facts.workloads[i] = {
      ...workload,
      internetExposed: workload.internetExposed ?? azureExposure('microsoft.sql/servers', bodyOf(server.row)),
    };
  }
}

/** A disk encryption set stands between a VM and its key: where the set is in the file, the VM names the key. */
function nameKeys(draft: Draft, notes: ResourceNotes): void {
  for (const [i, workload] of draft.facts.workloads.entries()) {
    const set = workload.attributes['kmsKey'];
    const note = typeof set === 'string' ? notes.get(parseArmId(set)?.id ?? '') : undefined;
    const key = note?.type === DISK_ENCRYPTION ? text(bodyOf(note.row), 'activeKey', 'keyUrl') : null;
    if (key === null) continue;
    draft.facts.workloads[i] = {...workload, attributes: {...workload.attributes, kmsKey: key}};
  }
}

/** Directory administrators of Azure SQL servers over each database of the file; without any, over the server's own id. */
function addServerAdministrators(draft: Draft, notes: ResourceNotes): void {
  const found: {server: string; admin: unknown; at: string; tenant: string | null}[] = [];
  for (const [id, {type, row, at}] of notes) {
    const tenant = text(row, 'tenantId');
    if (type === 'microsoft.sql/servers')
      found.push({server: id, admin: field(bodyOf(row), 'administrators'), at, tenant});
    if (type === SQL_ADMINISTRATOR)
      found.push({server: id.replace(/\/administrators\/[^/]*$/, ''), admin: bodyOf(row), at, tenant});
  }
  if (found.length === 0) return;
  const databases = new Map<string, string[]>();
  for (const {id, nativeType} of draft.facts.workloads) {
    if (nativeType !== 'microsoft.sql/servers/databases') continue;
    const server = id.slice('azure:'.length).replace(/\/databases\/[^/]*$/, '');
    const known = databases.get(server);
    if (known) known.push(id);
    else databases.set(server, [id]);
  }
  for (const {server, admin, at, tenant} of found) {
    for (const target of databases.get(server) ?? [`azure:${server}`])
      addSqlAdministrator(draft, admin, target, {at, tenant});
  }
}

/** The field that gives a VM a public address, when an interface in the file has one. */
function publicAddress(vm: unknown, notes: ResourceNotes): string | null {
  for (const link of list(bodyOf(vm), 'networkProfile', 'networkInterfaces')) {
    const card = notes.get(parseArmId(text(link, 'id') ?? '')?.id ?? '');
    if (card === undefined) continue;
    for (const config of list(bodyOf(card.row), 'ipConfigurations')) {
      const id =
        text(bodyOf(config), 'publicIPAddress', 'id') ?? text(bodyOf(config), 'publicIpAddress', 'id');
      if (id === null) continue;
      const address = notes.get(parseArmId(id)?.id ?? '');
      const shown = address === undefined ? null : text(bodyOf(address.row), 'ipAddress');
      return `networkInterface.ipConfigurations[].publicIPAddress = ${shown ?? parseArmId(id)?.name ?? id}`;
    }
  }
  return null;
}

/** ARM ids of the VMs on a disk several VMs may mount. */
function sharedBy(disk: unknown): string[] {
  if ((number(bodyOf(disk), 'maxShares') ?? 1) < 2) return [];
  const users = [text(disk, 'managedBy'), ...list(disk, 'managedByExtended').map((id) => text(id))];
  return users.flatMap((id) => parseArmId(id ?? '')?.id ?? []);
}

function bodyOf(row: unknown): unknown {
  const properties = field(row, 'properties');
  return isRow(properties) ? properties : row;
}
