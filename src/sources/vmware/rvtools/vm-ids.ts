import type {Vcenters} from '../vcenters.ts';
import type {Sheet} from './sheet.ts';

/** VM IDs that other tabs state for names that vInfo leaves without one (hand-trimmed exports). */
export interface IdIndex {
  idOf(vcenter: string, name: string): string | null;
}

/**
 * Collects name → VM ID over all VM tabs. An id is given only when vInfo has the name once, every tab agrees on it, and
 * no row of vInfo has that id already.
 */
export function indexVmIds(vInfos: readonly Sheet[], details: readonly Sheet[], vcenters: Vcenters): IdIndex {
  const missing = new Map<string, Set<string>>();
  const taken = new Set<string>();
  const count = new Map<string, number>();
  for (const vInfo of vInfos) {
    for (let row = 0; row < vInfo.table.rows.length; row++) {
      const key = keyOf(vInfo, row, vcenters);
      const id = vInfo.text(row, 'vmId');
      if (id) taken.add(id);
      if (!key) continue;
      count.set(key, (count.get(key) ?? 0) + 1);
      if (!id) missing.set(key, new Set());
    }
  }
  if (missing.size > 0) {
    for (const sheet of details) {
      if (!sheet.has('vmId')) continue;
      for (let row = 0; row < sheet.table.rows.length; row++) {
        const id = sheet.text(row, 'vmId');
        const key = id ? keyOf(sheet, row, vcenters) : null;
        if (id && key) missing.get(key)?.add(id);
      }
    }
  }
  return {
    idOf(vcenter, name) {
      const key = `${vcenter} ${name}`;
      const ids = missing.get(key);
      const [only] = ids ?? [];
      return ids?.size === 1 && only && count.get(key) === 1 && !taken.has(only) ? only : null;
    },
  };
}

function keyOf(sheet: Sheet, row: number, vcenters: Vcenters): string | null {
  const name = sheet.text(row, 'vm');
  if (!name) return null;
  return `${vcenters.of(sheet.text(row, 'vcenterUuid'), sheet.text(row, 'vcenterServer'))} ${name}`;
}
