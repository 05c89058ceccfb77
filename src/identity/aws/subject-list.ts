import {indexResourceNames, matching} from './policy/index.ts';

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
