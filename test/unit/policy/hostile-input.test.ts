import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readPolicies} from '../../../src/inputs/policies.ts';
import {lint} from '../../../src/inputs/lint.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {formatProblem} from '../../../src/policy/format-problem.ts';
import {lintPolicies} from '../../../src/policy/lint.ts';
import {loadPolicies} from '../../../src/policy/parse.ts';
import {context, file, policies, policyText} from './fixtures.ts';

const GOOD = policyText([
  '{id: GOOD, title: t, severity: low, effect: forbid, when: site.tenancy == "shared"}',
]);

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-hostile-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const aliases = Array.from(
  {length: 9},
  (_, n) => `a${n}: &a${n} [${Array.from({length: 9}, () => (n === 0 ? 'x' : `*a${n - 1}`)).join()}]`,
).join('\n');

describe('one file that cannot be used is told with its place, and the others go on', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['broken syntax', 'kind: PlacementPolicy\nspec: [\n', 'BH-YAML-001 bad.yaml:3'],
    ['a tab', 'kind: PlacementPolicy\nspec:\n  rules:\n\t- {id: A}\n', 'BH-YAML-001 bad.yaml:4 a tab stands'],
    [
      'nesting of lists',
      `x: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
      'BH-YAML-001 bad.yaml:1 nested too deeply',
    ],
    [
      'nesting of maps',
      `x: ${'{a: '.repeat(9000)}1${'}'.repeat(9000)}\n`,
      'BH-YAML-001 bad.yaml:1 nested too deeply',
    ],
    ['an alias bomb', `${aliases}\nkind: PlacementPolicy\n`, 'BH-YAML-003 bad.yaml:1'],
    [
      'Latin-1',
      latin1('kind: PlacementPolicy\nmetadata: {name: Müller}\n'),
      'BH-WS-003 bad.yaml:2 the file is not UTF-8 text',
    ],
    [
      'UTF-16',
      Uint8Array.from([0xff, 0xfe, 0x6b, 0, 0x69, 0]),
      'BH-WS-003 bad.yaml:undefined the file is UTF-16',
    ],
    [
      'more than 32 MiB',
      new Uint8Array(33 * 1024 * 1024).fill(35),
      'BH-WS-003 bad.yaml:undefined the file has',
    ],
    ['no policy', '- 1\n- 2\n', 'BH-LINT-030 bad.yaml:1'],
  ])('%s', async (_, content, told) => {
    const folder = folderWith({'bad.yaml': content, 'good.yaml': GOOD});
    const {set, findings} = await readPolicies(folder, ['*.yaml']);
    expect(set.rules.map(({info}) => info.id)).toEqual(['GOOD']);
    expect(findings).toHaveLength(1);
    const [{code, where, message, partial, remedy}] = findings as [(typeof findings)[number]];
    expect(`${code} ${where.file}:${where.line} ${message}`).toContain(told);
    expect(partial).toBe(true);
    expect(remedy).toBeTruthy();
  });

  test.each<[string, Uint8Array]>([
    ['a byte order mark', bytes(`\ufeff${GOOD}`)],
    ['carriage returns', bytes(GOOD.replaceAll('\n', '\r\n'))],
    ['nothing but comments beside it', bytes(`# a\n---\n---\n${GOOD}`)],
  ])('%s changes nothing', async (_, content) => {
    const folder = folderWith({'good.yaml': content, 'empty.yaml': ''});
    const {set, findings} = await readPolicies(folder, ['*.yaml']);
    expect(set.rules.map(({info}) => `${info.id} ${info.broken}`)).toEqual(['GOOD false']);
    expect(findings).toEqual([]);
  });

  test('a prototype key is told where it stands, also where a schema would pass over it in silence', async () => {
    const folder = folderWith({
      'p.yaml':
        'apiVersion: bulkhead.dev/v1alpha1\nkind: Profile\nmetadata: {name: p}\nspec:\n  rules: {__proto__: {severity: high}}\n  params: {__proto__: 3}\n',
      'good.yaml': GOOD,
    });
    const {set, findings} = await readPolicies(folder, ['*.yaml']);
    expect(set.rules.map(({info}) => `${info.id} ${info.severity}`)).toEqual(['GOOD low']);
    expect(
      findings.map(({code, where, partial}) => `${code} ${where.file}:${where.line}:${where.col} ${partial}`),
    ).toEqual(['BH-YAML-004 p.yaml:5:11 true', 'BH-YAML-004 p.yaml:6:12 true']);
  });

  test('places are right behind a byte order mark and carriage returns', async () => {
    const text = `\ufeff${GOOD.replace('tenancy', 'tenency')}`.replaceAll('\n', '\r\n');
    const {findings} = await readPolicies(folderWith({'a.yaml': bytes(text)}), ['a.yaml']);
    const line = GOOD.split('\n').findIndex((one) => one.includes('tenancy')) + 1;
    const col = GOOD.split('\n')[line - 1]!.indexOf('tenancy') + 1;
    expect(findings[0]).toMatchObject({code: 'BH-LINT-012', where: {line, col}});
  });
});

