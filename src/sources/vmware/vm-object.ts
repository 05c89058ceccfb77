import type {Place} from '../../model/common.ts';
import type {InputFile} from '../../model/decoded.ts';
import type {Workload} from '../../model/estate.ts';
import type {LimitedFindings} from '../limited-findings.ts';
import {pointer} from '../record.ts';
import {redactText} from '../redact.ts';
import type {VmTraits} from './classify.ts';
import {readCustomValues, secret} from './custom-values.ts';
import {readDevices, setDevices} from './devices.ts';
import {numberAt, objectType, property, referenceAt, textAt} from './managed-object.ts';
import {UNIDENTIFIED} from './vcenters.ts';
import {emptyVm, powerState, setAttribute, setStorage} from './workload.ts';

const MIB = 1024 * 1024;

/** What reading one object needs to know about its file. `top` is the vCenter's container. */
export interface ReadContext {
  vcenter: string;
  source: string;
  findings: LimitedFindings;
  top: string;
  file: InputFile;
}

/** A VirtualMachine, or its bare configuration, as a workload; null when nothing names it. */
export function readVm(object: unknown, at: string, context: ReadContext): Workload | null {
  const bare = objectType(object) === 'VirtualMachineConfigInfo';
  const config = bare ? object : property(object, 'config');
  const summary = property(object, 'summary');
  const first = <T>(...values: (T | null)[]): T | null => values.find((value) => value !== null) ?? null;
  const moref = referenceAt(object, 'self')?.value ?? null;
  const instance =
    first(textAt(config, 'instanceUuid'), textAt(summary, 'config', 'instanceUuid'))?.toLowerCase() ?? null;
  const name = first(textAt(object, 'name'), textAt(config, 'name'), textAt(summary, 'config', 'name'));
  const byInstance = instance ? `uuid:${instance}` : null;
  // A managed object id is unique in its vCenter only (see the RVTools reader).
  const key = context.vcenter === UNIDENTIFIED ? first(byInstance, moref) : first(moref, byInstance);
  const id = key ?? (name ? `name:${name}` : null);
  if (id === null) return null;

  const workload = emptyVm(`vmware:${context.vcenter}/${id}`, name ?? id, context.source, context.top);
  const place: Place = {file: context.file.display, pointer: at};
  workload.state = powerState(
    first(textAt(object, 'runtime', 'powerState'), textAt(summary, 'runtime', 'powerState')),
  );
  workload.vcpu = first(numberAt(config, 'hardware', 'numCPU'), numberAt(summary, 'config', 'numCpu'));
  workload.memoryMiB = first(
    numberAt(config, 'hardware', 'memoryMB'),
    numberAt(summary, 'config', 'memorySizeMB'),
  );
  workload.os = first(textAt(config, 'guestFullName'), textAt(summary, 'config', 'guestFullName'));
  const host = first(referenceAt(object, 'runtime', 'host'), referenceAt(summary, 'runtime', 'host'));
  workload.host = host ? `vmware:${context.vcenter}/${host.value}` : null;
  const devices = readDevices(config);
  setDevices(workload, devices);
  const committed = numberAt(summary, 'storage', 'committed');
  const uncommitted = numberAt(summary, 'storage', 'uncommitted');
  const provisioned = committed === null ? null : Math.round((committed + (uncommitted ?? 0)) / MIB);
  setStorage(workload, [
    {basis: 'summary.storage.committed', mib: committed === null ? null : Math.round(committed / MIB)},
    {basis: 'summary.storage.committed + uncommitted', mib: provisioned},
    {basis: 'sum of disk capacity', mib: devices.diskMib},
  ]);
  setAttribute(workload, 'vmId', moref);
  setAttribute(workload, 'instanceUuid', instance);
  setAttribute(
    workload,
    'smbiosUuid',
    first(textAt(config, 'uuid'), textAt(summary, 'config', 'uuid'))?.toLowerCase(),
  );
  setAttribute(
    workload,
    'hwVersion',
    first(textAt(config, 'version'), textAt(summary, 'config', 'hwVersion')),
  );
  setAttribute(
    workload,
    'dnsName',
    first(textAt(object, 'guest', 'hostName'), textAt(summary, 'guest', 'hostName')),
  );
  setAttribute(
    workload,
    'primaryIp',
    first(textAt(object, 'guest', 'ipAddress'), textAt(summary, 'guest', 'ipAddress')),
  );
  setAttribute(
    workload,
    'toolsOs',
    first(textAt(object, 'guest', 'guestFullName'), textAt(summary, 'guest', 'guestFullName')),
  );
  if (property(config, 'keyId') !== undefined)
    setAttribute(workload, 'vmEncrypted', property(config, 'keyId') !== null);
  const annotation = first(textAt(config, 'annotation'), textAt(summary, 'config', 'annotation'));
  if (annotation) {
    const {text, hits} = redactText(annotation);
    if (hits > 0) context.findings.add(secret({...place, pointer: pointer(at, 'config', 'annotation')}));
    setAttribute(workload, 'annotation', text);
  }
  workload.tags = readCustomValues(object, place, context.findings);
  return workload;
}

/** What decides whether it is a workload at all. */
export function traits(object: unknown, name: string): VmTraits {
  const config = objectType(object) === 'VirtualMachineConfigInfo' ? object : property(object, 'config');
  const brief = property(object, 'summary', 'config');
  const managedBy = property(config, 'managedBy') ?? property(brief, 'managedBy');
  const role = numberAt(config, 'ftInfo', 'role') ?? numberAt(brief, 'ftInfo', 'role');
  return {
    name,
    template: (property(config, 'template') ?? property(brief, 'template')) === true,
    srmPlaceholder:
      /placeholder/i.test(textAt(managedBy, 'type') ?? '') &&
      /vcDr/i.test(textAt(managedBy, 'extensionKey') ?? ''),
    ftSecondary: role !== null && role > 1,
  };
}
