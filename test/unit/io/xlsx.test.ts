import {existsSync} from 'node:fs';
import {readFile, writeFile, mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {readXlsx, writeXlsx} from 'hucre/xlsx';
import {expect, test} from 'vitest';
import {decodeFile} from '../../../src/io/decode/decode-file.ts';
import {DEFAULT_LIMITS} from '../../../src/io/decode/limits.ts';
import {scanSheet} from '../../../src/io/decode/sheet-scan.ts';
import type {Cell, Table} from '../../../src/model/decoded.ts';
import {makeZip, workbookParts, type ZipPart} from '../../fixtures/zip/make.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-xlsx-'));
let files = 0;

async function decode(data: Uint8Array, limits = DEFAULT_LIMITS) {
  const path = join(folder, `file-${files++}`);
  await writeFile(path, data);
  return decodeFile(path, 'given.xlsx', limits);
}

async function codes(data: Uint8Array, limits = DEFAULT_LIMITS): Promise<string[]> {
  const result = await decode(data, limits);
  expect(result.decoded).toBeNull();
  for (const finding of result.findings) {
    expect(finding.where.file).toBe('given.xlsx');
    expect(finding.remedy).toBeTruthy();
  }
  return result.findings.map((finding) => finding.code);
}

async function tables(data: Uint8Array): Promise<Table[]> {
  const {decoded, findings} = await decode(data);
  expect(findings).toEqual([]);
  return decoded?.kind === 'tables' ? decoded.tables : [];
}

/** Rows by physical number, as another reader sees them. */
function sparse(rows: Cell[][], numbers = rows.map((_, i) => i + 1)): string[] {
  return rows.flatMap((row, i) =>
    row.flatMap((value, column) =>
      value === null || value === '' ? [] : [`${numbers[i]}/${column}=${typeof value}:${value}`],
    ),
  );
}

const cell = fc.oneof(
  fc.constant(null),
  fc.string({unit: 'grapheme', maxLength: 12}).filter((text) => text.trim() !== ''),
  fc.constantFrom(
    'a & b',
    '<tag>',
    '"q"',
    ' lead',
    'line\nbreak',
    'ümläut',
    '_x000D_',
    'x'.repeat(300),
    'True',
    '=1+1',
  ),
  fc.integer(),
  fc.double({noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12}),
  fc.boolean(),
);

test('reads what another reader reads, whatever the cells and wherever the gaps', async () => {
  const sheet = fc.array(fc.array(cell, {maxLength: 9}), {minLength: 1, maxLength: 12});
  await fc.assert(
    fc.asyncProperty(
      sheet,
      fc.constantFrom('shared' as const, 'inline' as const),
      async (rows, stringMode) => {
        const data = await writeXlsx({sheets: [{name: 'S', rows: [['head'], ...rows]}], stringMode});
        const theirs = (await readXlsx(data)).sheets[0]?.rows as Cell[][];
        const [ours] = await tables(data);
        expect(sparse(ours!.rows, ours!.rowNumbers)).toEqual(
          sparse(
            theirs.map((row) =>
              row.every((value) => (typeof value !== 'string' ? value === null : value.trim() === ''))
                ? []
                : row,
            ),
          ).filter((entry) => !entry.startsWith('1/')),
        );
      },
    ),
    {numRuns: 60},
  );
});

test('the result does not depend on where the stream is cut', async () => {
  const xml =
    '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Näme &amp; so</x:t></x:is></x:c>' +
    '<x:c r="C1" t="str"><x:f>A1&gt;2</x:f><x:v>f</x:v></x:c></x:row><x:row r="4"><x:c r="B4"><x:v>1.5E3</x:v></x:c>' +
    '<x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData><x:row r="9"/></x:worksheet>';
  const bytes = Buffer.from(xml);
  const scan = async (sizes: number[]) => {
    const seen: [number, Cell[]][] = [];
    async function* chunks() {
      let at = 0;
      for (let i = 0; at < bytes.length; i++) {
        const end = at + (sizes[i % sizes.length] ?? 1);
        yield bytes.subarray(at, end);
        at = end;
      }
    }
    const sink = {
      row: (row: number, cells: Cell[]) => void seen.push([row, cells]),
      issue: () => {},
      lastColumn: () => 99,
    };
    await scanSheet(chunks(), {texts: [], cut: new Set()}, sink);
    return seen;
  };
  const whole = await scan([bytes.length]);
  expect(whole).toEqual([
    [1, ['Näme & so', null, 'f']],
    [4, [null, 1500, true]],
  ]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({min: 1, max: 40}), {minLength: 1, maxLength: 8}), async (sizes) => {
      expect(await scan(sizes)).toEqual(whole);
    }),
    {numRuns: 50},
  );
});

