import type {Place} from '../../model/common.ts';
import type {InputFile} from '../../model/decoded.ts';
import type {Container, Host, Intake, Workload} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createLimitedFindings, type LimitedFindings} from '../limited-findings.ts';
import {pointer} from '../record.ts';
import {redactNamed, redactText} from '../redact.ts';
import type {IntakeHints} from '../shape.ts';
import {createTally, type Tally} from '../tally.ts';
import {notAWorkload} from './classify.ts';
import {readDevices, setDevices} from './devices.ts';
import {vmwareFinding} from './findings.ts';
import {listAt, numberAt, objectType, property, referenceAt, textAt} from './managed-object.ts';
import {UNIDENTIFIED, vcenterLabel} from './vcenters.ts';
import {emptyVm, powerState, setAttribute, setStorage, uniqueId} from './workload.ts';

/** One object of a file, with its JSON pointer. */
export interface Located {
  object: unknown;
  pointer: string;
}

const MIB = 1024 * 1024;

/** Ledger words for objects that are context, not workloads. */
const CONTEXT: Record<string, string> = {
  ClusterComputeResource: 'cluster', ComputeResource: 'standalone host resource', Datacenter: 'datacenter',
  Datastore: 'datastore', StoragePod: 'datastore cluster', Folder: 'folder', Network: 'network',
  DistributedVirtualPortgroup: 'port group', DistributedVirtualSwitch: 'switch',
  VmwareDistributedVirtualSwitch: 'switch', OpaqueNetwork: 'network', ResourcePool: 'resource pool',
  VirtualApp: 'vApp',
}; // prettier-ignore

/** Maps managed objects of any mixture of types; one ledger line per type. */
export function mapObjects(format: string, located: Located[], file: InputFile, hints: IntakeHints): Intake {
  const reader = createReader(format, file, hints);
  for (const item of located) reader.read(item);
  return reader.finish();
}

function createReader(format: string, file: InputFile, hints: IntakeHints) {
  const vcenter = hints.scope?.toLowerCase() ?? UNIDENTIFIED;
  const source = `${format}:${hints.scope ? `${vcenter}/` : ''}${stem(file.display)}`;
  const facts = emptyFacts();
  const provenance: Intake['provenance'] = [];
  const findings = createLimitedFindings();
  const tallies = new Map<string, Tally>();
  const taken = new Set<string>();
  const hosts = new Map<string, Host>();
  const containers = new Map<string, Container>();
  const top: Container = container(`vmware:${vcenter}`, 'vcenter', vcenterLabel(vcenter), null);
  const tallyOf = (type: string): Tally => {
    const tally = tallies.get(type) ?? createTally(source, hints.scope ? vcenter : '*', type);
    tallies.set(type, tally);
    return tally;
  };
  const context: ReadContext = {vcenter, source, findings, top: top.id, file};

  return {
    read({object, pointer: at}: Located): void {
      const type = objectType(object);
      const place: Place = {file: file.display, pointer: at};
      if (type === 'VirtualMachine' || type === 'VirtualMachineConfigInfo') {
        const workload = readVm(object, at, context);
        if (!workload) {
          tallyOf('VirtualMachine').reject('neither name nor id');
          return;
        }
        const reason = notAWorkload(traits(object, workload.name));
        if (reason) {
          tallyOf('VirtualMachine').classify(reason);
          return;
        }
        const id = uniqueId(workload.id, taken);
        if (id !== workload.id) {
          const message = `${workload.name} has the same id as another object; both are kept, this one with a number added`;
          findings.add(vmwareFinding('BH-VMW-002', message, place));
          workload.id = id;
        }
        tallyOf('VirtualMachine').kept();
        facts.workloads.push(workload);
        provenance.push({fact: workload.id, source, place});
      } else if (type === 'HostSystem') {
        const host = readHost(object, context, containers);
        tallyOf(type).classify(host && hosts.has(host.id) ? 'host named twice' : 'host');
        if (!host || hosts.has(host.id)) return;
        hosts.set(host.id, host);
        provenance.push({fact: host.id, source, place});
      } else if (type && CONTEXT[type]) {
        tallyOf(type).classify(CONTEXT[type]);
        readContainer(object, type, context, containers);
      } else if (type) tallyOf(type).classify('other object');
      else tallyOf('object').reject('not a vSphere object');
    },
    finish(): Intake {
      facts.hosts.push(...hosts.values());
      for (const workload of facts.workloads) {
        const host = workload.host ? hosts.get(workload.host) : undefined;
        if (host?.container) workload.container = host.container;
      }
      if (facts.workloads.length + facts.hosts.length + containers.size > 0) containers.set(top.id, top);
      facts.containers.push(...containers.values());
      if (vcenter === UNIDENTIFIED && facts.workloads.length + facts.hosts.length > 0) {
        const message =
          'the file does not say which vCenter it is from, so its ids are not certain to be unique';
        findings.add(vmwareFinding('BH-VMW-008', message, {file: file.display}));
      }
      if (tallies.size === 0) tallyOf('VirtualMachine');
      return {
        source: {
          id: source,
          format,
          cloud: 'vmware',
          file: file.display,
          sha256: file.sha256,
          scopes: hints.scope ? [vcenter] : [],
        },
        facts,
        provenance,
        ledger: [...tallies.values()].map((tally) => tally.done()),
        findings: findings.done(),
      };
    },
  };
}

