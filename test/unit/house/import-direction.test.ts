import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';

/** The lint configuration of the project, run on a folder where exactly one rule of direction is broken. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'direction-'));
  copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, {recursive: true}));

function lint(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
  try {
    return execFileSync(
      join(process.cwd(), 'node_modules/.bin/oxlint'),
      ['--config', '.oxlintrc.json', file],
      {cwd: folder, encoding: 'utf8'},
    );
  } catch (error) {
    return (error as {stdout: string}).stdout;
  } finally {
    rmSync(path);
  }
}

describe('a planted violation is seen', () => {
  test.each([
    [
      'src/estate/a.ts',
      "import {plan} from '../placement/plan.ts';\nexport const a = plan;\n",
      'never imports a later one',
    ],
    [
      'src/estate/deep/a.ts',
      "import {plan} from '../../placement/plan.ts';\nexport const a = plan;\n",
      'never imports a later one',
    ],
    [
      'src/graph/a.ts',
      "import type {Level} from '../model/common.ts';\nexport type A = Level;\n",
      'imports nothing of ours',
    ],
    [
      'src/policy/a.ts',
      "import {readFileSync} from 'node:fs';\nexport const a = readFileSync;\n",
      'touch nothing outside',
    ],
    [
      'src/exposure/a.ts',
      "import {Failure} from '../cli/failure.ts';\nexport const a = Failure;\n",
      'know nothing of the shell',
    ],
    ['src/placement/a.ts', 'export const a = () => Date.now();\n', 'time is an argument'],
    ['src/report/a.ts', 'export const a = () => console.log(1);\n', 'no-restricted-globals'],
    [
      'src/sources/a.ts',
      "import {buildEstate} from '../estate/build.ts';\nexport const a = buildEstate;\n",
      'know no stage',
    ],
    [
      'src/model/a.ts',
      "import {csr} from '../graph/csr.ts';\nexport const a = csr;\n",
      'imports nothing of ours',
    ],
  ])('%s', (file, text, message) => {
    expect(lint(file, text)).toContain(message);
  });

  test('and the same folder without it is clean', () => {
    expect(
      lint('src/estate/a.ts', "import type {Level} from '../model/common.ts';\nexport type A = Level;\n"),
    ).toContain('0 errors');
  });
});