test('blank padded rows are dropped, cells keep their place, row numbers stay physical', async () => {
  const xml =
    '<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>VM</t></is></c><c r="D2" t="inlineStr"><is><t>CPUs</t></is></c></row>' +
    '<row r="3"><c r="A3" s="1"/><c r="D3" s="1"/></row><row r="7"><c r="D7"><v>4</v></c><c r="B7" t="s"><v>0</v></c></row></sheetData></worksheet>';
  const strings = '<sst><si><r><t>web</t></r><r><t>-01</t></r><rPh><t>skip</t></rPh></si></sst>';
  const [table] = await tables(makeZip(workbookParts(xml, strings)));
  expect(table).toEqual({
    name: 'vInfo',
    header: ['', 'VM', '', 'CPUs'],
    rowNumbers: [7],
    rows: [[null, 'web-01', null, 4]],
  });
});

test('ZIP64 directories are read', async () => {
  const xml = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>';
  expect((await tables(makeZip(workbookParts(xml), true)))[0]?.header).toEqual(['1']);
});

test('a directory that lies about sizes is refused before memory is spent', async () => {
  const bomb = Buffer.alloc(160 * 1024 * 1024, 0x20);
  const parts = workbookParts('<worksheet><sheetData>').map((part): ZipPart =>
    part.name.endsWith('sheet1.xml') ? {...part, data: bomb, declaredSize: 4096} : part,
  );
  const data = makeZip(parts);
  bomb.fill(0);
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().arrayBuffers)), 1);
  expect(await codes(data)).toEqual(['BH-IO-012']);
  clearInterval(watch);
  expect(peak - before).toBeLessThan(32 * 1024 * 1024);
});

test('bombs that tell the truth are refused by their directory: ratio, size, number of entries', async () => {
  const parts = workbookParts('').map((part): ZipPart =>
    part.name.endsWith('sheet1.xml') ? {...part, data: Buffer.alloc(40 * 1024 * 1024, 0x20)} : part,
  );
  expect(await codes(makeZip(parts))).toEqual(['BH-IO-011']);
  const small = makeZip(workbookParts('<worksheet><sheetData/></worksheet>'));
  expect(await codes(small, {...DEFAULT_LIMITS, entryBytes: 20})).toEqual(['BH-IO-011']);
  expect(await codes(small, {...DEFAULT_LIMITS, totalBytes: 200})).toEqual(['BH-IO-011']);
  expect(await codes(small, {...DEFAULT_LIMITS, zipEntries: 3})).toEqual(['BH-IO-011']);
});

test('cells far to the right, in many rows, do not exhaust memory', async () => {
  const rows = Array.from(
    {length: 2000},
    (_, i) => `<row r="${i + 2}"><c r="XFD${i + 2}"><v>1</v></c></row>`,
  ).join('');
  const head = (ref: string) => `<row r="1"><c r="${ref}1"><v>1</v></c></row>`;
  const sheet = (ref: string) =>
    makeZip(workbookParts(`<worksheet><sheetData>${head(ref)}${rows}</sheetData></worksheet>`));
  expect(await codes(sheet('XFD'), {...DEFAULT_LIMITS, slots: 1_000_000})).toEqual(['BH-IO-011']);
  const narrow = await decode(sheet('A'));
  expect(narrow.findings.at(-1)).toMatchObject({code: 'BH-IO-029', where: {sheet: 'vInfo', column: 'XFD'}});
  expect(narrow.findings.at(-1)?.message).toContain('1995 more');
});

test('entity bombs stay text', async () => {
  const xml =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>';
  expect((await tables(makeZip(workbookParts(xml))))[0]?.header).toEqual(['&b;']);
});

test('damaged, encrypted and foreign archives each give one finding', async () => {
  const good = Buffer.from(await writeXlsx({sheets: [{name: 'S', rows: [['a'], ['b']]}]}));
  expect(await codes(good.subarray(0, good.length - 400))).toEqual(['BH-IO-010']);
  const flipped = makeZip(
    workbookParts('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'),
  );
  const at = flipped.indexOf('xl/worksheets/sheet1.xml') + 30;
  flipped[at] = flipped[at]! ^ 0xff;
  expect(await codes(flipped)).toEqual(['BH-IO-015']);
  expect(await codes(makeZip(workbookParts('').map((part) => ({...part, flags: 1}))))).toEqual(['BH-IO-013']);
  expect(await codes(makeZip([{name: 'vm-1.log', data: Buffer.from('x')}]))).toEqual(['BH-IO-014']);
});

