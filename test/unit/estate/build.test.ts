import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {buildEstate} from '../../../src/estate/build.ts';
import {emptyFacts} from '../../../src/model/facts.ts';
import type {Facts, Intake} from '../../../src/model/estate.ts';
import {container, dependency, intake, register, workload} from './samples.ts';

const OPTIONS = {applicationTags: ['app', 'Anwendung']};

function build(...intakes: Intake[]) {
  return buildEstate(intakes, OPTIONS);
}

function codes(result: {findings: {code: string}[]}) {
  return result.findings.map((finding) => finding.code);
}

test('two sources of one workload complete each other; contradictions are told once per field', () => {
  const poor = intake('azure.resource-list:x', {
    workloads: ['a', 'b'].map((name) =>
      workload(`azure:/vm/${name}`, {
        tags: {env: 'prod'},
        state: 'running',
        region: 'west',
        internetExposed: {value: true, field: 'publicIp'},
      }),
    ),
  });
  const rich = intake('azure.graph-query:x', {
    workloads: ['a', 'b'].map((name) =>
      workload(`azure:/vm/${name}`, {
        vcpu: 4,
        memoryMiB: 8192,
        os: 'linux',
        tags: {app: 'Shop'},
        region: 'east',
        internetExposed: {value: false, field: 'none'},
      }),
    ),
  });
  const result = build(poor, rich);
  expect(result.estate.workloads).toHaveLength(2);
  expect(result.estate.workloads[0]).toMatchObject({
    id: 'azure:/vm/a', source: 'azure.graph-query:x', vcpu: 4, state: 'running', region: 'east',
    tags: {env: 'prod', app: 'Shop'}, internetExposed: {value: true, field: 'publicIp'}, application: 'Shop',
  }); // prettier-ignore
  expect(
    result.findings.map((finding) => [finding.code, finding.severity, finding.message.split(':')[0]]),
  ).toEqual([
    ['BH-EST-002', 'info', '`internetExposed` differs for 2 workloads between azure.resource-list'],
    ['BH-EST-002', 'info', '`region` differs for 2 workloads between azure.graph-query'],
  ]);
});

test('the same id on two things of one source is a collision that drops nothing', () => {
  const result = build(
    intake('private:x', {
      workloads: [workload('private:x/1', {name: 'one'}), workload('private:x/1', {name: 'two'})],
    }),
  );
  expect(result.estate.workloads.map(({id}) => id)).toEqual(['private:x/1', 'private:x/1#2']);
  expect(new Set(result.estate.workloads.map(({name}) => name))).toEqual(new Set(['one', 'two']));
  expect(codes(result)).toEqual(['BH-EST-003']);
});

test('the same file twice counts once, and two files of one id are told apart', () => {
  const first = intake(
    'test:inv',
    {workloads: [workload('vmware:v/1')]},
    {sha256: 'aaaaaaaa1', file: 'a/inv.json'},
  );
  const copy = intake(
    'test:inv',
    {workloads: [workload('vmware:v/1')]},
    {sha256: 'aaaaaaaa1', file: 'b/inv.json'},
  );
  const other = intake(
    'test:inv',
    {workloads: [workload('vmware:v/2')]},
    {sha256: 'bbbbbbbb1', file: 'c/inv.json'},
  );
  const {estate, findings, provenance} = build(first, copy, other);
  expect(estate.sources.map(({id}) => id)).toEqual(['test:inv', 'test:inv~bbbbbbbb']);
  expect(estate.workloads.map(({source}) => source)).toEqual(['test:inv', 'test:inv~bbbbbbbb']);
  expect(provenance.map(({source}) => source)).toEqual(['test:inv', 'test:inv~bbbbbbbb']);
  expect(findings.map(({code}) => code)).toEqual(['BH-EST-001']);
});

test('every name of a container leads to one id', () => {
  const {estate} = build(
    intake('gcp.projects:x', {
      containers: [container('gcp:projects/77', {name: 'Shop', aliases: ['gcp:projects/shop-prod']})],
    }),
    intake('gcp.assets:x', {
      containers: [container('gcp:projects/shop-prod', {implied: true, parent: 'gcp:folders/1'})],
      workloads: [workload('gcp://compute/vm', {container: 'gcp:projects/shop-prod'})],
      assignments: [
        {id: 'x', cloud: 'gcp', principal: 'p', role: 'r', roleName: 'r', scope: 'gcp:projects/shop-prod', effect: 'allow', condition: null},
      ], // prettier-ignore
    }),
  );
  expect(estate.containers).toEqual([
    container('gcp:projects/77', {
      name: 'Shop',
      parent: 'gcp:folders/1',
      aliases: ['gcp:projects/shop-prod'],
    }),
  ]);
  expect(estate.workloads[0]!.container).toBe('gcp:projects/77');
  expect(estate.assignments[0]!.scope).toBe('gcp:projects/77');
});

