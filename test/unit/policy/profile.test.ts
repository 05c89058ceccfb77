import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {checkLock, lockText} from '../../../src/inputs/policy-lock.ts';
import {readPolicies, readPolicyFiles} from '../../../src/inputs/policies.ts';
import {effectiveLimits, effectiveRules, effectiveTerms} from '../../../src/policy/effective.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {context, file, policyText} from './fixtures.ts';

const RULES = policyText(
  [
    '{id: HARD, title: t, severity: high, effect: forbid, when: site.logRetentionDays < params.days}',
    '{id: SOFT, title: t, severity: low, effect: avoid, weight: 5, when: site.receives}',
    '{id: OTHER, title: t, severity: low, effect: forbid, onUnknown: ignore, when: site.externalKeys}',
  ],
  '  params: {days: {type: int, default: 90}, need: {type: level, default: high}}\n',
);
const profile = (name: string, spec: string) =>
  `apiVersion: bulkhead.dev/v1alpha1\nkind: Profile\nmetadata: {name: ${name}}\nspec:\n  ${spec}\n`;

/** The rules under profiles applied in the order given. */
function under(...profiles: string[]) {
  const {value, findings} = parsePolicies([
    file(RULES, 'rules.yaml'),
    ...profiles.map((text, index) => file(text, `${index}.yaml`)),
  ]);
  const rule = (id: string) => value.rules.find(({info}) => info.id === id)?.info;
  return {set: value, rule, findings, codes: findings.map(({code}) => code)};
}

test('later profiles win field by field, and every field remembers who set it', () => {
  const {set, rule, codes} = under(
    profile(
      'msp',
      'rules: {SOFT: {weight: 10, severity: medium}, HARD: {onUnknown: fail}}\n  params: {days: 180}',
    ),
    profile('client', 'rules: {SOFT: {weight: 20}}\n  params: {test.days: 365}'),
  );
  expect(codes).toEqual([]);
  expect(rule('SOFT')).toMatchObject({weight: 20, severity: 'medium'});
  const [hard, soft] = effectiveRules(set);
  const origins = (one: typeof hard) =>
    Object.fromEntries(
      one!.fields.map(({field, value, by, from}) => [
        field,
        `${String(value)} ${by} ${from?.file}:${from?.line}`,
      ]),
    );
  expect(origins(soft)).toMatchObject({
    weight: '20 client 1.yaml:5',
    severity: 'medium msp 0.yaml:5',
    effect: 'avoid test rules.yaml:8',
    onUnknown: 'warn default undefined:undefined',
  });
  expect(origins(hard)).toMatchObject({'params.days': '365 client 1.yaml:6', onUnknown: 'fail msp 0.yaml:5'});
  const at = context([{}], [{logRetentionDays: 200}]);
  expect(evaluatePolicies(set, at).rules[0]!.tuples[0]!.outcomes).toEqual(['fail']);
});

test('a new severity brings its own default for unknown outcomes, unless the author named one', () => {
  const {rule} = under(profile('p', 'rules: {HARD: {severity: critical}, OTHER: {severity: critical}}'));
  expect(rule('HARD')).toMatchObject({severity: 'critical', onUnknown: 'fail'});
  expect(rule('OTHER')).toMatchObject({severity: 'critical', onUnknown: 'ignore'});
});

test('a rule is disabled only with a reason; then it is gone and told', () => {
  const {set, rule, findings} = under(
    profile('p', 'rules: {HARD: {disable: true, reason: not here}, SOFT: {disable: true}}'),
  );
  expect(rule('HARD')).toBeUndefined();
  expect(rule('SOFT')).toBeDefined();
  expect(findings.map(({code, severity, message}) => `${code} ${severity} ${message}`)).toEqual([
    'BH-POL-010 high profile p disables SOFT without a reason: the rule stays',
    'BH-POL-012 info rule HARD is disabled by profile p: not here',
  ]);
  expect(effectiveRules(set).find(({disabled}) => disabled)).toMatchObject({
    rule: 'HARD',
    disabled: {by: 'p', reason: 'not here', from: {file: '0.yaml', line: 5}},
  });
});

test('names nobody has, values of a wrong type and weights of hard rules are told', () => {
  const {findings, rule} = under(
    profile(
      'p',
      'rules: {HRAD: {severity: low}, HARD: {weight: 3}}\n  params: {dyas: 1, days: many, need: veryHigh}',
    ),
  );
  expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
    'BH-POL-011 profile p sets rule `HRAD`, which no loaded policy has (did you mean `HARD`?)',
    'BH-POL-011 profile p sets parameter `dyas`, which no loaded policy has (did you mean `days`?)',
    'BH-POL-013 profile p: `days` is not of type int; the value of policy test stays',
    'BH-POL-014 profile p gives HARD a weight, but a rule of effect forbid has none',
  ]);
  expect(rule('HARD')!.weight).toBe(0);
});

