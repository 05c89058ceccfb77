import {describe, expect, test} from 'vitest';
import {bulkhead, folderWith} from './support/bulkhead.ts';

interface Listed {
  workloads: {
    id: string;
    name: string;
    vcpu: number | null;
    memoryMiB: number | null;
    storageMiB: number | null;
    tags: Record<string, string>;
  }[];
  findings: {code: string; severity: string; message: string; where: {file?: string; line?: number}}[];
  outcome: {exitCode: number};
}

function inventory(files: Record<string, string | Uint8Array>, ...more: string[]): Listed {
  const ran = bulkhead(['inventory', ...Object.keys(files), '--json', ...more], {cwd: folderWith(files)});
  expect(ran.stderr).toBe('');
  return ran.json() as unknown as Listed;
}

const HEAD =
  'VM;Powerstate;Template;CPUs;Memory;Provisioned MiB;In Use MiB;Datacenter;VM ID;VI SDK UUID;Schutzbedarf';
const ROW = 'srv-münchen;poweredOn;False;4;8.192;20.480,5;10.240,25;Köln;vm-1;vc;hoch';
const TABLE = `${HEAD}\r\n${ROW}\r\n`;

describe('RVTools CSV of a German Windows', () => {
  test.each<[string, string | Uint8Array]>([
    ['UTF-8', TABLE],
    ['UTF-8 with mark', `\uFEFF${TABLE}`],
    ['Windows-1252', Buffer.from(TABLE, 'latin1')],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
    ['a sep= line', `sep=;\r\n${TABLE}`],
    ['merged, with a second header row', `${TABLE}${HEAD}\r\n`],
  ])('%s', (_, content) => {
    const {workloads, outcome} = inventory({'RVTools_tabvInfo.csv': content});
    expect(workloads).toMatchObject([
      {name: 'srv-münchen', vcpu: 4, memoryMiB: 8192, tags: {Schutzbedarf: 'hoch'}},
    ]);
    expect(workloads[0]!.storageMiB).toBeCloseTo(10_240, 0);
    expect(outcome.exitCode).toBe(0);
  });

  test('a ragged row is named and counted, the others stay', () => {
    const {workloads, findings, outcome} = inventory({'v.csv': `${TABLE}broken;poweredOn\r\n`});
    expect(workloads).toHaveLength(1);
    expect(findings).toMatchObject([{code: 'BH-IO-019', where: {file: 'v.csv', line: 3}}]);
    expect(outcome.exitCode).toBe(3);
  });
});

const vms = (rows: string[]): string => `VM,Powerstate,CPUs,Memory,VM ID,VI SDK UUID\n${rows.join('\n')}\n`;

test('two exports of one vCenter: one workload each, and the disagreement is said', () => {
  const {workloads, findings} = inventory({
    'january.csv': vms(['a,poweredOn,2,4096,vm-1,vc', 'b,poweredOn,2,4096,vm-2,vc']),
    'february.csv': vms(['a,poweredOn,8,4096,vm-1,vc', 'c,poweredOn,2,4096,vm-3,vc']),
  });
  expect(workloads.map(({name}) => name)).toEqual(['a', 'b', 'c']);
  const differs = findings.find(({code}) => code === 'BH-EST-002')!;
  expect(differs.severity).toBe('medium');
  expect(differs.message).toMatch(/vcpu.*january.*february|vcpu.*february.*january/);
});

test('imported one after the other, the later replaces the earlier', () => {
  const folder = folderWith({
    'january.csv': vms(['a,poweredOn,2,4096,vm-1,vc', 'b,poweredOn,2,4096,vm-2,vc']),
    'february.csv': vms(['a,poweredOn,8,4096,vm-1,vc', 'c,poweredOn,2,4096,vm-3,vc']),
  });
  bulkhead(['import', 'january.csv'], {cwd: folder});
  const later = bulkhead(['import', 'february.csv', '--verbose'], {cwd: folder});
  expect(later.stderr).toMatch(/vm-2/);
  expect(bulkhead(['import', 'february.csv'], {cwd: folder}).stdout).toContain('nothing new');
  const {workloads} = bulkhead(['inventory', '--json'], {cwd: folder}).json() as unknown as Listed;
  expect(workloads.map(({name, vcpu}) => [name, vcpu])).toEqual([['a', 8], ['c', 2]]); // prettier-ignore
  const wrong = bulkhead(['inventory', '--snapshot', 'zz'], {cwd: folder});
  expect(wrong.stderr).toMatch(/no snapshot `zz`[^]*Snapshots: [0-9a-f]{12}, [0-9a-f]{12}/);
  expect(wrong.code).toBe(2);
});

test('named files add to the declared sources when there is no snapshot yet', () => {
  const folder = folderWith({
    'bulkhead.yaml':
      'apiVersion: bulkhead.dev/v1alpha1\nkind: Workspace\nmetadata: {name: w}\nspec: {sources: [{file: january.csv}, {file: later/*}]}\n',
    'january.csv': vms(['a,poweredOn,2,4096,vm-1,vc']),
    'other.csv': vms(['z,poweredOn,2,4096,vm-9,other']),
  });
  const imported = bulkhead(['import', 'other.csv'], {cwd: folder});
  expect(imported.code).toBe(0);
  const {workloads} = bulkhead(['inventory', '--json'], {cwd: folder}).json() as unknown as Listed;
  expect(workloads.map(({name}) => name).toSorted()).toEqual(['a', 'z']);
});

