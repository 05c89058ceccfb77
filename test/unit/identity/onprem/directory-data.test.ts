import {expect, test} from 'vitest';
import {AT, assignment, built, declaration, principal} from '../estate.ts';
import {answer, containers, domain, vm} from './help.ts';

const SID = 'S-1-5-21-1-2-3';
const ad = (rid: string, kind: 'computer' | 'user' | 'domain', name: string, attributes = {}) =>
  principal(`ad-principal:${SID}${rid}`, kind, null, {name, cloud: 'private', attributes});

const COMPUTER = `ad-principal:${SID}-1001`;

function computers(attributes: object, ...machines: ReturnType<typeof vm>[]) {
  return built({
    containers,
    workloads: machines,
    principals: [
      ad('', 'domain', 'A.EXAMPLE', {domain: 'A.EXAMPLE'}),
      ad('-1001', 'computer', 'APP.A.EXAMPLE', attributes),
    ],
  });
}

test.each([
  ['by DNS name', 'any', 'APP.a.example', '0 certain'],
  ['by name', 'App', null, '0 certain'],
  ['by name, other DNS domain', 'app', 'app.b.example', 'no'],
  ['by nothing', 'other', null, 'no'],
])('a computer is a machine %s', (_how, name, dnsName, expected) => {
  const machine = vm(name, {attributes: dnsName === null ? {} : {dnsName}});
  const {reach} = computers({dnsHostName: 'app.a.example'}, machine);
  expect([reach(COMPUTER, machine.id), reach(machine.id, COMPUTER)]).toEqual([expected, expected]);
  expect(reach('ad:a.example', machine.id)).toBe(expected);
});

test('two machines of one name: both in the upper end, and told', () => {
  const {reach, findings} = computers(
    {dnsHostName: 'app.a.example'},
    vm('app'),
    vm('copy', {attributes: {dnsName: 'x.a.example'}}),
    vm('old/app', {name: 'app'}),
  );
  expect([reach(COMPUTER, 'vmware:vc1/app'), reach(COMPUTER, 'vmware:vc1/old/app')]).toEqual([
    '0 unknown',
    '0 unknown',
  ]);
  expect(reach(COMPUTER, 'vmware:vc1/copy')).toBe('no');
  expect(findings.filter(({code}) => code === 'BH-ID-411')).toHaveLength(1);
});

test('an AD user is the Entra user it is synchronised to', () => {
  const {reach} = built({
    principals: [
      ad('-1105', 'user', 'U@A.EXAMPLE'),
      principal('azure-principal:u', 'user', 'entra:t', {attributes: {sid: `${SID}-1105`}}),
      principal('azure-principal:v', 'user', 'entra:t', {
        attributes: {onPremisesSecurityIdentifier: `${SID}-1106`},
      }),
    ],
  });
  expect(reach(`ad-principal:${SID}-1105`, 'azure-principal:u')).toBe('0 certain');
  expect(reach('ad:a.example', 'azure-principal:u')).toBe('0 certain');
  expect(reach('ad:a.example', 'azure-principal:v')).toBe('no');
});

test('synchronised users are those the tenant says; pass-through agents reach them, staging servers the tenant', () => {
  const user = (id: string, attributes: Record<string, string | boolean>) =>
    principal(`azure-principal:${id}`, 'user', 'entra:t1', {attributes});
  const {reach} = built({
    containers,
    workloads: [vm('agent'), vm('staging')],
    principals: [
      user('synced', {synchronised: true, sid: `${SID}-7`}),
      user('elsewhere', {synchronised: true, sid: 'S-1-5-21-9-9-9-7'}),
      user('cloud', {synchronised: false}),
      user('open', {}),
    ],
    identity: [
      declaration({
        adDomains: [domain('a.example', {sid: SID}), domain('b.example', {sid: 'S-1-5-21-9-9-9'})],
        entraConnect: [
          {
            tenant: 'entra:t1',
            adDomain: 'a.example',
            servers: [],
            syncedPrivilegedAccounts: false,
            passThroughAuthentication: true,
            agentServers: ['vmware:vc1/agent'],
            stagingServers: ['vmware:vc1/staging'],
            place: AT,
          },
        ],
      }),
    ],
  });
  const users = ['synced', 'elsewhere', 'cloud', 'open'].map((id) =>
    reach('ad:a.example', `azure-principal:${id}`),
  );
  expect(users).toEqual(['0 certain', 'no', 'no', '0 conditional']);
  expect(reach('vmware:vc1/agent', 'azure-principal:synced')).toBe('0 certain');
  expect(reach('vmware:vc1/agent', 'entra:t1')).toBe('no');
  expect(reach('vmware:vc1/staging', 'entra:t1')).toBe('0 conditional');
});

test('an answer that answers nothing is told once, with the question that was meant', () => {
  const {findings} = built({
    containers,
    identity: [
      declaration({
        adDomains: [
          domain('a.example', {
            trusts: [{domain: 'b.example', direction: 'outbound', type: 'external', sidFiltering: null}],
          }),
        ],
      }),
    ],
    answers: [
      answer('gap:sid-filtering:ad:b.example>ad:a.exmaple', 'no'),
      answer('gap:sid-filtering:ad:b.example>ad:a.exmaple', 'yes', '2026-01-01'),
      answer('gap:sid-filtering:ad:b.example>ad:a.example', 'no'),
    ],
  });
  const told = findings.filter(({code}) => code === 'BH-ID-430');
  expect(told).toHaveLength(1);
  expect(told[0]!.message).toContain('did you mean `gap:sid-filtering:ad:b.example>ad:a.example`');
});

test.each([
  ['a synchronised administrator', true, true, '0 certain'],
  ['an administrator of the cloud alone', false, true, 'no'],
  ['an administrator who does not say', undefined, true, '0 conditional'],
  ['no roles read', false, false, '0 conditional'],
])('%s decides whether the directory holds the tenant', (_who, synchronised, roles, expected) => {
  const attributes = synchronised === undefined ? {} : {synchronised};
  const role = 'azure:/directoryroles/62e90394-69f5-4237-9190-012177145e10';
  const {reach} = built({
    principals: [principal('azure-principal:admin', 'user', 'entra:t1', {attributes})],
    assignments: roles
      ? [assignment('azure-principal:admin', role, 'entra:t1', {roleName: 'Global Administrator'})]
      : [],
    identity: [
      declaration({
        adDomains: [domain('a.example')],
        entraConnect: [
          {tenant: 'entra:t1', adDomain: 'a.example', servers: [], syncedPrivilegedAccounts: null, place: AT},
        ],
      }),
    ],
  });
  expect(reach('ad:a.example', 'entra:t1')).toBe(expected);
});
