import type {Host, Workload} from '../../model/estate.ts';
import type {CpuAttestation} from '../../model/identity-sections.ts';
import type {Site} from '../../model/site.ts';
import type {EdgeFacts} from '../builder.ts';
import {type BuildContext, groupBy} from '../context.ts';
import {siteNode} from '../node-ids.ts';
import {hostStatements} from '../onprem/host-statements.ts';
import {providerRoot} from '../root-ids.ts';
import {hostsUnder} from '../scopes.ts';
import {cpuFamily, isolatedSize, unaffectedSize} from './cpu-model.ts';
import {type Mitigation, mitigationOf, mitigationText, openFlaw} from './mitigation.ts';
import {FLAWS, type Flaw} from './tables/cpu-families.ts';

const ALL = Object.keys(FLAWS) as Flaw[];
/** Workloads whose code runs on cores that others may share. */
const COMPUTE = new Set<Workload['type']>(['vm', 'cluster', 'function', 'container-service', 'app-service']);
const FLEETS = new Set(['aws', 'azure', 'gcp']);

/** Root of a processor flaw: whoever can exploit it on a shared core. */
export function flawRoot(flaw: Flaw): string {
  return `cpu:${flaw}`;
}

/**
 * Shared processors, level 3. A flaw lets code read what runs on the same core, never choose or change it: edges give read
 * access without control. Hosts of one's own by processor family, where at least two machines share one; hyperscaler
 * fleets on the provider's word, which is a condition; hosts and sizes somebody has alone not at all.
 */
export function addSharedHardware(context: BuildContext): void {
  const attested = attestationsByHost(context);
  addHosts(context, attested);
  addFleets(context, attested);
  addSites(context, attested);
}

/** Workloads on shared hosts of one provider about which the same is said. */
interface Fleet {
  cloud: string;
  /** Node the shared cores belong to. */
  at: string;
  statements: CpuAttestation[];
  workloads: Workload[];
}

/** What is attested, by whom it is about. */
interface Attested {
  ofHost: (host: Host) => CpuAttestation[];
  ofProvider: (provider: string) => CpuAttestation[];
  ofSite: (site: Site) => CpuAttestation[];
}

function addHosts(context: BuildContext, {ofHost}: Attested): void {
  const {estate, graph} = context;
  const stated = hostStatements(context, false);
  const guests = groupBy(estate.workloads, ({host}) => host);
  for (const host of estate.hosts) {
    const on = guests.get(host.id) ?? [];
    if (on.length < 2 || stated(host).dedicatedTo !== null) continue;
    const family = host.cpuModel === null ? null : cpuFamily(host.cpuModel);
    const open = ALL.flatMap((flaw): {flaw: Flaw; facts: EdgeFacts}[] => {
      const mitigation = mitigationOf(flaw, ofHost(host), host.hyperThreadingActive);
      const model = `cpuModel = ${host.cpuModel ?? 'not known'}`;
      if (family === null) {
        if (mitigation.microcode === true && mitigation.smtSharing === false) return [];
        const evidence = `${model}: whether ${FLAWS[flaw].cve} applies is not known; ${mitigationText(mitigation)}`;
        return [{flaw, facts: {evidence, level: 3, gap: modelGap(context, host, flaw)}}];
      }
      const certainty = openFlaw(family[flaw], mitigation);
      if (certainty === null) return [];
      const evidence = `${model} (${family.name}): ${FLAWS[flaw].cve}; ${mitigationText(mitigation)}`;
      return [
        {
          flaw,
          facts:
            certainty === 'certain'
              ? {evidence, level: 3}
              : {evidence, level: 3, gap: mitigationGap(context, host, flaw, mitigation)},
        },
      ];
    });
    if (open.length === 0) continue;
    const pool = graph.node(`${host.id}#cores`, 'host', 'cores', `cores of ${host.name}`);
    for (const {flaw, facts} of open) graph.edge(rootOf(context, flaw), pool, 'SHARES_CORE', facts);
    for (const {id} of on)
      graph.edge(pool, id, 'SHARES_CORE', {evidence: `workload.host = ${host.id}`, level: 3, caps: ['read']});
  }
}