test('a damaged sheet is a finding, the others are kept', async () => {
  const data = Buffer.from(
    await writeXlsx({
      sheets: [
        {name: 'A', rows: [['a'], [1]]},
        {name: 'B', rows: [['b'], [2]]},
      ],
    }),
  );
  const at = data.indexOf('xl/worksheets/sheet2.xml') + 24 + 8;
  data.fill(0xff, at, at + 24);
  const {decoded, findings} = await decode(data);
  expect(decoded?.kind === 'tables' && decoded.tables.map((table) => table.name)).toEqual(['A']);
  expect(findings).toMatchObject([{code: 'BH-IO-015', where: {sheet: 'B'}, partial: true}]);
});

test('a text longer than a cell may be is cut and placed', async () => {
  const sheet =
    '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Note</v></c></row><row r="5"><c r="A5" t="s"><v>0</v></c></row></sheetData></worksheet>';
  const {decoded, findings} = await decode(
    makeZip(workbookParts(sheet, `<sst><si><t>${'y'.repeat(40_000)}</t></si></sst>`)),
  );
  expect(findings).toMatchObject([{code: 'BH-IO-016', where: {sheet: 'vInfo', row: 5, column: 'Note'}}]);
  expect(decoded?.kind === 'tables' && String(decoded.tables[0]?.rows[0]?.[0]).length).toBe(32_767);
});

test('Office containers: encrypted, old .xls, other', async () => {
  const ole = (...names: string[]) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      ...names.map((name) => Buffer.from(name, 'utf16le')),
    ]);
  expect(await codes(ole('EncryptionInfo', 'EncryptedPackage'))).toEqual(['BH-IO-006']);
  expect(await codes(ole('Workbook'))).toEqual(['BH-IO-007']);
  expect(await codes(ole('WordDocument'))).toEqual(['BH-IO-008']);
  const locked = await writeXlsx({
    sheets: [{name: 'S', rows: [['a']]}],
    encryption: {password: 'x', spinCount: 1000},
  });
  expect(await codes(locked)).toEqual(['BH-IO-006']);
});

const real = new URL('../../../../shared/realdata/rvtools/', import.meta.url).pathname;

test.skipIf(!existsSync(real))('the real workbooks hold what another reader finds in them', async () => {
  for (const name of [
    'kubev2v/test/e2e/data/example_rvtools_files/example1.xlsx',
    'ibm-cloud/rvtools-small-complete.xlsx',
  ]) {
    const data = await readFile(join(real, name));
    const theirs = await readXlsx(data, {dateSystem: '1900'});
    const ours = await tables(data);
    expect(ours.map((table) => table.name)).toEqual(theirs.sheets.map((sheet) => sheet.name));
    for (const [i, table] of ours.entries()) {
      const plain = (theirs.sheets[i]?.rows ?? []).map((row) =>
        row.map((value): Cell => (value instanceof Date ? '(date)' : value)),
      );
      const dated = new Set(
        sparse(plain)
          .filter((entry) => entry.endsWith('=string:(date)'))
          .map((entry) => entry.split('=')[0]),
      );
      const mark = (entry: string) =>
        dated.has(entry.split('=')[0]) ? `${entry.split('=')[0]}=string:(date)` : entry;
      const seen = sparse(table.rows, table.rowNumbers).map(mark);
      expect(seen).toEqual(sparse(plain).filter((entry) => !entry.startsWith('1/')));
    }
  }
});

test.skipIf(!existsSync(real))('the four encrypted workbooks are refused as such', async () => {
  const base = join(real, 'encrypted/documentation/Sample');
  for (const name of [
    'Clash-Report/AzureMigrate_Assessment_Clash_Report',
    'Core-Report/AzureMigrate_Assessment_Core_Report',
    'Discovery-Report/AzureMigrate_Discovery_Report',
    'Opportunity-Report/AzureMigrate_Assessment_Opportunity_Report',
  ]) {
    expect(await codes(await readFile(join(base, `${name}.xlsx`)))).toEqual(['BH-IO-006']);
  }
});
