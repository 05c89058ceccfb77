import {nearest} from '../document/nearest.ts';
import {parseYaml} from '../document/yaml.ts';
import {API_VERSION} from '../model/documents/envelope.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {parameterValue} from '../policy/params.ts';
import type {PolicyFile, PolicySet} from '../policy/parse.ts';
import type {Reading, Told} from './reading.ts';

/** Rule of a site that is supposed to be gone; the id of the site follows. */
export const GONE = 'what-if-gone';

const HOLD_RULES = new Set(['PlacementPolicy', 'PortfolioConstraint']);

/** The files without a policy named by its name, its pack or its file. */
export function withoutPolicy(
  files: readonly PolicyFile[],
  text: string,
): Reading<{files: PolicyFile[]; told: Told}> {
  const pack = text.replace(/^pack:/, '');
  const goes = (file: PolicyFile, document: YamlDocument): boolean =>
    HOLD_RULES.has(kindOf(document)) &&
    (nameOf(document) === text || file.file === text || (file.pack !== null && file.pack === pack));
  const names = files.flatMap((file) =>
    file.documents.flatMap((document) => (goes(file, document) ? [nameOf(document) ?? file.file] : [])),
  );
  if (names.length === 0) {
    const known = new Set(
      files.flatMap(({file, pack: from, documents}) =>
        documents.flatMap((document) =>
          HOLD_RULES.has(kindOf(document))
            ? [nameOf(document) ?? file, ...(from === null ? [file] : [`pack:${from}`])]
            : [],
        ),
      ),
    );
    return unknown('policy', text, [...known]);
  }
  return {
    value: {
      files: files.map((file) => ({
        ...file,
        documents: file.documents.filter((document) => !goes(file, document)),
      })),
      told: {option: '--without-policy', text: `without ${names.join(', ')}`},
    },
  };
}

/** Reads `POLICY.NAME=VALUE`, or `NAME=VALUE` for every policy that has it. VALUE is YAML. */
export function readParameter(
  {policies}: Pick<PolicySet, 'policies'>,
  text: string,
): Reading<{name: string; value: unknown; told: Told}> {
  const parts = /^\s*([^=]+?)\s*=(.*)$/s.exec(text);
  if (!parts)
    return {
      problem: `\`${text}\` sets no parameter`,
      remedy: "Write it as 'POLICY.NAME=VALUE' or 'NAME=VALUE'.",
    };
  const [name, given] = [parts[1]!, parts[2]!.trim()];
  const all = policies.flatMap(({name: policy, parameters}) =>
    Object.keys(parameters.declared).map((key) => ({
      policy,
      key,
      type: parameters.declared[key]!,
      before: parameters.values[key],
    })),
  );
  const meant = all.filter(({policy, key}) => name === key || name === `${policy}.${key}`);
  const first = meant[0];
  if (!first) {
    const full = all.map(({policy, key}) => `${policy}.${key}`);
    return unknown('parameter', name, full, [...full, ...all.map(({key}) => key)]);
  }
  const {documents, findings} = parseYaml(given, '--param');
  const value = findings.length > 0 ? undefined : documents[0]?.value;
  const wrong = meant.find(({type}) => parameterValue(type, value) === undefined);
  if (wrong)
    return {
      problem: `\`${given}\` is no ${wrong.type}, which parameter \`${wrong.policy}.${wrong.key}\` is`,
      remedy: FORMS[wrong.type] ?? 'Give a value of the declared type.',
    };
  const told = `${name} ${JSON.stringify(first.before)} → ${JSON.stringify(parameterValue(first.type, value))}`;
  return {value: {name, value, told: {option: '--param', text: told}}};
}

const FORMS: Readonly<Record<string, string>> = {
  bool: 'Write true or false.',
  int: 'Write a whole number.',
  double: 'Write a number.',
  level: 'Write none, normal, high or veryHigh.',
  'list<string>': 'Write a list: [a, b].',
};

/** A rule a person named by its id. */
export function readRule({rules}: Pick<PolicySet, 'rules'>, text: string): Reading<{id: string; told: Told}> {
  const rule = rules.find(({info}) => info.id === text)?.info;
  if (!rule)
    return unknown(
      'rule',
      text,
      rules.map(({info}) => info.id),
    );
  return {value: {id: rule.id, told: {option: '--without-rule', text: `without ${rule.id}: ${rule.title}`}}};
}

/** A profile that is applied last: parameters with other values, and rules that are not judged. */
export function supposedProfile(params: ReadonlyMap<string, unknown>, rules: readonly string[]): PolicyFile {
  return made('Profile', {
    ...(params.size > 0 ? {params: Object.fromEntries(params)} : {}),
    ...(rules.length > 0
      ? {
          rules: Object.fromEntries(
            rules.map((id) => [id, {disable: true, reason: 'supposed by --without-rule'}]),
          ),
        }
      : {}),
  });
}

/** A policy that no workload may be at these sites, not even where it is today. */
export function goneSites(sites: readonly string[]): PolicyFile {
  return made('PlacementPolicy', {
    rules: sites.map((site, index) => ({
      id: `${GONE}-${index + 1}`,
      title: `The site ${site} is gone`,
      severity: 'critical',
      effect: 'forbid',
      when: `site.id == ${JSON.stringify(site)}`,
      message: 'supposed: this site is gone',
    })),
  });
}

function made(kind: string, spec: object): PolicyFile {
  const file = 'what-if';
  const value = {apiVersion: API_VERSION, kind, metadata: {name: file}, spec};
  return {file: `${file}:${kind}`, pack: null, documents: [{value, place: () => ({file})}]};
}

function unknown(
  noun: string,
  text: string,
  known: string[],
  similar: readonly string[] = known,
): Reading<never> {
  const near = nearest(text, similar);
  const list = known.length > 0 ? `Known here: ${some(known)}.` : `No loaded policy has any ${noun}.`;
  return {
    problem: `no loaded policy ${noun === 'policy' ? 'is called' : `has a ${noun}`} \`${text}\``,
    remedy: near ? `Did you mean \`${near}\`?` : list,
  };
}

const SHOWN = 20;

function some(names: string[]): string {
  const rest = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function kindOf({value}: YamlDocument): string {
  return String((value as {kind?: unknown} | null)?.kind);
}

function nameOf({value}: YamlDocument): string | null {
  const name = (value as {metadata?: {name?: unknown} | null} | null)?.metadata?.name;
  return typeof name === 'string' ? name : null;
}
