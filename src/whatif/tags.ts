import type {Workload} from '../model/estate.ts';
import type {Known} from '../explain/subject.ts';
import {readAssignment} from './assignments.ts';
import {byWorkload, type Reading, type Told} from './reading.ts';

/** Another value for one tag of one workload; null = the tag is not there. */
export interface TagChange {
  workload: string;
  key: string;
  value: string | null;
}

/** Reads `WORKLOAD:KEY=VALUE`; without a value the tag is taken away. */
export function readTag(text: string, workloads: readonly Workload[]): Reading<TagChange & {told: Told}> {
  const read = readAssignment(text, workloadSubjects(workloads), {
    noun: 'workload',
    form: "'WORKLOAD:KEY=VALUE'; without a value the tag is taken away",
    list: WORKLOADS,
  });
  if (!('value' in read)) return read;
  const {subject, key, value} = read.value;
  const {name, tags} = workloads.find(({id}) => id === subject)!;
  const before = tags[keyIn(tags, key)];
  const after = value === '' ? null : value;
  return {
    value: {
      workload: subject,
      key,
      value: after,
      told: {option: '--set-tag', text: `${name}: tag ${key} ${before ?? 'not set'} → ${after ?? 'not set'}`},
    },
  };
}

export const WORKLOADS = 'Take an id or name of `bulkhead inventory`.';

/** Workloads as what a person can name. */
export function workloadSubjects(workloads: readonly Workload[]): Known[] {
  return workloads.map(({id, name}) => ({kind: 'workload', id, name}));
}

/** The workloads with their tags changed. Keys are found whatever their case, as clouds do. */
export function retag(workloads: Workload[], changes: readonly TagChange[]): Workload[] {
  const changed = byWorkload(changes);
  return workloads.map((workload) => {
    const own = changed.get(workload.id);
    if (!own) return workload;
    const tags = {...workload.tags};
    for (const {key, value} of own) {
      const known = keyIn(tags, key);
      if (value === null) delete tags[known];
      else tags[known] = value;
    }
    return {...workload, tags};
  });
}

function keyIn(tags: Readonly<Record<string, string>>, key: string): string {
  const lower = key.toLowerCase();
  return Object.keys(tags).find((known) => known.toLowerCase() === lower) ?? key;
}
