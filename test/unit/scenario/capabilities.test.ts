import {expect, test} from 'vitest';
import {readParameters} from '../../../src/inputs/parameters.ts';
import {readScenarios} from '../../../src/inputs/scenarios.ts';
import {adHocWorkspace} from '../../../src/io/workspace.ts';
import type {Capability} from '../../../src/model/exposure.ts';
import {runScenario} from '../../../src/scenario/run.ts';
import {buildTestEstate} from '../../../src/scenario/test-estate.ts';

const {scenarios} = await readScenarios('.', null);
const parameters = await readParameters('.', adHocWorkspace([]));

/** Verdicts by workload of a shipped scenario where only one sort of access counts. */
async function verdicts(
  id: string,
  capability: Capability,
  given: Parameters<typeof buildTestEstate>[0],
  starts: string[] | null = null,
): Promise<Record<string, string>> {
  const shipped = scenarios.find((scenario) => scenario.id === id)!;
  const identity = {now: '2026-11-22T00:00:00.000Z', aws: parameters.aws};
  const {value, findings} = buildTestEstate(given, {rules: parameters.sensitivityRules, identity}, id);
  expect(findings).toEqual([]);
  const spec = {...shipped.spec, follow: {direct: false, ...shipped.spec.follow, capability}};
  const run = await runScenario({...shipped, spec}, {...value, starts, window: null, earlier: null});
  return Object.fromEntries(run.value.results.map(({name, verdict}) => [name, verdict]));
}

test('backup-admin: immutable copies are read but not destroyed; where nobody says so it is a question', async () => {
  const names = ['kept', 'lost', 'open'];
  const given = {
    inventory: {workloads: names.map((name) => ({id: name, name, type: 'database'}))},
    identity: {
      backupServers: [
        {name: 'vault', protects: ['kept'], immutable: true},
        {name: 'plain', protects: ['lost'], immutable: false},
        {name: 'silent', protects: ['open']},
      ],
    },
  };
  expect(await verdicts('backup-admin', 'read', given)).toEqual({kept: 'in', lost: 'in', open: 'in'});
  expect(await verdicts('backup-admin', 'destroy', given)).toEqual({
    kept: 'out',
    lost: 'in',
    open: 'conditional',
  });
});

test.each([
  ['decides by itself', true, 'out', 'conditional'],
  ['does not', false, 'in', 'in'],
  ['is not stated to', null, 'in', 'in'],
])(
  'kms-provider: an external key is a gate before reading only where its manager %s',
  async (_, own, data, machine) => {
    const given = {
      inventory: {
        workloads: [
          {id: 'ehr', name: 'ehr', type: 'database'},
          {id: 'app', name: 'app', type: 'vm'},
        ],
      },
      identity: {
        keyManagers: [
          {name: 'hsm', kind: 'external', protects: ['ehr', 'app'], independentAuthorisation: own},
        ],
        operators: [{name: 'kai', access: 'standing', operates: ['ehr', 'app']}],
      },
    };
    const read = (starts: string[]) => verdicts('kms-provider', 'read', given, starts);
    expect(await read(['operator:kai'])).toEqual({ehr: data, app: machine});
    // Neither of the two reads alone; together they do.
    expect(await read(['kms:hsm'])).toEqual({ehr: 'out', app: 'out'});
    expect(await read(['operator:kai', 'kms:hsm'])).toEqual({ehr: 'in', app: 'in'});
    // Nothing of this stops destruction.
    const destroyed = await verdicts('kms-provider', 'destroy', given, ['operator:kai']);
    expect(destroyed).toEqual({ehr: 'in', app: 'in'});
  },
);

test('vcenter-admin-ransomware: the directory falls with the machine of its controller unless its disks are guarded', async () => {
  const given = (independentAuthorisation: boolean) => ({
    facts: {
      containers: [
        {id: 'vmware:vc1', kind: 'vcenter', cloud: 'vmware', root: 'vcenter-sso:vsphere.local@vc1'},
      ],
      roots: [{id: 'vcenter-sso:vsphere.local@vc1', kind: 'vcSsoDomain'}],
      workloads: [
        {id: 'vmware:vc1/dc', name: 'dc', cloud: 'vmware', container: 'vmware:vc1'},
        {id: 'private:x/laptop', name: 'laptop'},
      ],
    },
    identity: {
      adDomains: [{fqdn: 'corp.example', domainControllers: ['dc'], members: ['laptop']}],
      keyManagers: [{name: 'hsm', kind: 'external', protects: ['dc'], independentAuthorisation}],
    },
  });
  const read = (own: boolean) => verdicts('vcenter-admin-ransomware', 'read', given(own));
  expect(await read(false)).toEqual({dc: 'in', laptop: 'in'});
  expect(await read(true)).toEqual({dc: 'conditional', laptop: 'conditional'});
});
