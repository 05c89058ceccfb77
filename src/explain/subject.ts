import {nearest} from '../document/nearest.ts';

/** What `explain` can be asked about. */
export type SubjectKind = 'workload' | 'root' | 'principal' | 'rule' | 'finding';

export interface Known {
  kind: SubjectKind;
  id: string;
  name: string;
}

/** The one thing meant, or the candidates when it is ambiguous, or the nearest names when it is unknown. */
export type SubjectMatch = {subject: Known} | {candidates: Known[]} | {near: string | null};

const KINDS: SubjectKind[] = ['workload', 'root', 'principal', 'rule', 'finding'];

/**
 * Resolves `kind:ID` or a bare id. An exact id wins, then an exact name, then a name in another case, then a unique
 * end of an id; within the winning step several hits are ambiguous.
 */
export function findSubject(text: string, known: Known[]): SubjectMatch {
  const kind = KINDS.find((word) => text.startsWith(`${word}:`));
  const wanted = kind ? text.slice(kind.length + 1) : text;
  const pool = kind ? known.filter((item) => item.kind === kind) : known;
  const lower = wanted.toLowerCase();
  const steps: ((item: Known) => boolean)[] = [
    (item) => item.id === wanted,
    (item) => item.name === wanted,
    (item) => item.id.toLowerCase() === lower || item.name.toLowerCase() === lower,
    (item) => item.id.toLowerCase().endsWith(lower),
  ];
  for (const step of wanted === '' ? [] : steps) {
    const hits = pool.filter(step);
    if (hits.length === 1) return {subject: hits[0]!};
    if (hits.length > 1) return {candidates: hits};
  }
  return {
    near: nearest(
      wanted,
      pool.flatMap((item) => [item.name, item.id]),
    ),
  };
}
