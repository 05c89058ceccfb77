import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parseYaml} from '../../../../src/document/yaml.ts';
import {findRiskFactors} from '../../../../src/exposure/factors/find.ts';
import {parseRiskFactors} from '../../../../src/exposure/factors/parameters.ts';
import type {RiskFactors} from '../../../../src/exposure/factors/parameters.ts';
import {buildIdentityGraph} from '../../../../src/identity/build.ts';
import type {Level} from '../../../../src/model/common.ts';
import type {Estate} from '../../../../src/model/estate.ts';
import type {Credential} from '../../../../src/model/identity-facts.ts';
import type {Site} from '../../../../src/model/site.ts';
import {container, declaration, estateOf, NOW, principal, site, workload} from '../../identity/estate.ts';
import {domain} from '../../identity/onprem/help.ts';

const TEXT = readFileSync(new URL('../../../../policies/identity/factors.yaml', import.meta.url), 'utf8');
const shipped = (): RiskFactors => parseRiskFactors(parseYaml(TEXT, 'factors.yaml').documents).value!;

const ann = principal('aws:arn:aws:iam::111122223333:user/ann', 'iamUser', 'aws-account:111122223333', {
  cloud: 'aws',
  person: true,
  attributes: {passwordEnabled: true},
});
const root = principal('aws:arn:aws:iam::111122223333:root', 'iamUser', 'aws-account:111122223333', {
  cloud: 'aws',
  attributes: {rootUser: true},
});

function credential(more: Partial<Credential>): Credential {
  const holder = more.principal ?? ann.id;
  return {
    id: `${holder}#${more.kind ?? 'accessKey'}`,
    principal: holder,
    kind: 'accessKey',
    name: 'key',
    cloud: 'aws',
    created: null,
    expires: null,
    neverExpires: null,
    lastUsed: NOW,
    active: true,
    mfa: null,
    publicKeySha256: null,
    managedBy: 'customer',
    ...more,
  };
}

/** The time `days` before now, `seconds` more. */
const ago = (days: number, seconds = 0) =>
  new Date(Date.parse(NOW) - (days * 86_400 + seconds) * 1000).toISOString();

function find(
  part: Partial<Estate>,
  more: {sites?: Site[]; levels?: Level[]; days?: number; factors?: RiskFactors} = {},
) {
  const estate = estateOf(part);
  const siteOf = new Int32Array(estate.workloads.length).fill(-1);
  const value = (level: Level) => ({level, lo: level, hi: level, confidence: 1});
  const workloads = estate.workloads.map(({id}, i) => ({
    workload: id,
    c: value(more.levels?.[i] ?? 1),
    i: value(1),
    a: value(1),
    categories: [],
    weight: 1,
    criticality: 1,
    evidence: [],
  }));
  const provenance = estate.credentials.map(({id}) => ({
    fact: id,
    source: 's',
    place: {file: 'report.json', pointer: '/Content'},
  }));
  return findRiskFactors(
    {
      estate,
      provenance,
      graph: buildIdentityGraph(estate, [], siteOf, {now: NOW}).value,
      sensitivity: {workloads, inflation: 0},
      sites: more.sites ?? [],
      siteOf,
      now: NOW,
      ...(more.days === undefined ? {} : {logRetentionDays: more.days}),
    },
    more.factors ?? shipped(),
  );
}

const codes = (...args: Parameters<typeof find>) => find(...args).map(({code}) => code);
const keys = (...credentials: Partial<Credential>[]) => ({
  principals: [{...ann, attributes: {}}, root],
  credentials: credentials.map(credential),
});

it('the shipped document is valid, and a broken one says that nothing was looked at', () => {
  expect(parseRiskFactors(parseYaml(TEXT, 'f').documents).findings).toEqual([]);
  const broken = parseRiskFactors(parseYaml(TEXT.replace('unit: days', 'unit: weeks'), 'f').documents);
  expect(broken.value).toBeNull();
  expect(broken.findings.map(({code}) => code)).toContain('BH-FAC-020');
});

