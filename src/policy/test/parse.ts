import {checkDocument} from '../../document/check.ts';
import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {
  policyTestDocument,
  type ExpectationSource,
  type PolicyTestSpec,
} from '../../model/documents/policy-test.ts';
import type {RuleOutcome} from '../../model/policy.ts';
import {LEVELS} from '../params.ts';
import type {CompiledException} from '../exceptions/compile.ts';
import type {PolicySet} from '../parse.ts';
import {
  merged,
  readFields,
  setField,
  situationContext,
  unsetField,
  type Fields,
  type Situation,
} from './given.ts';
import {
  exceptionsUnderTest,
  limitsUnderTest,
  policiesUnderTest,
  problem,
  withParameters,
} from './under-test.ts';

/** One `kind: PolicyTest` document, linked to the rules it speaks about. */
export interface PolicyTest {
  name: string;
  file: string;
  document: YamlDocument;
  spec: PolicyTestSpec;
  /** Indices of the rules under test; the set's policies carry the test's parameters. */
  set: PolicySet;
  rules: number[];
  /** Those that hold in the cases; `set.exceptions` has the same. */
  exceptions: CompiledException[];
  cases: Case[];
}

export interface Case {
  name: string;
  place: Place;
  /** Null when the case itself is wrong; `problems` says how. */
  context: ReturnType<typeof situationContext> | null;
  expect: Map<number, Expectation>;
  /** Exception by rule; null = this test is not about exceptions. */
  excepted: Map<number, string> | null;
  allowOther: boolean;
  problems: string[];
}

export interface Expectation {
  outcome: RuleOutcome;
  score?: number | undefined;
  missing?: string | undefined;
  message?: string | undefined;
}

const DEFAULT_NOW = '2026-01-01T00:00:00Z';

/** Checks all test documents of a set. One that does not check is left out with its problems. */
export function parsePolicyTests(set: PolicySet): {tests: PolicyTest[]; findings: Finding[]} {
  const findings: Finding[] = [];
  const tests = set.tests.flatMap(({file, document}): PolicyTest[] => {
    const checked = checkDocument(policyTestDocument, document);
    findings.push(...checked.findings);
    if (!checked.value) return [];
    const {metadata, spec} = checked.value;
    const name = (metadata as {name?: string} | undefined)?.name ?? file.file;
    const policies = policiesUnderTest(set, file, document, spec, findings);
    const exceptions = exceptionsUnderTest(set, spec, document, findings);
    const portfolio = limitsUnderTest(set, policies, file);
    const own = withParameters({...set, exceptions, portfolio}, policies, spec, document, findings);
    const rules = own.rules.flatMap((rule, index) => (policies.has(rule.policy) ? [index] : []));
    if (rules.length === 0) {
      findings.push(problem(document, ['spec'], 'no policy is under test', 'Name them under `policies`.'));
      return [];
    }
    const given = readGiven(spec, document, findings);
    const cases = (spec.cases ?? []).map((one, index) =>
      readCase(one, index, {own, rules, spec, document, given}),
    );
    return [{name, file: file.file, document, spec, set: own, rules, exceptions, cases}];
  });
  return {tests, findings};
}

interface Given {
  workloads: Map<string, {fields: Fields; at: string | null}>;
  sites: Map<string, Fields>;
}

function readGiven({given}: PolicyTestSpec, document: YamlDocument, findings: Finding[]): Given {
  const result: Given = {workloads: new Map(), sites: new Map()};
  const read = (
    type: 'Workload' | 'Site',
    group: 'workloads' | 'sites',
    name: string,
    value: Record<string, unknown>,
  ) => {
    const {fields, problems} = readFields(type, value);
    for (const {path, message} of problems)
      findings.push(problem(document, ['spec', 'given', group, name, ...path], message));
    return fields;
  };
  for (const [name, value] of Object.entries(given.sites ?? {}))
    result.sites.set(name, read('Site', 'sites', name, value));
  for (const [name, value] of Object.entries(given.workloads ?? {})) {
    const {at} = merged(value);
    const known = typeof at === 'string' && result.sites.has(at);
    if (at !== undefined && !known)
      findings.push(
        problem(
          document,
          ['spec', 'given', 'workloads', name, 'at'],
          `no site ${JSON.stringify(at)} is given`,
        ),
      );
    result.workloads.set(name, {
      fields: read('Workload', 'workloads', name, value),
      at: known ? at : null,
    });
  }
  return result;
}

