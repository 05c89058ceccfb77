import type {Finding, Outcome} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {placementPolicyHeader, type PolicyHeader} from '../model/documents/placement-policy.ts';
import {checkDocument} from '../document/check.ts';
import {nearest} from '../document/nearest.ts';
import {createEngine, type CelEngine} from './cel.ts';
import {compileException, linkExceptions, type CompiledException} from './exceptions/compile.ts';
import {compileExpression, type Expression, type Scope} from './expression.ts';
import {readParameters, type Parameters} from './params.ts';
import {applyProfiles, type DisabledRule} from './profile/apply.ts';
import type {ExceptionTerms} from './profile/terms.ts';
import {compilePortability, type CompiledPortability} from './portability-rules.ts';
import {compilePortfolio, resolveLimits, type CompiledPortfolio} from './portfolio-limit.ts';
import type {Re2} from './re2.ts';
import {broken, compileRule, type CompiledRule} from './rule.ts';

/** A policy file as read: its documents, and the shipped pack it belongs to. */
export interface PolicyFile {
  file: string;
  pack: string | null;
  documents: YamlDocument[];
}

/** Parsed policies with compiled rules. Holds no workload and no site. */
export interface PolicySet {
  policies: CompiledPolicy[];
  /** In the order of files and documents; ids are unique. */
  rules: CompiledRule[];
  /** The portability table: rows of the user's files before rows of packs. */
  portability: CompiledPortability[];
  /** Limits over the portfolio. */
  portfolio: CompiledPortfolio[];
  /** Documented deviations, ids unique, in the order of files and documents. */
  exceptions: CompiledException[];
  /** What they need, where a profile is stricter than the default. */
  exceptionTerms: ExceptionTerms;
  /** Documents of `kind: PolicyTest`, not yet checked. Plans do not look at them. */
  tests: {file: PolicyFile; document: YamlDocument}[];
  /** Rules a profile switched off, with the reason. They are in no other list. */
  disabled: DisabledRule[];
  engine: CelEngine;
  /** The regular expressions the set was parsed with. */
  re2?: Re2 | undefined;
}

export interface CompiledPolicy {
  name: string;
  pack: string | null;
  file: string;
  document: YamlDocument;
  parameters: Parameters;
  match: Expression[];
  engine: CelEngine;
  /** Day by which its facts must be checked again, `YYYY-MM-DD`. */
  reviewBy: string | null;
}

/** Kinds that other stages read from the same folders. */
const OTHER_KINDS = [
  'SensitivityRules',
  'ScoreParameters',
  'Scenario',
  'Workspace',
  'Site',
  'Identity',
  'Register',
  'Inventory',
  'PolicyLock',
];
/**
 * Parses and type-checks policy documents. Every problem is a finding at its file, line and column, also inside the
 * text of an expression. A broken rule is isolated: it stays in the set with `broken: true`, everything else works.
 * `re2` is needed only when {@link usesRe2} says so.
 */
export function parsePolicies(files: readonly PolicyFile[], options: {re2?: Re2} = {}): Outcome<PolicySet> {
  const findings: Finding[] = [];
  const engine = createEngine(options.re2);
  const set: PolicySet = {
    policies: [],
    rules: [],
    portability: [],
    exceptions: [],
    exceptionTerms: {},
    portfolio: [],
    tests: [],
    disabled: [],
    engine,
    re2: options.re2,
  };
  const profiles: YamlDocument[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file.file)) continue;
    seen.add(file.file);
    for (const document of file.documents) {
      const kind = kindOf(document);
      if (kind === 'PlacementPolicy') findings.push(...addPolicy(set, file, document, options.re2));
      else if (kind === 'PortabilityRules') {
        const compiled = compilePortability(document, file.pack, engine, options.re2);
        set.portability.push(...compiled.rules);
        findings.push(...compiled.findings);
      } else if (kind === 'PolicyException') {
        const compiled = compileException(document, {
          engine: engine.withParams({}),
          params: {},
          re2: options.re2,
        });
        if (compiled.exception) set.exceptions.push(compiled.exception);
        findings.push(...compiled.findings);
      } else if (kind === 'PortfolioConstraint') {
        const compiled = compilePortfolio(document, file.pack, {engine, params: {}, re2: options.re2});
        if (compiled.constraint) set.portfolio.push(compiled.constraint);
        findings.push(...compiled.findings);
      } else if (kind === 'PolicyTest') set.tests.push({file, document});
      else if (kind === 'Profile') profiles.push(document);
      else findings.push(...otherKind(kind, document));
    }
  }
  set.portability = [
    ...set.portability.filter((row) => row.pack === null),
    ...set.portability.filter((row) => row.pack !== null),
  ];
  findings.push(...uniqueIds(set), ...applyProfiles(set, profiles));
  const limits = resolveLimits(set.portfolio);
  set.portfolio = limits.constraints;
  findings.push(...limits.findings);
  const linked = linkExceptions(set.exceptions, set.rules);
  set.exceptions = linked.exceptions;
  findings.push(...linked.findings);
  return {value: set, findings};
}

/** Whether some text of the documents calls `re2(`: then load it first with `loadRe2`. */
export function usesRe2(files: readonly PolicyFile[]): boolean {
  return files.some((file) => file.documents.some((document) => mentions(document.value, 're2')));
}

/** {@link parsePolicies} that loads the regular-expression library when the policies need it. */
export async function loadPolicies(files: readonly PolicyFile[]): Promise<Outcome<PolicySet>> {
  if (!usesRe2(files)) return parsePolicies(files);
  const {loadRe2} = await import('./re2.ts');
  return parsePolicies(files, {re2: await loadRe2()});
}

