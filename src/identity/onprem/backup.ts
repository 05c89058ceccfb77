import type {Capability} from '../../model/exposure.ts';
import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {BackupSystem} from '../../model/identity-sections.ts';
import type {BuildContext} from '../context.ts';
import {reference} from '../references.ts';
import {workloadsUnder} from '../scopes.ts';
import {type Directory, domainRoot} from './directory.ts';
import {addOperatedBy} from './operators.ts';

/** Root id of a backup system by its name. */
export function backupRoot(name: string): string {
  return name.startsWith('backup:') ? name : `backup:${name}`;
}

export function addBackupRoots({graph}: BuildContext, {backupServers = []}: IdentityDeclaration): void {
  for (const {name} of backupServers) graph.root(backupRoot(name), `backup ${name}`, 'backup');
}

/**
 * A backup system reads everything it keeps copies of and can write it back. It destroys for good only where copies can be
 * deleted or changed: immutable copies outlive it, so that `destroy` goes; data can still be overwritten by a restore.
 * Machines the copies lie on have what the copies allow. Its service account acts wherever that account may.
 */
export function addBackup(context: BuildContext, backup: BackupSystem, directory: Directory): void {
  const {graph, principals} = context;
  const {name, servers, serviceAccounts, protects, repositories, immutable, joinedDomain, place} = backup;
  const root = graph.root(backupRoot(name));
  for (const id of reference(context, servers, 'backupServers.servers', place)) {
    graph.edge(id, root, 'HOSTS_ROOT', {evidence: `servers of backup ${name}`, bound: 'workload', place});
    if (joinedDomain !== null)
      graph.edge(domainRoot(context, joinedDomain), id, 'DOMAIN_MEMBER', {
        evidence: `joinedDomain of backup ${name} = ${joinedDomain}`,
        bound: 'workload',
        place,
      });
  }
  if (joinedDomain !== null)
    graph.edge(domainRoot(context, joinedDomain), root, 'ADMINISTERS', {
      evidence: `joinedDomain of backup ${name} = ${joinedDomain}: domain administrators administer its servers`,
      bound: 'workload',
      place,
    });
  addOperatedBy(context, backup.operatedBy, root, place);
  for (const written of serviceAccounts) {
    const named = !principals.has(written) && /[\\@]/.test(written) && !/^[a-z-]+:/i.test(written);
    const accounts = named
      ? [directory.account(written, false)]
      : reference(context, [written], 'backupServers.serviceAccounts', place);
    for (const id of accounts)
      graph.edge(root, id, 'RUNS_AS', {
        evidence: `serviceAccounts of backup ${name}`,
        bound: 'workload',
        place,
      });
  }
  const covered = workloadsUnder(context, protects, 'backupServers.protects', place);
  if (covered.length === 0) return;
  const copies = graph.node(`${root}#copies`, 'container', 'copies', `copies kept by ${name}`);
  graph.edge(root, copies, 'KEEPS_COPIES', {
    evidence: `protects of backup ${name}`,
    bound: 'workload',
    place,
  });
  for (const id of reference(context, repositories, 'backupServers.repositories', place))
    graph.edge(id, copies, 'KEEPS_COPIES', {
      evidence: `repositories of backup ${name}`,
      bound: 'workload',
      place,
    });
  const stated = `backup ${name}, immutable = ${immutable ?? 'not stated'}`;
  const fromCopies: Capability[] = immutable === false ? ['read', 'destroy'] : ['read'];
  for (const id of covered) {
    graph.edge(copies, id, 'BACKED_UP', {evidence: stated, caps: fromCopies, bound: 'workload', place});
    graph.edge(root, id, 'RESTORES', {
      evidence: `${stated}: a restore overwrites`,
      caps: ['write'],
      bound: 'workload',
      place,
    });
    if (immutable === null)
      graph.edge(copies, id, 'BACKED_UP', {
        evidence: stated,
        caps: ['destroy'],
        bound: 'workload',
        place,
        gap: {
          id: `gap:backup-immutable:${root}`,
          question: `Can an administrator of backup ${name}, or of the machines its copies lie on, delete or encrypt copies before they expire?`,
          about: root,
          input: 'backupServers.immutable',
          remedy:
            'Check whether copies lie on immutable storage whose clock and administrators are separate, and state `immutable`.',
          certainty: 'conditional',
        },
      });
  }
}
