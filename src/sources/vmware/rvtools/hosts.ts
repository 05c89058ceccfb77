import type {Host} from '../../../model/estate.ts';
import {cellDate, cellText} from '../../cells.ts';
import {redactNamed} from '../../redact.ts';
import type {Tally} from '../../tally.ts';
import type {LimitedFindings} from '../../limited-findings.ts';
import {vmwareFinding} from '../findings.ts';
import type {Vcenters} from '../vcenters.ts';
import type {Sheet} from './sheet.ts';
import {secretFinding, type Vm} from './vms.ts';

/** Id of a host: VM tabs know it by name only, so the name is the key everywhere. */
export function hostId(vcenter: string, name: string): string {
  return `vmware:${vcenter}/host:${name.toLowerCase()}`;
}

/** A host with the place it was read at. */
export interface ListedHost {
  host: Host;
  sheet: Sheet;
  row: number;
}

/** Reads vHost; licences are never looked at. A host named twice is one host, its second row classified. */
export function readHosts(
  sheets: readonly Sheet[],
  vcenters: Vcenters,
  tallyOf: (sheet: Sheet) => Tally,
): ListedHost[] {
  const hosts = new Map<string, ListedHost>();
  for (const sheet of sheets) {
    const tally = tallyOf(sheet);
    for (let row = 0; row < sheet.table.rows.length; row++) {
      const name = sheet.text(row, 'hostName');
      if (sheet.isRepeatedHeader(row)) tally.classify('repeated header');
      else if (!name) tally.reject('no name');
      else {
        const host = readHost(sheet, row, name, vcenters);
        tally.classify(hosts.has(host.id) ? 'host named twice' : 'host');
        if (!hosts.has(host.id)) hosts.set(host.id, {host, sheet, row});
      }
    }
  }
  return [...hosts.values()];
}

function readHost(sheet: Sheet, row: number, name: string, vcenters: Vcenters): Host {
  const vcenter = vcenters.of(sheet.text(row, 'vcenterUuid'), sheet.text(row, 'vcenterServer'));
  return {
    id: hostId(vcenter, name),
    name,
    container: vcenters.containers.at(vcenter, sheet.text(row, 'datacenter'), sheet.text(row, 'cluster')),
    cpuModel: sheet.text(row, 'cpuModel'),
    hyperThreadingActive: sheet.flag(row, 'htActive'),
    version: sheet.text(row, 'esxVersion'),
    biosDate: cellDate(sheet.cell(row, 'biosDate')),
    // The column is the DNS domain of the host's name; whether it is joined to a directory no tab says.
    domain: null,
    dnsDomain: domainName(sheet.text(row, 'domain')),
  };
}

/** Points VMs at their hosts; a host that the export does not list stays a name. */
export function linkHosts(vms: readonly Vm[], hosts: readonly Host[], findings: LimitedFindings): void {
  const known = new Map(hosts.map((host) => [host.id, host]));
  for (const {workload, vcenter, kept, sheet, row} of vms) {
    const name = workload.attributes['hostName'];
    if (typeof name !== 'string' || !kept) continue;
    const id = hostId(vcenter, name);
    const host = known.get(id);
    if (host) {
      workload.host = id;
      // Trimmed vHost tabs leave the place out; a VM on the host knows it.
      if (host.container === `vmware:${vcenter}`) host.container = workload.container;
    } else {
      const message = `${workload.name} runs on a host that vHost does not list`;
      findings.add(vmwareFinding('BH-VMW-006', message, sheet.place(row, sheet.label('host'))));
    }
  }
}

/** `localdomain` and the like are what ESXi writes when nothing was set. */
function domainName(text: string | null): string | null {
  const name = text?.toLowerCase().replace(/\.$/, '') ?? '';
  return name === '' || name === 'localdomain' || !name.includes('.') ? null : name;
}

/** Hosts that VMs name, for exports without vHost: name and place are all that is known. */
export function impliedHosts(vms: readonly Vm[]): Host[] {
  const hosts = new Map<string, Host>();
  for (const {workload, vcenter} of vms) {
    const name = workload.attributes['hostName'];
    if (typeof name !== 'string') continue;
    const id = hostId(vcenter, name);
    if (hosts.has(id)) continue;
    const unknown = {cpuModel: null, hyperThreadingActive: null, version: null, biosDate: null, domain: null};
    hosts.set(id, {id, name, container: workload.container, ...unknown});
  }
  return [...hosts.values()];
}

/** Reads vCluster: custom attributes of clusters that VMs or hosts already placed. */
export function readClusters(
  sheet: Sheet,
  vcenters: Vcenters,
  tally: Tally,
  findings: LimitedFindings,
): void {
  const {byId} = vcenters.containers;
  for (let row = 0; row < sheet.table.rows.length; row++) {
    if (sheet.isRepeatedHeader(row)) {
      tally.classify('repeated header');
      continue;
    }
    const name = sheet.text(row, 'clusterName');
    if (!name) {
      tally.reject('no name');
      continue;
    }
    tally.classify('cluster');
    const vcenter = vcenters.of(sheet.text(row, 'vcenterUuid'), sheet.text(row, 'vcenterServer'));
    const prefix = `vmware:${vcenter}/cluster:`;
    const known = [...byId.values()].filter((one) => one.id.startsWith(prefix) && one.name === name);
    // The tab does not say the datacenter: a name that two datacenters have stays without attributes.
    const id =
      known.length === 0
        ? vcenters.containers.at(vcenter, null, name)
        : known.length === 1
          ? known[0]?.id
          : undefined;
    const cluster = id === undefined ? undefined : byId.get(id);
    if (!cluster) continue;
    for (const {key, index} of sheet.tagColumns) {
      const value = cellText(sheet.table.rows[row]?.[index]);
      if (value === null) continue;
      const {text, hits} = redactNamed(key, value);
      if (hits > 0) findings.add(secretFinding(sheet, row, key));
      Object.defineProperty(cluster.tags, key, {
        value: text,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
}