test('a gap and a loop in the hierarchy are findings', () => {
  const {estate, findings} = build(
    intake('test:x', {
      containers: [
        container('s1', {parent: 'mg'}),
        container('x', {parent: 'y'}),
        container('y', {parent: 'x'}),
      ],
    }),
  );
  expect(estate.containers.map(({parent}) => parent)).toEqual(['mg', null, 'x']);
  expect(findings.map(({code, where}) => [code, where.id])).toEqual([
    ['BH-EST-010', 'mg'],
    ['BH-EST-011', 'x'],
  ]);
});

test('applications: tag before declaration before resource group and folder', () => {
  const {estate, findings} = build(
    intake('test:x', {
      containers: [container('rg1', {kind: 'resourceGroup', name: 'rg-shop'})],
      workloads: [
        workload('a:1', {tags: {Anwendung: 'Portal', APP: 'Shop'}}),
        workload('a:2', {tags: {app: 'shop'}}),
        workload('a:3', {tags: {app: 'shop'}}),
        workload('a:4'),
        workload('a:5', {container: 'rg1'}),
        workload('vmware:vc/6', {attributes: {folder: '/DC/vm/Clinic'}}),
        workload('vmware:vd/7', {attributes: {folder: '/DC/vm/Clinic'}}),
        workload('vmware:vd/8', {attributes: {folder: '/DC/vm'}}),
      ],
      register: [register('care', {covers: ['app:Records', '4', '2']})],
    }),
  );
  expect(estate.applications.map(({name, by, workloads}) => [name, by, workloads.length])).toEqual([
    ['Records', 'declared', 1],
    ['rg-shop', 'resourceGroup', 1],
    ['shop', 'tag:app', 3],
    ['Clinic', 'folder', 1],
    ['Clinic', 'folder', 1],
  ]);
  expect(estate.workloads.map(({application}) => application)).toEqual([
    'shop', 'shop', 'shop', 'Records', 'rg-shop', 'Clinic', 'Clinic', null,
  ]); // prettier-ignore
  expect(findings.map(({code, where}) => [code, where.id])).toEqual([['BH-EST-020', 'a:2']]);
  expect(estate.register[0]!.covers).toEqual(['a:2', 'a:4']);
});

test('applications: the column of an inventory groups too, below a tag and above folders', () => {
  const {estate} = build(
    intake('test:x', {
      workloads: [
        workload('private:own/1', {application: 'Lab  System'}),
        workload('private:own/2', {application: 'lab system', attributes: {folder: '/DC/vm/Clinic'}}),
        workload('private:own/3', {application: 'Lab System', tags: {app: 'shop'}}),
      ],
    }),
  );
  expect(estate.applications.map(({name, by, workloads}) => [name, by, workloads.length])).toEqual([
    ['Lab System', 'declared', 2],
    ['shop', 'tag:app', 1],
  ]);
  expect(estate.workloads.map(({application}) => application)).toEqual(['Lab System', 'Lab System', 'shop']);
});

const REFERENCES: Partial<Facts> = {
  workloads: [
    workload('vmware:vc1/vm-10', {name: 'db01', tags: {Env: 'Prod'}}),
    workload('vmware:vc1/vm-11', {name: 'Web01', tags: {app: 'shop', env: 'prod'}}),
    workload('vmware:vc2/vm-10', {name: 'web02', tags: {app: 'shop'}}),
    workload('vmware:vc2/vm-12', {name: 'twin'}),
    workload('vmware:vc2/vm-13', {name: 'twin'}),
  ],
};