interface ReadContext {
  vcenter: string;
  source: string;
  findings: LimitedFindings;
  top: string;
  file: InputFile;
}

function readVm(object: unknown, at: string, context: ReadContext): Workload | null {
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

/** Custom attributes: values carry a number, `availableField` gives its name. */
function readCustomValues(object: unknown, place: Place, findings: LimitedFindings): Record<string, string> {
  const names = new Map<number, string>();
  for (const definition of listAt(object, 'availableField')) {
    const key = numberAt(definition, 'key');
    const name = textAt(definition, 'name');
    if (key !== null && name) names.set(key, name);
  }
  const values = [...listAt(object, 'customValue'), ...listAt(object, 'value')];
  return Object.fromEntries(
    values.flatMap((entry): [string, string][] => {
      const key = numberAt(entry, 'key');
      const value = textAt(entry, 'value');
      if (key === null || value === null) return [];
      const name = names.get(key) ?? `custom-${key}`;
      const {text, hits} = redactNamed(name, value);
      if (hits > 0) findings.add(secret({...place, column: name}));
      return [[name, text]];
    }),
  );
}

function secret(place: Place) {
  return vmwareFinding('BH-VMW-005', 'a text field holds what looks like a secret; it was left out', place);
}

function traits(object: unknown, name: string) {
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

function readHost(object: unknown, context: ReadContext, containers: Map<string, Container>): Host | null {
  const moref = referenceAt(object, 'self')?.value;
  if (!moref) return null;
  const parent = referenceAt(object, 'parent');
  const summary = property(object, 'summary');
  const active = property(object, 'config', 'hyperThread', 'active');
  let home = context.top;
  if (parent?.type === 'ClusterComputeResource') {
    home = `vmware:${context.vcenter}/${parent.value}`;
    if (!containers.has(home)) {
      containers.set(home, {...container(home, 'cluster', parent.value, context.top), implied: true});
    }
  }
  return {
    id: `vmware:${context.vcenter}/${moref}`,
    name: textAt(object, 'name') ?? textAt(summary, 'config', 'name') ?? moref,
    container: home,
    cpuModel: textAt(summary, 'hardware', 'cpuModel'),
    hyperThreadingActive: typeof active === 'boolean' ? active : null,
    version:
      textAt(object, 'config', 'product', 'fullName') ?? textAt(summary, 'config', 'product', 'fullName'),
    biosDate: biosDate(textAt(object, 'hardware', 'biosInfo', 'releaseDate')),
    domain: joinedDomain(object),
  };
}

/** The domain the host is a member of, from its authentication stores. */
function joinedDomain(object: unknown): string | null {
  for (const store of listAt(object, 'config', 'authenticationManagerInfo', 'authConfig')) {
    if (property(store, 'enabled') === true) {
      const domain = textAt(store, 'joinedDomain');
      if (domain) return domain.toLowerCase();
    }
  }
  return null;
}

function biosDate(text: string | null): string | null {
  const day = text?.slice(0, 10) ?? null;
  return day !== null && /^\d{4}-\d\d-\d\d$/.test(day) && day >= '1971-01-01' ? day : null;
}

function readContainer(
  object: unknown,
  type: string,
  context: ReadContext,
  containers: Map<string, Container>,
): void {
  const kind = type === 'ClusterComputeResource' ? 'cluster' : type === 'Datacenter' ? 'datacenter' : null;
  const moref = referenceAt(object, 'self')?.value;
  if (!kind || !moref) return;
  const id = `vmware:${context.vcenter}/${moref}`;
  const place = {file: context.file.display, id};
  const tags = readCustomValues(object, place, context.findings);
  containers.set(id, {...container(id, kind, textAt(object, 'name') ?? moref, context.top), tags});
}

function container(id: string, kind: Container['kind'], name: string, parent: string | null): Container {
  return {id, kind, name, cloud: 'vmware', parent, root: null, tags: {}};
}

function stem(display: string): string {
  const name = display.slice(Math.max(display.lastIndexOf('/'), display.lastIndexOf('\\')) + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