const az = (names: unknown[], envelope: object = {}): string =>
  JSON.stringify({
    data: names.map((name, i) => ({
      id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/v${i}`,
      name, type: 'microsoft.compute/virtualmachines', location: 'westeurope', resourceGroup: 'rg', subscriptionId: 's',
      tags: null, properties: null,
    })),
    count: names.length,
    skip_token: null,
    ...envelope,
  }); // prettier-ignore

describe('hostile text', () => {
  const names = [
    'a\u001b[2J',
    'b\u009b31m',
    'c\u202eexe',
    '=1+1',
    '-1',
    '@x',
    'd\nERROR  fake',
    '__proto__',
    'constructor',
    'x'.repeat(50_000),
    '😀 日本',
  ];

  const line = /^ERROR/m;
  test.each<[string, string[], RegExp]>([
    ['table', ['inventory', 'e.json'], line],
    ['JSON', ['inventory', 'e.json', '--json'], line],
    ['NDJSON', ['inventory', 'e.json', '--format', 'ndjson'], line],
    ['CSV', ['inventory', 'e.json', '--format', 'csv'], /^"?[=+\-@]/m],
    ['score', ['score', 'e.json'], line],
    ['plan', ['plan', 'e.json', '--verbose'], line],
  ])('%s: nothing a terminal acts on, no formula, no line of its own', (_form, args, forbidden) => {
    const ran = bulkhead(args, {cwd: folderWith({'e.json': az(names)})});
    expect(ran.code).toBe(0);
    // oxlint-disable-next-line no-control-regex -- exactly these must not be there
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(ran.stdout).not.toMatch(forbidden);
  });

  test('JSON keeps every name as it is', () => {
    const {workloads} = inventory({'e.json': az(names)});
    expect(workloads.map(({name}) => name).toSorted()).toEqual(names.toSorted());
  });

  test('nesting, wrong types and foreign shapes are refusals or rejected rows, never a crash', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const cases: [string, number, RegExp][] = [
      [deep, 2, /BH-IO-023/],
      [`${JSON.stringify({nobody: [{knows: '1'}]}, null, 1)}\n${JSON.stringify({nobody: []}, null, 1)}`, 2, /file of its own/],
      ['apiVersion: bulkhead.dev/v1alpha1\nkind: Site\nspec: {}\n', 2, /kind `Site`[^]*`sites` in bulkhead\.yaml/],
      ['kind: Inventry\n', 2, /did you mean `Inventory`/],
      [`a: &a [x,x]\n${Array.from({length: 30}, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : 'a'},*${i ? `b${i - 1}` : 'a'}]`).join('\n')}\n`, 2, /BH-YAML-003/],
      ['just words, and more words\nin lines\n', 2, /BH-IO-023/],
    ]; // prettier-ignore
    for (const [content, code, words] of cases) {
      const ran = bulkhead(['inventory', 'coverage', 'f'], {cwd: folderWith({f: content})});
      expect(ran.stderr).toMatch(words);
      expect(ran.stderr.match(/BH-/g)).toHaveLength(1);
      expect(ran.code).toBe(code);
    }
    const odd = bulkhead(['inventory', 'coverage', 'f.json', '--json'], {
      cwd: folderWith({
        'f.json': az(['a'], {data: [null, 5, [], {}, {id: 7}, ...JSON.parse(az(['ok'])).data]}),
      }),
    }).json() as unknown as {scopes: {rowsIn: number; kept: number; rejected: number}[]};
    const total = (pick: 'rowsIn' | 'kept' | 'rejected'): number =>
      odd.scopes.reduce((sum, scope) => sum + scope[pick], 0);
    expect([total('rowsIn'), total('kept'), total('rejected')]).toEqual([6, 1, 5]);
  });
});

describe('incomplete exports', () => {
  test.each([
    ['Azure', az(['a'], {skip_token: 'more'})],
    [
      'AWS',
      JSON.stringify({
        Accounts: [
          {
            Id: '111122223333',
            Arn: 'arn:aws:organizations::1:account/o-x/111122223333',
            Name: 'a',
            State: 'ACTIVE',
          },
        ],
        NextToken: 't',
      }),
    ],
  ])('%s: a page token left over is a finding and exit 3', (_, content) => {
    const ran = bulkhead(['inventory', 'coverage', 'f.json'], {cwd: folderWith({'f.json': content})});
    expect(ran.stderr).toMatch(/BH-SRC-201.*incomplete/);
    expect(ran.stdout).toContain('partial');
    expect(ran.code).toBe(3);
  });
});

test('many files are all named when refused', () => {
  const files = Object.fromEntries(Array.from({length: 130}, (_, i) => [`odd-${i}.json`, `{"odd": ${i}}`]));
  const ran = bulkhead(['inventory', 'coverage', ...Object.keys(files), '--json'], {cwd: folderWith(files)});
  const {findings} = ran.json() as unknown as Listed;
  expect(new Set(findings.map(({where}) => where.file))).toEqual(new Set(Object.keys(files)));
});