describe('boundaries: told above the threshold, not at it', () => {
  it.each([
    ['key age', {created: ago(90)}, {created: ago(91)}, 'BH-FAC-001'],
    ['end of validity', {expires: ago(0, 1)}, {expires: ago(1)}, 'BH-FAC-002'],
    ['last use', {lastUsed: ago(90, 3600)}, {lastUsed: ago(91)}, 'BH-FAC-003'],
    ['service account key', {kind: 'saKey' as const, created: ago(90)}, {kind: 'saKey' as const, created: ago(91)}, 'BH-FAC-011'],
    ['signing key', {kind: 'signingCertificate' as const, created: ago(1096)}, {kind: 'signingCertificate' as const, created: ago(1097)}, 'BH-FAC-012'],
    ['validity left', {kind: 'clientSecret' as const, cloud: 'azure' as const, expires: ago(-365)}, {kind: 'clientSecret' as const, cloud: 'azure' as const, expires: ago(-367)}, 'BH-FAC-013'],
  ])('%s', (_what, at, above, code) => {
    expect(codes(keys(at))).not.toContain(code);
    expect(codes(keys(above))).toContain(code);
    expect(codes(keys({...above, active: false}))).not.toContain(code);
  }); // prettier-ignore

  it('log retention, with the threshold of the workspace first', () => {
    const kept = (days: number | null) => ({sites: [site('s', {logRetentionDays: days})]});
    expect(codes({}, kept(180))).toEqual([]);
    expect(codes({}, kept(179))).toEqual(['BH-FAC-007']);
    expect(codes({}, {...kept(180), days: 365})).toEqual(['BH-FAC-007']);
    expect(find({}, kept(null))).toMatchObject([{severity: 'low'}]);
  });

  it('need of what is open to the internet', () => {
    const open = workload('w', null, {
      internetExposed: {value: true, field: 'PublicIpAddress = 198.51.100.4'},
    });
    expect(codes({workloads: [open]}, {levels: [1]})).toEqual([]);
    expect(find({workloads: [open]}, {levels: [2]})).toMatchObject([
      {code: 'BH-FAC-009', severity: 'medium'},
    ]);
    expect(find({workloads: [open]}, {levels: [3]})).toMatchObject([{code: 'BH-FAC-009', severity: 'high'}]);
    expect(codes({workloads: [{...open, internetExposed: null}]}, {levels: [3]})).toEqual([]);
  });
});

it('a finding carries value, unit, threshold, place, reason and remedy', () => {
  const [found] = find(keys({created: ago(400)}));
  expect(found).toMatchObject({
    code: 'BH-FAC-001',
    where: {file: 'report.json', pointer: '/Content', id: `${ann.id}#accessKey`},
  });
  expect(found?.message).toMatch(
    /^an access key is 400 days old; threshold 90 days\. created 2025-10-18.*Uber 2016: .*2018-04-12/,
  );
  expect(found?.remedy).toBeTruthy();
});

it('a key past its end is graver when it is said to be active than when nothing is said', () => {
  expect(find(keys({expires: ago(3)}))[0]).toMatchObject({severity: 'high'});
  expect(find(keys({expires: ago(3), active: null}))[0]).toMatchObject({severity: 'low'});
});

it('keys without any use on record are unused only where uses are reported', () => {
  expect(codes(keys({created: ago(91), lastUsed: null}))).toContain('BH-FAC-003');
  expect(codes(keys({created: ago(91), lastUsed: null, cloud: 'azure', kind: 'clientSecret'}))).not.toContain(
    'BH-FAC-003',
  );
  expect(codes(keys({created: ago(91), kind: 'saKey', managedBy: 'provider', lastUsed: null}))).toEqual([]);
});

