import type {ParsedPolicy, PrincipalClass, Statement} from './policy/index.ts';
import {matches, matchesAll} from './policy/wildcard.ts';
import type {Subject, SubjectList} from './subject-list.ts';

/**
 * Groups subjects that no statement about the actions tells apart: one question answers for all of a group. Cost grows with
 * the subjects that single patterns name, not with questions.
 */
export function alike(
  group: PrincipalClass,
  actions: readonly string[],
  subjects: SubjectList,
  patternsOf: PatternReader,
): readonly (readonly Subject[])[] {
  const named = new Map<Subject, string>();
  const policies = [...group.identity, ...group.scps.flat()];
  if (group.boundary !== null && group.boundary !== 'missing') policies.push(group.boundary);
  let index = 0;
  for (const pattern of new Set(
    policies.flatMap((policy) => actions.flatMap((action) => patternsOf(policy, action))),
  )) {
    index++;
    // What a variable stands for may differ with the subject's name: each is looked at by itself.
    const variable = pattern.includes('${');
    for (const subject of subjects.matching(variable ? pattern.replaceAll(/\$\{[^}]*\}/g, '*') : pattern)) {
      named.set(subject, `${named.get(subject) ?? ''} ${variable ? subject.arn : index}`);
    }
  }
  // Region and account are in the ARN and may be asked for by conditions.
  return subjects.places.flatMap((place) => {
    const groups = new Map<string, Subject[]>();
    const rest: Subject[] = [];
    for (const subject of place) {
      const key = named.get(subject);
      if (key === undefined) {
        rest.push(subject);
        continue;
      }
      const known = groups.get(key);
      if (known) known.push(subject);
      else groups.set(key, [subject]);
    }
    return rest.length > 0 ? [rest, ...groups.values()] : [...groups.values()];
  });
}

/** Resource patterns of the statements of a policy that speak of an action. */
export type PatternReader = (policy: ParsedPolicy, action: string) => readonly string[];

/** Reads the patterns once per policy and action. */
export function createPatternReader(): PatternReader {
  const known = new WeakMap<ParsedPolicy, Map<string, readonly string[]>>();
  return (policy, action) => {
    let byAction = known.get(policy);
    if (!byAction) known.set(policy, (byAction = new Map()));
    let patterns = byAction.get(action);
    if (!patterns) {
      const wanted = action.toLowerCase();
      patterns = [
        ...new Set(
          policy.statements.flatMap((statement) =>
            speaksOf(statement, wanted) ? statement.resources.filter((pattern) => !matchesAll(pattern)) : [],
          ),
        ),
      ];
      byAction.set(action, patterns);
    }
    return patterns;
  };
}

function speaksOf({actions, notActions}: Statement, action: string): boolean {
  return actions.some((pattern) => matches(pattern, action)) !== notActions;
}
