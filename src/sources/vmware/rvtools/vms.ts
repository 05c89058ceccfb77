import type {Workload} from '../../../model/estate.ts';
import {redactText} from '../../redact.ts';
import type {LimitedFindings} from '../../limited-findings.ts';
import type {Tally} from '../../tally.ts';
import {notAWorkload} from '../classify.ts';
import {vmwareFinding} from '../findings.ts';
import {UNIDENTIFIED, type Vcenters} from '../vcenters.ts';
import {emptyVm, powerState, setAttribute, uniqueId} from '../workload.ts';
import type {UuidMeaning} from './era.ts';
import type {Field} from './fields.ts';
import type {IdIndex} from './vm-ids.ts';
import type {Sheet} from './sheet.ts';

/** One row of vInfo that stands for a VM. `kept` = a workload; others are classified, but detail rows still find them. */
export interface Vm {
  workload: Workload;
  kept: boolean;
  sheet: Sheet;
  row: number;
  vcenter: string;
  vmId: string | null;
  storage: {basis: string; mib: number | null}[];
}

export interface VmContext {
  source: string;
  vcenters: Vcenters;
  uuids: UuidMeaning;
  ids: IdIndex;
  findings: LimitedFindings;
  tallyOf(sheet: Sheet): Tally;
}

/** Reads vInfo, also when a workbook has it more than once. Every row is kept, classified or rejected, once. */
export function readVms(sheets: readonly Sheet[], context: VmContext): Vm[] {
  const vms: Vm[] = [];
  const taken = new Set<string>();
  const first = new Map<string, Vm>();
  for (const sheet of sheets) {
    const tally = context.tallyOf(sheet);
    for (let row = 0; row < sheet.table.rows.length; row++) {
      if (sheet.isRepeatedHeader(row)) {
        tally.classify('repeated header');
        continue;
      }
      const vm = readVm(sheet, row, context);
      if (!vm) {
        tally.reject('neither name nor id');
        continue;
      }
      vms.push(vm);
      const reason = whyNot(vm);
      vm.kept = reason === null;
      if (reason !== null) {
        tally.classify(reason);
        continue;
      }
      tally.kept();
      const {id} = vm.workload;
      const other = first.get(id);
      if (other) context.findings.add(collision(vm, other));
      else first.set(id, vm);
      vm.workload.id = uniqueId(id, taken);
    }
  }
  return vms;
}

function whyNot({sheet, row, workload}: Vm): string | null {
  return notAWorkload({
    name: workload.name,
    template: sheet.flag(row, 'template') === true,
    srmPlaceholder: sheet.flag(row, 'srmPlaceholder') === true,
    ftSecondary: isSecondary(sheet.text(row, 'ftRole')),
  });
}

