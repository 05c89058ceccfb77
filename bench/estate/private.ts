import {privateAddress} from './azure.ts';
import {byScope, type Target} from './files.ts';
import type {World} from './world.ts';

const HEADER =
  'id,name,type,vcpu,memoryGiB,storageGiB,os,region,environment,application,host,state,internetExposed,primaryIp,tag:data-class,tag:owner';

/** The datacentre of a private inventory; the first one is the on-premises source. */
export function datacentre(scope: number): string {
  return scope % 3 === 2 ? 'dc-partner' : 'dc-own';
}

/** One inventory CSV per vCenter. */
export function writePrivate(world: World, target: Target): void {
  for (const [scope, items] of byScope(world.items.filter(({cloud}) => cloud === 'private'))) {
    const lines = items.map(({index, name, app, ...item}) =>
      [
        `vm-${index}`,
        name,
        item.kind,
        item.vcpu,
        item.memoryGiB,
        item.storageGiB,
        item.windows ? 'Windows Server 2022' : 'Red Hat Enterprise Linux 9',
        datacentre(scope),
        app.environment,
        app.name,
        `esx-${scope}-${Math.floor(index / 30) % 64}`,
        item.running ? 'running' : 'stopped',
        item.exposed ? 'yes' : index % 3 === 0 ? '' : 'no',
        privateAddress(index),
        app.dataClass ?? '',
        app.owner,
      ].join(','),
    );
    target.text(
      `inventory/private/vcenter-${String(scope).padStart(2, '0')}.csv`,
      [HEADER, ...lines, ''].join('\n'),
    );
  }
}
