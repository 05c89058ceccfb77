import {checkDocument} from '../../document/check.ts';
import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {profileDocument, type ProfileSource, type RuleOverride} from '../../model/documents/profile.ts';
import type {Enforcement} from '../../model/policy.ts';
import {tighten, type ExceptionTerms} from './terms.ts';

/** A value with where it was set and by which profile. */
export interface Setting<T> {
  value: T;
  profile: string;
  place: Place;
}

/** What the profiles of a run change, later ones over earlier ones. */
export interface Overrides {
  /** Fields per rule id. */
  rules: Map<string, Map<keyof RuleOverride, Setting<unknown>>>;
  /** Values per parameter, as `name` or `policy.name`. */
  params: Map<string, Setting<unknown>>;
  /** For hard rules that are given none of their own; null = no profile says. */
  enforcement: Setting<Enforcement> | null;
  /** What exceptions need. */
  terms: ExceptionTerms;
}

/** The documents of all profiles in order of application → one table. A profile that does not check has no effect. */
export function readOverrides(documents: readonly YamlDocument[]): {
  overrides: Overrides;
  findings: Finding[];
} {
  const overrides: Overrides = {rules: new Map(), params: new Map(), enforcement: null, terms: {}};
  const findings: Finding[] = [];
  for (const document of documents) {
    const checked = checkDocument(profileDocument, document);
    findings.push(...checked.findings.map((finding) => ({...finding, partial: true})));
    if (checked.value) add(overrides, checked.value, document, findings);
  }
  return {overrides, findings};
}

function add(
  overrides: Overrides,
  {metadata, spec}: ProfileSource,
  document: YamlDocument,
  findings: Finding[],
): void {
  const profile = (metadata as {name?: string} | undefined)?.name ?? 'profile';
  for (const [name, value] of Object.entries(spec.params ?? {}))
    overrides.params.set(name, {value, profile, place: document.place(['spec', 'params', name])});
  if (spec.enforcement !== undefined) {
    const place = document.place(['spec', 'enforcement']);
    overrides.enforcement = {value: spec.enforcement, profile, place};
  }
  const tightened = tighten(overrides.terms, spec.exceptions ?? {}, profile, document);
  overrides.terms = tightened.terms;
  findings.push(...tightened.findings);
  for (const [rule, given] of Object.entries(spec.rules ?? {})) {
    if (given.disable && given.reason === undefined) {
      findings.push({
        code: 'BH-POL-010',
        severity: 'high',
        message: `profile ${profile} disables ${rule} without a reason: the rule stays`,
        where: {...document.place(['spec', 'rules', rule]), id: profile},
        remedy: 'Add a `reason`: whoever reads the report must learn why.',
      });
      continue;
    }
    const fields = new Map(overrides.rules.get(rule));
    for (const [field, value] of Object.entries(given) as [keyof RuleOverride, unknown][])
      fields.set(field, {value, profile, place: document.place(['spec', 'rules', rule, field])});
    overrides.rules.set(rule, fields);
  }
}

/** Names in the profiles that no loaded policy has. */
export function unknownNames(
  {rules, params}: Overrides,
  known: {rules: readonly string[]; params: readonly {policy: string; name: string}[]},
): Finding[] {
  const findings: Finding[] = [];
  const told = (what: string, name: string, {profile, place}: Setting<unknown>, near: string | null) =>
    findings.push({
      code: 'BH-POL-011',
      severity: 'high',
      message: `profile ${profile} sets ${what} \`${name}\`, which no loaded policy has${near ? ` (did you mean \`${near}\`?)` : ''}`,
      where: {...place, id: profile},
      remedy: 'Correct the name, or extend the pack or file it is in.',
    });
  const ids = new Set(known.rules);
  for (const [rule, fields] of rules) {
    if (ids.has(rule)) continue;
    const [first] = fields.values();
    if (first) told('rule', rule, first, nearest(rule, known.rules));
  }
  const names = known.params.flatMap(({policy, name}) => [name, `${policy}.${name}`]);
  for (const [name, set] of params)
    if (!names.includes(name)) told('parameter', name, set, nearest(name, names));
  return findings;
}
