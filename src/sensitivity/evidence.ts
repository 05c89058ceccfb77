import {compileGlob} from '../document/glob.ts';
import type {Level} from '../model/common.ts';
import type {Estate, Workload} from '../model/estate.ts';
import type {Axis, SensitivityEvidence} from '../model/sensitivity.ts';
import {AXES, type NameRule, type Needs, type SensitivityRules, type TypeRule} from './rules.ts';
import {fold, matchWords, wordsOf} from './words.ts';

/** What a rule says, before it is said about a workload. */
interface Statement {
  axis: Axis;
  level: Level;
  source: string;
  confidence: number;
}

/** A tag's meaning; `known` when a rule knows the key, `unmapped` when none knows the value. */
interface TagMeaning {
  statements: Statement[];
  categories: string[];
  known: boolean;
  unmapped: boolean;
}

/** Reads the evidence that a workload carries itself: tags, names, type. */
export interface EvidenceReader {
  read(
    workload: Workload,
    hostsIdentity: boolean,
  ): {
    evidence: SensitivityEvidence[];
    categories: string[];
    guards: boolean;
  };
  /** Governed tags no rule understands: `key=value`, or `key` where no rule knows the key → carriers' ids. */
  unmapped: Map<string, string[]>;
  /** What a sensitivity label stands for on confidentiality; null = no rule knows it. */
  label(text: string): {level: Level; categories: string[]} | null;
  /** Values rules know for a tag key, for "did you mean". */
  valuesOf(key: string): string[];
}

const GOVERNED_CONFIDENCE = 0.9;
const FREE_TAG_CONFIDENCE = 0.4;

export function createEvidenceReader(rules: SensitivityRules, governedTags: string[]): EvidenceReader {
  const governed = new Set(governedTags.map(fold));
  const tagMemo = new Map<string, TagMeaning>();
  const names = matchWords(rules.names.map((rule) => ({words: rule.words, value: rule})));
  const typeWords = matchWords(rules.types.map((rule) => ({words: rule.words, value: rule})));
  const keyRules = rulesByKey(rules);
  const unmapped = new Map<string, string[]>();

  const meaning = (key: string, value: string): TagMeaning => {
    const text = `${key}=${value}`;
    let known = tagMemo.get(text);
    if (!known)
      tagMemo.set(text, (known = readTag(keyRules(fold(key)), text, value, governed.has(fold(key)))));
    return known;
  };

  return {
    unmapped,
    label(text) {
      const {statements, categories} = meaning('sensitivity-label', text);
      const levels = statements.flatMap(({axis, level}) => (axis === 'c' ? [level] : []));
      return levels.length === 0 ? null : {level: Math.max(...levels) as Level, categories};
    },
    valuesOf: (key) => keyRules(fold(key)).flatMap((rule) => rule.values.flatMap(({match}) => match)),
    read(workload, hostsIdentity) {
      const evidence: SensitivityEvidence[] = [];
      const categories: string[] = [];
      const say = (rank: 2 | 4 | 5, {axis, level, source, confidence}: Statement) =>
        evidence.push({workload: workload.id, axis, level, rank, source, confidence});
      for (const key of Object.keys(workload.tags)) {
        const tag = meaning(key, workload.tags[key]!);
        const isGoverned = governed.has(fold(key));
        for (const statement of tag.statements) say(isGoverned ? 2 : 4, statement);
        categories.push(...tag.categories);
        if (!isGoverned || !tag.unmapped) continue;
        const text = tag.known ? `${key}=${workload.tags[key]!}` : key;
        const carriers = unmapped.get(text);
        if (carriers) carriers.push(workload.id);
        else unmapped.set(text, [workload.id]);
      }
      const words = wordsOf(workload.name);
      const appWords = workload.application === null ? [] : wordsOf(workload.application);
      for (const [rule, source] of nameHits(names, words, appWords)) {
        for (const statement of needStatements(rule.needs, `${rule.id} (${source})`, rule.confidence)) {
          say(4, statement);
        }
        categories.push(...rule.categories);
      }
      let guards = false;
      for (const rule of typeHits(rules.types, typeWords, workload, words, hostsIdentity)) {
        for (const statement of needStatements(rule.needs, rule.id, rule.confidence)) say(5, statement);
        guards ||= rule.guards;
      }
      return {evidence, categories, guards};
    },
  };
}

