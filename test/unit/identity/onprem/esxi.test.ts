import {expect, test} from 'vitest';
import {vulnerable} from '../../../../src/identity/onprem/esxi.ts';
import {AT, built, declaration, principal} from '../estate.ts';
import {answer, containers, domain, host, vm} from './help.ts';

const OPEN = 'VMware ESXi 8.0.2 build-23305546';
const FIXED = 'VMware ESXi 8.0.3 build-24022510';

test.each([
  ['VMware ESXi 7.0.3 build-24411414', true],
  ['VMware ESXi 6.7.0 build-20497097', true],
  [OPEN, true],
  ['VMware ESXi 8.0.3 build-24022509', true],
  [FIXED, false],
  ['8.0.3, 24585383', false],
  ['VMware ESXi 8.0.3', false],
  ['8.0.2', true],
  ['VMware ESXi 8.0', null],
  ['VMware ESXi 9.0.0 build-24755229', false],
  ['ESXi', null],
  [null, null],
])('%s open to CVE-2024-37085: %s', (version, expected) => {
  expect(vulnerable(version)).toBe(expected);
});

const GROUP = principal('ad-principal:S-1-5-21-1-2-3-1200', 'group', null, {
  name: 'ESX ADMINS@A.EXAMPLE',
  cloud: 'private',
});

function joined(
  version: string | null,
  changed: boolean | null,
  more: {group?: boolean; answers?: ReturnType<typeof answer>[]} = {},
) {
  const {reach} = built({
    containers,
    hosts: [host('esx1', {domain: 'A.example', version})],
    workloads: [vm('app', {host: 'esx1'})],
    principals: more.group ? [GROUP] : [],
    answers: more.answers ?? [],
    identity: [
      declaration({
        hosts: [
          {
            hosts: ['vmware:vc1'],
            domain: null,
            version: null,
            esxAdminsGroupChanged: changed,
            dedicatedTo: null,
            place: AT,
          },
        ],
      }),
    ],
  });
  return reach('ad:a.example', 'vmware:vc1/app').replace('no node', 'no');
}

test.each([
  [OPEN, false, '0 certain'],
  [OPEN, true, '0 conditional'],
  [OPEN, null, '0 conditional'],
  [FIXED, true, 'no'],
  [FIXED, false, '0 conditional'],
  [FIXED, null, '0 conditional'],
  [null, true, '0 conditional'],
  [null, false, '0 conditional'],
  [null, null, '0 conditional'],
])('version %s, setting changed %s: %s', (version, changed, expected) => {
  expect(joined(version, changed)).toBe(expected);
});

test('the default group in the directory makes it certain on an open host, not on a fixed one', () => {
  expect(joined(OPEN, null, {group: true})).toBe('0 certain');
  expect(joined(FIXED, null, {group: true})).toBe('0 conditional');
});

test('an answer settles the setting of a whole vCenter', () => {
  const gap = 'gap:esx-admins:open:a.example@vmware:vc1';
  expect(joined(OPEN, null, {answers: [answer(gap, 'yes')]})).toBe('0 certain');
  expect(joined(OPEN, null, {answers: [answer(gap, 'no')]})).toBe('no');
  expect(joined(FIXED, null, {answers: [answer(gap, 'no')]})).toBe('0 conditional');
});

test('a name in the DNS domain of a directory is a question, in another one nothing; host settings are read', () => {
  const named = (dnsDomain: string, more: Parameters<typeof host>[1] = {}) =>
    built({
      containers,
      hosts: [host('esx1', {dnsDomain, version: OPEN, ...more})],
      identity: [declaration({adDomains: [domain('a.example')]})],
    });
  expect(named('a.example').reach('ad:a.example', 'esx1')).toBe('0 unknown');
  expect(named('a.example').index.graph.gaps.map(({id}) => id)).toEqual([
    'gap:esxi-join:a.example@vmware:vc1',
  ]);
  expect(named('other.example').reach('ad:a.example', 'esx1')).toBe('no');
  const set = (group: string | null, autoAdd: boolean | null) =>
    named('', {domain: 'a.example', esxAdminsGroup: {group, autoAdd}}).reach('ad:a.example', 'esx1');
  expect(set('ESX Admins', true)).toBe('0 certain');
  expect(set('Other Group', true)).toBe('0 conditional');
  expect(set(null, null)).toBe('0 conditional');
});
