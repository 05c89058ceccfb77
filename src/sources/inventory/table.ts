import {checkDocument} from '../../document/check.ts';
import {nearest} from '../../document/nearest.ts';
import type {Place} from '../../model/common.ts';
import type {Cell, Decoded, InputFile, Table} from '../../model/decoded.ts';
import {inventoryWorkload} from '../../model/documents/inventory.ts';
import type {Intake} from '../../model/estate.ts';
import {cellBoolean, cellNumber, cellText} from '../cells.ts';
import {createInventory} from './build.ts';
import {stem} from './document.ts';

export const INVENTORY_CSV = 'inventory.csv';

const FIELDS = Object.keys(inventoryWorkload.shape).filter((name) => name !== 'tags');
const NUMBERS = new Set(['vcpu', 'memoryGiB', 'storageGiB']);
const BOOLEANS = new Set([
  'internetExposed', 'rawDeviceMapping', 'usbPassthrough', 'pciPassthrough', 'sharedDisk', 'encryptedAtRest',
]); // prettier-ignore
const WORDS = new Set(['type', 'state']);
/** Columns of which at least two make a table with `id` an inventory. */
const MARKS = [
  'type',
  'vcpu',
  'memoryGiB',
  'storageGiB',
  'os',
  'region',
  'environment',
  'application',
  'host',
];

/** True for a CSV with `id` and at least two more of the inventory's own columns. */
export function isInventoryTable(table: Table): boolean {
  const columns = new Set(table.header.map((header) => fieldOf(header)));
  return (
    columns.has('id') &&
    MARKS.filter((mark) => columns.has(mark)).length >= 2 &&
    !table.header.includes('covers')
  );
}

/** Maps the CSV form: one workload per row, checked by the same schema as the YAML form; `tag:KEY` columns are tags. */
export function mapInventoryTable(decoded: Decoded, file: InputFile, scope: string | undefined): Intake {
  const table = decoded.kind === 'tables' ? decoded.tables[0] : undefined;
  const name = scope ?? stem(file.display);
  const inventory = createInventory({
    format: INVENTORY_CSV,
    file,
    name,
    cloud: 'private',
    api: 'inventory csv',
  });
  const columns = (table?.header ?? []).map((header) => {
    const known = fieldOf(header);
    if (known === null && header !== '' && !header.startsWith('tag:')) {
      const near = nearest(header, FIELDS);
      inventory.find({
        code: 'BH-INV-005',
        severity: 'low',
        message: `unknown column \`${header}\`${near ? ` (did you mean \`${near}\`?)` : ''}; its values are kept as tag \`${header}\``,
        where: {file: file.display, line: 1, column: header},
        remedy: 'Name it `tag:NAME` if it is meant as a tag.',
      });
    }
    return {field: known, tag: known === null ? header.replace(/^tag:/, '').trim() : null};
  });
  for (const [index, row] of (table?.rows ?? []).entries()) {
    const line: Place = {file: file.display, line: table?.rowNumbers[index] ?? index + 2};
    const value = rowValue(row, columns);
    const place = (path: (string | number)[]): Place =>
      path[0] === undefined ? line : {...line, column: String(path[0])};
    const checked = checkDocument(inventoryWorkload, {value, place});
    if (checked.value) inventory.workload(checked.value, line);
    else {
      inventory.tally.reject('does not match its schema');
      for (const finding of checked.findings) inventory.find({...finding, partial: true});
    }
  }
  return inventory.finish();
}

/** Only filled cells become fields: an empty cell means "not known". */
function rowValue(
  row: Cell[],
  columns: {field: string | null; tag: string | null}[],
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const tags: [string, string][] = [];
  for (const [index, {field, tag}] of columns.entries()) {
    const cell = row[index];
    const text = cellText(cell);
    if (text === null) continue;
    if (field === null) {
      if (tag) tags.push([tag, text]);
    } else if (NUMBERS.has(field)) value[field] = cellNumber(cell) ?? text;
    else if (BOOLEANS.has(field)) value[field] = cellBoolean(cell) ?? text;
    else if (WORDS.has(field)) value[field] = text.toLowerCase();
    else if (field === 'identities')
      value[field] = text
        .split(/[|;]/)
        .map((part) => part.trim())
        .filter((part) => part !== '');
    else value[field] = text;
  }
  if (tags.length > 0) value['tags'] = Object.fromEntries(tags);
  return value;
}

/** Field of a column: case, blanks, `_` and `-` do not matter. */
function fieldOf(header: string): string | null {
  const key = header.toLowerCase().replaceAll(/[\s_-]/g, '');
  return FIELDS.find((name) => name.toLowerCase() === key) ?? null;
}
