import {undescribedSite} from '../undescribed-site.ts';
import type {Level} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {SensitivityValue} from '../../model/sensitivity.ts';
import type {PolicyContext} from '../context.ts';
import {environmentOf} from '../workload-values.ts';
import {checkValue, fieldAt, isRecord, needOf, type Need} from './values.ts';

/** Fields of one thing by path below it (`sensitivity.c`, `tags.team`, `tenancy`). */
export type Fields = Map<string, unknown>;

/** Where in the document a problem lies, relative to the thing, and what it is. */
export interface FieldProblem {
  path: string[];
  message: string;
}

/** Flattens what the author gave for a workload or site to leaf fields, each checked. `at` is left out. */
export function readFields(
  type: 'Workload' | 'Site',
  given: Readonly<Record<string, unknown>>,
): {fields: Fields; problems: FieldProblem[]} {
  const fields: Fields = new Map();
  const problems: FieldProblem[] = [];
  for (const [name, value] of Object.entries(merged(given))) {
    if (type === 'Workload' && name === 'at') continue;
    const problem = setField(fields, type, [name], value);
    if (problem !== null) problems.push({path: [name], message: problem});
  }
  return {fields, problems};
}

/** A merge key (`<<: *base`) gives the fields of another thing; its own fields win. */
export function merged(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const {'<<': base, ...own} = given;
  return isRecord(base) ? {...merged(base), ...own} : given;
}

/** Sets one field by path; returns why it cannot be set, or null. */
export function setField(
  fields: Fields,
  type: 'Workload' | 'Site',
  path: readonly string[],
  value: unknown,
): string | null {
  const name = path.join('.');
  if (type === 'Workload' && path[0] === 'sensitivity' && path.length === 2) {
    const need = needOf(value);
    if (!need) return `\`${name}\`: use none, normal, high, veryHigh, unknown, or {lo, hi}`;
    fields.set(name, need);
    return null;
  }
  if (path[0] === 'tags' && path.length > 1) {
    if (typeof value !== 'string') return `\`${name}\` must be a text`;
    fields.set('tags', {...(fields.get('tags') as object | undefined), [path.slice(1).join('.')]: value});
    return null;
  }
  const found = fieldAt(type, path);
  if ('problem' in found) return found.problem;
  const checked = checkValue(found.info, value);
  if ('problem' in checked) return `\`${name}\` ${checked.problem}`;
  const inner = found.info.type === 'Interval' || found.info.type === 'Sensitivity';
  if (inner && isRecord(checked.value))
    for (const [leaf, entry] of Object.entries(checked.value)) fields.set(`${name}.${leaf}`, entry);
  else fields.set(name, checked.value);
  return null;
}

/** Takes a field and everything below it away; returns why it cannot be, or null. */
export function unsetField(
  fields: Fields,
  type: 'Workload' | 'Site',
  path: readonly string[],
): string | null {
  if (path[0] === 'tags' && path.length > 1) {
    const {[path.slice(1).join('.')]: _, ...rest} = (fields.get('tags') ?? {}) as Record<string, unknown>;
    fields.set('tags', rest);
    return null;
  }
  const found = fieldAt(type, path);
  if ('problem' in found) return found.problem;
  const name = path.join('.');
  for (const key of fields.keys()) if (key === name || key.startsWith(`${name}.`)) fields.delete(key);
  return null;
}

/** The situation of one case: one workload, the site under test first, and today's site where it is another. */
export interface Situation {
  name: string;
  workload: Fields;
  sites: {name: string; fields: Fields}[];
  /** Index into `sites` of where it is today; −1 = unknown. */
  at: number;
  now: Date;
  unknownAs: Level;
}

export function situationContext({name, workload, sites, at, now, unknownAs}: Situation): PolicyContext {
  const values: Record<string, unknown> = {id: name, name, tags: {}, ...Object.fromEntries(workload)};
  const tags = values['tags'] as Record<string, string>;
  values['environment'] ??= environmentOf(tags);
  const need = (axis: string): SensitivityValue => {
    const given = workload.get(`sensitivity.${axis}`) as Need | undefined;
    return {...(given ?? {level: null, lo: 0, hi: 3}), confidence: given ? 1 : 0};
  };
  return {
    estate: {workloads: [stubWorkload(name, tags)], identity: []},
    sensitivity: {
      workloads: [
        {
          workload: name,
          c: need('c'),
          i: need('i'),
          a: need('a'),
          categories: [],
          weight: 0,
          criticality: 1,
          evidence: [],
        },
      ],
      inflation: 0,
    },
    exposure: null,
    sites: sites.map((site) => undescribedSite(site.name)),
    siteOf: Int32Array.of(at),
    siteRoots: sites.map(() => []),
    registerOf: () => null,
    now,
    unknownAs,
    given: {
      workloads: [values],
      sites: sites.map((site) => ({id: site.name, name: site.name, ...Object.fromEntries(site.fields)})),
    },
  };
}

function stubWorkload(name: string, tags: Record<string, string>): Workload {
  return {
    id: name,
    name,
    type: 'other',
    cloud: 'private',
    nativeType: '',
    source: '',
    container: null,
    application: null,
    region: null,
    state: 'unknown',
    tags,
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  };
}
