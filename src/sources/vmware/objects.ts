import type {Place} from '../../model/common.ts';
import type {InputFile} from '../../model/decoded.ts';
import type {Container, Host, Intake} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createLimitedFindings} from '../limited-findings.ts';
import type {IntakeHints} from '../shape.ts';
import {createTally, type Tally} from '../tally.ts';
import {notAWorkload} from './classify.ts';
import {vmwareFinding} from './findings.ts';
import {container, readContainer, readHost} from './host-object.ts';
import {objectType, referenceAt} from './managed-object.ts';
import {createPermissionReader} from './permissions.ts';
import {UNIDENTIFIED, vcenterLabel} from './vcenters.ts';
import {readVm, traits, type ReadContext} from './vm-object.ts';
import {uniqueId} from './workload.ts';

/** One object of a file, with its JSON pointer. */
export interface Located {
  object: unknown;
  pointer: string;
}

/** Ledger words for objects that are context, not workloads. */
const CONTEXT: Record<string, string> = {
  ClusterComputeResource: 'cluster', ComputeResource: 'standalone host resource', Datacenter: 'datacenter',
  Datastore: 'datastore', StoragePod: 'datastore cluster', Folder: 'folder', Network: 'network',
  DistributedVirtualPortgroup: 'port group', DistributedVirtualSwitch: 'switch',
  VmwareDistributedVirtualSwitch: 'switch', OpaqueNetwork: 'network', ResourcePool: 'resource pool',
  VirtualApp: 'vApp', AuthorizationManager: 'roles',
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
  const permissions = createPermissionReader(vcenter, top.id, file.display);

  return {
    read({object, pointer: at}: Located): void {
      const type = objectType(object);
      const place: Place = {file: file.display, pointer: at};
      permissions.read(object, at, scopeOf(object, type, top.id));
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
      facts.hosts = [...hosts.values()];
      for (const workload of facts.workloads) {
        const host = workload.host ? hosts.get(workload.host) : undefined;
        if (host?.container) workload.container = host.container;
      }
      if (facts.workloads.length + facts.hosts.length + containers.size > 0) containers.set(top.id, top);
      facts.containers = [...containers.values()];
      Object.assign(facts, permissions.finish());
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

/** The root folder stands for the whole vCenter; other objects for themselves. */
function scopeOf(object: unknown, type: string | null, top: string): string | null {
  return type === 'Folder' && !referenceAt(object, 'parent') ? top : null;
}

function stem(display: string): string {
  const name = display.slice(Math.max(display.lastIndexOf('/'), display.lastIndexOf('\\')) + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
