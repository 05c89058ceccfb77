import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import {formatProblem} from '../../../src/policy/format-problem.ts';
import {lintPolicies} from '../../../src/policy/lint.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {context, file, policyText} from './fixtures.ts';

const SOURCED = 'source: {title: t, date: 2024-03}, verification: secondary';
const rule = (id: string, body: string) => `{id: ${id}, title: t, severity: high, ${SOURCED}, ${body}}`;

/** The text the problem points at, up to the next blank or bracket. */
function pointedAt(text: string, where: {line?: number; col?: number}): string {
  return /^[\w"']+/.exec(text.split('\n')[where.line! - 1]!.slice(where.col! - 1))?.[0] ?? '';
}

test.each<[string, string, string, string, string]>([
  ['unknown field', "when: 'workload.blst.value > 5.0'", 'BH-LINT-012', 'blst', 'did you mean `blast`'],
  [
    'unknown field of an item',
    "when: 'site.roots.exists(r, r.shared)'",
    'BH-LINT-012',
    'shared',
    'on site.roots[]',
  ],
  ['unknown variable', 'when: \'wrkload.name == "x"\'', 'BH-LINT-011', 'wrkload', 'did you mean `workload`'],
  [
    'unknown function',
    'when: \'workload.name.startsWth("x")\'',
    'BH-LINT-014',
    'workload',
    'did you mean `startsWith`',
  ],
  [
    'unknown parameter',
    "when: 'site.logRetentionDays < params.dais'",
    'BH-LINT-009',
    'dais',
    'did you mean `days`',
  ],
  ['wrong type', 'when: \'site.logRetentionDays < "3"\'', 'BH-LINT-013', 'site', '`int < string`'],
  ['not a condition', "when: 'workload.name'", 'BH-LINT-005', 'workload', 'gives string'],
  ['not a number', "score: 'workload.name'", 'BH-LINT-005', 'workload', 'not a number'],
  ['syntax', "when: 'site.receives && (true'", 'BH-LINT-001', '', ''],
  ['closed function', 'when: \'workload.name.matches("(a+)+$")\'', 'BH-LINT-006', 'workload', 'hang'],
  ['pattern from data', "when: 're2(workload.name, workload.id)'", 'BH-LINT-007', 'id', 'literal'],
  ['bad pattern', 'when: \'re2(workload.name, "(")\'', 'BH-LINT-007', '"', 'invalid pattern'],
  ['hole', 'when: true, message: "at {{ site.nme }}"', 'BH-LINT-012', 'nme', 'did you mean `name`'],
  ['hole that holds an object', 'when: true, message: "at {{ site }}"', 'BH-LINT-005', 'site', 'gives Site'],
  ['open hole', 'when: true, message: "at {{ site.name"', 'BH-LINT-008', '', 'never closed'],
  [
    'nested lists',
    "when: 'site.roots.all(a, site.roots.all(b, site.roots.all(c, c.id == a.id)))'",
    'BH-LINT-002',
    'site',
    'nested',
  ],
])('%s', async (_name, body, code, pointed, words) => {
  const effect = body.startsWith('score') ? 'prefer' : 'forbid';
  const text = policyText(
    [rule('r', `effect: ${effect}, ${body}`)],
    '  params: {days: {type: int, default: 3}}\n',
  );
  const findings = (await lintPolicies([file(text)])).filter(({severity}) => severity === 'high');
  expect(findings.map((finding) => finding.code)).toEqual([code]);
  expect(findings[0]).toMatchObject({where: {file: 'policies/test.yaml', id: 'test/r'}});
  expect(pointedAt(text, findings[0]!.where)).toContain(pointed);
  expect(findings[0]!.message).toContain(words);
});

test.each([
  ['plain', "      when: workload.sensitivity.c >= level.high &&\n        site.nme == 'x'\n"],
  ['folded', "      when: >-\n        workload.sensitivity.c >= level.high &&\n        site.nme == 'x'\n"],
  ['literal', "      when: |\n        workload.sensitivity.c >= level.high &&\n          site.nme == 'x'\n"],
  ['double quoted', '      when: "workload.name == \\"a\\" &&\n        site.nme == \\"x\\""\n'],
  ['single quoted', "      when: 'workload.name == ''a'' && site.nme == ''x'''\n"],
])('a problem inside a %s scalar is placed at its character', (_name, when) => {
  const text = policyText([`id: r\n      title: t\n      severity: high\n      effect: forbid\n${when}`]);
  const finding = parsePolicies([file(text)]).findings.find(({code}) => code === 'BH-LINT-012')!;
  expect(pointedAt(text, finding.where)).toBe('nme');
});

test('all unknown names of one expression are told at once', () => {
  const text = policyText([
    rule('r', 'effect: forbid, when: \'site.nme == "x" && workload.nam == site.regoin\''),
  ]);
  expect(parsePolicies([file(text)]).findings.filter(({code}) => code === 'BH-LINT-012')).toHaveLength(3);
});

test('a broken rule is isolated: unknown everywhere, never pass, and the rest goes on', () => {
  const text = policyText([
    rule('bad', 'effect: forbid, when: \'site.nme == "x"\''),
    '{id: worse, title: t, severity: hgih, effect: forbid, when: true}',
    'just a text',
    rule('good', 'effect: forbid, when: site.receives'),
  ]);
  const {value, findings} = parsePolicies([file(text)]);
  expect(value.rules.map(({info}) => [info.id, info.broken])).toEqual([
    ['bad', true],
    ['worse', true],
    ['test#3', true],
    ['good', false],
  ]);
  expect(findings.filter(({code, partial}) => code === 'BH-POL-001' && partial)).toHaveLength(3);
  expect(findings.find(({code}) => code === 'BH-DOC-003')!.message).toContain('did you mean `high`');
  const {rules} = evaluatePolicies(value, context([{}, {}], [{}, {receives: false}]));
  const outcomes = rules.map(({tupleOf, tuples}) => tuples[tupleOf[1]!]!.outcomes);
  expect(outcomes).toEqual([
    ['unknown', 'unknown'],
    ['unknown', 'unknown'],
    ['unknown', 'unknown'],
    ['fail', 'pass'],
  ]);
});

test('a policy whose frame is wrong keeps its rules by name, as broken', () => {
  const text = policyText([rule('r', 'effect: forbid, when: true')]).replace(
    'metadata: {name: test}',
    'metadata: {nme: test}',
  );
  const {value, findings} = parsePolicies([file(text)]);
  expect(value.rules.map(({info}) => [info.id, info.broken])).toEqual([['r', true]]);
  expect(findings.map(({code}) => code)).toContain('BH-DOC-002');
});

test('two rules of one id: the first stays, the second is isolated under its own name', () => {
  const text = policyText([
    rule('r', 'effect: forbid, when: site.receives'),
    rule('r', 'effect: avoid, when: site.receives'),
  ]);
  const {value, findings} = parsePolicies([file(text)]);
  expect(value.rules.map(({info}) => [info.id, info.broken])).toEqual([
    ['r', false],
    ['r#2', true],
  ]);
  expect(findings[0]).toMatchObject({
    code: 'BH-LINT-004',
    message: 'rule id `r` is already used at policies/test.yaml:6',
  });
});

test('what needs no inventory: sources, unused parameters, conditions that cannot be true', async () => {
  const spec =
    '  params: {used: {type: int, default: 3}, idle: {type: int, default: 3}}\n  match: [{expression: workload.sensitivity.c >= level.high}]\n';
  const text = policyText(
    [
      '{id: bare, title: t, severity: low, effect: forbid, when: site.logRetentionDays < params.used}',
      rule('dead', 'effect: forbid, given: workload.sensitivity.c < level.high, when: site.receives'),
      rule('vain', "effect: forbid, when: 'workload.sensitivity.c == level.none'"),
      rule('odd', 'effect: forbid, when: \'workload.type == "vmm"\''),
      rule('fine', 'effect: forbid, when: \'workload.type == "vm" && workload.name == "x"\''),
    ],
    spec,
  );
  const findings = await lintPolicies([file(text)]);
  expect(findings.map(({code, where}) => [code, where.id])).toEqual([
    ['BH-LINT-031', 'test'],
    ['BH-LINT-021', 'test'],
    ['BH-LINT-020', 'test/bare'],
    ['BH-LINT-022', 'test/dead'],
    ['BH-LINT-023', 'test/vain'],
    ['BH-LINT-023', 'test/odd'],
    ['BH-LINT-015', 'test/odd'],
  ]);
  expect(findings.every(({severity}) => severity === 'low' || severity === 'info')).toBe(true);
});

test('parameters must be of their type and have usable names', () => {
  const spec =
    '  params:\n    a: {type: int, default: x}\n    b-c: {type: int, default: 1}\n    d: {type: level, default: hoch}\n    __proto__: {type: int, default: 1}\n';
  const {findings} = parsePolicies([
    file(policyText([rule('r', 'effect: forbid, when: site.receives')], spec)),
  ]);
  expect(findings.filter(({code}) => code === 'BH-LINT-010').map(({where}) => where.line)).toEqual([6, 7, 8]);
});

test('documents of other kinds: known ones pass, the rest is an error', () => {
  const kinds = ['SensitivityRules', 'PlacmentPolicy'].map((kind) => `kind: ${kind}\n`);
  const {findings} = parsePolicies([file([...kinds, 'a: 1\n'].join('---\n'))]);
  expect(findings.map(({code, message}) => [code, message])).toEqual([
    ['BH-LINT-030', 'unknown kind `PlacmentPolicy` (did you mean `PlacementPolicy`?)'],
    ['BH-LINT-030', 'not a policy document: `kind` is missing'],
  ]);
});

test('regular expressions are loaded only when a policy uses them, and are linear', async () => {
  const plain = [file(policyText([rule('r', 'effect: forbid, when: site.receives')]))];
  expect((await lintPolicies(plain)).map(({code}) => code)).toEqual(['BH-LINT-031']);
  const {loadPolicies} = await import('../../../src/policy/parse.ts');
  const text = policyText([rule('r', `effect: forbid, when: 're2(workload.name, "(a+)+$")'`)]);
  const {value, findings} = await loadPolicies([file(text)]);
  expect(findings).toEqual([]);
  const {rules} = evaluatePolicies(value, context([{name: `${'a'.repeat(5000)}b`}, {name: 'aaa'}], [{}]));
  expect([0, 1].map((w) => rules[0]!.tuples[rules[0]!.tupleOf[w]!]!.outcomes[0])).toEqual(['pass', 'fail']);
  expect(parsePolicies([file(text)]).findings[0]).toMatchObject({code: 'BH-LINT-007'});
});

test('the caret stands under the problem', () => {
  const text = policyText([
    'id: r1\n      title: t\n      severity: high\n      effect: forbid\n      when: >-\n        workload.sensitivity.c >= level.high &&\n        workload.blst.value > 50.0',
  ]);
  const finding = parsePolicies([file(text)]).findings.find(({code}) => code === 'BH-LINT-012')!;
  expect(formatProblem(finding, text.split('\n'))).toBe(
    [
      'policies/test.yaml:12:18  error  BH-LINT-012  unknown field `blst` on workload (did you mean `blast`?)',
      '  11 |         workload.sensitivity.c >= level.high &&',
      '  12 |         workload.blst.value > 50.0',
      '     |                  ^^^^',
      '   rule test/r1',
    ].join('\n'),
  );
  expect(formatProblem({...finding, where: {file: 'a.xlsx'}})).toBe(
    'a.xlsx  error  BH-LINT-012  ' + finding.message,
  );
});

const hostile = (body: string) => policyText([`{id: r, title: t, severity: high, effect: forbid, ${body}}`]);

test.each([
  ['a very long expression', `when: '${'true && '.repeat(20_000)}true'`, 'BH-LINT-002'],
  ['many parts', `when: '${'true && '.repeat(450)}true'`, 'BH-LINT-002'],
  ['deep nesting', `when: '${'('.repeat(1500)}true${')'.repeat(1500)}'`, 'BH-LINT-002'],
  ['many signs', `when: '${'!'.repeat(3900)}true'`, 'BH-LINT-002'],
  ['a prototype key', 'when: \'workload.__proto__ == "x"\'', 'BH-LINT-012'],
  ['a constructor', 'when: \'workload.constructor.name == "x"\'', 'BH-LINT-012'],
  ['a prototype parameter', 'when: \'params.toString == "x"\'', 'BH-LINT-009'],
  ['a prototype variable', 'when: \'constructor == "x"\'', 'BH-LINT-011'],
  ['a field read by index', 'when: \'site["name"] == "x"\'', 'BH-LINT-016'],
  ['a prototype function', 'when: \'toString(workload.name) == "x"\'', 'BH-LINT-014'],
  ['a number for a condition', 'when: 3', 'BH-DOC-001'],
  ['a list for a condition', 'when: [a]', 'BH-DOC-001'],
  ['no condition', 'when: null', 'BH-DOC-001'],
  ['a prototype field', '__proto__: {a: 1}, when: true', 'BH-DOC-002'],
])('%s is a finding, not a crash', (_name, body, code) => {
  const {value, findings} = parsePolicies([file(hostile(body))]);
  expect(findings.map((finding) => finding.code)).toContain(code);
  expect(value.rules[0]!.info.broken).toBe(true);
});

test('tags named like prototype members are plain data', () => {
  const when = '"constructor" in workload.tags || workload.tags["__proto__"] == "x"';
  const {value, findings} = parsePolicies([file(hostile(`when: '${when}'`))]);
  expect(findings).toEqual([]);
  const tags = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
  const {rules} = evaluatePolicies(value, context([{tags: {}}, {tags}, {tags: {constructor: 'y'}}], [{}]));
  expect([0, 1, 2].map((w) => rules[0]!.tuples[rules[0]!.tupleOf[w]!]!.outcomes[0])).toEqual([
    'unknown',
    'fail',
    'fail',
  ]);
});

test('ten thousand rules, every tenth broken', () => {
  const rules = Array.from({length: 10_000}, (_, index) =>
    rule(`r${index}`, `effect: forbid, when: 'site.${index % 10 === 0 ? 'nme' : 'name'} == "x${index}"'`),
  );
  const {value, findings} = parsePolicies([file(policyText(rules))]);
  expect(value.rules.filter(({info}) => info.broken)).toHaveLength(1000);
  expect(findings.filter(({code}) => code === 'BH-LINT-012')).toHaveLength(1000);
});

test('documents that are no objects are findings', () => {
  const {documents} = parseYaml('- 1\n---\ntext\n---\n3\n', 'a.yaml');
  const {value, findings} = parsePolicies([{file: 'a.yaml', pack: null, documents}]);
  expect(value.rules).toEqual([]);
  expect(findings.map(({code}) => code)).toEqual(['BH-LINT-030', 'BH-LINT-030', 'BH-LINT-030']);
});

test('a comparison with null is answered with has()', () => {
  const rule = "{id: r, title: t, severity: high, effect: forbid, when: 'workload.os == null'}";
  const [problem] = parsePolicies([file(policyText([rule]))]).findings;
  expect(problem).toMatchObject({code: 'BH-LINT-013', remedy: expect.stringContaining('has(field)')});
});
