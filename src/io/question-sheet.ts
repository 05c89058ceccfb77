import {writeFile} from 'node:fs/promises';

/** One row of a sheet of questions, as `explain/questions` makes it. */
export interface SheetQuestion {
  gap: string;
  kind: string;
  question: string;
  name: string;
  owner: string | null;
  settles: number | null;
  decisions: number | null;
  remedy: string;
}

/** Header of the sheet. `gap` to `remedy` are for reading, the last four are filled in. */
const HEADER = [
  'gap',
  'question',
  'about',
  'ask',
  'settles (points)',
  'decisions',
  'remedy',
  'answer',
  'answered by',
  'date',
  'because',
] as const;

/** Widths of the columns, characters. */
const WIDTHS = [24, 70, 28, 24, 10, 10, 50, 12, 20, 12, 40] as const;

/** Writes the questions as a workbook or, by the file's ending, as CSV. Cells never start a formula. */
export async function writeQuestionSheet(file: string, questions: readonly SheetQuestion[]): Promise<void> {
  const rows = questions.map(cells);
  if (/\.csv$/i.test(file)) return writeFile(file, await csv(rows));
  const {writeXlsx} = await import('hucre/xlsx');
  const sheet = await writeXlsx({
    sheets: [
      {
        name: 'questions',
        columns: HEADER.map((header, at) => ({header, key: header, width: WIDTHS[at]!})),
        data: rows.map((row) => Object.fromEntries(HEADER.map((header, at) => [header, row[at] ?? '']))),
        freezePane: {rows: 1},
      },
    ],
  });
  await writeFile(file, sheet);
}

function cells({
  gap,
  kind,
  question,
  name,
  owner,
  settles,
  decisions,
  remedy,
}: SheetQuestion): (string | number)[] {
  const hint = kind === 'identity' ? 'yes / no: ' : kind === 'need' ? 'level: ' : 'in its file: ';
  return [
    gap,
    harmless(`${hint}${question}`),
    harmless(name),
    harmless(owner ?? ''),
    settles === null ? '' : Math.round(settles * 10) / 10,
    decisions ?? '',
    harmless(remedy),
    '',
    '',
    '',
    '',
  ];
}

/** A text that a spreadsheet would take as a formula gets an apostrophe before it. */
function harmless(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/.test(text) ? `'${text}` : text;
}

async function csv(rows: (string | number)[][]): Promise<string> {
  const {stringify} = await import('csv-stringify/sync');
  return stringify([[...HEADER], ...rows]);
}
