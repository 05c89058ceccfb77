import type {PrincipalClass, Request} from './policy/index.ts';
import {alike} from './alike.ts';
import type {Asking} from './asking.ts';
import type {Subject, SubjectList} from './subject-list.ts';
import {type Chance, all, chanceOf, isSure} from './ways.ts';

/** Subjects on which the same is possible. */
export interface Part {
  chance: Chance;
  members: readonly Subject[];
}

/**
 * On which subjects all actions are possible, and how surely. Asks once for all where nothing tells them apart, else once for
 * each group of subjects that patterns tell apart.
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
  const parts = new Map<string, {chance: Chance; members: Subject[]}>();
  for (const members of alike(group, actions, subjects, asking.resourcePatterns)) {
    const chance = chanceOn(members[0]!.arn);
    if (chance.ways.length === 0) continue;
    const key = JSON.stringify(chance.ways);
    const part = parts.get(key);
    if (part) part.members.push(...members);
    else parts.set(key, {chance, members: [...members]});
  }
  return [...parts.values()];
}
