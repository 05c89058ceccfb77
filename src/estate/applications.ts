import {byText} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Application, Container, RegisterEntry, Workload} from '../model/estate.ts';
import {byFinding} from './finding-order.ts';
import {indexReferences, type ReferenceIndex} from './reference-index.ts';

/** Folders every vCenter has: being in one says nothing about belonging together. */
const COMMON_FOLDERS = new Set(['', 'vm', 'discovered virtual machine', 'templates', 'datacenters']);

/** Which application a workload belongs to, and by which statement. */
interface Membership {
  id: string;
  name: string;
  by: string;
}

/**
 * Groups workloads into applications: by a tag that names it (keys in order of preference), by what the inventory says
 * or the register declares (one `app:NAME` beside workloads), else by resource group or folder. Workloads come back
 * with their application's name; applications sorted by id, members too.
 */
export function groupApplications(
  workloads: Workload[],
  containers: Container[],
  register: RegisterEntry[],
  tagKeys: string[],
): Outcome<{workloads: Workload[]; applications: Application[]}> {
  const findings: Finding[] = [];
  const keys = tagKeys.map((key) => key.toLowerCase());
  const memberships: (Membership | null)[] = workloads.map(
    (workload) => byTag(workload, keys, tagKeys) ?? bySource(workload),
  );
  declare(workloads, register, memberships, findings);
  const groups = new Map(
    containers.filter(({kind}) => kind === 'resourceGroup').map((container) => [container.id, container]),
  );
  const members = new Map<string, {by: string; names: Map<string, number>; workloads: string[]}>();
  for (const [index, workload] of workloads.entries()) {
    const membership = memberships[index] ?? byResourceGroup(workload, groups) ?? byFolder(workload);
    memberships[index] = membership;
    if (!membership) continue;
    let entry = members.get(membership.id);
    if (!entry) members.set(membership.id, (entry = {by: membership.by, names: new Map(), workloads: []}));
    if (preference(membership.by, keys) < preference(entry.by, keys)) entry.by = membership.by;
    entry.names.set(membership.name, (entry.names.get(membership.name) ?? 0) + 1);
    entry.workloads.push(workload.id);
  }
  const applications = [...members]
    .map(([id, entry]): Application => ({
      id,
      name: usualName(entry.names),
      by: entry.by,
      workloads: entry.workloads,
    }))
    .sort((a, b) => byText(a.id, b.id));
  const nameOf = new Map(applications.map(({id, name}) => [id, name]));
  return {
    value: {
      applications,
      workloads: workloads.map((workload, index) => {
        const membership = memberships[index];
        const application = membership ? nameOf.get(membership.id)! : null;
        return workload.application === application ? workload : {...workload, application};
      }),
    },
    findings: findings.sort(byFinding),
  };
}

function named(name: string, by: string): Membership {
  return {id: `app:${name.toLowerCase()}`, name, by};
}

function byTag(workload: Workload, keys: string[], spelled: string[]): Membership | null {
  let best = keys.length;
  let name = '';
  for (const key of Object.keys(workload.tags)) {
    const rank = keys.indexOf(key.toLowerCase());
    const value = rank < 0 || rank >= best ? '' : workload.tags[key]!.trim().replace(/\s+/g, ' ');
    if (value !== '') [best, name] = [rank, value];
  }
  return name === '' ? null : named(name, `tag:${spelled[best]!}`);
}

/** The application column of an inventory. */
function bySource({application}: Workload): Membership | null {
  const name = application?.trim().replace(/\s+/g, ' ') ?? '';
  return name === '' ? null : named(name, 'declared');
}

/** A register entry with exactly one `app:NAME` makes the workloads it names beside it that application. */
function declare(
  workloads: Workload[],
  register: RegisterEntry[],
  memberships: (Membership | null)[],
  findings: Finding[],
): void {
  let index: ReferenceIndex | null = null;
  for (const entry of register) {
    const apps = entry.covers.filter((reference) => /^app:/i.test(reference.trim()));
    if (apps.length !== 1 || entry.covers.length === 1) continue;
    index ??= indexReferences(workloads, []);
    const declared = named(apps[0]!.trim().slice(4).trim(), 'declared');
    for (const reference of entry.covers) {
      const resolution = /^app:/i.test(reference.trim()) ? null : index.resolve(reference);
      for (const at of resolution?.kind === 'found' ? resolution.workloads : []) {
        const known = memberships[at];
        if (!known) memberships[at] = declared;
        else if (known.id !== declared.id) findings.push(contradicts(workloads[at]!, known, declared, entry));
      }
    }
  }
}

function byResourceGroup(workload: Workload, groups: Map<string, Container>): Membership | null {
  const group = workload.container === null ? undefined : groups.get(workload.container);
  return group ? {id: `app:${group.id}`, name: group.name, by: 'resourceGroup'} : null;
}

/** The innermost folder that is not one of vCenter's own; folders of two vCenters stay apart. */
function byFolder(workload: Workload): Membership | null {
  const path = workload.attributes['folder'];
  if (typeof path !== 'string') return null;
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const name = parts.at(-1) ?? '';
  if (parts.length === 0 || COMMON_FOLDERS.has(name.toLowerCase())) return null;
  const home = workload.id.slice(0, workload.id.lastIndexOf('/') + 1);
  return {id: `app:${home}${parts.join('/')}`, name, by: 'folder'};
}

/** Rank of a statement: tags in the given order, declaration, resource group, folder. */
function preference(by: string, keys: string[]): number {
  const tag = by.startsWith('tag:') ? keys.indexOf(by.slice(4).toLowerCase()) : -1;
  return tag >= 0 ? tag : keys.length + ['declared', 'resourceGroup', 'folder'].indexOf(by);
}

/** The spelling most members use; of equally many the first in order. */
function usualName(names: Map<string, number>): string {
  return [...names].sort(([a, m], [b, n]) => n - m || byText(a, b))[0]![0];
}

function contradicts(
  workload: Workload,
  known: Membership,
  declared: Membership,
  entry: RegisterEntry,
): Finding {
  return {
    code: 'BH-EST-020',
    severity: 'low',
    message: `${workload.name} is declared as application ${declared.name}, but ${known.by} says ${known.name}; ${known.name} is kept`,
    where: {...entry.place, id: workload.id},
    remedy: 'Correct the tag or the register.',
  };
}
