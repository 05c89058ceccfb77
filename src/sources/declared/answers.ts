import type {Finding, Level, Place} from '../../model/common.ts';
import type {Cell, Decoded, InputFile, Table} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {emptyFacts} from '../../model/facts.ts';
import {createTally} from '../tally.ts';
import {ANSWER_COLUMNS, cellText, findColumns, tableWith} from './columns.ts';
import {declaredSource} from './declared-source.ts';

const YES_NO: Readonly<Record<string, 'yes' | 'no'>> = {
  yes: 'yes', y: 'yes', ja: 'yes', true: 'yes', wahr: 'yes', '1': 'yes',
  no: 'no', n: 'no', nein: 'no', false: 'no', falsch: 'no', '0': 'no',
}; // prettier-ignore

const LEVELS: Readonly<Record<string, Level>> = {
  none: 0, keine: 0, normal: 1, high: 2, hoch: 2, 'very high': 3, veryhigh: 3, 'sehr hoch': 3,
}; // prettier-ignore

/** `gap:need:<workload id>` */
const NEED = /^gap:need:(.+)$/s;

interface Row {
  gap: string;
  answer: string;
  by: string;
  date: string;
  because: string;
  place: Place;
}

/** True for a workbook or CSV with the columns `gap` and `answer`. */
export function isAnswerTable(decoded: Decoded): boolean {
  return decoded.kind === 'tables' && answerTable(decoded.tables) !== null;
}

/**
 * Reads a filled-in sheet of questions. Yes and no settle edges of the identity graph; a level becomes a signed decision
 * about the workload. Rows without an answer are counted and left alone; an answer needs a name and a date, because it
 * changes results.
 */
export function mapAnswers(decoded: Decoded, file: InputFile): Intake {
  const source = declaredSource('declared.answers', file);
  const facts = emptyFacts();
  const findings: Finding[] = [];
  const tally = createTally(source.id, file.display, 'answers');
  const table = decoded.kind === 'tables' ? answerTable(decoded.tables) : null;
  for (const row of rowsOf(table, file)) {
    if (row.answer === '') {
      tally.classify('question without an answer');
      continue;
    }
    const problem = add(facts, row);
    if (problem === null) {
      tally.classify('answer');
      continue;
    }
    tally.reject(problem);
    findings.push({
      code: 'BH-SRC-250',
      severity: 'medium',
      message: `the answer to \`${row.gap}\` cannot be used: ${problem}`,
      where: row.place,
      remedy: 'Correct the row and import the sheet again.',
      partial: true,
    });
  }
  return {source, facts, provenance: [], ledger: [tally.done('complete')], findings};
}

/** Adds the answer to the facts; returns what is wrong with it, or null. */
function add(facts: ReturnType<typeof emptyFacts>, row: Row): string | null {
  if (row.gap === '') return 'the column gap is empty';
  if (row.by === '') return 'nobody is named under answered by';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(row.date)) return `\`${row.date}\` is no date (YYYY-MM-DD)`;
  const {gap, by, date, because, place} = row;
  const need = NEED.exec(gap);
  if (need === null) {
    if (gap.startsWith('gap:field:')) return 'it is answered in the file its remedy names';
    const answer = YES_NO[row.answer.toLowerCase()];
    if (answer === undefined) return `\`${row.answer}\` is neither yes nor no`;
    facts.answers.push({gap, answer, by, date, because, place});
    return null;
  }
  const levels = levelsOf(row.answer);
  if (levels === null)
    return `\`${row.answer}\` is neither a level (none, normal, high, very high) nor three of them with / between`;
  const workload = need[1]!;
  const reason = because === '' ? 'answered on a question sheet' : because;
  facts.register.push({
    id: `answer:${workload}`,
    function: '',
    owner: null,
    criticality: 1,
    rtoHours: null,
    rpoHours: null,
    provider: null,
    exitPlan: null,
    dataCategories: [],
    sensitivity: {...levels, decidedBy: by, date, reason},
    covers: [workload],
    place,
  });
  return null;
}

/** One level for all axes, or confidentiality/integrity/availability. */
function levelsOf(answer: string): Record<'c' | 'i' | 'a', Level> | null {
  const levels = answer
    .toLowerCase()
    .split('/')
    .map((word) => LEVELS[word.trim()]);
  const [c, i = c, a = c] = levels;
  if (c === undefined || i === undefined || a === undefined) return null;
  return levels.length === 1 || (levels.length === 3 && levels.every((level) => level !== undefined))
    ? {c, i, a}
    : null;
}

function* rowsOf(table: Table | null, file: InputFile): Generator<Row> {
  if (table === null) return;
  const columns = findColumns(ANSWER_COLUMNS, table.header);
  for (const [index, cells] of table.rows.entries()) {
    const text = (field: keyof typeof ANSWER_COLUMNS): string => cellText(cells, columns[field]) ?? '';
    yield {
      gap: text('gap'),
      answer: text('answer'),
      by: text('by'),
      date: dateText(columns.date === undefined ? null : (cells[columns.date] ?? null)),
      because: text('because'),
      place: {file: file.display, sheet: table.name, row: table.rowNumbers[index] ?? index + 2},
    };
  }
}

/** A date as text; workbooks keep days as numbers from 30 December 1899. */
function dateText(cell: Cell): string {
  if (typeof cell !== 'number') return cell === null ? '' : String(cell).trim();
  const day = new Date(Date.UTC(1899, 11, 30) + Math.floor(cell) * 86_400_000);
  return Number.isNaN(day.getTime()) ? String(cell) : day.toISOString().slice(0, 10);
}

function answerTable(tables: Table[]): Table | null {
  return tableWith(tables, ANSWER_COLUMNS, ['gap', 'answer']);
}
