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
  /** The same by region and account. */
  readonly places: readonly (readonly Subject[])[];
  matching(pattern: string): readonly Subject[];
}

export function subjectList(subjects: readonly Subject[]): SubjectList {
  const byArn = new Map(subjects.map((subject) => [subject.arn, subject]));
  const index = indexResourceNames(byArn.keys());
  const known = new Map<string, readonly Subject[]>();
  const items = index.arns.map((arn) => byArn.get(arn)!);
  const places = new Map<string, Subject[]>();
  for (const subject of items) {
    const [, , , region, account] = subject.arn.split(':', 5);
    const place = places.get(`${region} ${account}`);
    if (place) place.push(subject);
    else places.set(`${region} ${account}`, [subject]);
  }
  return {
    items,
    places: [...places.values()],
    matching(pattern) {
      let found = known.get(pattern);
      if (!found) known.set(pattern, (found = [...matching(index, pattern)].map((arn) => byArn.get(arn)!)));
      return found;
    },
  };
}