describe('expressions', () => {
  const broken = async (when: string) => {
    const text = policyText([
      `{id: R, title: t, severity: low, effect: forbid, when: '${when}'}`,
      '{id: S, title: t, severity: low, effect: forbid, when: site.receives}',
    ]);
    const {value, findings} = await loadPolicies([file(text)]);
    expect(value.rules.map(({info}) => info.broken)).toEqual([true, false]);
    return findings[0]!;
  };

  test.each([
    [
      '100,000 terms',
      Array.from({length: 100_000}, (_, n) => `site.id == "s${n}"`).join(' || '),
      'BH-LINT-002',
      /characters/,
    ],
    ['deep brackets', `${'('.repeat(1500)}true${')'.repeat(1500)}`, 'BH-LINT-002', /nested too deeply/],
    ['many parts', `${'true && '.repeat(450)}true`, 'BH-LINT-002', /too many parts|nested/],
    [
      'a long list',
      `site.id in [${Array.from({length: 400}, () => '"a"').join()}]`,
      'BH-LINT-002',
      /too many items/,
    ],
    ['matches()', 'workload.name.matches("(a+)+$")', 'BH-LINT-006', /closed/],
    ['nested repetition', 're2(workload.name, "a{1000}{1000}")', 'BH-LINT-007', /repetition/],
    [
      'repetition that unfolds',
      're2(workload.name, "(a{40}){25}[a-z]{900}[a-z]{900}")',
      'BH-LINT-007',
      /unfolds into \d+ steps/,
    ],
    ['a huge pattern', `re2(workload.name, "${'(a|b|c)*'.repeat(200)}")`, 'BH-LINT-007', /1600 characters/],
    ['an open bracket', 're2(workload.name, "(")', 'BH-LINT-007', /missing closing/],
    ['a pattern from a field', 're2(workload.name, workload.id)', 'BH-LINT-007', /literal/],
  ])('%s is refused with a remedy', async (_, when, code, message) => {
    const finding = await broken(when);
    expect(finding).toMatchObject({code, where: {line: 6}, message: expect.stringMatching(message)});
    expect(finding.remedy).toBeTruthy();
  });

  test('a line of megabytes is shown around the place only', () => {
    const line = `${'a'.repeat(1_000_000)} here ${'b'.repeat(1_000_000)}`;
    const finding = {
      code: 'X',
      severity: 'high' as const,
      message: 'm',
      where: {file: 'f', line: 1, col: 1_000_002},
    };
    const shown = formatProblem(finding, [line]).split('\n');
    expect(shown.every((one) => one.length < 250)).toBe(true);
    expect(shown[2]!.indexOf('^')).toBe(shown[1]!.indexOf('here'));
    expect(shown[2]!.trim()).toMatch(/^\| +\^{4}$/);
  });
});

