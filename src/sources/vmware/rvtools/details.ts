import type {LimitedFindings} from '../../limited-findings.ts';
import {cellText} from '../../cells.ts';
import {redactNamed} from '../../redact.ts';
import type {Tally} from '../../tally.ts';
import {vmwareFinding} from '../findings.ts';
import type {Vcenters} from '../vcenters.ts';
import type {Sheet} from './sheet.ts';
import {secretFinding, type Vm} from './vms.ts';

/** Ledger words for the rows of VM tabs. */
const ROW_WORDS: Record<string, string> = {
  vCPU: 'CPU row', vMemory: 'memory row', vDisk: 'disk', vPartition: 'partition', vNetwork: 'network card',
  vCD: 'CD drive', vFloppy: 'floppy drive', vUSB: 'USB device', vSnapshot: 'snapshot', vTools: 'tools row',
}; // prettier-ignore

/** Adapters that put a physical function into the VM. */
const PASSED_THROUGH = /sr-?iov|passthrough|passthru/i;

/** Finds the VM of a detail row: by VM ID, else by a name that vInfo has once. */
export interface VmLookup {
  find(sheet: Sheet, row: number): Vm | null;
}

/** Indexes the VMs of vInfo for their detail rows. */
export function createLookup(vms: readonly Vm[], vcenters: Vcenters): VmLookup {
  const byId = new Map<string, Vm>();
  const byName = new Map<string, Vm | null>();
  for (const vm of vms) {
    if (vm.vmId) byId.set(`${vm.vcenter} ${vm.vmId}`, vm);
    const key = `${vm.vcenter} ${vm.workload.name}`;
    byName.set(key, byName.has(key) ? null : vm);
  }
  return {
    find(sheet, row) {
      const vcenter = vcenters.of(sheet.text(row, 'vcenterUuid'), sheet.text(row, 'vcenterServer'));
      const id = sheet.text(row, 'vmId');
      const found = id ? byId.get(`${vcenter} ${id}`) : undefined;
      return found ?? byName.get(`${vcenter} ${sheet.text(row, 'vm') ?? ''}`) ?? null;
    },
  };
}

/** Adds what a VM tab knows to the VMs, and counts its rows. */
export function readDetails(sheet: Sheet, lookup: VmLookup, tally: Tally, findings: LimitedFindings): void {
  const diskOwners = new Map<string, Vm>();
  const conflicts = new Set<string>();
  for (let row = 0; row < sheet.table.rows.length; row++) {
    if (sheet.isRepeatedHeader(row)) {
      tally.classify('repeated header');
      continue;
    }
    const vm = lookup.find(sheet, row);
    if (!vm) {
      tally.classify('detail without a VM in vInfo');
      continue;
    }
    tally.classify(ROW_WORDS[sheet.name] ?? 'detail');
    readTags(sheet, row, vm, conflicts, findings);
    readRow(sheet, row, vm, diskOwners);
  }
}

function readRow(sheet: Sheet, row: number, vm: Vm, diskOwners: Map<string, Vm>): void {
  const {workload} = vm;
  switch (sheet.name) {
    case 'vCPU':
      workload.vcpu ??= sheet.amount(row, 'cpus');
      break;
    case 'vMemory':
      workload.memoryMiB ??= sheet.amount(row, 'memorySize');
      break;
    case 'vDisk':
      readDisk(sheet, row, vm, diskOwners);
      break;
    case 'vUSB':
      if (isUsbDevice(sheet, row)) workload.attributes['usbPassthrough'] = true;
      break;
    case 'vNetwork':
      if (PASSED_THROUGH.test(sheet.text(row, 'adapter') ?? '')) workload.attributes['pciPassthrough'] = true;
      // Only permits it (the default of vmxnet3 in some versions): a fact, not yet a device.
      if (sheet.flag(row, 'directPathIo') === true) workload.attributes['directPathIo'] = true;
      break;
    default:
  }
  workload.os ??= sheet.text(row, 'osConfig');
}

/** Raw device mapping, multi-writer or bus sharing, and one disk file on two VMs. */
function readDisk(sheet: Sheet, row: number, vm: Vm, owners: Map<string, Vm>): void {
  const {attributes} = vm.workload;
  if (sheet.flag(row, 'raw') === true || sheet.text(row, 'rawLun') !== null)
    attributes['rawDeviceMapping'] = true;
  const sharing = sheet.text(row, 'sharingMode');
  const bus = sheet.text(row, 'sharedBus');
  if (/multiwriter/i.test(sharing ?? '') || /^(?:virtual|physical)/i.test(bus ?? ''))
    attributes['sharedDisk'] = true;
  const path = sheet.text(row, 'path');
  if (path && vm.kept) {
    const owner = owners.get(path);
    if (owner && owner !== vm) {
      attributes['sharedDisk'] = true;
      owner.workload.attributes['sharedDisk'] = true;
    } else owners.set(path, vm);
  }
  const capacity = sheet.amount(row, 'capacity');
  if (capacity === null) return;
  const basis = 'sum of vDisk capacity';
  const sum = vm.storage.find((figure) => figure.basis === basis);
  if (sum) sum.mib = (sum.mib ?? 0) + capacity;
  else vm.storage.push({basis, mib: capacity});
}

/** A USB controller alone holds no device. */
function isUsbDevice(sheet: Sheet, row: number): boolean {
  const type = sheet.text(row, 'deviceType') ?? '';
  return !/controller/i.test(type === '' ? (sheet.text(row, 'deviceNode') ?? '') : type);
}

/** Tag categories and custom attributes, merged over all tabs; the tab read first wins a contradiction. */
export function readTags(
  sheet: Sheet,
  row: number,
  vm: Vm,
  conflicts: Set<string>,
  findings: LimitedFindings,
): void {
  for (const {key, index} of sheet.tagColumns) {
    const value = cellText(sheet.table.rows[row]?.[index]);
    if (value === null) continue;
    const {text, hits} = redactNamed(key, value);
    if (hits > 0) findings.add(secretFinding(sheet, row, key));
    const {tags} = vm.workload;
    if (!Object.hasOwn(tags, key)) {
      // Defined, not assigned: `__proto__` is a legal column name.
      Object.defineProperty(tags, key, {value: text, enumerable: true, writable: true, configurable: true});
    } else if (tags[key] !== text && !conflicts.has(`${vm.workload.id} ${key}`)) {
      conflicts.add(`${vm.workload.id} ${key}`);
      const message = `${vm.workload.name} has another value of \`${key}\` on an earlier tab; that one is used`;
      findings.add(vmwareFinding('BH-VMW-004', message, sheet.place(row, key)));
    }
  }
}
