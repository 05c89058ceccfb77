import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {writeFolder} from '../../../src/io/write-folder.ts';

test('pieces of any size and alphabet come out as one text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-write-'));
  const pieces = ['a', '', 'Größe 🛟'.repeat(60_000), 'ü'.repeat(400_000), 'z\n'];
  const written = await writeFolder(folder, [
    {name: 'run.json', content: pieces.values()},
    {name: 'plan.md', content: 'whole'},
  ]);
  expect(written).toEqual([join(folder, 'run.json'), join(folder, 'plan.md')]);
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe(pieces.join(''));
  expect(await readFile(join(folder, 'plan.md'), 'utf8')).toBe('whole');
});

test('pieces that fail half-way leave nothing behind', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'bulkhead-write-'));
  const failing = (function* (): Generator<string, void> {
    yield 'begun';
    throw new Error('out of pieces');
  })();
  await expect(writeFolder(join(parent, 'out'), [{name: 'run.json', content: failing}])).rejects.toThrow(
    'out of pieces',
  );
  expect(await readdir(parent, {recursive: true})).toEqual(['out']);
});

test.skipIf(!existsSync('/proc/self'))(
  'a folder that cannot be made is refused, not tried for ever',
  async () => {
    await expect(writeFolder('/proc/no/such', [])).rejects.toMatchObject({code: 'ENOENT'});
  },
);
