import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {bulkhead, folderWith} from './support/bulkhead.ts';

/** Made-up secrets, each with the part that must not come out anywhere. */
const SECRETS: [string, string][] = [
  ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['aws_secret_access_key = wJalrXUtnFEMIBPxRfiCY01', 'wJalrXUtnFEMIBPxRfiCY01'],
  ['pw: Sommer2026!x', 'Sommer2026'],
  ['DB_PASSWORD=Winter2026!x', 'Winter2026'],
  ['Password is Hunter2Hunter2', 'Hunter2Hunter2'],
  ['-----BEGIN RSA PRIVATE KEY----- MIIEowBODYBODY -----END RSA PRIVATE KEY-----', 'MIIEowBODYBODY'],
  ['ABCD1-EFGH2-IJKL3-MNOP4-QRST5', 'ABCD1-EFGH2'],
  ['AccountKey=QUNDT1VOVEtFWVNFQ1JFVA==;', 'QUNDT1VOVEtFWVNFQ1JFVA'],
  ['postgres://u:UrlPassw0rd@db/x', 'UrlPassw0rd'],
];
const ALL = SECRETS.map(([text]) => text).join(' ; ');
const [KEY, , PW, , IS] = SECRETS.map(([text]) => text) as [string, string, string, string, string];

const csv = (cells: string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

const FILES = {
  'az.json': JSON.stringify([
    {
      id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1',
      name: `vm1 ${PW}`, type: 'microsoft.compute/virtualmachines', location: 'westeurope',
      resourceGroup: 'rg', subscriptionId: 's', tenantId: 't', tags: {note: ALL, password: 'TagSecret1', [KEY]: 'x'},
    },
  ]), // prettier-ignore
  'rv.csv': `VM,Powerstate,Template,CPUs,Memory,Annotation,Datacenter,VM ID,VI SDK UUID,Root Passwort,Folder\n${csv([`vm2 ${PW}`, 'poweredOn', 'False', IS, '4096', ALL, 'DC', 'vm-2', 'vc', 'TagSecret2', `f ${KEY}`])}\n`,
  'aws.json': JSON.stringify({
    Reservations: [
      {OwnerId: '111122223333', Instances: [{InstanceId: 'i-1', State: {Name: 'running'}, Tags: [{Key: 'Name', Value: `web ${IS}`}, {Key: 'x', Value: ALL}, {Key: 'db_password', Value: 'TagSecret3'}]}]},
    ],
  }), // prettier-ignore
  'inv.yaml': `apiVersion: bulkhead.dev/v1alpha1\nkind: Inventory\nspec:\n  source: c\n  workloads:\n    - {id: y1, name: ${JSON.stringify(`n ${PW}`)}, type: vm, os: ${JSON.stringify(ALL)}, application: ${JSON.stringify(IS)}, tags: {note: ${JSON.stringify(ALL)}, pwd: TagSecret4}}\n`,
  'deps.csv': `from,to,kind,gib_per_month\n${csv([`nobody ${PW}`, 'y1', 'data-flow', '1'])}\n`,
  'odd.json': JSON.stringify({[KEY]: 1, [PW]: 2}),
};

function leaks(text: string): string[] {
  return [...SECRETS.map(([, part]) => part), 'TagSecret'].filter((part) => text.includes(part));
}

test('planted secrets come out of no command, no report and no snapshot', () => {
  const folder = folderWith(FILES);
  const names = Object.keys(FILES);
  const runs = [
    ['inventory', ...names, '--json'],
    ['inventory', ...names, '--format', 'csv', '--columns', 'name,os,application,tags,container'],
    ['plan', ...names, '--output', 'out', '--verbose'],
    ['score', ...names, '--json'],
    ['import', ...names, '--dir', 'snap', '--verbose'],
  ];
  for (const args of runs) {
    const ran = bulkhead(args, {cwd: folder});
    expect(ran.code).toBe(3);
    expect(leaks(ran.stdout + ran.stderr)).toEqual([]);
  }
  for (const part of ['out', 'snap']) {
    const files = readdirSync(join(folder, part), {recursive: true, withFileTypes: true});
    const written = files.filter((entry) => entry.isFile());
    expect(written.length).toBeGreaterThan(1);
    for (const entry of written)
      expect([entry.name, ...leaks(readFileSync(join(entry.parentPath, entry.name), 'utf8'))]).toEqual([
        entry.name,
      ]);
  }
  const {findings, workloads} = bulkhead(['inventory', ...names, '--json'], {
    cwd: folder,
  }).json() as unknown as {
    findings: {code: string}[];
    workloads: {name: string}[];
  };
  expect(findings.some(({code}) => /^BH-(SRC-205|SRC-220|VMW-005|INV-003)$/.test(code))).toBe(true);
  expect(workloads.map(({name}) => name).toSorted()).toEqual([
    'n [redacted]', 'vm1 [redacted]', 'vm2 [redacted]', 'web [redacted]',
  ]); // prettier-ignore
});
