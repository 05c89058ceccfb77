import type {Workload} from '../../model/estate.ts';
import {renderTable, type Column} from '../table.ts';

/** Columns a user can choose with `--columns`; the first ones are the default. */
export const INVENTORY_COLUMNS: Record<string, Column<Workload>> = {
  name: {head: 'NAME', cell: (workload) => workload.name, flexible: true},
  type: {head: 'TYPE', cell: (workload) => workload.type},
  cloud: {head: 'CLOUD', cell: (workload) => workload.cloud},
  application: {head: 'APPLICATION', cell: (workload) => workload.application ?? '–', flexible: true},
  region: {head: 'REGION', cell: (workload) => workload.region ?? '?'},
  state: {head: 'STATE', cell: (workload) => workload.state},
  exposed: {head: 'INTERNET', cell: (workload) => exposure(workload)},
  id: {head: 'ID', cell: (workload) => workload.id, flexible: true},
  container: {head: 'CONTAINER', cell: (workload) => workload.container ?? '?', flexible: true},
  source: {head: 'SOURCE', cell: (workload) => workload.source, flexible: true},
  os: {head: 'OS', cell: (workload) => workload.os ?? '?', flexible: true},
  vcpu: {head: 'VCPU', cell: (workload) => String(workload.vcpu ?? '?'), align: 'right'},
  memory: {head: 'MEMORY GiB', cell: (workload) => gib(workload.memoryMiB), align: 'right'},
  storage: {head: 'STORAGE GiB', cell: (workload) => gib(workload.storageMiB), align: 'right'},
  tags: {
    head: 'TAGS',
    cell: (workload) =>
      Object.entries(workload.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
    flexible: true,
  },
};

const DEFAULT_COLUMNS = ['name', 'type', 'cloud', 'application', 'region', 'state', 'exposed'];

/** Column names of a comma-separated list, the default ones without it, null when one is unknown. */
export function chooseColumns(names: string | undefined): string[] | null {
  const chosen = names?.split(',').map((name) => name.trim()) ?? DEFAULT_COLUMNS;
  return chosen.every((name) => Object.hasOwn(INVENTORY_COLUMNS, name)) ? chosen : null;
}

/** The inventory as a table with a last line that counts by cloud. */
export function renderInventory(workloads: Workload[], columns: string[]): string {
  const table = renderTable(
    columns.map((column) => INVENTORY_COLUMNS[column]!),
    workloads,
  );
  const counts = new Map<string, number>();
  for (const workload of workloads) counts.set(workload.cloud, (counts.get(workload.cloud) ?? 0) + 1);
  const byCloud = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([cloud, count]) => `${count} ${cloud}`);
  return `${table}\n\n${workloads.length} ${workloads.length === 1 ? 'workload' : 'workloads'}: ${byCloud.join(', ')}`;
}

function exposure(workload: Workload): string {
  if (!workload.internetExposed) return '?';
  return workload.internetExposed.value ? 'yes' : 'no';
}

function gib(mebibytes: number | null): string {
  return mebibytes === null ? '?' : (mebibytes / 1024).toFixed(mebibytes < 10_240 ? 1 : 0);
}
