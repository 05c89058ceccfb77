import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {InputFile} from '../../model/decoded.ts';
import type {InventoryDocument, InventoryWorkload} from '../../model/documents/inventory.ts';
import type {Container, Intake, Workload} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createLimitedFindings} from '../limited-findings.ts';
import {redactNamed} from '../redact.ts';
import {createTally, type Tally} from '../tally.ts';

type Spec = InventoryDocument['spec'];
type InventoryContainer = NonNullable<Spec['containers']>[number];
type InventoryHost = NonNullable<Spec['hosts']>[number];

/** Facts that are booleans or texts under the same documented name. */
const ATTRIBUTES = [
  'rawDeviceMapping', 'usbPassthrough', 'pciPassthrough', 'sharedDisk', 'encryptedAtRest', 'licences', 'dnsName',
  'primaryIp',
] as const; // prettier-ignore

export interface BuildOptions {
  format: string;
  file: InputFile;
  /** Name of the inventory: `private:<name>/<id>`. */
  name: string;
  cloud: 'private' | 'saas';
  /** What the ledger calls the rows. */
  api: string;
}

/** Collects one inventory into an intake. References between its parts are checked at the end. */
export interface InventoryBuilder {
  tally: Tally;
  find(finding: Finding): void;
  workload(entry: InventoryWorkload, place: Place): void;
  container(entry: InventoryContainer, place: Place): void;
  host(entry: InventoryHost, place: Place): void;
  finish(): Intake;
}

export function createInventory(options: BuildOptions): InventoryBuilder {
  const {format, file, name, cloud} = options;
  const source = `${format}:${name}`;
  const top = `private:${name}`;
  const facts = emptyFacts();
  const provenance: Intake['provenance'] = [];
  const findings = createLimitedFindings();
  const tally = createTally(source, name, options.api);
  const workloads = new Map<string, Workload>();
  const containers = new Map<string, Container>();
  const hostIds = new Map<string, string>();
  /** Hosts known only because a workload names them. */
  const named = new Set<string>();
  const references: {from: Workload; entry: InventoryWorkload; place: Place}[] = [];
  const parents: {container: Container; parent: string; place: Place}[] = [];
  const homes: {host: {container: string | null}; id: string; place: Place}[] = [];

  const put = (id: string, kind: Container['kind'], label: string, parent: string | null): Container => {
    const known = containers.get(id);
    if (known) return known;
    const container: Container = {id, kind, name: label, cloud, parent, root: null, tags: {}};
    containers.set(id, container);
    return container;
  };
  const lookup = (
    id: string,
    kind: string,
    known: Iterable<string>,
    found: string | undefined,
    place: Place,
  ) => {
    if (found === undefined) findings.add(unknownReference(kind, id, known, place));
    return found ?? null;
  };
  const localContainers = () =>
    [...containers.keys()].map((id) => id.slice(top.length + 1)).filter((id) => id !== '');
  const containerId = (id: string, place: Place) =>
    lookup(id, 'container', localContainers(), containers.get(`${top}/${id}`)?.id, place);
  const cleanTags = (tags: Record<string, string> | undefined, place: Place): Record<string, string> =>
    Object.fromEntries(
      Object.entries(tags ?? {}).map(([key, value]) => {
        const {text, hits} = redactNamed(key, value);
        if (hits > 0) findings.add(secret({...place, column: key}));
        return [key, text];
      }),
    );
  put(top, 'environment', name, null);

  return {
    tally,
    find: findings.add,
    workload(entry, place) {
      const base = `${top}/${entry.id}`;
      let id = base;
      for (let n = 2; workloads.has(id); n++) id = `${base}#${n}`;
      if (id !== base) findings.add(collision(entry.id, place));
      const tags = cleanTags(entry.tags, place);
      if (entry.environment && tags['environment'] === undefined) tags['environment'] = entry.environment;
      const workload = toWorkload(id, entry, source, cloud, tags);
      workloads.set(id, workload);
      references.push({from: workload, entry, place});
      provenance.push({fact: id, source, place});
      tally.kept();
    },
    container(entry, place) {
      tally.classify('container');
      const container = put(`${top}/${entry.id}`, entry.kind ?? 'environment', entry.name ?? entry.id, top);
      container.tags = cleanTags(entry.tags, place);
      if (entry.parent) parents.push({container, parent: entry.parent, place});
      provenance.push({fact: container.id, source, place});
    },
    host(entry, place) {
      tally.classify('host');
      const id = `${top}/host:${entry.id}`;
      if (hostIds.has(entry.id)) {
        findings.add(collision(entry.id, place));
        return;
      }
      hostIds.set(entry.id, id);
      if (entry.name && !hostIds.has(entry.name)) hostIds.set(entry.name, id);
      const host = {
        id,
        name: entry.name ?? entry.id,
        container: null,
        cpuModel: entry.cpuModel ?? null,
        hyperThreadingActive: entry.hyperThreadingActive ?? null,
        version: entry.version ?? null,
        biosDate: entry.biosDate ?? null,
        domain: entry.domain?.toLowerCase() ?? null,
      };
      facts.hosts.push(host);
      if (entry.container) homes.push({host, id: entry.container, place});
      provenance.push({fact: id, source, place});
    },
    finish() {
      for (const {container, parent, place} of parents) container.parent = containerId(parent, place) ?? top;
      for (const {host, id, place} of homes) host.container = containerId(id, place);
      for (const {from, entry, place} of references) {
        from.container = entry.container ? (containerId(entry.container, place) ?? top) : top;
        if (!entry.container && entry.environment) {
          from.container = put(
            `${top}/environment:${entry.environment}`,
            'environment',
            entry.environment,
            top,
          ).id;
        }
        if (entry.host) from.host = hostOf(entry.host, place);
      }
      facts.workloads = [...workloads.values()];
      facts.containers = [...containers.values()];
      const line = tally.done();
      return {
        source: {id: source, format, cloud, file: file.display, sha256: file.sha256, scopes: [name]},
        facts,
        provenance,
        ledger: [line.rejected > 0 ? {...line, status: 'partial'} : line],
        findings: findings.done(),
      };
    },
  };

  /** A host nobody listed is a fact too: its name is known. */
  function hostOf(host: string, place: Place): string | null {
    const known = hostIds.get(host);
    if (known) return known;
    if (facts.hosts.length > 0 && hostIds.size > 0 && !options.api.endsWith('csv')) {
      return lookup(host, 'host', hostIds.keys(), undefined, place);
    }
    const id = `${top}/host:${host}`;
    if (!named.has(id)) {
      named.add(id);
      facts.hosts.push({
        id,
        name: host,
        container: null,
        cpuModel: null,
        hyperThreadingActive: null,
        version: null,
        biosDate: null,
        domain: null,
      });
    }
    return id;
  }
}