const exception = (rules: string, more = '') =>
  `apiVersion: bulkhead.dev/v1alpha1\nkind: PolicyException\nmetadata: {name: EX-1}\nspec:\n  rules: [${rules}]\n  match: {expression: true}\n  category: waiver\n  reason: r\n  owner: a@x\n  approvedBy: [b@x]\n  expiresOn: 2027-05-01\n${more}`;

test('enforcement: a rule by name goes before the default of a later profile; both remember who said it', () => {
  const {set, rule, findings} = under(
    profile(
      'msp',
      'enforcement: mandatory\n  rules: {HARD: {enforcement: mandatory}, SOFT: {enforcement: advisory}}',
    ),
    profile('client', 'enforcement: advisory'),
  );
  expect(rule('HARD')!.enforcement).toBe('mandatory');
  expect(rule('OTHER')!.enforcement).toBe('advisory');
  expect(rule('SOFT')).not.toHaveProperty('enforcement');
  expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
    'BH-POL-014 profile msp enforces SOFT, but a rule of effect avoid removes no site',
  ]);
  const shown = effectiveRules(set).map(({rule: id, fields}) => {
    const field = fields.find((one) => one.field === 'enforcement');
    return field ? `${id} ${String(field.value)} ${field.by} ${field.from?.file}:${field.from?.line}` : id;
  });
  expect(shown).toEqual(['HARD mandatory msp 0.yaml:6', 'SOFT', 'OTHER advisory client 1.yaml:5']);
  expect(effectiveRules(under().set)[0]!.fields).toContainEqual({
    field: 'enforcement',
    value: 'override-with-exception',
    by: 'default',
    from: null,
  });
});

test('an exception on a mandatory rule is refused for that rule and holds for the others', () => {
  const {set} = under(profile('msp', 'rules: {HARD: {enforcement: mandatory}}'), exception('HARD, OTHER'));
  const at = context([{}], [{logRetentionDays: 10, externalKeys: true}]);
  const {rules, exceptions, findings} = evaluatePolicies(set, at);
  const marked = rules.flatMap(({rule, excepted}) => (excepted ? [rule.id] : []));
  expect(marked).toEqual(['OTHER']);
  expect(exceptions![0]).toMatchObject({status: 'in-force', covers: 1});
  expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
    'BH-EXC-014 exception EX-1 has no effect on HARD: profile msp makes the rule mandatory at 0.yaml:5',
  ]);
  const alone = under(profile('msp', 'enforcement: mandatory'), exception('HARD'));
  expect(evaluatePolicies(alone.set, at).exceptions![0]).toMatchObject({status: 'void', covers: 0});
});

test('a profile shortens the term of exceptions and asks for more approval; the strictest of all holds', () => {
  const strict = profile('msp', 'exceptions: {maxDays: 90, approverSeverity: low}');
  const loose = profile('client', 'exceptions: {maxDays: 365, approverSeverity: high}');
  const {set, codes} = under(strict, loose, exception('OTHER').replace('[b@x]', '[]'));
  expect(codes).toEqual(['BH-POL-017', 'BH-POL-017']);
  expect(
    effectiveTerms(set).map(({field, value, by, from}) => `${field} ${String(value)} ${by} ${from?.line}`),
  ).toEqual(['exceptions.maxDays 90 msp 5', 'exceptions.approverSeverity low msp 5']);
  const {exceptions, findings} = evaluatePolicies(set, context([{}], [{externalKeys: true}]));
  expect(exceptions![0]).toMatchObject({status: 'void', covers: 0});
  expect(findings.map(({message}) => message)).toEqual([
    'exception EX-1 has no effect: OTHER is of severity low, and nobody approved it (profile msp, 0.yaml:5)',
    'exception EX-1 has no effect: its term is 160 days, at most 90 are allowed (profile msp, 0.yaml:5)',
  ]);
  expect(effectiveTerms(under().set).map(({value, by}) => [value, by])).toEqual([
    [365, 'default'],
    ['high', 'default'],
  ]);
});

const LIMIT = `apiVersion: bulkhead.dev/v1alpha1
kind: PortfolioConstraint
metadata: {name: LIMIT}
spec:
  params: {most: {type: double, default: 1.0}}
  limit: {share: params.most}
`;

