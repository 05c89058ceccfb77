import {describe, expect, test} from 'vitest';
import {indexGraph} from '../../../../src/exposure/index-graph.ts';
import {moveWorkloads} from '../../../../src/exposure/move.ts';
import {reachOf} from '../../../../src/exposure/reach.ts';
import {cpuFamily, isolatedSize, unaffectedSize} from '../../../../src/identity/hardware/cpu-model.ts';
import type {CpuAttestation, HostStatement} from '../../../../src/model/identity-sections.ts';
import {AT, built, container, declaration, site, workload} from '../estate.ts';
import {answer, containers, host, vm} from '../onprem/help.ts';

test.each([
  ['Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz', 'Broadwell', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU           E5-2697 v3 @ 2.60GHz', 'Haswell', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU E5-2670 0 @ 2.60GHz', 'Sandy Bridge', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU E7-8890 v2', 'Ivy Bridge', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU X5650 @ 2.67GHz', 'Westmere', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU X5570', 'Nehalem', 'no', 'yes'],
  ['Intel(R) Xeon(R) CPU X5460', 'before Nehalem', 'no', 'no'],
  ['Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz', 'Skylake', 'yes', 'yes'],
  ['Intel(R) Xeon(R) Silver 4114 CPU', 'Skylake', 'yes', 'yes'],
  ['Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz', 'Cascade Lake', 'yes', 'no'],
  ['Intel(R) Xeon(R) Platinum 8380H CPU', 'Cooper Lake', 'yes', 'no'],
  ['Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz', 'Ice Lake', 'yes', 'no'],
  ['Intel(R) Xeon(R) Platinum 8480+', 'Sapphire Rapids', 'no', 'no'],
  ['INTEL(R) XEON(R) GOLD 6530', 'Emerald Rapids', 'no', 'no'],
  ['Intel(R) Xeon(R) 6760P', 'Xeon 6', 'no', 'no'],
  ['Intel(R) Xeon(R) CPU E3-1240 v5 @ 3.50GHz', 'Skylake', 'yes', 'yes'],
  ['Intel(R) Xeon(R) CPU E3-1240 v6', 'Kaby Lake', 'yes', 'yes'],
  ['Intel(R) Xeon(R) E-2288G CPU @ 3.70GHz', 'Coffee Lake Refresh', 'yes', 'depends'],
  ['Intel(R) Xeon(R) E-2388G CPU', 'Rocket Lake', 'yes', 'no'],
  ['Intel(R) Xeon(R) D-2146NT CPU', 'Skylake', 'yes', 'yes'],
  ['Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz', 'Coffee Lake', 'yes', 'yes'],
  ['11th Gen Intel(R) Core(TM) i7-1185G7 @ 3.00GHz', 'Tiger Lake', 'yes', 'no'],
  ['Intel(R) Core(TM) i5-1035G1 CPU', 'Ice Lake', 'yes', 'no'],
  ['12th Gen Intel(R) Core(TM) i9-12900K', 'Alder Lake', 'no', 'no'],
  ['13th Gen Intel(R) Core(TM) i9-13900K', 'Raptor Lake', 'no', 'no'],
  ['Intel(R) Core(TM) i7-6850K CPU', 'Broadwell', 'no', 'yes'],
  ['AMD EPYC 7543 32-Core Processor', 'not an Intel core', 'no', 'no'],
  ['Intel Xeon Processor (Cascadelake)', 'Cascade Lake', 'yes', 'no'],
])('%s is %s: Downfall %s, L1TF %s', (model, name, downfall, l1tf) => {
  expect(cpuFamily(model)).toEqual({name, downfall, l1tf});
});

test.each(['Intel(R) Xeon(R) CPU', 'Xeon Gold', 'Some Processor 9000', '', 'Intel(R) Xeon(R) Gold 61'])(
  'an unknown name stays unknown: %s',
  (model) => expect(cpuFamily(model)).toBeNull(),
);

const attestation = (more: Partial<CpuAttestation>): CpuAttestation => ({
  hosts: ['vmware:vc1'],
  sites: [],
  provider: null,
  flaws: [],
  microcode: null,
  smtSharing: null,
  source: 'audit',
  date: '2026-03-01',
  place: AT,
  ...more,
});

const APP = 'vmware:vc1/app';

function shared(
  more: Parameters<typeof host>[1],
  attestations: CpuAttestation[] = [],
  options: {alone?: boolean; hosts?: HostStatement[]; answers?: ReturnType<typeof answer>[]} = {},
) {
  return built({
    containers,
    hosts: [host('esx1', {cpuModel: 'Intel(R) Xeon(R) Gold 6130 CPU', ...more})],
    workloads: [vm('app', {host: 'esx1'}), ...(options.alone ? [] : [vm('other', {host: 'esx1'})])],
    answers: options.answers ?? [],
    identity: [declaration({attestations, hosts: options.hosts ?? []})],
  });
}

test.each([
  ['nothing attested', {}, [], '3 conditional', '3 conditional'],
  ['microcode and no sharing', {}, [{microcode: true, smtSharing: false}], 'no', 'no'],
  [
    'new microcode, no hyper-threading',
    {hyperThreadingActive: false},
    [{microcode: '2024-01-01'}],
    'no',
    'no',
  ],
  ['microcode between the two flaws', {}, [{microcode: '2020-01-01', smtSharing: false}], '3 certain', 'no'],
  ['microcode alone', {}, [{microcode: true}], '3 conditional', '3 conditional'],
  ['no sharing alone', {}, [{smtSharing: false}], '3 conditional', '3 conditional'],
  ['microcode missing', {}, [{microcode: false}], '3 certain', '3 certain'],
  ['for one flaw only', {}, [{microcode: true, smtSharing: false, flaws: ['l1tf']}], '3 conditional', 'no'],
  [
    'said both ways',
    {},
    [{microcode: true, smtSharing: false}, {smtSharing: true}],
    '3 conditional',
    '3 conditional',
  ],
  ['not affected', {cpuModel: 'AMD EPYC 7543'}, [], 'no', 'no'],
  ['older core', {cpuModel: 'Intel(R) Xeon(R) CPU E5-2680 v4'}, [], 'no', '3 conditional'],
  ['unknown model', {cpuModel: 'Xeon'}, [], '3 unknown', '3 unknown'],
  ['no model', {cpuModel: null}, [], '3 unknown', '3 unknown'],
] as [string, object, Partial<CpuAttestation>[], string, string][])(
  '%s',
  (_name, more, attestations, downfall, l1tf) => {
    const {reach} = shared(more, attestations.map(attestation));
    const told = ['cpu:downfall', 'cpu:l1tf'].map((root) => reach(root, APP).replace('no node', 'no'));
    expect(told).toEqual([downfall, l1tf]);
  },
);

test('a flaw reads, it does not control', () => {
  const {index} = shared({});
  const into = index.graph.edges.filter(({kind, to}) => kind === 'SHARES_CORE' && to === APP);
  expect(into).toMatchObject([{level: 3, caps: ['read'], bound: 'place'}]);
});

test('a host with one machine, or of one customer alone, shares nothing, whatever its model', () => {
  const dedicated = [
    {
      hosts: ['esx1'],
      domain: null,
      version: null,
      esxAdminsGroupChanged: null,
      dedicatedTo: 'clinic',
      place: AT,
    },
  ];
  for (const cpuModel of [null, 'Intel(R) Xeon(R) Gold 6130 CPU']) {
    expect(shared({cpuModel}, [], {alone: true}).reach('cpu:downfall', APP)).toBe('no node');
    expect(shared({cpuModel}, [], {hosts: dedicated}).reach('cpu:downfall', APP)).toBe('no node');
  }
});

test('one question per cluster and flaw; the answer settles it', () => {
  const id = 'gap:cpu-mitigation:downfall:vmware:vc1/cl';
  expect(shared({}).index.graph.gaps.map((gap) => gap.id)).toContain(id);
  expect(shared({}, [], {answers: [answer(id, 'no')]}).reach('cpu:downfall', APP)).toBe('no');
  expect(shared({}, [], {answers: [answer(id, 'yes')]}).reach('cpu:downfall', APP)).toBe('3 certain');
});

test.each([
  ['aws', {size: 'm5.large'}, '3 conditional'],
  ['aws', {size: 'm5.large', tenancy: 'default'}, '3 conditional'],
  ['aws', {size: 'm5.large', tenancy: 'dedicated'}, 'no'],
  ['aws', {size: 'm5.large', tenancy: 'host'}, 'no'],
  ['aws', {size: 'm5.metal'}, 'no'],
  ['aws', {size: 'm7g.large'}, 'no'],
  ['aws', {size: 'c6a.xlarge'}, 'no'],
  ['aws', {size: 'm7i.large'}, 'no'],
  ['azure', {size: 'Standard_D4s_v5'}, '3 conditional'],
  ['azure', {size: 'Standard_D4as_v5'}, 'no'],
  ['azure', {size: 'Standard_D4ps_v5'}, 'no'],
  ['azure', {size: 'Standard_E104ids_v5'}, 'no'],
  ['azure', {}, '3 conditional'],
  ['gcp', {size: 'n2-standard-4'}, '3 conditional'],
  ['gcp', {size: 'n2d-standard-4'}, 'no'],
  ['gcp', {size: 'c3-standard-4'}, 'no'],
] as const)('%s with %o on a shared fleet: %s', (cloud, attributes, expected) => {
  const {reach} = built({workloads: [workload('w', null, {cloud, attributes: {...attributes}})]});
  expect(reach('cpu:downfall', 'w').replace('no node', 'no')).toBe(expected);
});

test('what a provider or site attests of its fleet counts for that fleet', () => {
  const fleet = (attestations: CpuAttestation[]) =>
    built(
      {
        containers: [container('aws-account:1', 'account', null, null, 'aws')],
        workloads: ['w', 'v'].map((id) =>
          workload(id, 'aws-account:1', {cloud: 'aws', attributes: {size: 'm5.large'}}),
        ),
        identity: [declaration({attestations})],
      },
      [site('eu'), site('us')],
      [0, 1],
    );
  const closed = {hosts: [], microcode: true, smtSharing: false};
  const told = (attestations: CpuAttestation[]) => {
    const {reach} = fleet(attestations);
    return ['w', 'v'].map((id) => reach('cpu:l1tf', id).replace('no node', 'no'));
  };
  expect(told([])).toEqual(['3 conditional', '3 conditional']);
  expect(told([attestation({...closed, provider: 'aws'})])).toEqual(['no', 'no']);
  expect(told([attestation({...closed, provider: 'gcp'})])).toEqual(['3 conditional', '3 conditional']);
  expect(told([attestation({...closed, sites: ['eu']})])).toEqual(['no', '3 conditional']);
});

test('sizes are judged by provider only', () => {
  expect([unaffectedSize('azure', 'm7g.large'), isolatedSize('aws', 'Standard_E104i_v5')]).toEqual([
    false,
    false,
  ]);
});

describe('a site shared with others', () => {
  const moved = (more: Parameters<typeof site>[1], attestations: CpuAttestation[] = []) => {
    const {index} = built(
      {
        containers,
        hosts: [host('esx1', {cpuModel: 'AMD EPYC 7543'})],
        workloads: [vm('app', {host: 'esx1', identities: ['p:app']})],
        identity: [declaration({attestations})],
      },
      [site('target', more)],
    );
    const after = indexGraph(moveWorkloads(index.graph, new Map([[APP, 'target']])));
    const found = (to: string) =>
      after.find('cpu:downfall') < 0 ? 255 : reachOf(after, ['cpu:downfall'], 'conditional')[after.find(to)]!;
    return [found(APP), found('p:app')];
  };
  const attested = attestation({hosts: [], provider: 'aws', microcode: true, smtSharing: false});

  test.each<[string, Parameters<typeof site>[1], CpuAttestation[], number]>([
    ['shared', {kind: 'public', provider: 'aws', tenancy: 'shared'}, [], 3],
    ['public, tenancy not stated', {kind: 'public', provider: 'aws', tenancy: null}, [], 3],
    ['of one customer', {kind: 'public', provider: 'aws', tenancy: 'dedicated-host'}, [], 255],
    ['attested by its provider', {kind: 'public', provider: 'aws', tenancy: 'shared'}, [attested], 255],
    ['at home', {kind: 'onprem', tenancy: null}, [], 255],
  ])('%s: a move there is read by neighbours, not taken over', (_, more, attestations, expected) => {
    expect(moved(more, attestations)).toEqual([expected, 255]);
  });
});
