import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {captureOutput} from '@oclif/test';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import Waves from '../../commands/waves.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const clinic = join(mkdtempSync(join(tmpdir(), 'bulkhead-waves-')), 'clinic');
const SETTINGS = `
  waves:
    size: 5
    start: 2027-01-04
    freeze:
      - {from: 2027-01-15, to: 2027-01-25, reason: closing}
`;

beforeAll(() => {
  process.env['SOURCE_DATE_EPOCH'] = '1795996800';
  cpSync(join(ROOT, 'examples/harbor-clinic'), clinic, {recursive: true});
  const file = join(clinic, 'bulkhead.yaml');
  const [before] = readFileSync(file, 'utf8').split('  # How the moves are spread');
  writeFileSync(file, `${before!.trimEnd()}${SETTINGS}`);
});
afterAll(() => rmSync(join(clinic, '..'), {recursive: true}));
afterEach(() => void (process.exitCode = undefined));

interface Document {
  waves: {date: string; workloads: string[]; weighed: number; least: number | null}[];
  settings: {size: number};
  totals: {sum: number};
  baselines: {name: string; sum: number}[];
}

async function waves(...argv: string[]): Promise<string> {
  const {stdout} = await captureOutput(() => Waves.run(['--dir', clinic, '--quiet', ...argv], ROOT));
  return stdout;
}

describe('bulkhead waves', () => {
  test('keeps to the size, the days and the freeze windows of the workspace', async () => {
    const document = JSON.parse(await waves('--json')) as Document;
    expect(document.waves.every(({workloads}) => workloads.length <= 5)).toBe(true);
    expect(document.waves.slice(0, 2).map(({date}) => date)).toEqual(['2027-01-04', '2027-01-26']);
    expect(document.waves.flatMap(({workloads}) => workloads)).toHaveLength(20);
    expect(document.totals.sum).toBeLessThan(document.baselines.find(({name}) => name === 'app-by-app')!.sum);
  });

  test('--size wins over the workspace', async () => {
    const document = JSON.parse(await waves('--json', '--size', '20')) as Document;
    expect([document.settings.size, document.waves.length]).toEqual([20, 1]);
  });

  test('prints a line per wave, what moves in it and what is to be done before', async () => {
    const text = await waves();
    expect(text).toContain('harbor-clinic: 20 moves in 4 waves of at most 5');
    expect(text).toContain('WAVE 2  2027-01-26');
    expect(text).toContain('Cut AD domain corp.harbor-clinic.example from dedicated-ham');
    expect(text).toContain('proven to have the least possible traffic');
  });
});
