import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseYaml} from '../../../../src/document/yaml.ts';
import type {Decoded, InputFile, Table} from '../../../../src/model/decoded.ts';
import {shapes} from '../../../../src/sources/declared/shapes.ts';

function file(display: string): InputFile {
  return {path: `/x/${display}`, display, sha256: 'ab'.repeat(32), size: 1};
}

function yaml(text: string): Decoded {
  const parsed = parseYaml(text, 'in.yaml');
  expect(parsed.findings).toEqual([]);
  return {kind: 'yaml', documents: parsed.documents};
}

function csv(header: string[], ...rows: (string | number | null)[][]): Decoded {
  const table: Table = {name: 't', header, rows, rowNumbers: rows.map((_, index) => index + 2)};
  return {kind: 'tables', container: 'csv', tables: [table]};
}

function read(decoded: Decoded, display: string) {
  const shape = shapes.find((candidate) => candidate.matches(decoded, file(display)));
  return {format: shape?.id, intake: shape!.map(decoded, file(display), {})};
}

const IDENTITY = `
apiVersion: bulkhead.dev/v1alpha1
kind: Identity
spec:
  adDomains:
    - fqdn: Corp.Example.
      domainControllers: [dc01, dc02]
      members: ["tag:domain=corp"]
  entraConnect:
    - tenant: 8E2C1D7A-0000-4000-8000-00000000ABCD
      adDomain: corp.example
      servers: [sync01]
  vcenterSso:
    - domain: vsphere.local
      identitySources: [{type: ad, root: CORP.example}]
  operators: [{name: Hoster}]
  signIns:
    - {workload: "app:portal", root: "entra:8e2c1d7a-0000-4000-8000-00000000abcd"}
`;

test('identity.yaml becomes a declaration with one spelling per root and unknown left unknown', () => {
  const {format, intake} = read(yaml(IDENTITY), 'identity.yaml');
  expect(format).toBe('declared.identity');
  expect(intake.findings).toEqual([]);
  const [identity] = intake.facts.identity;
  expect(identity!.adDomains[0]).toMatchObject({fqdn: 'corp.example', place: {file: 'in.yaml', line: 6}});
  expect(identity!.entraConnect[0]).toMatchObject({
    tenant: identity!.signIns[0]!.root,
    syncedPrivilegedAccounts: null,
  });
  expect(identity!.vcenterSso[0]!.identitySources).toEqual([
    {type: 'ad', root: 'ad:corp.example', privileged: null, groups: []},
  ]);
  expect(identity!.operators[0]!.access).toBe('unknown');
  expect(intake.ledger[0]).toMatchObject({rowsIn: 1, classified: 1, status: 'complete'});
});

test('a broken document is rejected with every problem placed, and the others of the file are kept', () => {
  const text = `${IDENTITY}---
apiVersion: bulkhead.dev/v1alpha1
kind: Register
spec:
  functions:
    - {id: care, function: Care, criticalty: 2, covers: [a]}
    - {id: lab, function: Lab, criticality: -1}
---
kind: Registr
---
apiVersion: bulkhead.dev/v1alpha1
kind: Site
`;
  const {intake} = read(yaml(text), 'mixed.yaml');
  expect(intake.facts.identity).toHaveLength(1);
  expect(intake.facts.register).toHaveLength(0);
  expect(intake.findings.map((finding) => finding.message).join('\n')).toMatch(
    /did you mean `criticality`[\s\S]*spec.functions.1.criticality[\s\S]*did you mean `Register`[\s\S]*Site document/,
  );
  expect(intake.findings.every((finding) => (finding.where.line ?? 0) > 0 && finding.partial)).toBe(true);
  expect(intake.ledger[0]).toMatchObject({rowsIn: 4, classified: 1, rejected: 3, status: 'partial'});
});

test('a register says the same in YAML and in CSV', () => {
  const inYaml = read(
    yaml(`
apiVersion: bulkhead.dev/v1alpha1
kind: Register
spec:
  functions:
    - id: care
      function: Patient care
      owner: CIO
      criticality: 1.5
      rtoHours: 4
      exitPlan: false
      dataCategories: [phi, pii]
      sensitivity: {confidentiality: sehr hoch, availability: high, decidedBy: DPO, date: 2026-05-01, reason: records}
      covers: ["app:portal", db-1]
`),
    'register.yaml',
  );
  const inCsv = read(
    csv(
      [
        'ID',
        'Function',
        'Owner',
        'Kritikalität',
        'RTO (h)',
        'exit_plan',
        'data_categories',
        'c',
        'a',
        'decided_by',
        'date',
        'reason',
        'covers',
      ],
      [
        'care',
        'Patient care',
        'CIO',
        '1,5',
        4,
        'nein',
        'phi|pii',
        '3',
        'Hoch',
        'DPO',
        '2026-05-01',
        'records',
        'app:portal; db-1',
      ],
      ['', 'Nameless', null, null, null, null, null, null, null, null, null, null, 'x'],
    ),
    'register.csv',
  );
  expect(inYaml.format).toBe('declared.register');
  expect(inCsv.format).toBe('declared.register');
  const bare = (intake: typeof inYaml.intake) =>
    intake.facts.register.map((entry) => ({...entry, place: null}));
  expect(bare(inCsv.intake)).toEqual(bare(inYaml.intake));
  expect(inYaml.intake.facts.register[0]!.sensitivity).toMatchObject({c: 3, i: null, a: 2});
  expect(inCsv.intake.findings).toMatchObject([
    {code: 'BH-DOC-004', message: 'required field `id` is missing', where: {line: 3, column: 'id'}},
  ]);
});

