import type {Finding, Severity} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {ruleSchema, type RuleSource} from '../model/documents/placement-policy.ts';
import type {Effect, RuleInfo} from '../model/policy.ts';
import {checkDocument} from '../document/check.ts';
import {CRITERIA_FIELDS} from './site-criteria-fields.ts';
import {compileExpression, type Expression, type Origin, type Scope, type Wanted} from './expression.ts';
import {compileTemplate, type Template} from './template.ts';

/** A rule ready to evaluate. Broken rules keep their place in the set and are `unknown` everywhere. */
export interface CompiledRule {
  info: RuleInfo;
  /** Index of its policy in the set. */
  policy: number;
  /** Conditions under which the rule applies at all: the policy's `match` and the rule's `given`. */
  match: Expression[];
  condition: Expression | null;
  score: Expression | null;
  message: Template | null;
  source: RuleSource | null;
  /** Where it stands in its document; empty for rules nobody wrote. */
  path: (string | number)[];
}

/** Points of a soft rule that names no weight. */
const DEFAULT_WEIGHT = 10;

export interface RuleContext {
  document: YamlDocument;
  policy: string;
  policyIndex: number;
  pack: string | null;
  scope: Scope;
  /** Conditions of the policy; null when one of them does not compile: then every rule is broken. */
  match: Expression[] | null;
}

/** Checks and compiles the rule at `spec.rules[index]`. Never gives up: what cannot be used becomes a broken rule. */
export function compileRule(
  value: unknown,
  index: number,
  context: RuleContext,
): {rule: CompiledRule; findings: Finding[]} {
  const path = ['spec', 'rules', index];
  const view: YamlDocument = {value, place: (inner) => context.document.place([...path, ...inner])};
  const checked = checkDocument(ruleSchema, view);
  const info = ruleInfo(value, checked.value, index, context);
  const findings: Finding[] = checked.findings.map((finding) => ({
    ...finding,
    where: {...finding.where, id: `${context.policy}/${info.id}`},
  }));
  const rule: CompiledRule = {
    info,
    policy: context.policyIndex,
    match: context.match ?? [],
    condition: null,
    score: null,
    message: null,
    source: checked.value,
    path,
  };
  if (!checked.value || !context.match) return {rule: broken(rule), findings};

  const source = checked.value;
  const origin = (field: string): Origin => ({
    document: context.document,
    path: [...path, field],
    offset: 0,
    id: `${context.policy}/${info.id}`,
  });
  const compile = (field: 'when' | 'given' | 'score', wanted: Wanted): Expression | null => {
    const text = source[field];
    if (text === undefined) return null;
    const compiled = compileExpression(String(text), wanted, context.scope, origin(field));
    findings.push(...compiled.findings);
    if (!compiled.expression) rule.info = {...rule.info, broken: true};
    return compiled.expression;
  };
  const given = compile('given', 'bool');
  rule.match = given ? [...context.match, given] : context.match;
  rule.condition = compile('when', 'bool');
  rule.score = compile('score', 'number');
  const criteria = criteriaOf([...rule.match, rule.condition, rule.score]);
  if (criteria.length > 0) rule.info = {...rule.info, criteria};
  if (source.message !== undefined) {
    const compiled = compileTemplate(source.message, context.scope, origin('message'));
    findings.push(...compiled.findings);
    rule.message = compiled.template;
  }
  const missing = missingPart(source);
  if (missing) {
    findings.push({
      code: 'BH-LINT-003',
      severity: 'high',
      message: missing,
      where: {...context.document.place(path), id: `${context.policy}/${info.id}`},
      remedy: 'forbid, require and obligate need `when`; prefer and avoid need `when` or `score`.',
    });
    return {rule: broken(rule), findings};
  }
  return {rule: rule.info.broken ? broken(rule) : rule, findings};
}

/** What somebody has to state about a site before the rule can be decided. */
function criteriaOf(parts: readonly (Expression | null)[]): string[] {
  const names = parts
    .flatMap((part) => part?.reads ?? [])
    .flatMap(({path}) => {
      const name = path.startsWith('site.') ? path.slice('site.'.length) : '';
      return name.startsWith('seal.') || (name !== 'statements' && Object.hasOwn(CRITERIA_FIELDS, name))
        ? [name]
        : [];
    });
  return [...new Set(names)].toSorted();
}

function missingPart(source: RuleSource): string | null {
  const soft = isSoft(source.effect);
  if (soft && source.when !== undefined && source.score !== undefined)
    return 'the rule has both `when` and `score`';
  if (soft && source.when === undefined && source.score === undefined)
    return 'the rule has neither `when` nor `score`';
  if (!soft && source.when === undefined) return 'the rule has no `when`';
  if (!soft && source.score !== undefined) return `\`score\` means nothing with effect ${source.effect}`;
  return null;
}

/** Soft effects give points instead of removing sites. */
export function isSoft(effect: Effect): boolean {
  return effect === 'prefer' || effect === 'avoid';
}

/** Hard effects remove sites, unless a profile makes the rule advisory. */
export function isHardEffect(effect: Effect): boolean {
  return effect === 'forbid' || effect === 'require';
}

/** What an unknown outcome counts as when the rule does not say. */
export function defaultOnUnknown(effect: Effect, severity: Severity): RuleInfo['onUnknown'] {
  return isHardEffect(effect) && severity === 'critical' ? 'fail' : 'warn';
}

/**
 * The rule without its expressions. Its unknown outcome warns and never removes a site: nobody knows which one it
 * would have removed.
 */
export function broken(rule: CompiledRule): CompiledRule {
  return {
    ...rule,
    condition: null,
    score: null,
    match: [],
    info: {...rule.info, broken: true, onUnknown: 'warn'},
  };
}

/** Facts of a rule; readable parts of an invalid one are kept so that it can be named. */
function ruleInfo(value: unknown, source: RuleSource | null, index: number, context: RuleContext): RuleInfo {
  const raw = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const text = (key: string, otherwise: string): string =>
    typeof raw[key] === 'string' && raw[key] !== '' ? raw[key] : otherwise;
  const effect: Effect = source?.effect ?? 'forbid';
  const severity: Severity = source?.severity ?? 'high';
  const id = text('id', `${context.policy}#${index + 1}`);
  return {
    id,
    title: text('title', id),
    policy: context.policy,
    pack: context.pack,
    effect,
    severity,
    weight: isSoft(effect) ? (source?.weight ?? DEFAULT_WEIGHT) : 0,
    onUnknown: source?.onUnknown ?? defaultOnUnknown(effect, severity),
    source: source?.source
      ? {
          title: source.source.title,
          date: source.source.date,
          ...(source.source.url ? {url: source.source.url} : {}),
        }
      : null,
    verification: source?.verification ?? null,
    place: context.document.place(['spec', 'rules', index]),
    broken: false,
    ...(source?.asOf ? {asOf: source.asOf} : {}),
    ...(source?.obligations
      ? {
          obligations: source.obligations.map(({id: key, text: words, dueDays}) => ({
            id: key,
            text: words,
            dueDays: dueDays ?? null,
          })),
        }
      : {}),
    ...(source?.mappings ? {mappings: source.mappings} : {}),
  };
}