function toWorkload(
  id: string,
  entry: InventoryWorkload,
  source: string,
  cloud: 'private' | 'saas',
  tags: Record<string, string>,
): Workload {
  const type = entry.type ?? 'vm';
  const attributes: Workload['attributes'] = {};
  for (const name of ATTRIBUTES) {
    const value = entry[name];
    if (value !== null && value !== undefined) attributes[name] = value;
  }
  return {
    id,
    name: entry.name ?? entry.id,
    type,
    cloud,
    nativeType: `inventory/${type}`,
    source,
    container: null,
    application: entry.application ?? null,
    region: entry.region ?? null,
    state: entry.state ?? 'unknown',
    tags,
    os: entry.os ?? null,
    vcpu: entry.vcpu ?? null,
    memoryMiB: gib(entry.memoryGiB),
    storageMiB: gib(entry.storageGiB),
    identities: entry.identities ?? [],
    internetExposed:
      entry.internetExposed === null || entry.internetExposed === undefined
        ? null
        : {value: entry.internetExposed, field: 'internetExposed'},
    host: null,
    attributes,
  };
}

function gib(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value * 1024);
}

function unknownReference(kind: string, id: string, known: Iterable<string>, where: Place): Finding {
  const near = nearest(id, known);
  return {
    code: 'BH-INV-001',
    severity: 'medium',
    message: `no ${kind} \`${id}\` in this inventory${near ? ` (did you mean \`${near}\`?)` : ''}`,
    where,
    remedy: `Add it to \`${kind}s\` or correct the reference.`,
  };
}

function collision(id: string, where: Place): Finding {
  return {
    code: 'BH-INV-002',
    severity: 'medium',
    message: `the id \`${id}\` is used before; both entries are kept, this one with a number added`,
    where,
    remedy: 'Give every entry an id of its own.',
  };
}

function secret(where: Place): Finding {
  return {
    code: 'BH-INV-003',
    severity: 'high',
    message: 'a tag holds what looks like a secret; it was left out',
    where,
    remedy: 'Change this secret, then remove it from the file.',
  };
}
