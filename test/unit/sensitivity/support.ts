import {readFileSync} from 'node:fs';
import {parseYaml} from '../../../src/document/yaml.ts';
import {buildEstate} from '../../../src/estate/build.ts';
import type {Facts, RegisterEntry} from '../../../src/model/estate.ts';
import type {RootSet} from '../../../src/model/sensitivity.ts';
import {assessSensitivity} from '../../../src/sensitivity/assess.ts';
import {parseSensitivityRules} from '../../../src/sensitivity/parse-rules.ts';
import {intake, register} from '../estate/samples.ts';

const SHIPPED = readFileSync(new URL('../../../policies/sensitivity/default.yaml', import.meta.url), 'utf8');

const memo = new Map<string, ReturnType<typeof parseRules>>();

/** The shipped rules, and what a document of one's own says on top of them. */
export function rulesWith(spec = '') {
  let rules = memo.get(spec);
  if (!rules) memo.set(spec, (rules = parseRules(spec)));
  return rules;
}

function parseRules(spec: string) {
  const own = `apiVersion: bulkhead.dev/v1alpha1\nkind: SensitivityRules\nmetadata: {name: own}\nspec:\n${spec}`;
  const texts = spec === '' ? [SHIPPED] : [SHIPPED, own];
  return parseSensitivityRules(texts.flatMap((text) => parseYaml(text, 'rules.yaml').documents));
}

const OPTIONS = {
  governedTags: ['Schutzbedarf', 'data-class'],
  unknownAs: 2 as const,
  now: '2026-11-22T00:00:00Z',
};

export function estateOf(facts: Partial<Facts>) {
  return buildEstate([intake('test:x', facts)], {applicationTags: ['app']}).estate;
}

/** Assesses facts; `roots` name their workloads. */
export function assess(facts: Partial<Facts>, {own = '', roots = [] as NamedRoot[]} = {}) {
  const estate = estateOf(facts);
  const rules = rulesWith(own);
  if (rules.findings.length > 0) throw new Error(JSON.stringify(rules.findings));
  const at = (names: string[]) =>
    Uint32Array.from(names, (name) => estate.workloads.findIndex((entry) => entry.name === name)).sort();
  const sets: RootSet[] = roots.map(({root, certain, possible = [], carriers}) => ({
    root,
    name: root,
    certain: at(certain),
    possible: at([...new Set([...certain, ...possible])]),
    carriers: at(carriers),
  }));
  const {value, findings} = assessSensitivity(estate, rules.value, {...OPTIONS, roots: sets});
  const of = (name: string) => value.workloads.find((entry) => entry.workload.endsWith(`:${name}`))!;
  const levels = (name: string) => [of(name).c.level, of(name).i.level, of(name).a.level];
  return {estate, value, findings, of, levels};
}

export interface NamedRoot {
  root: string;
  certain: string[];
  possible?: string[];
  carriers: string[];
}

export function decision(
  id: string,
  levels: [number | null, number | null, number | null],
  given: Partial<RegisterEntry> = {},
) {
  const [c, i, a] = levels;
  return register(id, {
    sensitivity: {c, i, a, decidedBy: 'DPO', date: '2026-06-01', reason: 'agreed'},
    covers: [id],
    ...given,
  });
}
