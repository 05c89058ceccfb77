import type {Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {PolicySet} from './parse.ts';
import {LEVELS, type Parameters} from './params.ts';
import {limitsNothing} from './portfolio-limit.ts';
import {DEFAULT_TERMS} from './profile/terms.ts';
import {isHardEffect, isSoft, type CompiledRule} from './rule.ts';

/** One value that holds, with who set it. */
export interface EffectiveField {
  field: string;
  value: unknown;
  /** Name of the policy or profile; `default` = nobody said. */
  by: string;
  /** Where it was written; null for a default. */
  from: Place | null;
}

export interface EffectiveRule {
  rule: string;
  title: string;
  policy: string;
  pack: string | null;
  place: Place;
  /** Who switched it off, and why; null = it is judged. */
  disabled: {by: string; reason: string; from: Place} | null;
  fields: EffectiveField[];
  /** Controls it is an indicator for; title null = no catalogue of the framework was added, or it does not know the id. */
  controls: {framework: string; control: string; title: string | null}[];
}

/** Title of a control, null when nobody knows it. */
export type ControlTitle = (framework: string, control: string) => string | null;

type EffectiveMapping = {framework: string; control: string};

/** A setting of the workspace that overrides every parameter of that name. */
export interface WorkspaceParameter {
  name: string;
  value: unknown;
  from: Place;
}

/** Every rule of the set as it holds after all profiles, with the origin of each field and parameter. */
export function effectiveRules(
  set: PolicySet,
  settings: readonly WorkspaceParameter[] = [],
  titleOf: ControlTitle = () => null,
): EffectiveRule[] {
  const controls = (mappings: EffectiveMapping[] = []): EffectiveRule['controls'] =>
    mappings.map(({framework, control}) => ({framework, control, title: titleOf(framework, control)}));
  const active = set.rules.map((rule): EffectiveRule => {
    const {info} = rule;
    return {
      rule: info.id,
      title: info.title,
      policy: info.policy,
      pack: info.pack,
      place: info.place,
      disabled: null,
      fields: [...ruleFields(set, rule), ...parameterFields(set, rule, settings)],
      controls: controls(info.mappings),
    };
  });
  const off = set.disabled.map(({info, profile, reason, place}): EffectiveRule => ({
    rule: info.id,
    title: info.title,
    policy: info.policy,
    pack: info.pack,
    place: info.place,
    disabled: {by: profile, reason, from: place},
    fields: [],
    controls: controls(info.mappings),
  }));
  return [...active, ...off];
}

/** What exceptions need, with who asks for it. */
export function effectiveTerms({exceptionTerms}: PolicySet): EffectiveField[] {
  return (['maxDays', 'approverSeverity'] as const).map((name) => {
    const setting = exceptionTerms[name];
    const field = `exceptions.${name}`;
    return setting
      ? {field, value: setting.value, by: setting.profile, from: setting.place}
      : {field, value: DEFAULT_TERMS[name], by: 'default', from: null};
  });
}

/** A limit over the portfolio as it holds. */
export interface EffectiveLimit {
  limit: string;
  pack: string | null;
  place: Place;
  /** True while its number is a share of one: it limits nothing. */
  unset: boolean;
  fields: EffectiveField[];
}

/** Every limit with the number that holds, and where its parameters were set. */
export function effectiveLimits({portfolio}: PolicySet): EffectiveLimit[] {
  return portfolio.map((constraint): EffectiveLimit => {
    const {limit, groupBy, over, measure, parameters, document} = constraint;
    const source = (document.value as {spec: Record<string, unknown>}).spec;
    const written = (field: string, value: unknown): EffectiveField => {
      const own = source[field] !== undefined;
      const by = own ? limit.name : 'default';
      return {field, value, by, from: own ? document.place(['spec', field]) : null};
    };
    return {
      limit: limit.name,
      pack: limit.pack,
      place: limit.place,
      unset: limitsNothing(constraint),
      fields: [
        written('limit', limit.limit),
        written('groupBy', groupBy),
        written('severity', limit.severity),
        ...(over ? [written('over', over.text)] : []),
        ...(measure ? [written('measure', measure.text)] : []),
        ...Object.keys(parameters.declared)
          .toSorted()
          .map((name) => parameterField(limit.name, document, parameters, name)),
      ],
    };
  });
}

function ruleFields(set: PolicySet, {info, source, path, policy}: CompiledRule): EffectiveField[] {
  const {document, name} = set.policies[policy]!;
  const written = (field: string, value: unknown): EffectiveField => {
    const override = info.overrides?.find((entry) => entry.field === field);
    if (override) return {field, value, by: override.profile, from: override.place};
    const own = source?.[field as keyof typeof source] !== undefined;
    return {field, value, by: own ? name : 'default', from: own ? document.place([...path, field]) : null};
  };
  const match = matchTexts(document.value).map((value, index) => ({
    field: `match[${index}]`,
    value,
    by: name,
    from: document.place(['spec', 'match', index, 'expression']),
  }));
  return [
    written('effect', info.effect),
    written('severity', info.severity),
    written('onUnknown', info.onUnknown),
    ...(isHardEffect(info.effect)
      ? [written('enforcement', info.enforcement ?? 'override-with-exception')]
      : []),
    ...(isSoft(info.effect) ? [written('weight', info.weight)] : []),
    ...match,
    ...(['given', 'when', 'score', 'message'] as const).flatMap((field) =>
      source?.[field] === undefined ? [] : [written(field, source[field])],
    ),
  ];
}

function matchTexts(value: unknown): unknown[] {
  const match = (value as {spec?: {match?: unknown}} | null)?.spec?.match;
  return Array.isArray(match)
    ? match.map((entry) => (entry as {expression?: unknown} | null)?.expression)
    : [];
}

/** Parameters the rule reads, also in its message. */
function parameterFields(
  set: PolicySet,
  rule: CompiledRule,
  settings: readonly WorkspaceParameter[],
): EffectiveField[] {
  const {document, name, parameters} = set.policies[rule.policy]!;
  const holes = rule.message?.parts.filter((part) => typeof part !== 'string') ?? [];
  const read = [...rule.match, rule.condition, rule.score, ...holes].flatMap((part) => part?.reads ?? []);
  const names = new Set(read.flatMap(({path}) => (path.startsWith('params.') ? [path.slice(7)] : [])));
  return [...names].toSorted().map((parameter): EffectiveField => {
    const field = `params.${parameter}`;
    const setting = settings.find((one) => one.name === parameter && parameters.types[parameter] === 'int');
    if (setting) return {field, value: setting.value, by: 'workspace', from: setting.from};
    return parameterField(name, document, parameters, parameter);
  });
}

function parameterField(
  owner: string,
  document: YamlDocument,
  {values, declared, origins}: Parameters,
  name: string,
): EffectiveField {
  const field = `params.${name}`;
  const value = shown(values[name], declared[name]);
  const origin = origins[name];
  if (origin) return {field, value, by: origin.profile, from: origin.place};
  return {field, value, by: owner, from: document.place(['spec', 'params', name, 'default'])};
}

function shown(value: unknown, type: string | undefined): unknown {
  if (type !== 'level') return value;
  return Object.keys(LEVELS).find((level) => LEVELS[level] === value) ?? value;
}
