import {chmod, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeFile} from '../../../src/io/decode/decode-file.ts';
import {jsonErrorOffset} from '../../../src/io/decode/json-place.ts';
import {DEFAULT_LIMITS} from '../../../src/io/decode/limits.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-text-'));
let files = 0;

async function decode(content: string | Buffer, limits = DEFAULT_LIMITS) {
  const path = join(folder, `file-${files++}`);
  await writeFile(path, content);
  return decodeFile(path, 'dir/given.dat', limits);
}

async function table(content: string | Buffer) {
  const {decoded, findings} = await decode(content);
  if (decoded?.kind !== 'tables') throw new Error(`no table: ${JSON.stringify(findings)}`);
  return {...decoded.tables[0]!, findings};
}

test.each([
  ['comma', 'a,b\n1,2\n', ['1', '2']],
  ['semicolon with decimal comma', 'a;b\n1,5;2\n', ['1,5', '2']],
  ['tab', 'a\tb\n1\t2\n', ['1', '2']],
  ['separator inside header quotes', '"a,x,y,z";b\n1;2\n', ['1', '2']],
  ['Excel sep line', 'sep=;\r\na;b\r\n1;2\r\n', ['1', '2']],
  ['PowerShell type line', '#TYPE Selected.VM\r\n"a","b"\r\n"1","2"\r\n', ['1', '2']],
  ['quotes, newline and doubled quotes', 'a,b\n"x\ny","say ""hi"""\n', ['x\ny', 'say "hi"']],
  ['UTF-8 with mark', '\uFEFFa,b\nä,2\n', ['ä', '2']],
])('CSV: %s', async (_, content, row) => {
  const {header, rows, findings, name} = await table(content);
  expect(header.at(-1)).toBe('b');
  expect(rows).toEqual([row]);
  expect(findings).toEqual([]);
  expect(name).toBe('given');
});

test('CSV: Windows-1252 and UTF-16 without words about it', async () => {
  const latin = await table(Buffer.from('a,b\nM\xfcnchen,\x80\n', 'latin1'));
  expect(latin.rows).toEqual([['München', '€']]);
  expect(latin.findings).toMatchObject([{code: 'BH-IO-027', severity: 'info'}]);
  expect((await table(Buffer.from('\uFEFFa,b\nü,2\n', 'utf16le'))).rows).toEqual([['ü', '2']]);
  expect((await table(Buffer.from('name,value\nplain,2\n', 'utf16le'))).rows).toEqual([['plain', '2']]);
  expect((await table(Buffer.from('\uFEFFa,b\nü,2\n', 'utf16le').swap16())).rows).toEqual([['ü', '2']]);
});

test('CSV: ragged rows are placed and handed on as rejected, never guessed at or lost', async () => {
  const {rows, rowNumbers, rejected, findings} = await table(
    'a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n\n5,6,7\n',
  );
  expect(rows).toEqual([
    ['1', '2', '3'],
    ['1', '2', '3'],
    ['5', '6', '7'],
  ]);
  expect(rowNumbers).toEqual([2, 5, 7]);
  expect(rejected).toEqual([
    {row: 3, reason: 'ragged row'},
    {row: 4, reason: 'ragged row'},
  ]);
  expect(findings.map((finding) => [finding.code, finding.where.line, finding.partial])).toEqual([
    ['BH-IO-019', 3, true], ['BH-IO-019', 4, true],
  ]); // prettier-ignore
});

test('CSV: a quote that never closes is one rejected row', async () => {
  const {rows, rejected, findings} = await table('a,b\n1,2\n"3,4\n5,6\n');
  expect(rows).toEqual([['1', '2']]);
  expect(rejected).toHaveLength(1);
  expect(findings).toMatchObject([{code: 'BH-IO-020', partial: true}]);
});

test('JSON values one after another are records, wherever their lines break', async () => {
  const {decoded, findings} = await decode(
    '{\n "a": "}\\"{"\n}\n[\n {"b": 1},\n {"b": 2}\n]\n{"c": 3} {"d": 4}\n',
  );
  expect(decoded).toEqual({
    kind: 'ndjson',
    records: [{a: '}"{'}, {b: 1}, {b: 2}, {c: 3}, {d: 4}],
    lines: [1, 4, 4, 8, 8],
  });
  expect(findings).toEqual([]);
});

test.each([
  ['cut off in the second value', '{\n"a": 1\n}\n{\n"b": \n', 'ndjson', 'BH-IO-018', 4],
  ['broken first value', '{\n"a": oops\n}\n{\n"b": 1}\n', undefined, 'BH-IO-017', 2],
  ['something else after the value', '{\n"a": 1\n}\n]\n', undefined, 'BH-IO-017', 4],
  ['words after the value', '{\n"a": 1\n}\nWARNING: x\n', undefined, 'BH-IO-017', 4],
])('several JSON values, %s', async (_, content, kind, code, line) => {
  const {decoded, findings} = await decode(content);
  expect(decoded?.kind).toBe(kind);
  expect(findings).toMatchObject([{code, where: {line}}]);
});

test('JSON as PowerShell 5 redirects it: UTF-16LE with mark', async () => {
  const {decoded} = await decode(Buffer.from('\uFEFF{"name":"Ä"}', 'utf16le'));
  expect(decoded).toEqual({kind: 'json', value: {name: 'Ä'}});
});

test('truncated JSON names the end of the file, a typo its place, and neither quotes the content', async () => {
  const cut = await decode('{"data": [\n  {"password": "hunter2", "id": ');
  expect(cut).toMatchObject({
    decoded: null,
    findings: [{code: 'BH-IO-017', where: {line: 2, file: 'dir/given.dat'}}],
  });
  expect(cut.findings[0]?.message).toContain('cut off');
  const typo = await decode('{\n  "secret": "hunter2",\n  "b": x\n}');
  expect(typo.findings).toMatchObject([{code: 'BH-IO-017', where: {line: 3, col: 8}}]);
  expect(JSON.stringify([cut, typo])).not.toContain('hunter2');
});

