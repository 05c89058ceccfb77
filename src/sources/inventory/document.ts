import {checkDocument} from '../../document/check.ts';
import type {Place} from '../../model/common.ts';
import type {Decoded, InputFile, YamlDocument} from '../../model/decoded.ts';
import {
  inventoryDocument,
  inventoryWorkload,
  type InventoryWorkload,
} from '../../model/documents/inventory.ts';
import type {Intake} from '../../model/estate.ts';
import {field, list, text} from '../record.ts';
import {createInventory, type InventoryBuilder} from './build.ts';

export const INVENTORY_YAML = 'inventory.yaml';

export function isInventory(document: YamlDocument): boolean {
  return field(document.value, 'kind') === 'Inventory';
}

/**
 * Maps `kind: Inventory`. When a document does not check, all its problems are reported and the workloads that are
 * right by themselves are kept; the faulty ones are rejected in the ledger.
 */
export function mapInventoryYaml(decoded: Decoded, file: InputFile, scope: string | undefined): Intake {
  const documents = decoded.kind === 'yaml' ? decoded.documents : [];
  const first = documents.find(isInventory);
  const name = text(first?.value, 'spec', 'source') ?? scope ?? stem(file.display);
  const cloud = text(first?.value, 'spec', 'cloud') === 'saas' ? 'saas' : 'private';
  const inventory = createInventory({format: INVENTORY_YAML, file, name, cloud, api: 'inventory yaml'});
  for (const document of documents) {
    if (isInventory(document)) readDocument(document, inventory);
    else {
      inventory.tally.reject('not an inventory document');
      inventory.find({
        code: 'BH-INV-004',
        severity: 'medium',
        message: 'this document is not of kind Inventory and was not read',
        where: document.place(['kind']),
        remedy: 'Put it into a file of its own.',
        partial: true,
      });
    }
  }
  return inventory.finish();
}

function readDocument(document: YamlDocument, inventory: InventoryBuilder): void {
  const at = (...path: (string | number)[]): Place => document.place(['spec', ...path]);
  const {value, findings} = checkDocument(inventoryDocument, document);
  if (value) {
    for (const [i, entry] of (value.spec.containers ?? []).entries())
      inventory.container(entry, at('containers', i));
    for (const [i, entry] of (value.spec.hosts ?? []).entries()) inventory.host(entry, at('hosts', i));
    for (const [i, entry] of value.spec.workloads.entries()) inventory.workload(entry, at('workloads', i));
    return;
  }
  for (const finding of findings) inventory.find({...finding, partial: true});
  for (const [i, entry] of list(document.value, 'spec', 'workloads').entries()) {
    const result = inventoryWorkload.safeParse(entry);
    if (!result.success) inventory.tally.reject('does not match its schema');
    else inventory.workload(withoutReferences(result.data), at('workloads', i));
  }
  const others =
    list(document.value, 'spec', 'containers').length + list(document.value, 'spec', 'hosts').length;
  inventory.tally.reject('in a document that does not match its schema', others);
}

/** Containers and hosts of a faulty document are not read, so references to them would only add noise. */
function withoutReferences(entry: InventoryWorkload): InventoryWorkload {
  return {...entry, container: null, host: null};
}

/** File name without folder and extension. */
export function stem(display: string): string {
  const name = display.slice(Math.max(display.lastIndexOf('/'), display.lastIndexOf('\\')) + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