function readVm(sheet: Sheet, row: number, context: VmContext): Vm | null {
  const {vcenters} = context;
  const text = (field: Field) => sheet.text(row, field);
  const vcenter = vcenters.of(text('vcenterUuid'), text('vcenterServer'));
  const given = text('vm');
  const vmId = text('vmId') ?? (given ? context.ids.idOf(vcenter, given) : null);
  if (!given && !vmId) return null;
  const name = given ?? vmId ?? '';
  if (!given)
    context.findings.add(
      vmwareFinding('BH-VMW-012', `${name} has no name`, sheet.place(row, sheet.label('vm'))),
    );

  const datacenter = text('datacenter');
  const uuid = text('vmUuid')?.toLowerCase() ?? null;
  const smbios = text('smbiosUuid')?.toLowerCase() ?? (context.uuids === 'smbios' ? uuid : null);
  const instance = context.uuids === 'instance' ? uuid : null;
  const key = vmKey({vcenter, vmId, instance, path: [datacenter, text('folder'), name, smbios ?? uuid]});
  if (key.weak) {
    const message = `${name} has neither VM ID nor instance UUID: it is told by its name and place`;
    context.findings.add(vmwareFinding('BH-VMW-003', message, sheet.place(row, sheet.label('vmId'))));
  }
  const container = vcenters.containers.at(vcenter, datacenter, text('cluster'));
  const workload = emptyVm(`vmware:${vcenter}/${key.key}`, name, context.source, container);
  workload.region = datacenter;
  workload.state = powerState(text('powerState'));
  workload.os = text('osConfig') ?? text('osTools');
  workload.vcpu = number(sheet, row, 'cpus', context);
  workload.memoryMiB = number(sheet, row, 'memory', context);
  setAttribute(workload, 'vmId', vmId);
  setAttribute(workload, 'instanceUuid', instance);
  setAttribute(workload, 'smbiosUuid', smbios);
  if (context.uuids === 'unknown') setAttribute(workload, 'vmUuid', uuid);
  setAttribute(workload, 'dnsName', text('dnsName'));
  setAttribute(workload, 'primaryIp', text('primaryIp'));
  setAttribute(workload, 'toolsOs', text('osTools'));
  setAttribute(workload, 'hwVersion', text('hwVersion'));
  setAttribute(workload, 'folder', text('folder'));
  setAttribute(workload, 'resourcePool', text('resourcePool'));
  setAttribute(workload, 'hostName', text('host'));
  // A setting that exists for passed-through devices only; nobody turns it on without one.
  if (sheet.flag(row, 'fixedPassthru') === true) workload.attributes['pciPassthrough'] = true;
  const annotation = text('annotation');
  if (annotation !== null)
    setAttribute(workload, 'annotation', clean(annotation, sheet, row, context.findings));
  const provisioned = number(sheet, row, 'provisioned', context);
  setAttribute(workload, 'provisionedMiB', provisioned);
  const storage = [
    {basis: sheet.label('inUse'), mib: number(sheet, row, 'inUse', context)},
    {basis: sheet.label('provisioned'), mib: provisioned},
    {basis: sheet.label('totalDisk'), mib: number(sheet, row, 'totalDisk', context)},
  ];
  return {workload, kept: true, sheet, row, vcenter, vmId, storage};
}

/**
 * The part of the id inside its vCenter. A managed object id is unique only there, so where the vCenter is not known
 * the instance UUID leads: two files without vCenter must not become one estate.
 */
function vmKey(vm: {
  vcenter: string;
  vmId: string | null;
  instance: string | null;
  path: (string | null)[];
}): {key: string; weak: boolean} {
  const byInstance = vm.instance ? `uuid:${vm.instance}` : null;
  const key = vm.vcenter === UNIDENTIFIED ? (byInstance ?? vm.vmId) : (vm.vmId ?? byInstance);
  if (key) return {key, weak: false};
  return {key: `name:${vm.path.filter((part) => part !== null).join('/')}`, weak: true};
}

function isSecondary(role: string | null): boolean {
  return role !== null && (/secondary/i.test(role) || Number(role) > 1);
}

function number(sheet: Sheet, row: number, field: Field, context: VmContext): number | null {
  const amount = sheet.amount(row, field);
  const text = amount === null ? sheet.text(row, field) : null;
  if (text !== null && !/^(?:-\d+|none|never|n\/a|unlimited|-)$/i.test(text)) {
    const column = sheet.label(field);
    context.findings.add(
      vmwareFinding('BH-VMW-010', `\`${text.slice(0, 40)}\` is not a number`, sheet.place(row, column)),
    );
  }
  return amount;
}

function clean(text: string, sheet: Sheet, row: number, findings: LimitedFindings): string {
  const {text: redacted, hits} = redactText(text);
  if (hits > 0) findings.add(secretFinding(sheet, row, sheet.label('annotation')));
  return redacted;
}

/** Names the place, never the text. */
export function secretFinding(sheet: Sheet, row: number, column: string) {
  const message = 'a text field holds what looks like a secret; it was left out';
  return vmwareFinding('BH-VMW-005', message, sheet.place(row, column));
}

function collision(vm: Vm, other: Vm) {
  const row = other.sheet.table.rowNumbers[other.row] ?? other.row;
  const message = `${vm.workload.name} has the same id as row ${row}; both are kept, this one with a number added`;
  return vmwareFinding('BH-VMW-002', message, vm.sheet.place(vm.row, vm.sheet.label('vmId')));
}
