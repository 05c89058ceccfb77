import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseSites} from '../../../src/document/sites.ts';
import {parseYaml} from '../../../src/document/yaml.ts';

function parse(text: string) {
  return parseSites(parseYaml(text, 'sites.yaml').documents);
}

const HEAD = 'apiVersion: bulkhead.dev/v1alpha1\nkind: Site\n';

test('unknown stays unknown and defaults follow the kind', () => {
  const {value, findings} = parse(
    `${HEAD}metadata: {name: dc1}\nspec: {kind: onprem, provider: us, cost: {currency: EUR, asOf: 2026-01-01, vcpuMonth: 3}, matches: [{cloud: vmware, region: "DC*"}]}\n`,
  );
  expect(findings).toMatchObject([{code: 'BH-SITE-005', message: expect.stringMatching(/none .* receives/)}]);
  expect(value).toMatchObject([
    {
      id: 'dc1', name: 'dc1', class: 'dedicated', receives: false, providerGroup: 'us', country: null, capacity: null,
      logRetentionDays: null, cost: {vcpuMonth: 3, memoryGiBMonth: null, illustrative: false},
      matches: [{cloud: 'vmware', region: 'DC*'}], place: {file: 'sites.yaml', line: 4},
    },
  ]); // prettier-ignore
});

test('each bad site is told at its place and the good ones stay', () => {
  const {value, findings} = parse(
    [
      `${HEAD}metadata: {name: a}\nspec: {kind: public, provider: p, cost: {currency: EUR, asOf: 2026-01-01}}\n`,
      `${HEAD}metadata: {name: a}\nspec: {kind: public, provider: p}\n`,
      `${HEAD}metadata: {name: b}\nspec:\n  kind: public\n  provider: p\n  capacity: {vcpu: -1}\n  regoin: x\n`,
      `${HEAD}metadata: {name: c}\nspec: {kind: publik, provider: p, matches: [{}]}\n`,
      `${HEAD}metadata: {name: d}\nspec: {kind: dedicated, provider: p, cost: {currency: USD, asOf: 2026-01-01}}\n`,
      `${HEAD}spec: {kind: public, provider: p}\n`,
    ].join('---\n'),
  );
  expect(value.map(({id}) => id)).toEqual(['a', 'd']);
  expect(findings.map(({code, where}) => [code, where.line])).toEqual([
    ['BH-SITE-002', 9],
    ['BH-DOC-001', 17],
    ['BH-DOC-002', 18],
    ['BH-DOC-003', 23],
    ['BH-DOC-001', 23],
    ['BH-SITE-001', 30],
  ]);
  expect(findings.map(({message}) => message).join()).toMatch(
    /did you mean `region`.*did you mean `public`/s,
  );
});

test('the shipped generic sites are valid and hold no fact only a real site has', () => {
  const file = new URL('../../../policies/sites/generic.yaml', import.meta.url);
  const {value, findings} = parse(readFileSync(file, 'utf8'));
  expect(findings).toEqual([]);
  expect(value.map(({id, class: kind}) => [id, kind])).toEqual([
    ['public-eu', 'public'],
    ['dedicated-eu', 'dedicated'],
  ]);
  for (const site of value) {
    expect(site).toMatchObject({
      country: null,
      cost: null,
      capacity: null,
      logRetentionDays: null,
      identityRoots: [],
    });
  }
});

test('a document that means to be a site is not passed over', () => {
  const {value, findings} = parse(
    `${HEAD}metadata: {name: a}\nspec: {kind: public, provider: p}\n---\nkind: site\n---\nspec: {}\n---\nkind: PlacementPolicy\n`,
  );
  expect(value.map(({id}) => id)).toEqual(['a']);
  expect(findings.map(({code, message}) => [code, message])).toEqual([
    ['BH-SITE-004', 'unknown kind `site` (did you mean `Site`?)'],
    ['BH-SITE-004', 'the document has no `kind`'],
  ]);
});