/** Where JSON.parse fails, the length when it does not say, null when it does not fail. */
function engineOffset(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return Number(/at position (\d+)/.exec(String(error))?.[1] ?? text.length);
  }
}

test('the place of a JSON error is where the engine fails, on any damage', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', 'x', '"', ':', '['), (json, at, junk) => {
      const position = at % (json.length + 1);
      const damaged = json.slice(0, position) + junk + json.slice(position + 1);
      const engine = engineOffset(damaged);
      // Inside a string the engine names the bad character, we name the string.
      expect(jsonErrorOffset(damaged)).toBeLessThanOrEqual(engine ?? damaged.length);
      expect(engine === null ? jsonErrorOffset(damaged) : damaged.length).toBe(damaged.length);
    }),
  );
  expect(jsonErrorOffset('{"a": [1, 2,, 3]}')).toBe(12);
  expect(jsonErrorOffset('[1] 2')).toBe(4);
  expect(jsonErrorOffset('{"a" 1}')).toBe(5);
});

test('JSON lines, with a broken last line kept apart', async () => {
  const {decoded, findings} = await decode('{"a":1}\n\n{"a":2}\r\n{"a":');
  expect(decoded).toEqual({kind: 'ndjson', records: [{a: 1}, {a: 2}], lines: [1, 3], rejected: [4]});
  expect(findings).toMatchObject([{code: 'BH-IO-018', where: {line: 4}, partial: true}]);
});

test('YAML is told from CSV by its first line of content', async () => {
  const yaml = await decode('# comment\n\napiVersion: bulkhead.dev/v1alpha1\nkind: Inventory\n');
  expect(yaml.decoded?.kind).toBe('yaml');
  const broken = await decode('kind: A\nkind: B\n');
  expect(broken).toMatchObject({
    decoded: null,
    findings: [{code: 'BH-YAML-002', where: {file: 'dir/given.dat'}}],
  });
  expect((await decode('name,url: x\nweb,1\n')).decoded?.kind).toBe('tables');
});

test('the hash and size are of the bytes', async () => {
  const {file} = await decode('abc,d\n');
  expect(file).toMatchObject({size: 6, display: 'dir/given.dat'});
  expect(file?.sha256).toBe('a903394ef444e1e2873c6674745f858d14c0b4de8385aafbeffb86e8da0423fd');
});

test.each([
  ['empty', Buffer.alloc(0), 'BH-IO-004'],
  ['only blanks', '\n  \n', 'BH-IO-004'],
  ['gzip', gzipSync('{}'), 'BH-IO-009'],
  ['7-Zip', Buffer.from('377abcaf271c0004', 'hex'), 'BH-IO-009'],
  ['binary', Buffer.from([1, 2, 3, 0, 0, 200, 255, 7, 0, 9]), 'BH-IO-021'],
  ['a saved sign-in page', '<!DOCTYPE html><html>', 'BH-IO-022'],
  ['XML', '<?xml version="1.0"?><a/>', 'BH-IO-022'],
])('refuses with one finding: %s', async (_, content, code) => {
  const {decoded, findings} = await decode(content);
  expect(decoded).toBeNull();
  expect(findings.map((finding) => finding.code)).toEqual([code]);
  expect(findings[0]).toMatchObject({where: {file: 'dir/given.dat'}, remedy: expect.any(String) as string});
});

test('what cannot be opened says why', async () => {
  const code = async (path: string, limits = DEFAULT_LIMITS) =>
    (await decodeFile(path, 'p', limits)).findings.map((finding) => finding.code);
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'large'), 'x'.repeat(2000));
  expect(await code(join(folder, 'missing'))).toEqual(['BH-IO-001']);
  expect(await code(join(folder, 'sub'))).toEqual(['BH-IO-003']);
  expect(await code(join(folder, 'large'), {...DEFAULT_LIMITS, fileBytes: 1000})).toEqual(['BH-IO-005']);
  expect(await code(join(folder, 'large'), {...DEFAULT_LIMITS, textBytes: 1000})).toEqual(['BH-IO-005']);
});

// Root may read everything, whatever the mode says.
test.skipIf(process.getuid?.() === 0)('a file without read permission says so', async () => {
  const path = join(folder, 'locked');
  await writeFile(path, 'a,b\n');
  await chmod(path, 0);
  expect((await decodeFile(path, 'p')).findings).toMatchObject([{code: 'BH-IO-002'}]);
});

test('CSV: a text without quotes reads like one that needs the whole grammar', async () => {
  const part = fc.constantFrom('a', 'ü b', ' ', ',', ',', ';', '\t', 'LINE', 'LINE');
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, {maxLength: 30}),
      fc.constantFrom('\n', '\r\n'),
      async (parts, lineEnd) => {
        const body = lineEnd + parts.join('').replaceAll('LINE', lineEnd);
        expect(await table(`h,i,j${body}`)).toEqual(await table(`"h",i,j${body}`));
      },
    ),
    {numRuns: 200},
  );
});

test('a document of ours written as JSON is read as what it is; an export that mentions us is not', async () => {
  const own = {apiVersion: 'bulkhead.dev/v1alpha1', kind: 'Identity', spec: {}};
  expect((await decode(JSON.stringify(own, null, 2))).decoded?.kind).toBe('yaml');
  const foreign = {data: [{note: 'bulkhead.dev/v1alpha1', apiVersion: 'apps/v1'}]};
  expect((await decode(JSON.stringify(foreign))).decoded?.kind).toBe('json');
});
