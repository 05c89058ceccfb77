import type {Workload} from '../../model/estate.ts';

/** A VM workload with nothing known but where it comes from; formats fill what they have. */
export function emptyVm(id: string, name: string, source: string, container: string | null): Workload {
  return {
    id,
    name,
    type: 'vm',
    cloud: 'vmware',
    nativeType: 'VirtualMachine',
    source,
    container,
    application: null,
    region: null,
    state: 'unknown',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  };
}

/** vSphere power states in any case; suspended VMs do not run. */
export function powerState(text: string | null): Workload['state'] {
  switch (text?.toLowerCase()) {
    case 'poweredon':
      return 'running';
    case 'poweredoff':
    case 'suspended':
      return 'stopped';
    default:
      return 'unknown';
  }
}

/** Sets an attribute when it is known. */
export function setAttribute(
  workload: Workload,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value !== null && value !== undefined && value !== '') workload.attributes[name] = value;
}

/** The first storage figure that says something: a VM with disks does not use 0. */
export function setStorage(workload: Workload, figures: {basis: string; mib: number | null}[]): void {
  const usable = figures.find((figure) => figure.mib !== null && figure.mib > 0);
  const known = usable ?? figures.find((figure) => figure.mib !== null);
  if (!known) return;
  workload.storageMiB = known.mib;
  workload.attributes['storageBasis'] = known.basis;
}

/** `id`, or `id#2`, `id#3` … where taken: colliding rows are kept apart, never dropped. */
export function uniqueId(id: string, taken: Set<string>): string {
  let unique = id;
  for (let n = 2; taken.has(unique); n++) unique = `${id}#${n}`;
  taken.add(unique);
  return unique;
}