function rulesByKey(rules: SensitivityRules): (foldedKey: string) => SensitivityRules['tags'] {
  const compiled = rules.tags.map((rule) => ({
    rule,
    keys: rule.keys.map((key) => compileGlob(foldGlob(key))),
  }));
  const memo = new Map<string, SensitivityRules['tags']>();
  return (key) => {
    let found = memo.get(key);
    if (!found) {
      found = compiled.filter(({keys}) => keys.some((glob) => glob.test(key))).map(({rule}) => rule);
      memo.set(key, found);
    }
    return found;
  };
}

/** Folds a pattern without losing its stars. */
function foldGlob(pattern: string): string {
  return pattern.toLowerCase().replace(/[\s_./:\\-]+/g, '-');
}

/** A tag may hold several values (`pii; phi`, `hoch/sehr hoch`, `2 - hoch`); the whole text is tried as well. */
function readTag(
  rules: SensitivityRules['tags'],
  text: string,
  value: string,
  isGoverned: boolean,
): TagMeaning {
  const parts = new Set([fold(value), ...value.split(/[,;|/+]|\s[-–]\s/).map(fold)]);
  parts.delete('');
  const statements: Statement[] = [];
  const categories: string[] = [];
  for (const rule of rules) {
    for (const known of rule.values) {
      if (!known.match.some((match) => matchesAny(match, parts))) continue;
      categories.push(...known.categories);
      for (const axis of rule.axes) {
        statements.push({
          axis,
          level: known.level,
          source: `tag ${text} (${rule.id})`,
          confidence: isGoverned ? GOVERNED_CONFIDENCE : FREE_TAG_CONFIDENCE,
        });
      }
    }
  }
  const unmapped = parts.size > 0 && statements.length === 0;
  return {statements, categories, known: rules.length > 0, unmapped};
}

function matchesAny(match: string, parts: Set<string>): boolean {
  if (!match.includes('*')) return parts.has(fold(match));
  const glob = compileGlob(foldGlob(match));
  return [...parts].some((part) => glob.test(part));
}

function needStatements(needs: Needs, source: string, confidence: number): Statement[] {
  return AXES.flatMap((axis) => {
    const level = needs[axis];
    return level === undefined ? [] : [{axis, level, source, confidence}];
  });
}

/** Each name rule once, with the word that made it fire; the workload's own name before its application's. */
function nameHits(
  find: (word: string) => readonly NameRule[],
  words: string[],
  appWords: string[],
): Map<NameRule, string> {
  const hits = new Map<NameRule, string>();
  for (const word of words)
    for (const rule of find(word)) if (!hits.has(rule)) hits.set(rule, `name: ${word}`);
  for (const word of appWords) {
    for (const rule of find(word)) if (!hits.has(rule)) hits.set(rule, `application: ${word}`);
  }
  return hits;
}

function typeHits(
  rules: TypeRule[],
  find: (word: string) => readonly TypeRule[],
  workload: Workload,
  words: string[],
  hostsIdentity: boolean,
): Set<TypeRule> {
  const hits = new Set<TypeRule>();
  for (const rule of rules) {
    if (rule.types.includes(workload.type) || (rule.hostsIdentity && hostsIdentity)) hits.add(rule);
  }
  for (const word of words) for (const rule of find(word)) hits.add(rule);
  return hits;
}

/** Ids of workloads that identity declarations name as servers of a directory or of vCenter. */
export function identityHosts(estate: Estate): Set<string> {
  const hosts = new Set<string>();
  for (const declaration of estate.identity) {
    for (const {domainControllers} of declaration.adDomains)
      for (const id of domainControllers) hosts.add(id);
    for (const {servers} of declaration.adfs) for (const id of servers) hosts.add(id);
    for (const {servers} of declaration.entraConnect) for (const id of servers) hosts.add(id);
    for (const {appliances} of declaration.vcenterSso) for (const id of appliances) hosts.add(id);
  }
  return hosts;
}
