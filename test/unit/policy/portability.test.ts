import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {context, file, type TestSite, type TestWorkload} from './fixtures.ts';

const SHIPPED = file(
  readFileSync(new URL('../../../policies/portability/default.yaml', import.meta.url), 'utf8'),
  'policies/portability/default.yaml',
  'portability',
);

function verdict(workload: TestWorkload, site: TestSite, current?: TestSite, files = [SHIPPED]) {
  const {value, findings} = parsePolicies(files);
  expect(findings).toEqual([]);
  const at = current ? {at: 1} : {};
  const evaluation = evaluatePolicies(
    value,
    context([{...at, ...workload}], current ? [site, current] : [site]),
  );
  return evaluation.portability(0, 0);
}

const PUBLIC: TestSite = {
  kind: 'public',
  provider: 'azure',
  services: ['database', 'bucket', 'function', 'cluster'],
};
const VMWARE: TestSite = {kind: 'dedicated', class: 'dedicated', provider: 'hoster', services: []};
const VMWARE_DB: TestSite = {...VMWARE, services: ['database', 'bucket']};

test.each<[string, TestWorkload, TestSite, string, string]>([
  ['a machine to a cloud', {os: 'Linux'}, PUBLIC, 'rehost', 'as it is'],
  ['a machine to VMware', {os: 'Linux', cloud: 'aws'}, VMWARE, 'rehost', 'as it is'],
  ['a machine of unknown system', {os: null}, PUBLIC, 'unknown', 'operating system is not known'],
  [
    'a raw device mapping to a cloud',
    {os: 'Linux', attributes: {rawDeviceMapping: true}},
    PUBLIC,
    'immovable',
    'rawDeviceMapping',
  ],
  [
    'a raw device mapping to VMware',
    {os: 'Linux', attributes: {rawDeviceMapping: true}},
    VMWARE,
    'replatform',
    'copied into a virtual disk',
  ],
  [
    'a USB device to VMware',
    {os: 'Linux', attributes: {usbPassthrough: true}},
    VMWARE,
    'replatform',
    'replaced',
  ],
  [
    'a PCI device to VMware',
    {os: 'Linux', attributes: {pciPassthrough: true}},
    VMWARE,
    'replatform',
    'replaced',
  ],
  [
    'a shared disk to VMware',
    {os: 'Linux', attributes: {sharedDisk: true}},
    VMWARE,
    'replatform',
    'together',
  ],
  [
    'an old system to a cloud',
    {os: 'Microsoft Windows Server 2003 (32-bit)'},
    PUBLIC,
    'unknown',
    'ask whether',
  ],
  ['an old system to VMware', {os: 'Microsoft Windows Server 2003 (32-bit)'}, VMWARE, 'rehost', 'as it is'],
  ['a foreign system to a cloud', {os: 'Oracle Solaris 11 (64-bit)'}, PUBLIC, 'unknown', 'Solaris'],
  [
    'a supported system to a cloud',
    {os: 'Microsoft Windows Server 2019 (64-bit)'},
    PUBLIC,
    'rehost',
    'as it is',
  ],
  [
    'no raw device mapping',
    {os: 'Linux', attributes: {rawDeviceMapping: false}},
    PUBLIC,
    'rehost',
    'as it is',
  ],
  ['a PCI device', {os: 'Linux', attributes: {pciPassthrough: true}}, PUBLIC, 'immovable', 'pciPassthrough'],
  ['a USB device', {os: 'Linux', attributes: {usbPassthrough: true}}, PUBLIC, 'immovable', 'usbPassthrough'],
  ['a shared disk', {os: null, attributes: {sharedDisk: true}}, PUBLIC, 'immovable', 'sharedDisk'],
  ['a function to VMware', {type: 'function'}, VMWARE, 'refactor', 'does not offer function'],
  ['a mailbox to VMware', {type: 'saas'}, VMWARE, 'immovable', 'somebody else runs'],
  ['a mailbox to a cloud', {type: 'saas'}, PUBLIC, 'immovable', 'somebody else runs'],
  ['a machine to a SaaS site', {os: 'Linux'}, {kind: 'saas'}, 'immovable', 'only its own service'],
  ['a database to VMware with databases', {type: 'database'}, VMWARE_DB, 'replatform', 'of another make'],
  ['a database to bare VMware', {type: 'database'}, VMWARE, 'refactor', 'does not offer database'],
  ['a bucket to object storage', {type: 'bucket'}, VMWARE_DB, 'replatform', 'of another make'],
  ['a bucket to bare VMware', {type: 'bucket'}, VMWARE, 'unknown', 'add it to `services`'],
  [
    'something unclassified',
    {type: 'other', nativeType: 'x/y'},
    {...PUBLIC, services: ['other']},
    'unknown',
    'x/y',
  ],
])('%s', (_name, workload, site, wanted, reason) => {
  const result = verdict(workload, site);
  expect(result.verdict).toBe(wanted);
  expect(result.reason).toContain(reason);
});