interface CaseScope {
  own: PolicySet;
  rules: number[];
  spec: PolicyTestSpec;
  document: YamlDocument;
  given: Given;
}

type CaseSource = NonNullable<PolicyTestSpec['cases']>[number];

function readCase(source: CaseSource, index: number, scope: CaseScope): Case {
  const {own, rules, document, given} = scope;
  const problems: string[] = [];
  const workload = pick('workload', source.workload, given.workloads, problems);
  const site = pick('site', source.site, given.sites, problems);
  const expect = new Map<number, Expectation>();
  const ids = rules.map((rule) => own.rules[rule]!.info.id);
  for (const [id, wanted] of Object.entries(source.expect)) {
    const at = ids.indexOf(id);
    if (at >= 0) expect.set(rules[at]!, expectationOf(wanted));
    else {
      const near = nearest(id, ids);
      problems.push(`no rule \`${id}\` is under test${near ? ` (did you mean \`${near}\`?)` : ''}`);
    }
  }
  const excepted = readExcepted(source, scope, problems);
  const context =
    workload === null || site === null
      ? null
      : situationContext(situation(source, workload, site, scope, problems));
  return {
    name:
      source.name ??
      [`${workload} at ${site}`, ...(source.unset ?? []).map((path) => `without ${path}`)].join(', '),
    place: document.place(['spec', 'cases', index]),
    context: problems.length > 0 ? null : context,
    expect,
    excepted,
    allowOther: source.allowOther ?? false,
    problems,
  };
}

/** Null where no exception holds in the test. */
function readExcepted(
  {expectExcepted = {}}: CaseSource,
  {own, rules}: CaseScope,
  problems: string[],
): Map<number, string> | null {
  if (own.exceptions.length === 0) return null;
  const excepted = new Map<number, string>();
  for (const [id, name] of Object.entries(expectExcepted)) {
    const rule = rules.find((index) => own.rules[index]!.info.id === id);
    if (rule === undefined) problems.push(`no rule \`${id}\` is under test, so ${name} cannot excuse it`);
    else excepted.set(rule, name);
  }
  return excepted;
}

function situation(
  source: CaseSource,
  workload: string,
  site: string,
  {spec, given}: CaseScope,
  problems: string[],
): Situation {
  const {fields, at} = given.workloads.get(workload)!;
  const things = {workload: new Map(fields), site: new Map(given.sites.get(site))};
  const change = (
    path: string,
    apply: (fields: Fields, type: 'Workload' | 'Site', steps: string[]) => string | null,
  ) => {
    const [thing, ...steps] = path.split('.');
    const fault =
      thing === 'workload'
        ? apply(things.workload, 'Workload', steps)
        : thing === 'site'
          ? apply(things.site, 'Site', steps)
          : `\`${path}\` must begin with \`workload.\` or \`site.\``;
    if (fault !== null) problems.push(fault);
  };
  for (const [path, value] of Object.entries(source.set ?? {}))
    change(path, (one, type, steps) => setField(one, type, steps, value));
  for (const path of source.unset ?? []) change(path, unsetField);
  const elsewhere = at !== null && at !== site;
  return {
    name: workload,
    workload: things.workload,
    sites: [
      {name: site, fields: things.site},
      ...(elsewhere ? [{name: at, fields: given.sites.get(at)!}] : []),
    ],
    at: at === null ? -1 : elsewhere ? 1 : 0,
    now: new Date(spec.now ?? DEFAULT_NOW),
    unknownAs: (LEVELS[spec.unknownAs ?? 'high'] ?? 2) as 1 | 2 | 3,
  };
}

function pick(
  what: string,
  name: string | undefined,
  known: ReadonlyMap<string, unknown>,
  problems: string[],
): string | null {
  const names = [...known.keys()];
  if (name === undefined && names.length === 1) return names[0]!;
  if (name !== undefined && known.has(name)) return name;
  const near = name === undefined ? null : nearest(name, names);
  problems.push(
    name === undefined
      ? `the case names no ${what}, and ${names.length} are given`
      : `no ${what} \`${name}\` is given${near ? ` (did you mean \`${near}\`?)` : ''}`,
  );
  return null;
}

function expectationOf(source: ExpectationSource): Expectation {
  const {outcome, ...more} = typeof source === 'string' ? {outcome: source} : source;
  return {outcome: outcome === 'n/a' ? 'not-applicable' : outcome, ...more};
}
