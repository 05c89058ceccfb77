import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {captureOutput} from '@oclif/test';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import PolicyDiff from '../../commands/policy/diff.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLINIC = join(ROOT, 'examples/harbor-clinic');
const base = mkdtempSync(join(tmpdir(), 'bulkhead-diff-'));
const [before, after, empty] = ['before', 'after', 'empty'].map((name) => join(base, name)) as [
  string,
  string,
  string,
];

beforeAll(() => {
  process.env['SOURCE_DATE_EPOCH'] = '1795996800';
  mkdirSync(empty);
  for (const folder of [before, after]) {
    mkdirSync(folder);
    cpSync(join(CLINIC, 'policies/harbor-clinic.yaml'), join(folder, 'own.yaml'));
  }
  const own = readFileSync(join(after, 'own.yaml'), 'utf8');
  // HC-005 demands that the image archive leaves its array.
  const changed = own.replace('site.id == "onprem-hamburg"', 'site.id == "nowhere"');
  writeFileSync(join(after, 'own.yaml'), changed);
});
afterAll(() => rmSync(base, {recursive: true}));
afterEach(() => void (process.exitCode = undefined));

const diff = (old: string, now: string) =>
  captureOutput(() => PolicyDiff.run([old, now, '--dir', CLINIC, '--json', '--quiet'], ROOT));

test('two folders of policy files are compared', async () => {
  interface Difference {
    rules: {changed: string[]};
    changes: {name: string; because: string[]}[];
  }
  const same = JSON.parse((await diff(before, before)).stdout) as Difference;
  expect(same.changes).toEqual([]);
  const other = JSON.parse((await diff(before, after)).stdout) as Difference;
  expect(other.changes.map(({name}) => name)).toContain('HH-PACS-ARCH01');
  expect(other.changes.every(({because}) => because.includes('HC-005'))).toBe(true);
});

test('a folder without policies is refused with what would do', async () => {
  const {stderr, stdout} = await diff(before, empty);
  expect(process.exitCode).toBe(2);
  expect(stdout + stderr).toContain('holds neither a workspace nor policy files');
});
