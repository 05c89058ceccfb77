import type {Shape} from '../shape.ts';
import {INVENTORY_YAML, isInventory, mapInventoryYaml} from './document.ts';
import {INVENTORY_CSV, isInventoryTable, mapInventoryTable} from './table.ts';

/** Bulkhead's own inventory, for private clouds and whatever no export exists for. */
export const shapes: Shape[] = [
  {
    id: INVENTORY_YAML,
    title: 'inventory YAML (kind: Inventory)',
    matches: (decoded) => decoded.kind === 'yaml' && decoded.documents.some(isInventory),
    map: (decoded, file, hints) => mapInventoryYaml(decoded, file, hints.scope),
  },
  {
    id: INVENTORY_CSV,
    title: 'inventory CSV (id,name,type,vcpu,memoryGiB,…, tag:KEY)',
    matches: (decoded) =>
      decoded.kind === 'tables' && decoded.container === 'csv' && decoded.tables.some(isInventoryTable),
    map: (decoded, file, hints) => mapInventoryTable(decoded, file, hints.scope),
  },
];
