import type {Host} from '../../model/estate.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {accountName, declaredDomains, domainRoot} from './directory.ts';
import {type StatedHost, hostStatements} from './host-statements.ts';

/** First ESXi build that no longer makes a domain group administrator by its name (ESXi 8.0 Update 3). */
export const FIXED_BUILD = 24_022_510;
/** Name an unpatched host looks up in its domain. */
const DEFAULT_GROUP = 'esx admins';

/** Whether a host is open to CVE-2024-37085 by version: null = version or build not known. */
export function vulnerable(version: string | null): boolean | null {
  if (version === null) return null;
  const release = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (!release) return null;
  const major = Number(release[1]);
  // Only 8.0 was fixed; there is no fix for 7.0 and earlier.
  if (major !== 8) return major < 8;
  const build = /build[- ]?(\d{6,})/i.exec(version) ?? /(?<![\d.])(\d{8})(?![\d.])/.exec(version);
  if (build) return Number(build[1]) < FIXED_BUILD;
  const update = release[3] === undefined ? null : Number(release[3]);
  return update === null ? null : update < 3;
}

/**
 * An AD domain over the hosts joined to it. A host looks up a group by name and makes its members full administrators;
 * whoever rules the domain can create the group or join it (CVE-2024-37085).
 *
 * | version | setting changed | unchanged | not known |
 * |---|---|---|---|
 * | open (before 8.0 U3) | conditional | certain | conditional; certain where the group is in the directory |
 * | fixed | none | conditional | conditional |
 * | not known | conditional | conditional | conditional |
 */
export function addJoinedHosts(context: BuildContext): void {
  const {estate, graph} = context;
  const statementOf = hostStatements(context, true);
  const groups = adminGroups(context);
  const directories = new Set(declaredDomains(context).map(({fqdn}) => fqdn));
  for (const host of estate.hosts) {
    const stated = statementOf(host);
    const said = stated.domain ?? host.domain;
    // A name in the DNS domain of a directory may be a member of it; nothing else hints at one.
    const hinted = said === null && host.dnsDomain && directories.has(host.dnsDomain) ? host.dnsDomain : null;
    const fqdn = (said ?? hinted)?.toLowerCase() ?? '';
    if (fqdn === '') continue;
    const group = groups.get(fqdn);
    const facts = factsOf(context, host, {stated, fqdn, group: group !== undefined, joined: hinted === null});
    if (facts === null) continue;
    graph.edge(domainRoot(context, fqdn), host.id, 'JOINED_HOST', facts);
    for (const id of group ?? []) graph.edge(id, host.id, 'JOINED_HOST', facts);
  }
}

interface Question {
  stated: StatedHost;
  fqdn: string;
  /** The default group is in the directory's data. */
  group: boolean;
  /** Membership is a fact, not a hint. */
  joined: boolean;
}

function factsOf(
  context: BuildContext,
  host: Host,
  {stated, fqdn, group, joined}: Question,
): EdgeFacts | null {
  const version = stated.version ?? host.version;
  const open = vulnerable(version);
  const changed = stated.esxAdminsGroupChanged ?? changedBySetting(host);
  const told = [
    `host.domain = ${joined ? fqdn : `${fqdn}?`}`,
    `version = ${version ?? 'not known'}${open === null ? '' : open ? ', open to CVE-2024-37085' : ', fixed'}`,
    `esxAdminsGroup changed = ${changed ?? 'not known'}`,
    ...(group ? ['the group ESX Admins exists in the domain'] : []),
  ];
  const evidence = told.join('; ');
  if (!joined)
    return open === false && changed === true ? null : {evidence, gap: joinGap(context, host, fqdn)};
  if (open === false && changed === true) return null;
  if (open === true && (changed === false || (changed === null && group))) return {evidence};
  return {evidence, gap: settingGap(context, host, fqdn, open)};
}

/** Read from the host's own settings: another group, or none, and no automatic administrators. */
function changedBySetting({esxAdminsGroup}: Host): boolean | null {
  if (!esxAdminsGroup) return null;
  if (esxAdminsGroup.autoAdd === false) return true;
  if (esxAdminsGroup.group === null) return null;
  return esxAdminsGroup.group.trim().toLowerCase() !== DEFAULT_GROUP;
}

/** One question per vCenter, domain and state: hosts of one vCenter are set up alike. */
function settingGap(
  context: BuildContext,
  host: Host,
  fqdn: string,
  open: boolean | null,
): NonNullable<EdgeFacts['gap']> {
  const top = topOf(context, host);
  const state = open === null ? 'unknown' : open ? 'open' : 'fixed';
  return {
    id: `gap:esx-admins:${state}:${fqdn}@${top}`,
    question: `Do ESXi hosts of ${nameOf(context, top)} joined to ${fqdn}${open === null ? '' : open ? ' and not on 8.0 U3' : ' and on 8.0 U3 or later'} make members of a group of that domain their administrators?`,
    about: top,
    input:
      open === null
        ? 'version and build of the hosts, Config.HostAgent.plugins.hostsvc.esxAdminsGroup'
        : 'Config.HostAgent.plugins.hostsvc.esxAdminsGroup and esxAdminsGroupAutoAdd',
    remedy:
      'Read both advanced settings of the hosts and state `hosts: [{hosts: […], version: …, esxAdminsGroup: {changed: …}}]`.',
    certainty: 'conditional',
  };
}

function joinGap(context: BuildContext, host: Host, fqdn: string): NonNullable<EdgeFacts['gap']> {
  const top = topOf(context, host);
  return {
    id: `gap:esxi-join:${fqdn}@${top}`,
    question: `Are ESXi hosts of ${nameOf(context, top)} joined to the AD domain ${fqdn}, and not only named in its DNS?`,
    about: top,
    input: 'config.authenticationManagerInfo of the hosts',
    remedy:
      'Export the hosts as vSphere JSON (`govc host.info -json`), or state `hosts: [{hosts: […], domain: …}]`.',
    certainty: 'unknown',
  };
}

/** Default groups in imported directories, by FQDN. */
function adminGroups({estate}: BuildContext): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const {id, name} of estate.principals) {
    if (!id.startsWith('ad-principal:')) continue;
    const account = accountName(name);
    if (account?.name !== DEFAULT_GROUP) continue;
    groups.set(account.domain, [...(groups.get(account.domain) ?? []), id]);
  }
  return groups;
}

function topOf({containers}: BuildContext, {container, id}: Host): string {
  let top = container ?? id;
  const seen = new Set<string>();
  for (
    let at = containers.get(top);
    at && !seen.has(at.id);
    at = at.parent === null ? undefined : containers.get(at.parent)
  ) {
    seen.add(at.id);
    top = at.id;
  }
  return top;
}

function nameOf({containers, estate}: BuildContext, id: string): string {
  return containers.get(id)?.name ?? estate.hosts.find((host) => host.id === id)?.name ?? id;
}
