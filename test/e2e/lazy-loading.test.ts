import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {bulkhead, EXAMPLE, folderWith} from './support/bulkhead.ts';

/** Packages that only one part of the work needs. */
const HEAVY = [
  '@aws-sdk',
  '@azure',
  '@google-cloud',
  'hucre',
  '@marcbachmann/cel-js',
  're2js',
  'csv-parse',
  'csv-stringify',
  'zod',
];

/** Names of heavy packages a run loads, by a loader hook in the child itself. */
function loaded(args: string[]): string[] {
  const folder = folderWith({});
  const log = join(folder, 'loaded.txt');
  const hook = join(folder, 'hook.mjs');
  writeFileSync(log, '');
  writeFileSync(
    hook,
    `import {registerHooks} from 'node:module'; import {appendFileSync} from 'node:fs';
registerHooks({load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); }});`,
  );
  const ran = bulkhead(args, {
    nodeArgs: ['--import', pathToFileURL(hook).href],
    env: {NODE_DISABLE_COMPILE_CACHE: '1'},
  });
  expect(ran).toMatchObject({code: 0});
  const urls = readFileSync(log, 'utf8');
  expect(urls).toContain('dist/src/bin.js');
  return HEAVY.filter((name) => urls.includes(`/node_modules/${name}/`));
}

const FILES = join(EXAMPLE, 'inventory');

test.each<[string, string[], string[]]>([
  ['--version', ['--version'], []],
  ['help of a command', ['plan', '--help'], []],
  ['inventory of one JSON export', ['inventory', join(FILES, 'azure/graph-query.json'), '--json'], []],
  [
    'inventory of a workbook',
    ['inventory', join(FILES, 'vmware/RVTools_export_all_2026_10_05_08_30_hh-vc01.xlsx'), '--json'],
    [],
  ],
  ['roots', ['roots', '--dir', EXAMPLE, '--json'], ['csv-parse', 'zod']],
  ['plan', ['plan', '--dir', EXAMPLE], ['@marcbachmann/cel-js', 'csv-parse', 'zod']],
])('%s loads only what it needs', (_name, args, allowed) => {
  expect(loaded(args).filter((name) => !allowed.includes(name))).toEqual([]);
});