test('the number of a limit is a parameter: without one it limits nothing and says so, a profile sets it', () => {
  const at = context([{}], [{providerGroup: 'g'}]);
  const portfolio = (...profiles: string[]) => {
    const {set, findings} = under(LIMIT, ...profiles);
    const evaluation = evaluatePolicies(set, at);
    return {set, findings: [...findings, ...evaluation.findings], limits: evaluation.portfolio};
  };
  const bare = portfolio();
  expect(bare.limits).toBeUndefined();
  expect(bare.findings).toMatchObject([
    {code: 'BH-POL-021', severity: 'info', where: {file: '0.yaml', line: 6}},
  ]);
  expect(bare.findings[0]!.remedy).toContain('`most`');
  expect(effectiveLimits(bare.set)[0]).toMatchObject({limit: 'LIMIT', unset: true});

  const set = portfolio(profile('client', 'params: {most: 0.4}'));
  expect(set.findings).toEqual([]);
  expect(set.limits).toMatchObject([{name: 'LIMIT', limit: {share: 0.4}}]);
  const [shown] = effectiveLimits(set.set);
  expect(shown!.fields).toContainEqual({
    field: 'params.most',
    value: 0.4,
    by: 'client',
    from: expect.objectContaining({file: '1.yaml', line: 5}),
  });
  // More exact than the plain name, whatever the order.
  const exact = portfolio(profile('a', 'params: {LIMIT.most: 0.3}'), profile('b', 'params: {most: 0.5}'));
  expect(exact.limits).toMatchObject([{limit: {share: 0.3}}]);
  const wrong = portfolio(profile('c', 'params: {most: 1.5}'));
  expect(wrong.limits).toBeUndefined();
  expect(
    wrong.findings.map(({code, message, partial}) => `${code} ${message}${partial ? ' (partial)' : ''}`),
  ).toEqual([
    'BH-LINT-050 limit `LIMIT`: `params.most` is 1.5, not a share from 0 to 1',
    'BH-POL-020 this limit cannot be used: the plan is made without it (partial)',
  ]);
});

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-profile-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('a profile reads first what it extends, relative to itself, each file once', async () => {
  const folder = folderWith({
    'client.yaml': profile('client', 'extends: [base/msp.yaml, base/rules.yaml]'),
    'base/msp.yaml': profile('msp', 'extends: [rules.yaml]'),
    'base/rules.yaml': RULES,
  });
  const {files, inputs, findings} = await readPolicyFiles(folder, ['client.yaml']);
  expect(findings).toEqual([]);
  expect(files.map((one) => one.file)).toEqual(['base/rules.yaml', 'base/msp.yaml', 'client.yaml']);
  expect(inputs).toHaveLength(3);
});

test('a circle is named and cut; a link to nothing is told where it stands', async () => {
  const folder = folderWith({
    'a.yaml': profile('a', 'extends: [b.yaml]'),
    'b.yaml': profile('b', 'extends: [rules.yaml, gone.yaml, a.yaml]'),
    'rules.yaml': RULES,
  });
  const {set, findings} = await readPolicies(folder, ['a.yaml']);
  expect(set.rules).toHaveLength(3);
  expect(
    findings.map(({code, message, where: {file, line, col}}) => `${code} ${file}:${line}:${col} ${message}`),
  ).toEqual([
    'BH-WS-002 b.yaml:5:25 no policy file matches `gone.yaml`',
    'BH-POL-015 b.yaml:5:36 profiles extend each other in a circle: a.yaml → b.yaml → a.yaml',
  ]);
  expect(findings.every(({partial}) => partial)).toBe(true);
});

test('a lock tells what changed, what came and what went', async () => {
  const folder = folderWith({});
  const record = (name: string, sha: string) => ({
    file: name,
    sha256: sha.repeat(64),
    role: 'policies' as const,
  });
  expect(await checkLock(folder, [record('a.yaml', 'a')])).toEqual([]);
  const locked = [record('c.yaml', 'c'), record('a.yaml', 'a'), record('pack:x/y z.yaml', 'b')];
  writeFileSync(join(folder, 'policies.lock.yaml'), lockText(locked));
  expect(await checkLock(folder, locked)).toEqual([]);
  const findings = await checkLock(folder, [
    record('a.yaml', 'd'),
    record('pack:x/y z.yaml', 'b'),
    record('n.yaml', 'e'),
  ]);
  expect(findings.map(({message, where: {line}}) => `${line} ${message}`)).toEqual([
    '6 a.yaml has changed since it was locked',
    '7 c.yaml is locked, but no longer used',
    'undefined n.yaml is used, but not locked',
  ]);
  writeFileSync(join(folder, 'policies.lock.yaml'), 'kind: PolicyLock\n');
  expect((await checkLock(folder, locked)).every(({partial}) => partial)).toBe(true);
});
