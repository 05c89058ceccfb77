/** What a Compute Engine machine type says by its name; null where the name does not tell. */
interface MachineSize {
  vcpu: number | null;
  memoryMiB: number | null;
}

/** GiB of memory per vCPU, by family and class, as the machine family pages list them. */
const GIB_PER_VCPU: ReadonlyMap<string, number> = new Map([
  ['n1-standard', 3.75],
  ['n1-highmem', 6.5],
  ['n1-highcpu', 0.9],
  ['n2-standard', 4],
  ['n2-highmem', 8],
  ['n2-highcpu', 1],
  ['n2d-standard', 4],
  ['n2d-highmem', 8],
  ['n2d-highcpu', 1],
  ['n4-standard', 4],
  ['n4-highmem', 8],
  ['n4-highcpu', 2],
  ['e2-standard', 4],
  ['e2-highmem', 8],
  ['e2-highcpu', 1],
  ['c2-standard', 4],
  ['c2d-standard', 4],
  ['c2d-highmem', 8],
  ['c2d-highcpu', 2],
  ['c3-standard', 4],
  ['c3-highmem', 8],
  ['c3-highcpu', 2],
  ['t2d-standard', 4],
]);

/**
 * `n2-standard-16`, `custom-4-8192`, `n2-custom-4-8192-ext`, `db-custom-2-7680`: the number of vCPUs and,
 * for custom types, MiB of memory. Shared-core types (`e2-micro`) state neither.
 */
export function machineSize(type: string | null): MachineSize {
  if (type === null) return {vcpu: null, memoryMiB: null};
  const custom = /(?:^|-)custom-(?:[a-z]+-)?(\d+)-(\d+)(?:-ext)?$/.exec(type);
  if (custom !== null) return {vcpu: Number(custom[1]), memoryMiB: Number(custom[2])};
  const named = /^(?:db-)?([a-z]\w*-[a-z]+)-(\d+)(?:-\w+)?$/.exec(type);
  if (named === null) return {vcpu: null, memoryMiB: null};
  const vcpu = Number(named[2]);
  const ratio = GIB_PER_VCPU.get(named[1] ?? '');
  return {vcpu, memoryMiB: ratio === undefined ? null : Math.round(vcpu * ratio * 1024)};
}