describe('rules that cannot mean what they say', () => {
  const told = async (rules: string[], known: Parameters<typeof lintPolicies>[2] = {}) => {
    const findings = await lintPolicies([file(policyText(rules))], undefined, known);
    return findings
      .filter(({code}) => !['BH-LINT-020', 'BH-LINT-031'].includes(code))
      .map(({code, message}) => `${code} ${message}`);
  };
  const rule = (id: string, effect: string, when: string, more = '') =>
    `{id: ${id}, title: t, severity: low, effect: ${effect}, when: '${when}'${more}}`;

  test('one asks for what another one forbids', async () => {
    expect(
      await told([
        rule('A', 'forbid', 'site.tenancy == "shared"'),
        rule('B', 'require', '(site.tenancy   == "shared")'),
        rule('C', 'forbid', 'site.tenancy != "shared"'),
        rule('D', 'require', '!(site.country == "DE")', ', given: workload.internetExposed'),
        rule('E', 'require', 'site.country == "DE"'),
        rule('F', 'require', 'site.country == "DE"', ', given: workload.needStated'),
        rule('G', 'forbid', 'site.logRetentionDays < 90'),
        rule('H', 'forbid', 'site.logRetentionDays < 180'),
      ]),
    ).toEqual([
      'BH-LINT-024 rule B contradicts A (policies/test.yaml:6): no site can satisfy both',
      'BH-LINT-024 rule C contradicts A (policies/test.yaml:6): no site can satisfy both',
      'BH-LINT-024 rule E contradicts D (policies/test.yaml:9): no site can satisfy both where both apply',
    ]);
  });

  test('ids that differ in capitals only', async () => {
    expect(
      await told([rule('A-1', 'forbid', 'site.receives'), rule('a-1', 'forbid', 'site.externalKeys')]),
    ).toEqual(['BH-LINT-025 rule id `a-1` differs from `A-1` (policies/test.yaml:6) only in capitals']);
  });

  test('sites nobody describes, in lint and in every plan', async () => {
    const rules = [
      rule('A', 'forbid', 'site.id == "nwe" || site.id in ["old", "gone"]'),
      rule('B', 'forbid', '"elsewhere" != current.id', ', given: site.id == "new"'),
    ];
    const expected = [
      'BH-LINT-017 no site is called "nwe" (did you mean `new`?): the comparison is never true',
      'BH-LINT-017 no site is called "gone": the comparison is never true',
      'BH-LINT-017 no site is called "elsewhere": the comparison is never true',
    ];
    expect(await told(rules, {sites: ['old', 'new']})).toEqual(expected);
    expect(await told(rules)).toEqual([]);
    const {findings} = evaluatePolicies(
      policies(policyText(rules)),
      context([{}], [{id: 'old'}, {id: 'new'}]),
    );
    expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual(expected);
    expect(findings[0]!.where).toMatchObject({line: 6, col: rules[0]!.indexOf('"nwe"') + 7});
  });

  test('controls the catalogue does not have; frameworks without one are passed over', async () => {
    const mappings =
      ', mappings: [{framework: f, control: A.1.2}, {framework: f, control: A.1}, {framework: g, control: x}]';
    expect(
      await told([rule('A', 'forbid', 'site.receives', mappings)], {
        controls: new Map([['f', new Set(['A.1', 'A.1.1'])]]),
      }),
    ).toEqual([
      'BH-LINT-033 rule A maps to f A.1.2, which the loaded catalogue does not have (did you mean `A.1.1`?)',
    ]);
  });

  test('parameters outside their range, in the policy and in a profile', async () => {
    const text = policyText(
      [rule('A', 'forbid', 'site.logRetentionDays < params.days')],
      '  params: {days: {type: int, default: 5000, min: 1, max: 3650}}\n',
    );
    expect((await lintPolicies([file(text)])).find(({code}) => code === 'BH-LINT-010')).toMatchObject({
      code: 'BH-LINT-010',
      message: '`days` is 5000, more than 3650',
    });
    const profile =
      'apiVersion: bulkhead.dev/v1alpha1\nkind: Profile\nmetadata: {name: p}\nspec: {params: {days: 0}}\n';
    const {findings, value} = await loadPolicies([
      file(text.replace('5000', '90'), 'a.yaml'),
      file(profile, 'p.yaml'),
    ]);
    expect(findings).toMatchObject([
      {code: 'BH-POL-013', message: 'profile p: `days` is 0, less than 1; the value of policy test stays'},
    ]);
    expect(value.policies[0]!.parameters.values).toEqual({days: 90});
  });

  test('wrong cases of a test are told by lint, not only when the test runs', async () => {
    const tests =
      'apiVersion: bulkhead.dev/v1alpha1\nkind: PolicyTest\nmetadata: {name: t}\nspec:\n  given: {sites: {s: {}}, workloads: {w: {}}}\n  cases: [{site: gone, expect: {}}]\n';
    const findings = await lintPolicies([
      file(`${policyText([rule('A', 'forbid', 'site.receives')])}---\n${tests}`),
    ]);
    expect(findings.find(({code}) => code === 'BH-PT-001')).toMatchObject({
      message: expect.stringContaining('no site `gone` is given'),
      where: {line: 13},
    });
  });
});

test('lint of a workspace knows its sites', async () => {
  const folder = folderWith({
    'bulkhead.yaml':
      'apiVersion: bulkhead.dev/v1alpha1\nkind: Workspace\nmetadata: {name: w}\nspec: {sources: [{file: i.yaml}], sites: sites.yaml, policies: [p.yaml]}\n',
    'sites.yaml':
      'apiVersion: bulkhead.dev/v1alpha1\nkind: Site\nmetadata: {name: new}\nspec: {kind: dedicated, provider: P}\n',
    'p.yaml': GOOD.replace('site.tenancy == "shared"', '\'site.id == "nwe"\''),
  });
  const {problems} = await lint(folder, [], {now: new Date('2026-11-22')});
  expect(problems.find(({code}) => code === 'BH-LINT-017')).toMatchObject({
    severity: 'warning',
    file: 'p.yaml',
    line: 6,
  });
});

test('ten times the rules cost about ten times the work', async () => {
  // Counted, not timed: places looked up per rule must not grow with the number of rules.
  const lookups = async (count: number): Promise<number> => {
    const text = policyText(
      Array.from(
        {length: count},
        (_, n) =>
          `{id: R-${n}, title: t, severity: low, effect: forbid, when: 'site.logRetentionDays < ${n}'}`,
      ),
    );
    const one = file(text);
    let calls = 0;
    const documents = one.documents.map((document) => ({
      ...document,
      place: (path: (string | number)[]) => (calls++, document.place(path)),
    }));
    const findings = await lintPolicies([{...one, documents}]);
    expect(findings.filter(({code}) => code === 'BH-LINT-020')).toHaveLength(count);
    return calls;
  };
  const [few, many] = [await lookups(100), await lookups(1000)];
  expect(many).toBeLessThanOrEqual(10 * few);
});
