import type {Finding, Place} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import type {RuleOverride} from '../../model/documents/profile.ts';
import type {Enforcement, RuleInfo} from '../../model/policy.ts';
import {parameterValue, rangeProblem, type Parameters} from '../params.ts';
import type {PolicySet} from '../parse.ts';
import {defaultOnUnknown, isHardEffect, isSoft, type CompiledRule} from '../rule.ts';
import {readOverrides, unknownNames, type Overrides, type Setting} from './profile.ts';

/** A rule a profile switched off. */
export interface DisabledRule {
  info: RuleInfo;
  profile: string;
  reason: string;
  place: Place;
}

/** Puts what the profiles say, in their order, over the rules and parameters of the set. */
export function applyProfiles(set: PolicySet, documents: readonly YamlDocument[]): Finding[] {
  if (documents.length === 0) return [];
  const {overrides, findings} = readOverrides(documents);
  const owners = [
    ...set.policies.map(({name, parameters}) => ({name, parameters})),
    ...set.portfolio.map(({limit: {name}, parameters}) => ({name, parameters})),
  ];
  const params = owners.flatMap(({name, parameters}) =>
    Object.keys(parameters.declared).map((parameter) => ({policy: name, name: parameter})),
  );
  findings.push(...unknownNames(overrides, {rules: set.rules.map(({info}) => info.id), params}));
  set.policies = set.policies.map((policy) => ({
    ...policy,
    parameters: withParameters(policy, 'policy', overrides, findings),
  }));
  set.portfolio = set.portfolio.map((constraint) => ({
    ...constraint,
    parameters: withParameters(
      {name: constraint.limit.name, parameters: constraint.parameters},
      'limit',
      overrides,
      findings,
    ),
  }));
  const kept: CompiledRule[] = [];
  for (const rule of set.rules) {
    const fields = overrides.rules.get(rule.info.id);
    const disable = fields?.get('disable');
    if (disable?.value === true) {
      const disabled = disabledRule(rule, disable, fields!);
      set.disabled.push(disabled);
      findings.push(told(disabled));
    } else {
      const changed = fields ? withFields(rule, fields, findings) : rule;
      kept.push(withEnforcement(changed, fields?.get('enforcement'), overrides.enforcement, findings));
    }
  }
  set.rules = kept;
  set.exceptionTerms = overrides.terms;
  return findings;
}

function withParameters(
  policy: {name: string; parameters: Parameters},
  what: 'policy' | 'limit',
  {params}: Overrides,
  findings: Finding[],
): Parameters {
  const {declared} = policy.parameters;
  const values = {...policy.parameters.values};
  const origins = {...policy.parameters.origins};
  // The name with the policy is the more exact one, so it comes last.
  for (const [key, name] of [
    ...Object.keys(declared).map((name) => [name, name] as const),
    ...Object.keys(declared).map((name) => [`${policy.name}.${name}`, name] as const),
  ]) {
    const setting = params.get(key);
    if (!setting) continue;
    const value = parameterValue(declared[name]!, setting.value);
    const problem =
      value === undefined
        ? `\`${key}\` is not of type ${declared[name]}`
        : rangeProblem(key, value, policy.parameters.ranges[name]);
    if (problem !== null) {
      findings.push({
        code: 'BH-POL-013',
        severity: 'high',
        message: `profile ${setting.profile}: ${problem}; the value of ${what} ${policy.name} stays`,
        where: {...setting.place, id: setting.profile},
        remedy: 'Give a value of the declared type and range.',
      });
      continue;
    }
    values[name] = value;
    origins[name] = {profile: setting.profile, place: setting.place};
  }
  return {...policy.parameters, values, origins};
}

type Fields = Map<keyof RuleOverride, Setting<unknown>>;

function withFields(rule: CompiledRule, fields: Fields, findings: Finding[]): CompiledRule {
  const {info} = rule;
  const [severity, weight, onUnknown] = [
    fields.get('severity'),
    fields.get('weight'),
    fields.get('onUnknown'),
  ];
  if (weight && !isSoft(info.effect)) {
    findings.push({
      code: 'BH-POL-014',
      severity: 'low',
      message: `profile ${weight.profile} gives ${info.id} a weight, but a rule of effect ${info.effect} has none`,
      where: {...weight.place, id: weight.profile},
      remedy: 'Remove the weight, or disable the rule with a reason.',
    });
  }
  const reason = fields.get('reason')?.value as string | undefined;
  const overrides = (['severity', 'weight', 'onUnknown'] as const).flatMap((field) => {
    const setting = fields.get(field);
    if (!setting || (field === 'weight' && !isSoft(info.effect))) return [];
    return [
      {field, profile: setting.profile, place: setting.place, ...(reason === undefined ? {} : {reason})},
    ];
  });
  if (overrides.length === 0) return rule;
  const newSeverity = (severity?.value ?? info.severity) as RuleInfo['severity'];
  return {
    ...rule,
    info: {
      ...info,
      severity: newSeverity,
      weight: weight && isSoft(info.effect) ? (weight.value as number) : info.weight,
      onUnknown: (onUnknown?.value ?? unknownOf(rule, newSeverity)) as RuleInfo['onUnknown'],
      overrides,
    },
  };
}

/**
 * What a profile says about this rule goes before what it says about all, whichever came later: nobody loosens by a
 * default what somebody else settled by name.
 */
function withEnforcement(
  rule: CompiledRule,
  own: Setting<unknown> | undefined,
  general: Setting<Enforcement> | null,
  findings: Finding[],
): CompiledRule {
  const {info} = rule;
  if (!isHardEffect(info.effect)) {
    if (own)
      findings.push({
        code: 'BH-POL-014',
        severity: 'low',
        message: `profile ${own.profile} enforces ${info.id}, but a rule of effect ${info.effect} removes no site`,
        where: {...own.place, id: own.profile},
        remedy: 'Remove `enforcement`, or change the weight.',
      });
    return rule;
  }
  const setting = (own ?? general) as Setting<Enforcement> | null;
  if (!setting) return rule;
  const {value, profile, place} = setting;
  return {
    ...rule,
    info: {
      ...info,
      enforcement: value,
      overrides: [...(info.overrides ?? []), {field: 'enforcement', profile, place}],
    },
  };
}

/** What the author said, else the default of the new severity. A broken rule keeps to warning. */
function unknownOf({info, source}: CompiledRule, severity: RuleInfo['severity']): RuleInfo['onUnknown'] {
  if (info.broken || source?.onUnknown !== undefined) return info.onUnknown;
  return defaultOnUnknown(info.effect, severity);
}

function disabledRule(
  {info}: CompiledRule,
  {profile, place}: Setting<unknown>,
  fields: Fields,
): DisabledRule {
  const reason = fields.get('reason')?.value;
  return {info, profile, reason: typeof reason === 'string' ? reason : '', place};
}

function told({info, profile, reason, place}: DisabledRule): Finding {
  return {
    code: 'BH-POL-012',
    severity: 'info',
    message: `rule ${info.id} is disabled by profile ${profile}: ${reason}`,
    where: {...place, id: info.id},
  };
}
