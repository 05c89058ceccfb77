import {nearest} from '../document/nearest.ts';
import type {Level} from '../model/common.ts';
import {LEVEL_WORDS, type LevelWord} from '../model/documents/level-words.ts';
import type {RegisterEntry, Workload} from '../model/estate.ts';
import type {Axis} from '../model/sensitivity.ts';
import {LOWERS} from '../sensitivity/distribution.ts';
import {readAssignment} from './assignments.ts';
import {byWorkload, type Reading, type Told} from './reading.ts';
import {WORKLOADS, workloadSubjects} from './tags.ts';

/** Another signed decision on one need for protection of one workload. */
export interface NeedChange {
  workload: string;
  axis: Axis;
  level: Level;
}

const AXES = ['c', 'i', 'a'] as const;
const WORDS = ['none', 'normal', 'high', 'veryHigh'];
const FORM = "'WORKLOAD:c=veryHigh', with c, i or a";

/** Reads `WORKLOAD:AXIS=LEVEL`. */
export function readNeed(text: string, workloads: readonly Workload[]): Reading<NeedChange & {told: Told}> {
  const read = readAssignment(text, workloadSubjects(workloads), {
    noun: 'workload',
    form: FORM,
    list: WORKLOADS,
  });
  if (!('value' in read)) return read;
  const {subject, key, value} = read.value;
  const axis = AXES.find((name) => name === key.toLowerCase());
  if (!axis) return {problem: `\`${key}\` is no need for protection`, remedy: `Write it as ${FORM}.`};
  const word = Object.keys(LEVEL_WORDS).find((known) => known.toLowerCase() === value.toLowerCase());
  if (word === undefined) {
    const near = nearest(value, WORDS);
    return {
      problem: `\`${value}\` is no level${near ? ` (did you mean \`${near}\`?)` : ''}`,
      remedy: `Use one of ${WORDS.join(', ')}.`,
    };
  }
  const level: Level = LEVEL_WORDS[word as LevelWord];
  const {name} = workloads.find(({id}) => id === subject)!;
  const told = {option: '--set-need', text: `${name}: ${axis.toUpperCase()} decided ${WORDS[level]}`};
  return {value: {workload: subject, axis, level, told}};
}

/**
 * The register with the decisions supposed: what it says on that axis of that workload gives way, everything else it says
 * stays. The new decisions belong to no business function.
 */
export function redecide(
  entries: readonly RegisterEntry[],
  changes: readonly NeedChange[],
  now: string,
): RegisterEntry[] {
  const needsOf = byWorkload(changes);
  const kept = entries.flatMap((entry) => {
    const changed = entry.covers.filter((id) => needsOf.has(id));
    if (changed.length === 0 || (!entry.sensitivity && !entry.distribution)) return [entry];
    const others = entry.covers.filter((id) => !needsOf.has(id));
    const own = changed.map((id) => without(entry, id, new Set(needsOf.get(id)!.map(({axis}) => axis))));
    return others.length > 0 ? [{...entry, covers: others}, ...own] : own;
  });
  return [...kept, ...[...needsOf].map(([workload, needs]) => decision(entries, workload, needs, now))];
}

function without(entry: RegisterEntry, workload: string, axes: ReadonlySet<Axis>): RegisterEntry {
  const {sensitivity, distribution} = entry;
  const left = {...entry, covers: [workload]};
  if (sensitivity)
    left.sensitivity = {...sensitivity, ...Object.fromEntries([...axes].map((axis) => [axis, null]))};
  if (distribution) left.distribution = distribution.filter(({ground}) => !axes.has(LOWERS[ground]));
  return left;
}

function decision(
  entries: readonly RegisterEntry[],
  workload: string,
  needs: readonly NeedChange[],
  now: string,
): RegisterEntry {
  const covering = entries.filter(({covers}) => covers.includes(workload));
  const levels = {c: null, i: null, a: null} as Record<Axis, number | null>;
  for (const {axis, level} of needs) levels[axis] = level;
  return {
    id: 'what-if',
    function: '',
    owner: null,
    // The highest criticality counts: this one must not add to it.
    criticality: covering.reduce((most, {criticality}) => Math.max(most, criticality), 0) || 1,
    rtoHours: null,
    rpoHours: null,
    provider: null,
    exitPlan: null,
    dataCategories: [],
    sensitivity: {...levels, decidedBy: 'nobody', date: now.slice(0, 10), reason: 'supposed by --set-need'},
    covers: [workload],
    place: {file: '--set-need'},
  };
}