test('the same provider offers the same service, another one a different make', () => {
  const function_ = {type: 'function'} as const;
  expect(verdict(function_, PUBLIC, {...PUBLIC, name: 'other region'}).verdict).toBe('rehost');
  expect(verdict(function_, PUBLIC, {...PUBLIC, provider: 'aws'}).verdict).toBe('replatform');
});

test('staying put is always rehost, even for what cannot move', () => {
  const {value} = parsePolicies([SHIPPED]);
  const evaluation = evaluatePolicies(value, context([{type: 'saas', at: 0}], [VMWARE, PUBLIC]));
  expect(evaluation.portability(0, 0)).toEqual({verdict: 'rehost', reason: 'it is there already'});
  expect(evaluation.portability(0, 1).verdict).toBe('immovable');
});

const table = (rows: string[]) =>
  file(
    `apiVersion: bulkhead.dev/v1alpha1\nkind: PortabilityRules\nmetadata: {name: mine}\nspec:\n  rules:\n${rows.map((row) => `    - ${row}\n`).join('')}`,
    'policies/mine.yaml',
  );

test('rows of the user come before the shipped ones', () => {
  const mine = table([
    '{id: mine, when: \'workload.type == "function"\', verdict: immovable, reason: not here}',
  ]);
  expect(verdict({type: 'function'}, PUBLIC, undefined, [SHIPPED, mine])).toEqual({
    verdict: 'immovable',
    reason: 'not here',
  });
});

test('a row that cannot be decided leaves the verdict open, unless the deciding row says the same', () => {
  const rows = ['{id: far, when: \'site.country == "US"\', verdict: immovable, reason: far}'];
  const easy = '{id: rest, when: true, verdict: rehost, reason: fine}';
  const hard = '{id: rest, when: true, verdict: immovable, reason: stuck}';
  expect(verdict({}, {}, undefined, [table([...rows, easy])])).toEqual({
    verdict: 'unknown',
    reason: 'site.country is not known (rule far)',
  });
  expect(verdict({}, {}, undefined, [table([...rows, hard])])).toEqual({
    verdict: 'immovable',
    reason: 'stuck',
  });
  expect(verdict({}, {country: 'DE'}, undefined, [table([...rows, easy])])).toEqual({
    verdict: 'rehost',
    reason: 'fine',
  });
  expect(verdict({}, {}, undefined, [table(rows)]).verdict).toBe('unknown');
});

test('a broken row is a finding and makes what it would decide unknown', () => {
  const {value, findings} = parsePolicies([
    table([
      '{id: bad, when: \'site.contry == "US"\', verdict: immovable, reason: far}',
      '{id: rest, when: true, verdict: rehost, reason: fine}',
    ]),
  ]);
  expect(findings).toMatchObject([{code: 'BH-LINT-012', partial: true, where: {line: 6}}]);
  expect(evaluatePolicies(value, context([{}], [{}])).portability(0, 0)).toEqual({
    verdict: 'unknown',
    reason: 'rule bad cannot be evaluated',
  });
});

test('without any table nothing is known', () => {
  expect(verdict({}, {}, undefined, []).verdict).toBe('unknown');
});
