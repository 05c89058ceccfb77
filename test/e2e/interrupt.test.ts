import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {generateEstate} from '../../bench/estate/generate.ts';
import type {PlanRun} from '../../src/model/plan.ts';
import {bulkhead, folderWith, ROOT} from './support/bulkhead.ts';

/** A made-up estate whose dedicated sites have far less room than would be wanted: no price closes the gap to nothing. */
let estate = '';
beforeAll(() => {
  estate = folderWith({});
  generateEstate(estate, 4000, 7);
  const file = join(estate, 'sites.yaml');
  const room = '\n  capacity: {vcpu: 700, memoryGiB: 3000, storageGiB: 40000}';
  const sites = readFileSync(file, 'utf8').split('---\n');
  writeFileSync(
    file,
    sites
      .map((site) =>
        site.includes('kind: dedicated')
          ? `${site.replace(/\n {2}capacity:.*/, '').trimEnd()}${room}\n`
          : site,
      )
      .join('---\n'),
  );
});
afterAll(() => rmSync(estate, {recursive: true, force: true}));

/** Starts a plan that shows its progress at once, as on a terminal, and waits until a gap is told. */
async function planning(args: string[]) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'data:text/javascript,Object.assign(process.stderr,{isTTY:true,getWindowSize:()=>[80,24]})',
      join(ROOT, 'dist/src/bin.js'),
      'plan',
      '--max-gap',
      '0',
      ...args,
    ],
    {cwd: estate, stdio: ['ignore', 'pipe', 'pipe']},
  );
  let [out, told] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const gap = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text: Buffer) => {
      told += text.toString();
      if (/proven gap/.test(told)) resolve();
    });
    child.once('exit', () => reject(new Error(`ended before a gap was told: ${told}`)));
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  await gap;
  return {child, ended, said: () => out};
}

test.skipIf(process.platform === 'win32')(
  'an interrupt while limits are solved takes the best plan so far, written and proven',
  async () => {
    const {child, ended, said} = await planning(['--output', 'out']);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(said().replaceAll(/\s+/g, ' ')).toMatch(
      /This plan is the best there was when it was interrupted: within [\d.]+ % of the best possible/,
    );
    const run = JSON.parse(readFileSync(join(estate, 'out/run.json'), 'utf8')) as PlanRun;
    expect(run.outcome.exitCode).toBe(130);
    expect(run.outcome.reasons.map(({text}) => text)).toContainEqual(
      expect.stringMatching(/^BH-PLACE-019 interrupted: best plan so far, proven gap [\d.]+ %$/),
    );
    expect(run.optimality.limited).toMatchObject({method: 'lagrange', stopped: 'interrupt'});
    expect(run.limits!.map(({used, limit, status}) => used <= limit || status === 'exceeded')).not.toContain(
      false,
    );
    expect(bulkhead(['verify', join(estate, 'out/run.json'), '--dir', estate]).code).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')(
  'a second interrupt ends it at once, with nothing written',
  async () => {
    const {child, ended} = await planning(['--output', 'none']);
    const again = setInterval(() => child.kill('SIGINT'), 20);
    const [code, signal] = await ended;
    clearInterval(again);
    // By the signal itself: a shell shows 130.
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(existsSync(join(estate, 'none'))).toBe(false);
  },
);