/**
 * What stands at a site that is shared with others shares its cores, whoever it is: the site itself is read, so that a move
 * there is not shown as an escape. Workloads that are there today are told by their own sizes.
 */
function addSites(context: BuildContext, {ofProvider, ofSite}: Attested): void {
  const {graph, sites} = context;
  for (const site of sites) {
    const shared = site.tenancy === 'shared' || (site.tenancy === null && site.kind === 'public');
    if (!shared || !site.receives) continue;
    const provider = providerRoot(site.provider).slice('provider:'.length);
    const statements = [...ofProvider(provider), ...ofSite(site)];
    for (const flaw of ALL) {
      const mitigation = mitigationOf(flaw, statements, null);
      const certainty = openFlaw('yes', mitigation);
      if (certainty === null) continue;
      graph.edge(rootOf(context, flaw), siteNode(site.id), 'SHARES_CORE', {
        evidence: `site.tenancy = ${site.tenancy ?? 'not stated'} at ${site.provider}: ${FLAWS[flaw].cve} is closed on the provider's word only; ${mitigationText(mitigation)}`,
        level: 3,
        caps: ['read'],
        place: site.place,
        ...(certainty === 'certain' ? {} : {gap: fleetGap(provider, flaw)}),
      });
    }
  }
}

/** Hyperscalers share hosts between customers unless a size or tenancy says otherwise. */
function addFleets(context: BuildContext, attested: Attested): void {
  const {estate, graph, sites, siteOf} = context;
  const stated = hostStatements(context, false);
  const hosts = new Map(estate.hosts.map((host) => [host.id, host]));
  const fleets = new Map<string, Fleet>();
  for (const [index, workload] of estate.workloads.entries()) {
    if (!FLEETS.has(workload.cloud) || !COMPUTE.has(workload.type)) continue;
    const {tenancy, size} = workload.attributes;
    const host = workload.host === null ? undefined : hosts.get(workload.host);
    const alone =
      tenancy === 'dedicated' ||
      tenancy === 'host' ||
      (host !== undefined && stated(host).dedicatedTo !== null) ||
      (typeof size === 'string' && isolatedSize(workload.cloud, size));
    if (alone || (typeof size === 'string' && unaffectedSize(workload.cloud, size))) continue;
    const site = sites[siteOf[index] ?? -1];
    const statements = site ? attested.ofSite(site) : [];
    const key = `${workload.cloud} ${statements.length > 0 ? site!.id : ''}`;
    const fleet = fleets.get(key);
    if (fleet) fleet.workloads.push(workload);
    else
      fleets.set(key, {
        cloud: workload.cloud,
        at: statements.length > 0 ? siteNode(site!.id) : providerRoot(workload.cloud),
        statements: [...attested.ofProvider(workload.cloud), ...statements],
        workloads: [workload],
      });
  }
  for (const {cloud, at, statements, workloads} of fleets.values()) {
    const open = ALL.flatMap((flaw): {flaw: Flaw; facts: EdgeFacts}[] => {
      const mitigation = mitigationOf(flaw, statements, null);
      const certainty = openFlaw('yes', mitigation);
      if (certainty === null) return [];
      const evidence = `tenancy = default on ${cloud}: ${FLAWS[flaw].cve} is closed on the provider's word only; ${mitigationText(mitigation)}`;
      return [
        {flaw, facts: {evidence, level: 3, ...(certainty === 'certain' ? {} : {gap: fleetGap(cloud, flaw)})}},
      ];
    });
    if (open.length === 0) continue;
    const pool = graph.node(`${at}#cores`, 'host', 'cores', `shared hosts of ${cloud}`);
    for (const {flaw, facts} of open) graph.edge(rootOf(context, flaw), pool, 'SHARES_CORE', facts);
    for (const {id, attributes} of workloads) {
      const evidence = `tenancy = ${attributes['tenancy'] ?? 'default'}, size = ${attributes['size'] ?? 'not known'}`;
      graph.edge(pool, id, 'SHARES_CORE', {evidence, level: 3, caps: ['read']});
    }
  }
}

