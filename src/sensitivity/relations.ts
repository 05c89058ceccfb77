import type {Container, Estate} from '../model/estate.ts';
import type {Relation} from './rules.ts';

/**
 * Needs travel over this graph. Nodes are workloads (their index in the estate), then hosts, then meeting points such
 * as an AD domain or a vCenter, which have no need of their own and keep n members × m servers from becoming n·m edges.
 */
export interface NeedGraph {
  nodes: number;
  workloads: number;
  /** Edge k goes from[k] → to[k] in the sense of its relation. */
  from: number[];
  to: number[];
  relation: Relation[];
  /** Names of hosts and meeting points. */
  names: Map<number, string>;
}

/** `guards` says which workloads guard keys, backups or identities of what depends on them. */
export function needGraph(estate: Estate, guards: Uint8Array): NeedGraph {
  const {workloads} = estate;
  const graph: NeedGraph = {
    nodes: 0,
    workloads: workloads.length,
    from: [],
    to: [],
    relation: [],
    names: new Map(),
  };
  const indexOf = new Map(workloads.map(({id}, index) => [id, index]));
  const hostOf = new Map(estate.hosts.map(({id}, index) => [id, workloads.length + index]));
  graph.nodes = workloads.length + estate.hosts.length;
  for (const [at, {name}] of estate.hosts.entries()) graph.names.set(workloads.length + at, name);
  const meetings = new Map<string, number>();
  const meeting = (name: string): number => {
    let node = meetings.get(name);
    if (node === undefined) {
      meetings.set(name, (node = graph.nodes++));
      graph.names.set(node, name);
    }
    return node;
  };
  const link = (from: number | undefined, to: number | undefined, relation: Relation): void => {
    if (from === undefined || to === undefined || from === to) return;
    graph.from.push(from);
    graph.to.push(to);
    graph.relation.push(relation);
  };

  for (const {from, to, kind} of estate.dependencies) {
    const [u, v] = [indexOf.get(from), indexOf.get(to)];
    if (u === undefined || v === undefined) continue;
    if (kind !== 'must-apart') link(u, v, kind);
    if (kind !== 'data-flow' && kind !== 'trust') continue;
    if (guards[v] === 1) link(u, v, 'protects');
    if (guards[u] === 1) link(v, u, 'protects');
  }
  linkHosts(estate, indexOf, hostOf, link);
  linkKeys(estate, indexOf, link);
  linkIdentity(estate, indexOf, hostOf, meeting, link);
  return graph;
}

type Link = (from: number | undefined, to: number | undefined, relation: Relation) => void;

/** What runs on a host, and what runs inside a container that is a workload itself (a cluster). */
function linkHosts(
  estate: Estate,
  indexOf: Map<string, number>,
  hostOf: Map<string, number>,
  link: Link,
): void {
  const above = ancestors(estate.containers);
  for (const [index, {host, container}] of estate.workloads.entries()) {
    if (host !== null) link(index, indexOf.get(host) ?? hostOf.get(host), 'runs-on');
    if (container !== null) for (const id of above(container)) link(index, indexOf.get(id), 'runs-on');
  }
}

/** The vault that holds a workload's encryption key, by resource id or by the host name of an Azure key URI. */
function linkKeys(estate: Estate, indexOf: Map<string, number>, link: Link): void {
  const vaults = new Map<string, number>();
  for (const [index, {type, name}] of estate.workloads.entries()) {
    if (type === 'key-vault') vaults.set(name.toLowerCase(), index);
  }
  for (const [index, {cloud, attributes}] of estate.workloads.entries()) {
    const key = attributes['kmsKey'];
    if (typeof key !== 'string' || key === '') continue;
    const vaultName = /^https:\/\/([a-z0-9-]+)\.(vault|managedhsm)\./i.exec(key)?.[1]?.toLowerCase();
    const vault =
      indexOf.get(key) ??
      indexOf.get(`${cloud}:${key}`) ??
      indexOf.get(`${cloud}:${key.toLowerCase()}`) ??
      (vaultName === undefined ? undefined : vaults.get(vaultName));
    link(index, vault, 'protects');
  }
}

/** Directories serve who signs in through them; vCenter appliances administer the machines of their vCenters. */
function linkIdentity(
  estate: Estate,
  indexOf: Map<string, number>,
  hostOf: Map<string, number>,
  meeting: (name: string) => number,
  link: Link,
): void {
  const above = ancestors(estate.containers);
  const administered = new Set<string>();
  for (const declaration of estate.identity) {
    for (const {fqdn, members, domainControllers} of declaration.adDomains) {
      for (const id of members) link(indexOf.get(id), meeting(`ad:${fqdn}`), 'signs-in');
      for (const id of domainControllers) link(meeting(`ad:${fqdn}`), indexOf.get(id), 'signs-in');
    }
    for (const {name, servers, adDomain} of declaration.adfs) {
      for (const id of servers) link(meeting(`adfs:${name}`), indexOf.get(id), 'signs-in');
      if (adDomain !== null) link(meeting(`adfs:${name}`), meeting(`ad:${adDomain}`), 'signs-in');
    }
    for (const {workload, root} of declaration.signIns)
      link(indexOf.get(workload), meeting(root), 'signs-in');
    for (const {vcenters, appliances, identitySources} of declaration.vcenterSso) {
      for (const vcenter of vcenters) {
        administered.add(vcenter);
        for (const id of appliances) link(meeting(`vcenter:${vcenter}`), indexOf.get(id), 'administers');
        for (const {root, privileged} of identitySources) {
          if (privileged === true) link(meeting(`vcenter:${vcenter}`), meeting(root), 'signs-in');
        }
      }
    }
  }
  for (const host of estate.hosts) {
    if (host.domain !== null)
      link(hostOf.get(host.id), meeting(`ad:${host.domain.toLowerCase()}`), 'signs-in');
  }
  if (administered.size === 0) return;
  for (const [index, {container}] of estate.workloads.entries()) {
    if (container === null) continue;
    for (const id of above(container)) {
      if (administered.has(id)) link(index, meeting(`vcenter:${id}`), 'administers');
    }
  }
}

/** A container and everything above it, innermost first. */
function ancestors(containers: Container[]): (id: string) => string[] {
  const parentOf = new Map(containers.map(({id, parent}) => [id, parent]));
  const memo = new Map<string, string[]>();
  return (id) => {
    let chain = memo.get(id);
    if (chain) return chain;
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at); at = parentOf.get(at) ?? null)
      seen.add(at);
    memo.set(id, (chain = [...seen]));
    return chain;
  };
}
