import {checkDocument} from '../document/check.ts';
import {nearest} from '../document/nearest.ts';
import {parseYaml} from '../document/yaml.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {siteDocument} from '../model/documents/site.ts';
import {readAssignment} from './assignments.ts';
import type {Reading, Told} from './reading.ts';

const FORM = "'SITE:FIELD=VALUE', for example 'SITE:capacity.vcpu=+64'";

/** Ids of the sites among some documents, in their order. */
export function siteIds(documents: readonly YamlDocument[]): string[] {
  return documents.flatMap((document) => idOf(document) ?? []);
}

/**
 * Reads `SITE:FIELD=VALUE` and gives the documents with that field changed. FIELD is the way to it in the YAML below `spec`,
 * VALUE is YAML, too; `+64`, `-8` and `+10%` change a number that is stated, and nothing takes the field away. The changed
 * document is checked like a written one.
 */
export function supposeSite(
  documents: readonly YamlDocument[],
  text: string,
): Reading<{documents: YamlDocument[]; told: Told}> {
  const ids = siteIds(documents);
  const subjects = ids.map((id) => ({kind: 'workload' as const, id, name: id}));
  const read = readAssignment(text, subjects, {noun: 'site', form: FORM, list: `Sites: ${ids.join(', ')}.`});
  if (!('value' in read)) return read;
  const {subject, key, value} = read.value;
  const document = documents.find((candidate) => idOf(candidate) === subject)!;
  const way = wayTo(document, key);
  if (!('value' in way)) return {...way, problem: `${subject}: ${way.problem}`};
  const path = way.value;
  const before = valueAt(document.value, path);
  const after = newValue(before, value);
  if (!('value' in after)) return {...after, problem: `${subject}: \`${key}\` ${after.problem}`};
  const changed = withValue(document, path, after.value, `--set-site ${text}`);
  const checked = checkDocument(siteDocument, changed);
  if (checked.value === null)
    return {
      problem: `the site \`${subject}\` would not be a valid site`,
      remedy: '`bulkhead policy schema Site` describes every field.',
      findings: checked.findings,
    };
  return {
    value: {
      documents: documents.map((other) => (other === document ? changed : other)),
      told: {option: '--set-site', text: `${subject}: ${key} ${shown(before)} → ${shown(after.value)}`},
    },
  };
}

/** Adds the sites of a file, each checked. */
export function addSites(
  documents: readonly YamlDocument[],
  added: readonly YamlDocument[],
  file: string,
): Reading<{documents: YamlDocument[]; told: Told}> {
  const sites = added.filter((document) => kindOf(document) === 'Site');
  if (sites.length === 0)
    return {problem: `${file} holds no site`, remedy: 'Write a document of `kind: Site` in it.'};
  const findings = sites.flatMap((document) => checkDocument(siteDocument, document).findings);
  if (findings.length > 0)
    return {problem: `${file} holds no usable site`, remedy: 'Correct the problems named.', findings};
  const known = new Set(siteIds(documents));
  const ids = siteIds(sites);
  const taken = ids.find((id, index) => known.has(id) || ids.indexOf(id) !== index);
  if (taken !== undefined || ids.length < sites.length)
    return {
      problem: taken === undefined ? `a site in ${file} has no name` : `there is already a site \`${taken}\``,
      remedy: 'Give every site a `metadata.name` of its own, or change the known one with --set-site.',
    };
  return {
    value: {
      documents: [...documents, ...sites],
      told: {option: '--add-site', text: `${ids.join(', ')} can be chosen, too`},
    },
  };
}

/** The site a person named by its id. */
export function readSite(documents: readonly YamlDocument[], text: string): Reading<string> {
  const ids = siteIds(documents);
  if (ids.includes(text)) return {value: text};
  const near = nearest(text, ids);
  return {
    problem: `no site is called \`${text}\``,
    remedy: near ? `Did you mean \`${near}\`?` : `Sites: ${ids.join(', ')}.`,
  };
}

type Path = (string | number)[];

/** Below `spec`, and positions where the document has a list. */
function wayTo({value}: YamlDocument, key: string): Reading<Path> {
  const path: Path = ['spec'];
  const parts = key.split('.');
  if (parts[0] === 'spec' && parts.length > 1) parts.shift();
  for (const part of parts) {
    const list = valueAt(value, path);
    const position = Array.isArray(list) && /^\d+$/.test(part) ? Number(part) : null;
    if (Array.isArray(list) && (position === null || position >= list.length))
      return {
        problem: `\`${path.slice(1).join('.')}\` is a list of ${list.length} without a \`${part}\``,
        remedy: 'Name an entry by its position, the first is 0, or give the whole list: [a, b].',
      };
    path.push(position ?? part);
  }
  return {value: path};
}

function newValue(before: unknown, text: string): Reading<unknown> {
  const relative = /^([+-])(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (relative) {
    if (typeof before !== 'number')
      return {problem: `states no number to change by ${text}`, remedy: 'Give the new value itself.'};
    const size = Number(relative[2]) * (relative[3] === '%' ? before / 100 : 1);
    // Six digits are more than any price or size has; the rest is noise of decimal fractions.
    return {value: Math.round((relative[1] === '+' ? before + size : before - size) * 1e6) / 1e6};
  }
  const {documents, findings} = parseYaml(text, '--set-site');
  if (findings.length > 0)
    return {problem: `gets \`${text}\`, which is no YAML value`, remedy: 'Put texts with signs in quotes.'};
  return {value: documents[0]?.value};
}

/** The document with another value at a path; undefined takes the field away. What is wrong there stands in the option. */
function withValue(document: YamlDocument, path: Path, value: unknown, option: string): YamlDocument {
  const inside = (at: unknown, depth: number): unknown => {
    if (depth === path.length) return value;
    const part = path[depth]!;
    if (Array.isArray(at)) {
      return (at as unknown[]).map((entry, index) => (index === part ? inside(entry, depth + 1) : entry));
    }
    const copy: Record<string, unknown> = isRecord(at) ? {...at} : {};
    const inner = inside(Object.hasOwn(copy, part) ? copy[part] : undefined, depth + 1);
    if (inner === undefined) delete copy[part];
    // Never by assignment: a field called like the prototype stays a field.
    else
      Object.defineProperty(copy, part, {value: inner, enumerable: true, configurable: true, writable: true});
    return copy;
  };
  return {
    value: inside(document.value, 0),
    place: (asked) =>
      asked.length > 1 && asked.every((part, index) => index >= path.length || part === path[index])
        ? {file: option}
        : document.place(asked),
  };
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf({value}: YamlDocument): unknown {
  return isRecord(value) ? value['kind'] : undefined;
}

function idOf(document: YamlDocument): string | null {
  if (kindOf(document) !== 'Site') return null;
  const name = valueAt(document.value, ['metadata', 'name']);
  return typeof name === 'string' ? name : null;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'not stated';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