function addPolicy(
  set: PolicySet,
  file: PolicyFile,
  document: YamlDocument,
  re2: Re2 | undefined,
): Finding[] {
  const header = checkDocument(placementPolicyHeader, document);
  const raw = rawHeader(document);
  const name = header.value?.metadata.name ?? raw.name ?? file.file;
  const pack = header.value?.metadata.labels?.pack ?? file.pack;
  const {parameters, findings: parameterFindings} = readParameters(
    header.value?.spec.params ?? {},
    document,
    name,
  );
  const engine = set.engine.withParams(parameters.types);
  const scope = {engine, params: parameters.fields, re2};
  const {match, findings: matchFindings} = compileMatch(header.value, document, name, scope);
  const policyIndex = set.policies.length;
  set.policies.push({
    name,
    pack,
    file: file.file,
    document,
    parameters,
    match: match ?? [],
    engine,
    reviewBy: header.value?.spec.reviewBy ?? null,
  });
  const findings = [...header.findings, ...parameterFindings, ...matchFindings];
  const rules: unknown[] = header.value?.spec.rules ?? raw.rules;
  const context = {document, policy: name, policyIndex, pack, scope, match: header.value ? match : null};
  for (const [index, value] of rules.entries()) {
    const compiled = compileRule(value, index, context);
    set.rules.push(compiled.rule);
    findings.push(...compiled.findings);
    if (compiled.rule.info.broken) findings.push(isolated(compiled.rule));
  }
  return findings;
}

function compileMatch(
  header: PolicyHeader | null,
  document: YamlDocument,
  policy: string,
  scope: Scope,
): {match: Expression[] | null; findings: Finding[]} {
  const findings: Finding[] = [];
  const match: Expression[] = [];
  let usable = true;
  for (const [index, entry] of (header?.spec.match ?? []).entries()) {
    const path = ['spec', 'match', index, 'expression'];
    const compiled = compileExpression(String(entry.expression), 'bool', scope, {
      document,
      path,
      offset: 0,
      id: policy,
    });
    findings.push(...compiled.findings);
    if (compiled.expression) match.push(compiled.expression);
    else usable = false;
  }
  return {match: usable ? match : null, findings};
}

/** What can still be read of a policy whose frame is wrong, so that its rules are named and not lost. */
function rawHeader(document: YamlDocument): {name: string | null; rules: unknown[]} {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  const name = at(at(document.value, 'metadata'), 'name');
  const rules = at(at(document.value, 'spec'), 'rules');
  return {name: typeof name === 'string' ? name : null, rules: Array.isArray(rules) ? rules : []};
}

function isolated({info}: CompiledRule): Finding {
  return {
    code: 'BH-POL-001',
    severity: 'high',
    message: `rule ${info.id} cannot be evaluated: its outcome is unknown everywhere`,
    where: {...info.place, id: `${info.policy}/${info.id}`},
    remedy: 'Correct the problems reported for this rule; `bulkhead policy lint` shows them.',
    partial: true,
  };
}

/** The first of two rules with one id keeps it; the second is isolated under `ID#2`. */
function uniqueIds(set: PolicySet): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, CompiledRule>();
  const used = new Set(set.rules.map((rule) => rule.info.id));
  set.rules = set.rules.map((rule) => {
    const original = first.get(rule.info.id);
    if (!original) {
      first.set(rule.info.id, rule);
      return rule;
    }
    const {file, line} = original.info.place;
    findings.push({
      code: 'BH-LINT-004',
      severity: 'high',
      message: `rule id \`${rule.info.id}\` is already used at ${file}:${line}`,
      where: {...rule.info.place, id: `${rule.info.policy}/${rule.info.id}`},
      remedy: 'Give every rule an id of its own.',
    });
    let number = 2;
    while (used.has(`${rule.info.id}#${number}`)) number++;
    const id = `${rule.info.id}#${number}`;
    used.add(id);
    const renamed = broken({...rule, info: {...rule.info, id}});
    if (!rule.info.broken) findings.push(isolated(renamed));
    return renamed;
  });
  return findings;
}

function otherKind(kind: string | null, document: YamlDocument): Finding[] {
  if (kind !== null && OTHER_KINDS.includes(kind)) return [];
  const where = document.place(['kind']);
  const near =
    kind === null
      ? null
      : nearest(kind, [
          'PlacementPolicy',
          'PortabilityRules',
          'PolicyException',
          'PolicyTest',
          'PortfolioConstraint',
          ...OTHER_KINDS,
        ]);
  return [
    {
      code: 'BH-LINT-030',
      severity: 'high',
      message:
        kind === null
          ? 'not a policy document: `kind` is missing'
          : `unknown kind \`${kind}\`${near ? ` (did you mean \`${near}\`?)` : ''}`,
      where,
      remedy:
        'Policy files hold documents of `kind: PlacementPolicy`, `PolicyException` or `PortabilityRules`.',
      partial: true,
    },
  ];
}

function kindOf(document: YamlDocument): string | null {
  const value = document.value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'kind')) return null;
  const kind = (value as Record<string, unknown>).kind;
  return typeof kind === 'string' ? kind : null;
}

/** Whether some text of a document holds a word. */
export function mentions(value: unknown, word: string): boolean {
  if (typeof value === 'string') return value.includes(word);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => mentions(inner, word));
}