function rootOf({graph}: BuildContext, flaw: Flaw): string {
  const {title, cve} = FLAWS[flaw];
  return graph.root(flawRoot(flaw), `${title}, ${cve}`, 'cpuFamily');
}

/** Statements by host (over hosts, containers and sites) and by provider. */
function attestationsByHost(context: BuildContext): Attested {
  const byHost = new Map<string, CpuAttestation[]>();
  const all = context.estate.identity.flatMap(({attestations}) => attestations ?? []);
  for (const statement of all) {
    const {hosts, sites, place} = statement;
    const meant = [
      ...hostsUnder(context, hosts, 'attestations.hosts', place),
      ...hostsUnder(context, sites, 'attestations.sites', place),
    ];
    for (const id of new Set(meant.map((host) => host.id)))
      byHost.set(id, [...(byHost.get(id) ?? []), statement]);
  }
  return {
    ofHost: ({id}) => byHost.get(id) ?? [],
    ofProvider: (provider) => all.filter((statement) => statement.provider === provider),
    ofSite: ({id, name}) => all.filter(({sites}) => sites.some((word) => word === id || word === name)),
  };
}

/** One question per cluster: its hosts are bought together. */
function modelGap(context: BuildContext, host: Host, flaw: Flaw): NonNullable<EdgeFacts['gap']> {
  const {about, name} = homeOf(context, host);
  return {
    id: `gap:cpu-model:${flaw}:${about}`,
    question: `Is the processor of hosts of ${name} whose model is not known open to ${FLAWS[flaw].title}, ${FLAWS[flaw].cve}?`,
    about,
    input: 'host.cpuModel',
    remedy:
      'Export the hosts with their CPU model (RVTools tab vHost, or vSphere JSON), or attest microcode and thread sharing.',
    certainty: 'unknown',
  };
}

/** One question per cluster: its hosts are patched together. */
function mitigationGap(
  context: BuildContext,
  host: Host,
  flaw: Flaw,
  {microcode}: Mitigation,
): NonNullable<EdgeFacts['gap']> {
  const {about, name} = homeOf(context, host);
  const missing =
    microcode === true
      ? 'do machines share the threads of a core'
      : 'is the microcode missing, or do machines share the threads of a core';
  return {
    id: `gap:cpu-mitigation:${flaw}:${about}`,
    question: `On hosts of ${name}: ${missing}, so that ${FLAWS[flaw].title} is open?`,
    about,
    input: 'attestations.microcode and attestations.smtSharing',
    remedy:
      'State under `attestations` the date of the microcode and whether the scheduler keeps machines off shared cores.',
    certainty: 'conditional',
  };
}

function homeOf({containers}: BuildContext, {id, name, container}: Host): {about: string; name: string} {
  const home = container === null ? undefined : containers.get(container);
  return home ? {about: home.id, name: home.name} : {about: id, name};
}

function fleetGap(cloud: string, flaw: Flaw): NonNullable<EdgeFacts['gap']> {
  return {
    id: `gap:cpu-fleet:${flaw}:${cloud}`,
    question: `Are shared hosts of ${cloud} open to ${FLAWS[flaw].title}, ${FLAWS[flaw].cve}?`,
    about: providerRoot(cloud),
    input: "the provider's statement on its fleet",
    remedy:
      'State under `attestations` with `provider`, source and date what the provider says of its fleet.',
    certainty: 'conditional',
  };
}
