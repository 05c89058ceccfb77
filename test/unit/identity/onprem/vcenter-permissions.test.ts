import {expect, test} from 'vitest';
import type {VcenterPermission} from '../../../../src/model/identity-sections.ts';
import {built, declaration, principal} from '../estate.ts';
import {CLUSTER, SSO, VC, answer, containers, domain, host, sso, vm} from './help.ts';

const APP = 'vmware:vc1/app';
const GROUP = 'vsphere:a\\team';

function permitted(more: Partial<VcenterPermission>, part: Parameters<typeof built>[0] = {}) {
  const permission = {
    entity: 'root',
    principal: 'A\\Team',
    group: true,
    role: 'Admin',
    propagate: true,
    ...more,
  };
  return built({
    containers,
    hosts: [host('esx1')],
    workloads: [vm('app', {host: 'esx1'}), vm('other', {host: 'esx1'})],
    identity: [
      declaration({adDomains: [domain('a.example')], vcenterSso: [sso({permissions: [permission]})]}),
    ],
    ...part,
  });
}

/** What edges of the permission give: head and capabilities. */
function given({index}: ReturnType<typeof built>, holder = GROUP) {
  return index.graph.edges
    .filter(({from}) => from === holder)
    .map(({to, caps, certainty}) => `${to} ${caps?.join('+') ?? 'all'} ${certainty}`);
}

test.each([
  ['Admin', true, '0 certain', '0 certain'],
  ['Administrator', false, '0 certain', 'no'],
  ['No cryptography administrator', true, '0 certain', '0 certain'],
  ['ReadOnly', true, 'no', 'no'],
  ['Read-only', true, 'no', 'no'],
  ['No access', true, 'no', 'no'],
  ['Virtual machine power user (sample)', true, '0 certain', 'no'],
  ['VirtualMachinePowerUser', false, 'no', 'no'],
  ['VirtualMachineConsoleUser', true, '0 conditional', 'no'],
  ['Operations of our own', true, '0 unknown', 'no'],
])('role %s on the root, propagate %s: machine %s, SSO domain %s', (role, propagate, machine, domainOf) => {
  const {reach} = permitted({role, propagate});
  expect([reach(GROUP, APP), reach(GROUP, SSO)]).toEqual([machine, domainOf]);
  expect(reach('ad:a.example', GROUP)).toBe('0 certain');
});

test('a right on one machine, host or cluster is over that alone', () => {
  expect(permitted({entity: APP}).reach(GROUP, 'vmware:vc1/other')).toBe('no');
  expect(permitted({entity: APP}).reach(GROUP, APP)).toBe('0 certain');
  expect(permitted({entity: 'esx1'}).reach(GROUP, APP)).toBe('0 certain');
  expect(permitted({entity: CLUSTER}).reach(GROUP, SSO)).toBe('no');
  expect(permitted({entity: 'nowhere'}).findings.map(({code}) => code)).toContain('BH-ID-040');
});

test('an unknown role is one question, whatever it is granted on', () => {
  const id = 'gap:vcenter-role:operations';
  const asked = permitted({role: 'Operations'});
  expect(asked.index.graph.gaps.map((gap) => gap.id).filter((gap) => gap.includes('role'))).toEqual([id]);
  expect(permitted({role: 'Operations'}, {answers: [answer(id, 'no')]}).reach(GROUP, APP)).toBe('no');
});

test.each([
  [['VirtualMachine.Provisioning.DiskRandomRead'], ['read certain']],
  [
    ['VirtualMachine.Inventory.Delete', 'VirtualMachine.Interact.PowerOff'],
    ['deny-service certain', 'destroy certain'],
  ],
  [['VirtualMachine.Config.AddExistingDisk'], ['all certain']],
  [['VirtualMachine.GuestOperations.Execute'], ['all conditional']],
  [['Authorization.ModifyPermissions', 'System.View'], ['all certain']],
  [['System.View', 'Global.LogEvent'], []],
])('a role somebody made gives what its privileges give: %j', (actions, expected) => {
  const role = {
    id: 'vmware:vc1/role:7',
    name: 'Admin',
    cloud: 'vmware' as const,
    actions,
    notActions: [],
    dataActions: [],
    notDataActions: [],
  };
  const told = given(permitted({entity: APP}, {roleDefinitions: [role]}));
  expect(told.map((text) => text.replace(`${APP} `, ''))).toEqual(expected);
});

test('permissions that were read count like declared ones; the same account in directory data acts as it', () => {
  const member = principal('ad-principal:S-1-5-21-1-2-3-1105', 'group', null, {
    name: 'TEAM@A.EXAMPLE',
    cloud: 'private',
  });
  const {reach, findings} = built({
    containers,
    workloads: [vm('app')],
    principals: [principal('vsphere:a\\team', 'adGroup', null, {cloud: 'vmware', name: 'a\\team'}), member],
    assignments: [
      {
        id: 'x',
        cloud: 'vmware',
        principal: 'vsphere:a\\team',
        role: 'vmware:vc1/role:-1',
        roleName: 'Admin',
        scope: VC,
        effect: 'allow',
        condition: null,
      },
    ],
    identity: [declaration({adDomains: [domain('a.example')], vcenterSso: [sso()]})],
  });
  for (const from of ['vsphere:a\\team', member.id, 'ad:a.example'])
    expect(reach(from, SSO)).toBe('0 certain');
  expect(findings).toEqual([]);
});

test('accounts of the SSO domain belong to it; a domain nobody knows is told', () => {
  expect(
    permitted({principal: 'Administrator@vsphere.local'}).reach(SSO, 'vsphere:vsphere.local\\administrator'),
  ).toBe('0 certain');
  const stranger = permitted({principal: 'ELSEWHERE\\x'});
  expect(stranger.findings.filter(({code}) => code === 'BH-ID-410')).toMatchObject([
    {where: {id: 'vsphere:elsewhere\\x'}},
  ]);
});

test('a NetBIOS name that is not the first label is declared', () => {
  const {reach} = built({
    containers,
    identity: [
      declaration({
        adDomains: [domain('corp.example', {netbios: 'OLD'})],
        vcenterSso: [
          sso({
            permissions: [
              {entity: 'root', principal: 'old\\x', group: false, role: 'Admin', propagate: true},
            ],
          }),
        ],
      }),
    ],
  });
  expect(reach('ad:corp.example', SSO)).toBe('0 certain');
});
