import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {jsonPieces} from '../../../src/io/decode/json-pieces.ts';
import {readJson} from '../../../src/io/read-json.ts';

function inPortions(text: string, size: number): unknown {
  const bytes = Buffer.from(text);
  const portion = Buffer.alloc(size);
  const pieces = jsonPieces();
  for (let at = 0; at < bytes.length; at += size)
    pieces.feed(portion.subarray(0, bytes.copy(portion, 0, at, at + size)));
  return pieces.end();
}

function outcome(parse: () => unknown): unknown {
  try {
    return {value: parse()};
  } catch (error) {
    return (error as Error).name;
  }
}

it('gives what JSON.parse gives, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.json({maxDepth: 4}), fc.nat(4), fc.integer({min: 1, max: 50}), (json, indent, size) => {
      const value: unknown = JSON.parse(json);
      expect(inPortions(JSON.stringify(value, null, indent), size)).toEqual(value);
    }),
  );
});

it('takes and refuses the same texts as JSON.parse', () => {
  const token = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b\\""', '1', ' ', 'null', '"é{"');
  const texts = fc.array(token, {maxLength: 9}).map((tokens) => tokens.join(''));
  fc.assert(
    fc.property(texts, fc.integer({min: 1, max: 9}), (text, size) => {
      expect(outcome(() => inPortions(text, size))).toEqual(outcome(() => JSON.parse(text)));
    }),
    {numRuns: 5000},
  );
});

it('cuts long lists and records into pieces', () => {
  const rows = Array.from({length: 5000}, (_, row) => ({row, text: `}],[{"${'é'.repeat(row % 40)}`}));
  const value = {
    rows,
    numbers: rows.map(({row}) => row),
    ['__proto__']: {a: 1},
    more: Object.fromEntries(rows.map(({row, text}) => [`k${row}`, text])),
  };
  const text = JSON.stringify(value);
  expect(JSON.stringify(inPortions(text, 10_007))).toBe(text);
});

it('reads long files in portions and says what is wrong with them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-json-'));
  try {
    const file = join(folder, 'run.json');
    const value = {list: [{a: 1}, {b: ['x']}], text: 'y'};
    writeFileSync(file, JSON.stringify(value, null, 1));
    expect(await readJson(file, 0)).toEqual({value});
    writeFileSync(file, '{"list": [1, 2,]}');
    expect(await readJson(file, 0)).toEqual({problem: expect.stringContaining('is not JSON: ')});
    expect(await readJson(join(folder, 'none.json'))).toEqual({problem: expect.stringContaining('ENOENT')});
  } finally {
    rmSync(folder, {recursive: true});
  }
});