test.each([
  ['vmware:vc1/vm-10', ['vmware:vc1/vm-10']],
  ['db01', ['vmware:vc1/vm-10']],
  ['WEB01', ['vmware:vc1/vm-11']],
  ['vc2/vm-10', ['vmware:vc2/vm-10']],
  ['VM-11', ['vmware:vc1/vm-11']],
  ['app:Shop', ['vmware:vc1/vm-11', 'vmware:vc2/vm-10']],
  ['tag:env=PROD', ['vmware:vc1/vm-10', 'vmware:vc1/vm-11']],
])('reference %s', (reference, expected) => {
  const {estate, findings} = build(
    intake('test:x', {...REFERENCES, register: [register('r', {covers: [reference]})]}),
  );
  expect(estate.register[0]!.covers).toEqual(expected);
  expect(findings).toEqual([]);
});

test.each([
  ['m-11', /no workload `m-11`/],
  ['twin', /2 things.*: vmware:vc2\/vm-12, vmware:vc2\/vm-13/],
  ['vm-10', /2 things/],
  ['wbe02', /did you mean `web02`/],
  ['app:shp', /did you mean `app:shop`/],
  ['tag:env=prd', /did you mean `tag:Env=Prod`/],
])('reference %s is told with its place, and the rest is kept', (reference, message) => {
  const {estate, findings} = build(
    intake('test:x', {
      ...REFERENCES,
      dependencies: [
        dependency('db01', reference, {place: {file: 'deps.csv', line: 4}}),
        dependency(reference, 'web02', {place: {file: 'deps.csv', line: 3}}),
        dependency('db01', 'web02'),
      ],
    }),
  );
  expect(estate.dependencies).toHaveLength(1);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({code: 'BH-EST-030', where: {file: 'deps.csv', line: 3}});
  expect(findings[0]!.message).toMatch(message);
  expect(findings[0]!.message).toContain('in 1 more place');
});

test('group dependencies share their volume; exact repetitions count once; self references go', () => {
  const {estate, findings} = build(
    intake('test:x', {
      ...REFERENCES,
      dependencies: [
        dependency('app:shop', 'db01', {gibPerMonth: 10}),
        dependency('db01', 'web02', {gibPerMonth: 3, place: {file: 'deps.csv', line: 9}}),
        dependency('db01', 'web02', {gibPerMonth: 3, place: {file: 'deps.csv', line: 5}}),
        dependency('db01', 'web02', {gibPerMonth: 4}),
        dependency('db01', 'DB01', {place: {file: 'deps.csv', line: 6}}),
        dependency('app:shop', 'app:shop', {kind: 'must-together'}),
      ],
    }),
  );
  expect(estate.dependencies.map(({from, to, kind, gibPerMonth, place}) => [from.slice(7), to.slice(7), kind, gibPerMonth, place.line])).toEqual([
    ['vc1/vm-10', 'vc2/vm-10', 'data-flow', 3, 5],
    ['vc1/vm-10', 'vc2/vm-10', 'data-flow', 4, 2],
    ['vc1/vm-11', 'vc1/vm-10', 'data-flow', 5, 2],
    ['vc1/vm-11', 'vc2/vm-10', 'must-together', null, 2],
    ['vc2/vm-10', 'vc1/vm-10', 'data-flow', 5, 2],
  ]); // prettier-ignore
  expect(findings.map(({code}) => code).toSorted()).toEqual(['BH-EST-031', 'BH-EST-032']);
});

test('identity references become ids; what is no workload keeps its own id or is told', () => {
  const place = {file: 'identity.yaml', line: 3};
  const {estate, findings} = build(
    intake('test:x', {
      ...REFERENCES,
      containers: [container('vmware:vc1', {kind: 'vcenter', name: 'vcsa.corp', cloud: 'vmware'})],
      identity: [
        {
          adDomains: [{fqdn: 'corp', domainControllers: ['db01', 'gone'], trusts: [], members: ['tag:env=prod'], place}],
          adfs: [],
          entraConnect: [],
          vcenterSso: [{domain: 'vsphere.local', vcenters: ['VCSA.corp', 'site-b'], appliances: ['twin'], identitySources: [], place}],
          operators: [{name: 'h', access: 'jit', operates: ['vcsa.corp', 'ad:corp', 'site-b'], identityProvider: null, place}],
          signIns: [{workload: 'app:shop', root: 'ad:corp', signInAudience: null, place}],
          roots: [{id: 'vault:x', kind: 'other', name: 'x', place}],
          edges: [
            {from: 'vault:x', to: 'db01', kind: 'K', level: 0, certainty: 'certain', because: 'b', place},
            {from: 'ad:corp', to: 'nowhere', kind: 'K', level: 0, certainty: 'certain', because: 'b', place},
          ],
        },
      ],
    }),
  ); // prettier-ignore
  expect(estate.identity[0]).toMatchObject({
    adDomains: [{domainControllers: ['vmware:vc1/vm-10'], members: ['vmware:vc1/vm-10', 'vmware:vc1/vm-11']}],
    vcenterSso: [{vcenters: ['vmware:vc1', 'site-b'], appliances: []}],
    operators: [{operates: ['vmware:vc1', 'ad:corp', 'site-b']}],
    signIns: [{workload: 'vmware:vc1/vm-11'}, {workload: 'vmware:vc2/vm-10'}],
    edges: [{from: 'vault:x', to: 'vmware:vc1/vm-10'}],
  });
  expect(estate.identity[0]!.edges).toHaveLength(1);
  expect(findings.map(({code, message}) => [code, message.split('`')[1]])).toEqual([
    ['BH-EST-050', 'gone'],
    ['BH-EST-050', 'nowhere'],
    ['BH-EST-050', 'twin'],
  ]);
});

