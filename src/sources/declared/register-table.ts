import {checkDocument} from '../../document/check.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {Cell, Decoded, InputFile, Table} from '../../model/decoded.ts';
import {registerDocument} from '../../model/documents/register.ts';
import {API_VERSION} from '../../model/documents/envelope.ts';
import type {Intake} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createTally} from '../tally.ts';
import {readAmount} from './amount.ts';
import {cellText, findColumns, REGISTER_COLUMNS, tableWith} from './columns.ts';
import {declaredSource} from './declared-source.ts';
import {toEntry} from './register.ts';

type Columns = ReturnType<typeof findColumns<typeof REGISTER_COLUMNS>>;
type Field = keyof typeof REGISTER_COLUMNS;

/** Words a spreadsheet shows for yes and no. */
const BOOLEANS: Record<string, boolean> = {
  true: true, yes: true, ja: true, wahr: true, x: true, '1': true,
  false: false, no: false, nein: false, falsch: false, '0': false,
}; // prettier-ignore

/** Levels as a spreadsheet may write them besides the document's own words. */
const LEVEL_CELLS: Record<string, string> = {
  '0': 'none', '1': 'normal', '2': 'high', '3': 'veryHigh', 'very-high': 'veryHigh', veryhigh: 'veryHigh', 'sehr-hoch': 'sehr hoch',
}; // prettier-ignore

/** True for a CSV with the columns `id`, `function` and `covers`. */
export function isRegisterTable(decoded: Decoded): boolean {
  return decoded.kind === 'tables' && decoded.container === 'csv' && registerTable(decoded.tables) !== null;
}

/**
 * Maps the CSV twin of a Register. Each row is checked by the same schema as the YAML form; lists inside a cell are
 * separated by `|` or `;`.
 */
export function mapRegisterTable(decoded: Decoded, file: InputFile): Intake {
  const source = declaredSource('declared.register', file);
  const facts = emptyFacts();
  const findings: Finding[] = [];
  const tally = createTally(source.id, file.display, 'register');
  const table = decoded.kind === 'tables' ? registerTable(decoded.tables) : null;
  const columns = table ? findColumns(REGISTER_COLUMNS, table.header) : {};
  for (const [index, row] of (table?.rows ?? []).entries()) {
    const line: Place = {file: file.display, line: table?.rowNumbers[index] ?? index + 2};
    const value = {
      apiVersion: API_VERSION,
      kind: 'Register',
      spec: {functions: [rowValue(row, columns)]},
    };
    const checked = checkDocument(registerDocument, {value, place: (path) => cellPlace(path, line)});
    findings.push(...checked.findings.map((finding) => inRow(finding)));
    const entry = checked.value?.spec.functions[0];
    if (entry) {
      facts.register.push(toEntry(entry, line));
      tally.classify('business function');
    } else tally.reject('does not match its schema');
  }
  const rejected = tally.done().rejected > 0;
  return {
    source,
    facts,
    provenance: facts.register.map((entry) => ({
      fact: `register:${entry.id}`,
      source: source.id,
      place: entry.place,
    })),
    ledger: [tally.done(rejected ? 'partial' : 'complete')],
    findings,
  };
}

function registerTable(tables: Table[]): Table | null {
  return tableWith(tables, REGISTER_COLUMNS, ['id', 'function', 'covers']);
}

/** Only filled cells become fields, so that an empty cell means "not known", as a missing field does in YAML. */
function rowValue(row: Cell[], columns: Columns): Record<string, unknown> {
  const text = (field: Field) => cellText(row, columns[field]);
  const value: Record<string, unknown> = {};
  const put = (target: Record<string, unknown>, field: Field, read: (text: string) => unknown) => {
    const cell = text(field);
    if (cell !== null) target[field] = read(cell);
  };
  for (const field of ['id', 'function', 'owner', 'provider'] as const) put(value, field, (cell) => cell);
  for (const field of ['criticality', 'rtoHours', 'rpoHours', 'records'] as const)
    put(value, field, numberOrText);
  for (const field of ['exitPlan', 'critical'] as const)
    put(value, field, (cell) => BOOLEANS[cell.toLowerCase()] ?? cell);
  put(value, 'substitutability', (cell) => cell.toLowerCase());
  for (const field of ['dataCategories', 'covers'] as const) put(value, field, list);
  const decision: Record<string, unknown> = {};
  for (const field of ['confidentiality', 'integrity', 'availability'] as const)
    put(decision, field, levelWord);
  for (const field of ['decidedBy', 'date', 'reason'] as const) put(decision, field, (cell) => cell);
  if (Object.keys(decision).length > 0) value['sensitivity'] = decision;
  return value;
}

function numberOrText(cell: string): number | string {
  const amount = readAmount(cell);
  return 'value' in amount ? amount.value : cell;
}

function levelWord(cell: string): string {
  const folded = cell.toLowerCase();
  return LEVEL_CELLS[folded] ?? folded;
}

function list(cell: string): string[] {
  return cell
    .split(/[|;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The path ends in the field, which is the column. */
function cellPlace(path: (string | number)[], line: Place): Place {
  const field = path.findLast((part) => typeof part === 'string' && part in REGISTER_COLUMNS) as
    | Field
    | undefined;
  return field ? {...line, column: REGISTER_COLUMNS[field][0]} : line;
}

/** The wrapper around the row is ours: its path has no place in the message. */
function inRow(finding: Finding): Finding {
  return {...finding, message: finding.message.replaceAll('spec.functions.0.', ''), partial: true};
}
