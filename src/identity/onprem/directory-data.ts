import type {Principal, Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {accountName, declaredDomains, domainRoot} from './directory.ts';

/**
 * What ties an imported directory to the rest: domains to their roots, accounts to their domain, computers to the machines
 * of the inventory, users to the Entra users they are synchronised to. Principals are `ad-principal:<SID>`.
 */
export function addDirectoryData(context: BuildContext): void {
  const listed = context.estate.principals.filter(({id}) => id.startsWith('ad-principal:'));
  if (listed.length === 0) return;
  const domains = domainsOf(context, listed);
  for (const principal of listed) addToDomain(context, principal, domains);
  addComputers(
    context,
    listed.filter(({kind}) => kind === 'computer'),
  );
  addSynchronised(context, listed);
}

/** FQDN by domain SID in upper case, from the data and from declarations. */
function domainsOf(context: BuildContext, listed: Principal[]): Map<string, string> {
  const domains = new Map<string, string>();
  for (const principal of listed) {
    if (principal.kind !== 'domain') continue;
    const fqdn = principal.attributes?.['domain'] ?? principal.name;
    if (typeof fqdn === 'string' && fqdn !== '') domains.set(sidOf(principal), fqdn.toLowerCase());
  }
  for (const {fqdn, sid} of declaredDomains(context)) if (sid) domains.set(sid.toUpperCase(), fqdn);
  return domains;
}

function addToDomain(
  context: BuildContext,
  principal: Principal,
  domains: ReadonlyMap<string, string>,
): void {
  const {graph} = context;
  const sid = sidOf(principal);
  if (principal.kind === 'domain') {
    const fqdn = domains.get(sid);
    if (fqdn === undefined) return;
    const facts = {evidence: `domain SID = ${sid}`, bound: 'workload' as const};
    graph.edge(domainRoot(context, fqdn), principal.id, 'SAME_DOMAIN', facts);
    graph.edge(principal.id, domainRoot(context, fqdn), 'SAME_DOMAIN', facts);
    return;
  }
  const stated = principal.attributes?.['domain'];
  const fqdn =
    domains.get(sid.slice(0, Math.max(sid.lastIndexOf('-'), 0))) ??
    (typeof stated === 'string' && stated !== ''
      ? stated.toLowerCase()
      : accountName(principal.name)?.domain);
  if (fqdn === undefined) return;
  graph.edge(domainRoot(context, fqdn), principal.id, 'GOVERNS', {
    evidence: `domain = ${fqdn}`,
    bound: 'workload',
  });
}

/** A machine and its computer account: whoever has one has the other. */
function addComputers({estate, graph}: BuildContext, computers: Principal[]): void {
  const byDns = new Map<string, Workload[]>();
  const byName = new Map<string, Workload[]>();
  const add = (map: Map<string, Workload[]>, key: string, workload: Workload): void => {
    const known = map.get(key);
    if (known) known.push(workload);
    else map.set(key, [workload]);
  };
  for (const workload of estate.workloads) {
    if (workload.type !== 'vm' && workload.type !== 'other') continue;
    const dns = workload.attributes['dnsName'];
    if (typeof dns === 'string') add(byDns, dns.toLowerCase().replace(/\.$/, ''), workload);
    add(byName, workload.name.toLowerCase(), workload);
  }
  for (const computer of computers) {
    const stated = computer.attributes?.['dnsHostName'];
    const dns = typeof stated === 'string' ? stated.toLowerCase() : null;
    const short = (dns ?? accountName(computer.name)?.name ?? computer.name.toLowerCase())
      .split('.')[0]!
      .replace(/\$$/, '');
    const machines =
      (dns === null ? undefined : (byDns.get(dns) ?? byName.get(dns))) ?? byName.get(short) ?? [];
    // A machine that names another DNS domain only shares the host name.
    const fitting = machines.filter(({attributes}) => {
      const own = attributes['dnsName'];
      return (
        dns === null ||
        typeof own !== 'string' ||
        !own.includes('.') ||
        own.toLowerCase().replace(/\.$/, '') === dns
      );
    });
    const certainty = fitting.length === 1 ? 'certain' : 'unknown';
    for (const {id} of fitting) {
      const facts = {evidence: `dnsHostName = ${dns ?? short}`, certainty, bound: 'workload'} as const;
      graph.edge(id, computer.id, 'RUNS_AS', facts);
      graph.edge(computer.id, id, 'DOMAIN_MEMBER', facts);
    }
    if (fitting.length < 2) continue;
    graph.findings.push({
      code: 'BH-ID-411',
      severity: 'low',
      message: `computer \`${computer.name}\` could be ${fitting.length} machines: ${fitting
        .slice(0, 5)
        .map(({id}) => id)
        .join(', ')}; its edges count in the upper end only`,
      where: {id: computer.id},
      remedy:
        'Export the DNS names of the machines (VMware Tools running), or remove machines that are gone.',
    });
  }
}

/** The same person in both directories, by the SID Entra keeps. */
function addSynchronised({estate, graph, principals}: BuildContext, listed: Principal[]): void {
  const bySid = new Map(listed.map((principal) => [sidOf(principal), principal.id]));
  for (const user of estate.principals) {
    if (user.cloud !== 'azure') continue;
    const sid = user.attributes?.['onPremisesSecurityIdentifier'] ?? user.attributes?.['sid'];
    const known = typeof sid === 'string' ? bySid.get(sid.toUpperCase()) : undefined;
    if (known === undefined || !principals.has(known)) continue;
    graph.edge(known, user.id, 'SYNCED_TO', {
      evidence: `onPremisesSecurityIdentifier = ${sid}`,
      bound: 'workload',
    });
  }
}

/** SID of a principal; well-known ones carry their domain before them (`CORP.EXAMPLE-S-1-5-32-544`). */
function sidOf({id}: Principal): string {
  return id.slice('ad-principal:'.length).toUpperCase();
}