test('dependency rows: kinds, amounts and unknown volumes; a bad row is rejected with line and reason', () => {
  const {format, intake} = read(
    csv(
      ['From', 'to', 'Kind', 'GiB per month', 'max_latency_ms', 'coment'],
      ['a', 'b', 'Data_Flow', '1.234,5', 2, null],
      ['a', 'c', null, '', null, null],
      ['a', 'd', 'must-togehter', 1, null, null],
      ['a', 'e', 'trust', '-3', null, null],
      ['a', 'f', 'trust', 'lots', null, null],
      ['a', 'g', 'trust', '1,024', null, null],
      ['', 'h', 'trust', 1, null, null],
    ),
    'deps.csv',
  );
  expect(format).toBe('declared.dependencies');
  expect(intake.facts.dependencies).toMatchObject([
    {from: 'a', to: 'b', kind: 'data-flow', gibPerMonth: 1234.5, maxLatencyMs: 2, place: {line: 2}},
    {from: 'a', to: 'c', kind: 'data-flow', gibPerMonth: null, maxLatencyMs: null, place: {line: 3}},
  ]);
  expect(intake.findings.map((finding) => [finding.code, finding.where.line])).toEqual([
    ['BH-DEP-004', 1],
    ['BH-DEP-002', 4],
    ['BH-DEP-003', 5],
    ['BH-DEP-003', 6],
    ['BH-DEP-003', 7],
    ['BH-DEP-001', 8],
  ]);
  expect(intake.findings[1]!.message).toContain('did you mean `must-together`');
  expect(intake.findings[4]!.message).toContain('ambiguous');
  expect(intake.ledger[0]).toMatchObject({
    rowsIn: 7,
    classifiedBy: {dependency: 2},
    rejectedBy: {'bad gib_per_month': 3, 'no from': 1, 'unknown kind': 1},
    status: 'partial',
  });
});

test('tables of other tools are not taken for ours', () => {
  for (const header of [
    ['VM', 'Powerstate'],
    ['from', 'to'],
    ['id', 'function'],
  ]) {
    expect(shapes.some((shape) => shape.matches(csv(header), file('x.csv')))).toBe(false);
  }
});

test('every example of the blank identity.yaml is a valid one', () => {
  const path = new URL('../../../../examples/blank/identity.yaml', import.meta.url);
  const text = readFileSync(path, 'utf8')
    .replaceAll(/^( {2}\w+:) \[\]/gm, '$1')
    .replaceAll(/^ {2}# {2}(?=[ -])/gm, '    ')
    .replaceAll('<tenant id>', '8e2c1d7a-0000-4000-8000-00000000abcd');
  const {intake} = read(yaml(text), 'identity.yaml');
  expect(intake.findings).toEqual([]);
  const [identity] = intake.facts.identity;
  const empty = Object.entries(identity!).flatMap(([section, entries]) =>
    entries.length === 0 ? [section] : [],
  );
  expect(empty.filter((section) => !['edges', 'roots'].includes(section))).toEqual([]);
  expect(identity!.adDomains[0]).toMatchObject({
    forest: 'corp.example.com',
    trusts: [{domain: 'partner.example', direction: 'outbound', type: 'external', sidFiltering: true}],
    certificateAuthorities: [{name: 'Corp Root CA', keySha256: null, enterprise: true}],
  });
  expect(identity!.hosts![0]).toMatchObject({esxAdminsGroupChanged: true, domain: 'corp.example.com'});
  expect(identity!.keyManagers![0]).toMatchObject({independentAuthorisation: true, operatedBy: null});
  expect(identity!.ci![0]!.runners.map(({serves}) => serves)).toEqual(['all', ['repo:our-org/app:*']]);
  expect(intake.facts.answers).toMatchObject([{answer: 'no', by: 'A. Admin', place: {file: 'in.yaml'}}]);
});

test('what a section does not say stays unknown; a wrong word or type is placed, also inside alternatives', () => {
  const text = (spec: string) => `apiVersion: bulkhead.dev/v1alpha1\nkind: Identity\nspec:\n${spec}`;
  const bare = read(
    yaml(text('  keyManagers: [{name: k, kind: external}]\n  backupServers: [{name: b}]\n')),
    'i.yaml',
  );
  expect(bare.intake.facts.identity[0]).toMatchObject({
    keyManagers: [{independentAuthorisation: null, protects: []}],
    backupServers: [{immutable: null}],
  });
  const wrong = read(
    yaml(
      text(
        [
          '  adDomains:',
          '    - fqdn: a.example',
          '      trusts:',
          '        - {domain: b.example, direction: outbond, type: external, sidFilterng: true}',
          '  keyManagers: [{name: k, kind: extrenal}]',
          '  backupServers: [{name: b, immutable: "yes"}]',
          '  ci: [{platform: github, organisation: o, runners: [{serves: al}]}]',
          '  vendors: [{name: v, accounts: [111122223333]}]',
          '  attestation: []',
          '',
        ].join('\n'),
      ),
    ),
    'i.yaml',
  );
  expect(wrong.intake.facts.identity).toEqual([]);
  const told = wrong.intake.findings.map(({message, where}) => `${where.line}: ${message}`).sort();
  expect(told).toEqual([
    '10: `spec.ci.0.runners.0.serves` is "al" (did you mean `all`?)',
    '11: `spec.vendors.0.accounts.0`: Invalid input: expected string, received number',
    '12: unknown field `attestation` (did you mean `attestations`?)',
    '7: `spec.adDomains.0.trusts.0.direction` is "outbond" (did you mean `outbound`?)',
    '7: unknown field `sidFilterng` (did you mean `sidFiltering`?)',
    '8: `spec.keyManagers.0.kind` is "extrenal" (did you mean `external`?)',
    '9: `spec.backupServers.0.immutable`: Invalid input: expected boolean, received string',
  ]);
});
