import {ANY, type PrincipalClass, type Request, indexResourceNames, matching} from './policy/index.ts';
import type {Asking} from './asking.ts';
import {type Chance, all, chanceOf, isSure} from './ways.ts';

/** Something an action may be allowed on. */
export interface Subject {
  /** Node id. */
  id: string;
  arn: string;
}

/** Subjects sorted by ARN, so that a pattern finds its matches by prefix. */
export interface SubjectList {
  readonly items: readonly Subject[];
  matching(pattern: string): readonly Subject[];
}

export function subjectList(subjects: readonly Subject[]): SubjectList {
  const byArn = new Map(subjects.map((subject) => [subject.arn, subject]));
  const index = indexResourceNames(byArn.keys());
  const known = new Map<string, readonly Subject[]>();
  return {
    items: index.arns.map((arn) => byArn.get(arn)!),
    matching(pattern) {
      let found = known.get(pattern);
      if (!found) known.set(pattern, (found = [...matching(index, pattern)].map((arn) => byArn.get(arn)!)));
      return found;
    },
  };
}

/** Subjects on which the same is possible. */
export interface Part {
  chance: Chance;
  members: readonly Subject[];
}

/** Above this many matches a condition is taken as one for all of them. */
const EACH = 64;

/**
 * On which subjects all actions are possible, and how surely. Asks once for all where nothing tells them apart, else once per
 * pattern, and one by one only for those a condition or deny tells apart.
 * @param probe what stands for all subjects of the sort
 * @param facts what is known of the request
 */
export function openOn(
  asking: Asking,
  group: PrincipalClass,
  actions: readonly string[],
  subjects: SubjectList,
  probe: string,
  facts: Omit<Request, 'action' | 'resource'> = {},
): Part[] {
  const chanceOn = (resource: string): Chance =>
    all(actions.map((action) => chanceOf(asking.ask(group, {...facts, action, resource}))));
  if (subjects.items.length === 0) return [];
  const first = asking.ask(group, {...facts, action: actions[0]!, resource: probe});
  if (first.ways.length === 0 && !first.some) return [];
  const whole = chanceOn(probe);
  if (isSure(whole)) return [{chance: whole, members: subjects.items}];
  if (whole.ways.length > 0 && subjects.items.length > EACH)
    return [{chance: whole, members: subjects.items}];
  const parts = new Map<string, {chance: Chance; members: Subject[]}>();
  const done = new Set<Subject>();
  const put = (chance: Chance, subject: Subject): void => {
    done.add(subject);
    if (chance.ways.length === 0) return;
    const key = JSON.stringify(chance.ways);
    const part = parts.get(key);
    if (part) part.members.push(subject);
    else parts.set(key, {chance, members: [subject]});
  };
  const open: Subject[] = [];
  for (const {pattern, except} of asking.patterns(group, actions[0]!).patterns) {
    const found = subjects.matching(pattern).filter((subject) => !done.has(subject));
    if (found.length === 0) continue;
    const together = except.length === 0 && found.length > 1 ? chanceOn(pattern.replaceAll('*', ANY)) : null;
    if (together && isSure(together)) for (const subject of found) put(together, subject);
    else open.push(...found);
  }
  for (const subject of open) if (!done.has(subject)) put(chanceOn(subject.arn), subject);
  return [...parts.values()];
}
