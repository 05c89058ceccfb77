import {limitFindings} from '../../document/limit-findings.ts';
import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {Cell, Decoded, InputFile, Table} from '../../model/decoded.ts';
import type {Dependency, DependencyKind, Intake} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createTally} from '../tally.ts';
import {readAmount} from './amount.ts';
import {cellText, DEPENDENCY_COLUMNS, findColumns, tableWith, unknownColumns} from './columns.ts';
import {declaredSource} from './declared-source.ts';

const KINDS: DependencyKind[] = ['data-flow', 'trust', 'must-together', 'prefer-together', 'must-apart'];

type Columns = ReturnType<typeof findColumns<typeof DEPENDENCY_COLUMNS>>;

/** True for a CSV with `from`, `to` and one of `kind`, `gib_per_month`. */
export function isDependencyTable(decoded: Decoded): boolean {
  return decoded.kind === 'tables' && decoded.container === 'csv' && dependencyTable(decoded.tables) !== null;
}

/** Maps a dependency CSV. A row that cannot be used is rejected with its line and reason; the others are kept. */
export function mapDependencies(decoded: Decoded, file: InputFile): Intake {
  const source = declaredSource('declared.dependencies', file);
  const facts = emptyFacts();
  const findings: Finding[] = [];
  const tally = createTally(source.id, file.display, 'dependencies');
  const table = decoded.kind === 'tables' ? dependencyTable(decoded.tables) : null;
  if (table) {
    const columns = findColumns(DEPENDENCY_COLUMNS, table.header);
    findings.push(...headerFindings(table, columns, file));
    for (const [index, row] of table.rows.entries()) {
      const place = {file: file.display, line: table.rowNumbers[index] ?? index + 2};
      const read = readRow(row, columns, place);
      if ('dependency' in read) {
        facts.dependencies.push(read.dependency);
        tally.classify('dependency');
      } else {
        findings.push(read.finding);
        tally.reject(read.reason);
      }
    }
  }
  const rejected = tally.done().rejected > 0;
  return {
    source,
    facts,
    provenance: [],
    ledger: [tally.done(rejected ? 'partial' : 'complete')],
    findings: limitFindings(findings),
  };
}

function dependencyTable(tables: Table[]): Table | null {
  return (
    tableWith(tables, DEPENDENCY_COLUMNS, ['from', 'to', 'kind']) ??
    tableWith(tables, DEPENDENCY_COLUMNS, ['from', 'to', 'gib'])
  );
}

type RowResult = {dependency: Dependency} | {finding: Finding; reason: string};

function readRow(row: Cell[], columns: Columns, place: Place): RowResult {
  const from = cellText(row, columns.from);
  const to = cellText(row, columns.to);
  if (from === null || to === null) {
    const field = from === null ? 'from' : 'to';
    return reject('BH-DEP-001', `no ${field}`, `\`${field}\` is empty`, {...place, column: field});
  }
  const kind = readKind(cellText(row, columns.kind));
  if (typeof kind !== 'string') {
    return reject(
      'BH-DEP-002',
      'unknown kind',
      kind.problem,
      {...place, column: 'kind'},
      `Use one of: ${KINDS.join(', ')}.`,
    );
  }
  const gib = readOptional(cellText(row, columns.gib));
  if (typeof gib === 'object' && gib !== null) {
    return reject('BH-DEP-003', 'bad gib_per_month', `gib_per_month ${gib.problem}`, {
      ...place,
      column: 'gib_per_month',
    });
  }
  const latency = readOptional(cellText(row, columns.latency));
  if (typeof latency === 'object' && latency !== null) {
    return reject('BH-DEP-003', 'bad max_latency_ms', `max_latency_ms ${latency.problem}`, {
      ...place,
      column: 'max_latency_ms',
    });
  }
  return {dependency: {from, to, kind, gibPerMonth: gib, maxLatencyMs: latency, place}};
}

/** No kind means the commonest one: data flows. */
function readKind(text: string | null): DependencyKind | {problem: string} {
  if (text === null) return 'data-flow';
  const folded = text.toLowerCase().replace(/[\s_]+/g, '-');
  const kind = KINDS.find((known) => known === folded);
  if (kind) return kind;
  const near = nearest(folded, KINDS);
  return {problem: `unknown kind \`${text}\`${near ? ` (did you mean \`${near}\`?)` : ''}`};
}

function readOptional(text: string | null): number | null | {problem: string} {
  if (text === null) return null;
  const amount = readAmount(text);
  return 'value' in amount ? amount.value : amount;
}

function reject(code: string, reason: string, message: string, where: Place, remedy?: string): RowResult {
  return {
    reason,
    finding: {
      code,
      severity: 'medium',
      message: `${message}; the row is left out`,
      where,
      remedy: remedy ?? 'Correct the row.',
      partial: true,
    },
  };
}

function headerFindings(table: Table, columns: Columns, file: InputFile): Finding[] {
  const known = Object.values(DEPENDENCY_COLUMNS).map((names) => names[0]);
  const findings = unknownColumns(DEPENDENCY_COLUMNS, table.header).map((name): Finding => {
    const near = nearest(name, known);
    return {
      code: 'BH-DEP-004',
      severity: 'low',
      message: `unknown column \`${name}\`${near ? ` (did you mean \`${near}\`?)` : ''}; it is not used`,
      where: {file: file.display, line: 1, column: name},
      remedy: `Known columns: ${known.join(', ')}.`,
    };
  });
  if (columns.kind === undefined) {
    findings.push({
      code: 'BH-DEP-005',
      severity: 'info',
      message: 'no column `kind`: every row is taken as data-flow',
      where: {file: file.display, line: 1},
    });
  }
  return findings;
}