it('root keys, keys of people, passwords without a second factor', () => {
  const password = (holder: string, mfa: boolean | null) =>
    credential({principal: holder, kind: 'password', mfa});
  expect(codes({principals: [root], credentials: [credential({principal: root.id, active: null})]})).toEqual([
    'BH-FAC-005',
  ]);
  expect(codes({principals: [root], credentials: [credential({principal: root.id, active: false})]})).toEqual(
    [],
  );
  expect(codes({principals: [ann], credentials: [credential({})]})).toEqual(['BH-FAC-004']);
  expect(codes({principals: [ann], credentials: [password(ann.id, false)]})).toEqual(['BH-FAC-006']);
  expect(codes({principals: [ann], credentials: [password(ann.id, null)]})).toEqual([]);
  const guarded = {...ann, attributes: {mfaEnabled: true}};
  expect(codes({principals: [guarded], credentials: [password(ann.id, false)]})).toEqual([]);
  const both = find({
    principals: [ann, root],
    credentials: [password(ann.id, false), password(root.id, false)],
  });
  expect(both).toMatchObject([
    {code: 'BH-FAC-006', severity: 'critical', where: {id: 'aws-account:111122223333'}},
  ]);
  expect(both[0]?.message).toMatch(/^2 passwords can be used/);
});

it('secrets in settings are counted, also those not listed', () => {
  const holder = (plainSecrets: string) => ({workloads: [workload('w', null, {attributes: {plainSecrets}})]});
  expect(find(holder('environment.A_TOKEN'))[0]?.message).toContain('1 setting;');
  expect(find(holder('environment.A, environment.B, and 7 more'))[0]?.message).toContain('9 settings;');
});

describe('development that reaches production', () => {
  const home = {...container('sub', 'subscription', null), tags: {Environment: 'Prod'}};
  const dev = principal('azure-principal:dev', 'servicePrincipal', null, {tags: {env: 'dev'}});
  const target = workload('w', 'sub');
  const edge = (certainty: 'certain' | 'conditional', level: 0 | 1 = 0) => ({
    from: dev.id, to: 'w', kind: 'HAS_ROLE', level, certainty, evidence: 'x', place: {},
  }); // prettier-ignore

  it('over certain edges only, with both tags in the message', () => {
    const part = {principals: [dev], workloads: [target], containers: [home]};
    const [found] = find({...part, edges: [edge('certain')]});
    expect(found).toMatchObject({code: 'BH-FAC-008', where: {id: dev.id}});
    expect(found?.message).toContain('tagged env=dev, it reaches 1 workload of production');
    expect(found?.message).toContain('Environment=Prod of subscription sub');
    expect(codes({...part, edges: [edge('conditional')]})).toEqual([]);
    expect(codes({...part, edges: [edge('certain', 1)]})).toEqual([]);
    expect(codes({...part, edges: []})).toEqual([]);
  });

  it('a cycle of containers ends, and the thing’s own tag wins', () => {
    const loop = [
      {...container('a', 'folder', 'b'), tags: {}},
      {...container('b', 'folder', 'a'), tags: {}},
    ];
    expect(codes({containers: loop, workloads: [workload('w', 'a')], principals: [dev]})).toEqual([]);
    const own = {...target, tags: {env: 'test'}};
    expect(
      codes({principals: [dev], workloads: [own], containers: [home], edges: [edge('certain')]}),
    ).toEqual([]);
  });
});

it('a factor that is switched off is silent, and a threshold of one’s own counts', () => {
  const factors = shipped();
  const mine = {
    ...factors,
    factors: {
      ...factors.factors,
      keyAge: {...factors.factors.keyAge, threshold: {value: 400, unit: 'days' as const}},
    },
  };
  expect(codes(keys({created: ago(400)}), {factors: mine})).toEqual([]);
  const off = {
    ...factors,
    factors: {...factors.factors, keyAge: {...factors.factors.keyAge, enabled: false}},
  };
  expect(codes(keys({created: ago(4000)}), {factors: off})).toEqual([]);
});

it('the key of a directory’s tickets has an age, too; one nobody states is not guessed', () => {
  const since = (krbtgtRotated: string | null) =>
    codes({identity: [declaration({adDomains: [domain('corp.example', {krbtgtRotated})]})]});
  expect([since(ago(1096).slice(0, 10)), since('2019-05-01'), since(null)]).toEqual([[], ['BH-FAC-012'], []]);
});