test('the order of files and records never shows', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const anyWorkload = fc
    .record({
      id: name.map((text) => `vmware:vc/${text}`),
      name: fc.option(fc.constantFrom('A', 'B', 'a'), {nil: undefined}),
      vcpu: fc.option(fc.constantFrom(1, 2), {nil: null}),
      region: fc.option(fc.constantFrom('x', 'y'), {nil: null}),
      container: fc.option(fc.constantFrom('g1', 'g2', 'alias1'), {nil: null}),
      app: fc.option(fc.constantFrom('Shop', 'shop', 'HR'), {nil: undefined}),
    })
    .map(({id, app, name, ...given}) => workload(id, {...given, name: name ?? id.at(-1)!, tags: app ? {app} : {}}));
  const anyContainer = fc
    .record({id: fc.constantFrom('g1', 'g2', 'alias1'), parent: fc.option(fc.constantFrom('g1', 'g2'), {nil: null}), implied: fc.boolean(), alias: fc.boolean()})
    .map(({id, alias, implied, parent}) => container(id, {parent, ...(implied ? {implied} : {}), ...(alias && id !== 'alias1' ? {aliases: ['alias1']} : {})})); // prettier-ignore
  const anyDependency = fc
    .record({from: name, to: fc.oneof(name, fc.constantFrom('app:shop', 'zz', 'A')), gib: fc.option(fc.constantFrom(1, 2), {nil: null}), line: fc.nat(9)})
    .map(({from, to, gib, line}) => dependency(from, to, {gibPerMonth: gib, place: {file: 'd.csv', line}})); // prettier-ignore
  const anyRegister = fc
    .record({id: name, covers: fc.array(fc.oneof(name, fc.constantFrom('app:New', 'app:shop')), {maxLength: 3}), line: fc.nat(9)})
    .map(({id, covers, line}) => register(id, {covers, place: {file: 'r.yaml', line}})); // prettier-ignore
  const anyFacts = fc.record({
    workloads: fc.array(anyWorkload, {maxLength: 6}),
    containers: fc.array(anyContainer, {maxLength: 4}),
    dependencies: fc.array(anyDependency, {maxLength: 6}),
    register: fc.uniqueArray(anyRegister, {maxLength: 3, selector: ({place}) => place.line}),
  });
  const anyIntakes = fc
    .array(fc.tuple(fc.constantFrom('x:1', 'x:2', 'y:1'), anyFacts), {minLength: 1, maxLength: 4})
    .map((list) => list.map(([id, facts], index) => intake(id, {...emptyFacts(), ...facts}, {sha256: `${index}${id}`.padEnd(64, '0')})));
  fc.assert(
    fc.property(anyIntakes, fc.infiniteStream(fc.nat()), (intakes, numbers) => {
      const shuffle = <T>(list: T[]): T[] =>
        list.map((item) => ({item, key: numbers.next().value as number})).toSorted((a, b) => a.key - b.key).map(({item}) => item);
      const shuffled = shuffle(intakes).map((one) => ({
        ...one,
        facts: Object.fromEntries(Object.entries(one.facts).map(([key, list]) => [key, shuffle(list as unknown[])])) as unknown as Facts,
        ledger: shuffle(one.ledger),
        provenance: shuffle(one.provenance),
      }));
      expect(JSON.stringify(build(...shuffled))).toBe(JSON.stringify(build(...intakes)));
    }),
    {numRuns: 400},
  );
}); // prettier-ignore
