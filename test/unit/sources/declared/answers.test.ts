import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {writeQuestionSheet} from '../../../../src/io/question-sheet.ts';
import {decodeFile} from '../../../../src/io/decode/decode-file.ts';
import {isAnswerTable, mapAnswers} from '../../../../src/sources/declared/answers.ts';
import type {Decoded} from '../../../../src/model/decoded.ts';

const folder = mkdtempSync(join(tmpdir(), 'answers-'));
afterAll(() => rmSync(folder, {recursive: true}));

const FILE = {path: 'answers.csv', display: 'answers.csv', sha256: '', size: 0};

function sheet(...rows: (string | number | null)[][]): Decoded {
  return {
    kind: 'tables',
    container: 'xlsx',
    tables: [
      {
        name: 'questions',
        header: ['gap', 'question', 'answer', 'answered by', 'date', 'because'],
        rowNumbers: rows.map((_, at) => at + 2),
        rows,
      },
    ],
  };
}

test('yes, no and levels become facts; empty rows stay questions', () => {
  const {facts, findings, ledger} = mapAnswers(
    sheet(
      ['gap:x:1', 'q', 'Ja', 'Ada', '2026-11-20', 'seen in the console'],
      ['gap:x:2', 'q', 'NO', 'Ada', 46346, ''],
      ['gap:need:vmware:u/vm-1', 'q', 'very high', 'Ada', '2026-11-20', 'patient data'],
      ['gap:need:vmware:u/vm-2', 'q', 'hoch/normal/none', 'Ada', '2026-11-20', 'patient data'],
      ['gap:x:3', 'q', null, null, null, null],
    ),
    FILE,
  );
  expect(findings).toEqual([]);
  expect(facts.answers.map(({gap, answer, by, date}) => [gap, answer, by, date])).toEqual([
    ['gap:x:1', 'yes', 'Ada', '2026-11-20'],
    ['gap:x:2', 'no', 'Ada', '2026-11-20'],
  ]);
  expect(facts.register[0]).toMatchObject({
    covers: ['vmware:u/vm-1'],
    sensitivity: {c: 3, i: 3, a: 3, decidedBy: 'Ada'},
  });
  expect(facts.register[1]!.sensitivity).toMatchObject({c: 2, i: 1, a: 0});
  expect(ledger[0]).toMatchObject({rowsIn: 5, classified: 5, rejected: 0});
});

test.each([
  [['gap:x:1', 'q', 'maybe', 'Ada', '2026-11-20', ''], 'neither yes nor no'],
  [['gap:x:1', 'q', 'yes', '', '2026-11-20', ''], 'nobody is named'],
  [['gap:x:1', 'q', 'yes', 'Ada', 'yesterday', ''], 'is no date'],
  [['gap:need:w', 'q', 'yes', 'Ada', '2026-11-20', ''], 'neither a level'],
  [['gap:need:w', 'q', 'high/low', 'Ada', '2026-11-20', ''], 'neither a level'],
  [['gap:field:site.country:s', 'q', 'DE', 'Ada', '2026-11-20', ''], 'in the file'],
])('%j is refused with its row', (row, words) => {
  const {facts, findings} = mapAnswers(sheet(row), FILE);
  expect(facts.answers).toEqual([]);
  expect(findings[0]).toMatchObject({where: {row: 2}, partial: true});
  expect(findings[0]!.message).toContain(words);
});

test.each(['questions.xlsx', 'questions.csv'])(
  '%s as written can be read again, and starts no formula',
  async (name) => {
    const path = join(folder, name);
    const question = {
      gap: 'gap:x:1',
      kind: 'identity',
      question: 'Is it?',
      name: '=HYPERLINK("http://evil")',
      owner: '+49',
      settles: 1.25,
      decisions: null,
      remedy: 'Look.',
    };
    await writeQuestionSheet(path, [question]);
    const {decoded} = await decodeFile(path, name);
    expect(decoded !== null && isAnswerTable(decoded)).toBe(true);
    const row = decoded?.kind === 'tables' ? decoded.tables[0]!.rows[0]! : [];
    expect(row[2]).toBe('\'=HYPERLINK("http://evil")');
    expect(mapAnswers(decoded!, FILE).ledger[0]).toMatchObject({rowsIn: 1, classified: 1});
  },
);
