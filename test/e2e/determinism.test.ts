import {spawn, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {bulkhead, EXAMPLE, folderWith, ROOT} from './support/bulkhead.ts';

/** The example in a folder whose path has blanks and umlauts. */
function workspace(): {folder: string; files: string[]} {
  const folder = join(folderWith({}), 'Büro für Ärzte', 'a b');
  mkdirSync(folder, {recursive: true});
  cpSync(EXAMPLE, join(folder, 'hc'), {recursive: true});
  const inventory = readdirSync(join(folder, 'hc/inventory'), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return {folder, files: [...inventory, 'hc/identity.yaml', 'hc/deps.csv', 'hc/register.yaml']};
}

function estate(workspaceFolder: string): Record<string, string> {
  const root = join(workspaceFolder, '.bulkhead/snapshots');
  const latest = readFileSync(join(root, 'latest'), 'utf8').trim();
  const folder = join(root, latest, 'estate');
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

describe('the same input gives the same bytes', () => {
  test('plan: twice, and from another folder', () => {
    const {folder} = workspace();
    expect(bulkhead(['plan', '--dir', 'hc', '--output', 'one'], {cwd: folder}).code).toBe(0);
    expect(
      bulkhead(['plan', '--dir', '../..', '--output', '../../../two'], {
        cwd: join(folder, 'hc/inventory/aws'),
      }).code,
    ).toBe(0);
    for (const name of ['run.json', 'plan.md'])
      expect(readFileSync(join(folder, 'two', name), 'utf8')).toBe(
        readFileSync(join(folder, 'one', name), 'utf8'),
      );
  });

  test('plan and import: the order of files says nothing, nor does the clock or importing one by one', () => {
    const {folder, files} = workspace();
    const backwards = files.toReversed();
    const plan = (names: string[]): string => bulkhead(['plan', ...names, '--json'], {cwd: folder}).stdout;
    expect(plan(backwards)).toBe(plan(files));
    bulkhead(['import', ...files, '--dir', 'first'], {cwd: folder});
    bulkhead(['import', ...backwards, '--dir', 'second'], {
      cwd: folder,
      env: {SOURCE_DATE_EPOCH: '1700000000'},
    });
    bulkhead(['import', ...backwards.slice(0, 9), '--dir', 'third'], {cwd: folder});
    bulkhead(['import', ...backwards.slice(9), '--dir', 'third'], {cwd: folder});
    const expected = estate(join(folder, 'first'));
    expect(expected['workloads.ndjson']!.length).toBeGreaterThan(1000);
    expect(estate(join(folder, 'second'))).toEqual(expected);
    expect(estate(join(folder, 'third'))).toEqual(expected);
  });
});

const VMS = (rows: number): string =>
  `VM,Powerstate,Template,CPUs,Memory,Datacenter,VM ID,VI SDK UUID\n${Array.from({length: rows}, (_, i) => `vm-${i},poweredOn,False,4,8192,DC,vm-${i},vc`).join('\n')}\n`;

test('an interrupted import leaves no half snapshot and exits with 130', async () => {
  const folder = folderWith({'big.csv': VMS(60_000), 'snap/.keep': ''});
  const root = join(folder, 'snap/.bulkhead/snapshots');
  const child = spawn(
    process.execPath,
    [join(ROOT, 'dist/src/bin.js'), 'import', 'big.csv', '--dir', 'snap'],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const ended = once(child, 'exit');
  // As soon as something is being written.
  while (child.exitCode === null && !(existsSync(root) && readdirSync(root).length > 0)) await wait(2);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(root)).toEqual([]);
  expect(bulkhead(['import', 'big.csv', '--dir', 'snap'], {cwd: folder}).code).toBe(0);
  expect(estate(join(folder, 'snap'))['workloads.ndjson']!.split('\n')).toHaveLength(60_001);
});

test.skipIf(process.platform === 'win32')(
  'a reader that stops early is no error, and long lists are listed',
  () => {
    const folder = folderWith({'big.csv': VMS(130_000)});
    const command = `"${process.execPath}" "${join(ROOT, 'dist/src/bin.js')}" inventory big.csv --quiet | head -1; echo "\${PIPESTATUS[@]}"`;
    const ran = spawnSync('bash', ['-c', command], {cwd: folder, encoding: 'utf8'});
    expect(ran.stdout).toMatch(/^NAME .*\n0 0\n$/);
    expect(ran.stderr).toBe('');
  },
);

test('an output folder keeps its other files', () => {
  const folder = folderWith({'v.csv': VMS(2), 'out/mine.txt': 'mine', 'out/run.json': 'old'});
  expect(bulkhead(['plan', 'v.csv', '--output', 'out'], {cwd: folder}).code).toBe(0);
  expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(['mine.txt', 'plan.md', 'run.json']);
  expect(readFileSync(join(folder, 'out/mine.txt'), 'utf8')).toBe('mine');
  writeFileSync(join(folder, 'out/check'), '');
  expect(bulkhead(['verify', 'out/run.json'], {cwd: folder}).code).toBe(0);
});
