import {gapWidths} from '../exposure/gap-widths.ts';
import type {Estate} from '../model/estate.ts';
import type {Exposure, IdentityGraph} from '../model/exposure.ts';
import type {Decision} from '../model/plan.ts';
import type {Level} from '../model/common.ts';
import type {Axis, SensitivityResult, WorkloadSensitivity} from '../model/sensitivity.ts';

/** A missing input as a question to a person. */
export interface Question {
  /** `gap:…`; the same in every run over the same estate. */
  gap: string;
  /** `identity` is answered yes or no, `need` with a level, `field` in the file its remedy names. */
  kind: 'identity' | 'need' | 'field';
  question: string;
  /** Id and name of what it is about. */
  about: string;
  name: string;
  /** Who can answer, from the register or an owner tag; null = nobody is named. */
  owner: string | null;
  /** Interval width an answer takes away, points of priority (need × SIBR); null = not scored. */
  settles: number | null;
  /** Decisions an answer would settle or change; null = not counted. */
  decisions: number | null;
  remedy: string;
}

export interface QuestionInput {
  graph: IdentityGraph;
  estate: Estate;
  sensitivity: SensitivityResult;
  exposure: Exposure;
  decisions: readonly Decision[];
}

/** Scored per shown question: more than shown, since what lies behind only bounds what an answer changes. */
const SCORED_PER_SHOWN = 3;
const NEED_WEIGHT = [0, 0.2, 0.6, 1] as const;
const AXES: readonly Axis[] = ['c', 'i', 'a'];
const WORDS = ['none', 'normal', 'high', 'very high'] as const;

/** All questions, the one that settles most first. */
export function questions(input: QuestionInput, top: number): {questions: Question[]; unscored: number} {
  const ownerOf = owners(input.estate);
  const names = new Map(input.graph.nodes.map(({id, name}) => [id, name]));
  const scored = gapWidths(input, Math.max(10, SCORED_PER_SHOWN * top));
  const all: Question[] = [
    ...scored.ranked.map(({gap, settles}) => ({
      gap: gap.id,
      kind: 'identity' as const,
      question: gap.question,
      about: gap.about,
      name: names.get(gap.about) ?? gap.about,
      owner: ownerOf(gap.about),
      settles,
      decisions: null,
      remedy: gap.remedy,
    })),
    ...needQuestions(input, ownerOf),
    ...fieldQuestions(input, ownerOf),
  ];
  return {
    questions: all.sort(
      (a, b) =>
        (b.settles ?? 0) - (a.settles ?? 0) ||
        (b.decisions ?? 0) - (a.decisions ?? 0) ||
        (a.gap < b.gap ? -1 : 1),
    ),
    unscored: scored.unscored,
  };
}

/** One question per workload whose need is open on some axis. */
function needQuestions(
  {estate, sensitivity, exposure, decisions}: QuestionInput,
  ownerOf: (id: string) => string | null,
): Question[] {
  const open = new Set(
    decisions.flatMap(({workload, dataGaps}) =>
      dataGaps.some(({field}) => field === 'workload.sensitivity') ? [workload] : [],
    ),
  );
  return sensitivity.workloads.flatMap((need, w): Question[] => {
    const {id, name} = estate.workloads[w]!;
    const least = Math.max(...AXES.map((axis) => need[axis].lo)) as Level;
    const most = Math.max(...AXES.map((axis) => need[axis].hi)) as Level;
    const settles = (NEED_WEIGHT[most] - NEED_WEIGHT[least]) * exposure.workloads[w]!.sibr.value;
    if (settles <= 0) return [];
    return [
      {
        gap: `gap:need:${id}`,
        kind: 'need',
        question: `What need for protection does ${name} have: none, normal, high or very high?${suspected(need)}`,
        about: id,
        name,
        owner: ownerOf(id),
        settles,
        decisions: open.has(id) ? 1 : 0,
        remedy:
          'One level for all three, or confidentiality/integrity/availability as in high/normal/high; or sign a decision in the register.',
      },
    ];
  });
}

/** What evidence short of a decision suggests. */
function suspected(need: WorkloadSensitivity): string {
  const levels = AXES.flatMap((axis) => need[axis].level ?? []);
  return levels.length === 0 ? '' : ` (suspected: ${WORDS[Math.max(...levels) as Level]})`;
}

/** Fields of rules and sites that left decisions open, one question per field and thing to be asked. */
function fieldQuestions(
  {decisions, estate}: QuestionInput,
  ownerOf: (id: string) => string | null,
): Question[] {
  const names = new Map(estate.workloads.map(({id, name}) => [id, name]));
  const groups = new Map<string, Question & {decisions: number}>();
  for (const {workload, dataGaps} of decisions) {
    for (const {field, owner, remedy} of dataGaps) {
      if (field === 'workload.sensitivity') continue;
      const own = field.startsWith('workload.') || field === 'portability';
      const key = own ? `gap:field:${field}:${workload}` : `gap:field:${field}:${remedy}`;
      const known = groups.get(key);
      if (known) known.decisions++;
      else
        groups.set(key, {
          gap: key,
          kind: 'field',
          question: `What is ${field}?`,
          about: own ? workload : field,
          name: own ? (names.get(workload) ?? workload) : field,
          owner: owner ?? (own ? ownerOf(workload) : null),
          settles: null,
          decisions: 1,
          remedy,
        });
    }
  }
  return [...groups.values()];
}

/** Owner of a workload by the register, else by tag; of anything else nobody is known. */
function owners({register, workloads}: Estate): (id: string) => string | null {
  const covered = new Map<string, string>();
  for (const {owner, covers} of register) {
    if (owner !== null) for (const id of covers) if (!covered.has(id)) covered.set(id, owner);
  }
  const tagged = new Map(workloads.map(({id, tags}) => [id, tags['owner'] ?? tags['Owner'] ?? null]));
  return (id) => covered.get(id) ?? tagged.get(id) ?? null;
}
