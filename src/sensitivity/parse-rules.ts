import {checkDocument} from '../document/check.ts';
import type {Finding, Level, Outcome, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {LEVEL_WORDS, type LevelWord} from '../model/documents/level-words.ts';
import {sensitivityRulesDocument} from '../model/documents/sensitivity-rules.ts';
import type {SensitivityRulesDocument} from '../model/documents/sensitivity-rules.ts';
import {AXES, type CumulationRule, type Needs, type SensitivityRules} from './rules.ts';

/**
 * Rules of all `kind: SensitivityRules` documents in order: a later rule replaces an earlier one of the same id, and
 * later categories and relations those of the same name. Documents of other kinds are passed over; a document that
 * does not check is left out with all its problems.
 */
export function parseSensitivityRules(documents: YamlDocument[]): Outcome<SensitivityRules> {
  const findings: Finding[] = [];
  const tags = new Map<string, SensitivityRules['tags'][number]>();
  const names = new Map<string, SensitivityRules['names'][number]>();
  const types = new Map<string, SensitivityRules['types'][number]>();
  const categories: SensitivityRules['categories'] = new Map();
  const inheritance: SensitivityRules['inheritance'] = new Map();
  const cumulation = new Map<string, CumulationRule>();
  const limits: SensitivityRules['limits'] = {
    inflation: 0.5,
    cumulation: 0.2,
    classifierCoverage: 0.5,
    classifierDays: 365,
  };
  for (const document of documents) {
    if ((document.value as {kind?: unknown} | null)?.kind !== 'SensitivityRules') continue;
    const checked = checkDocument(sensitivityRulesDocument, document);
    findings.push(...checked.findings);
    if (checked.value === null) continue;
    const {spec} = checked.value;
    for (const {id, keys, axes, values} of spec.tags ?? []) {
      tags.set(id, {
        id,
        keys,
        axes,
        values: values.map((value) => ({
          match: value.match,
          level: level(value.level),
          categories: value.categories ?? [],
        })),
      });
    }
    for (const rule of spec.names ?? []) {
      names.set(rule.id, {
        id: rule.id,
        words: rule.words,
        needs: toNeeds(rule.needs),
        categories: rule.categories ?? [],
        confidence: rule.confidence ?? 0.35,
      });
    }
    for (const rule of spec.types ?? []) {
      types.set(rule.id, {
        id: rule.id,
        types: rule.types ?? [],
        words: rule.words ?? [],
        hostsIdentity: rule.hostsIdentity ?? false,
        needs: toNeeds(rule.needs),
        guards: rule.guards ?? false,
        confidence: rule.confidence ?? 0.3,
      });
    }
    for (const [name, needs] of Object.entries(spec.categories ?? {})) categories.set(name, toNeeds(needs));
    for (const {relation, c, i, a} of spec.inheritance ?? []) {
      inheritance.set(relation, {c: c ?? 'none', i: i ?? 'none', a: a ?? 'none'});
    }
    for (const [index, rule] of (spec.cumulation ?? []).entries()) {
      if (rule.enabled === false) {
        cumulation.delete(rule.id);
      } else if (rule.applications === undefined && rule.records === undefined) {
        findings.push(countsNothing(rule.id, document.place(['spec', 'cumulation', index])));
      } else cumulation.set(rule.id, toCumulation(rule));
    }
    limits.inflation = spec.limits?.inflation ?? limits.inflation;
    limits.cumulation = spec.limits?.cumulation ?? limits.cumulation;
    limits.classifierCoverage = spec.limits?.classifierCoverage ?? limits.classifierCoverage;
    limits.classifierDays = spec.limits?.classifierDays ?? limits.classifierDays;
  }
  return {
    value: {
      tags: [...tags.values()],
      names: [...names.values()],
      types: [...types.values()],
      categories,
      inheritance,
      cumulation: [...cumulation.values()],
      limits,
    },
    findings,
  };
}

type CumulationDocument = NonNullable<SensitivityRulesDocument['spec']['cumulation']>[number];

function toCumulation(rule: CumulationDocument): CumulationRule {
  return {
    id: rule.id,
    at: rule.at,
    types: rule.types ?? ['database', 'bucket', 'queue'],
    axes: rule.axes,
    need: rule.need === 'high' ? 2 : 1,
    applications: rule.applications ?? null,
    records: rule.records ?? null,
    raises: rule.raises ?? 'point',
  };
}

function countsNothing(id: string, where: Place): Finding {
  return {
    code: 'BH-SENS-033',
    severity: 'medium',
    message: `cumulation rule \`${id}\` names neither \`applications\` nor \`records\`: it has no effect`,
    where,
    remedy:
      'State how many applications or records add up to a higher need, or switch it off by `enabled: false`.',
  };
}

function level(word: LevelWord): Level {
  return LEVEL_WORDS[word];
}

function toNeeds(words: {
  c?: LevelWord | undefined;
  i?: LevelWord | undefined;
  a?: LevelWord | undefined;
}): Needs {
  const needs: Needs = {};
  for (const axis of AXES) {
    const word = words[axis];
    if (word !== undefined) needs[axis] = level(word);
  }
  return needs;
}
