import {findSubject, type Known} from '../explain/subject.ts';
import type {Reading} from './reading.ts';

/** `SUBJECT:KEY=VALUE` taken apart. */
export interface Assignment {
  subject: string;
  key: string;
  value: string;
}

/** Candidates named in a message. */
const SHOWN = 10;

/**
 * All ways to read `SUBJECT:KEY=VALUE`, longest subject first: ids and keys may hold colons, values may hold anything.
 */
function readings(text: string): Assignment[] {
  return [...text.matchAll(/:/g)]
    .flatMap(({index}): Assignment[] => {
      const parts = /^\s*([^=\s][^=]*?)\s*=(.*)$/s.exec(text.slice(index + 1));
      const subject = text.slice(0, index).trim();
      return parts && subject !== '' ? [{subject, key: parts[1]!, value: parts[2]!.trim()}] : [];
    })
    .reverse();
}

/**
 * The assignment meant: the longest subject that is an id or a name, else the longest one that is a unique end of an id.
 * @param noun what subjects are, for messages: `workload`
 * @param list where a reader finds them
 */
export function readAssignment(
  text: string,
  known: Known[],
  {noun, form, list}: {noun: string; form: string; list: string},
): Reading<Assignment> {
  const all = readings(text);
  // A sign of assignment in the subject is meant only where something is really called that.
  const first = all.find(({subject}) => !subject.includes('=')) ?? all[0];
  if (!first) return {problem: `\`${text}\` is no change of a ${noun}`, remedy: `Write it as ${form}.`};
  const exact = new Set(known.flatMap(({id, name}) => [id, name]));
  const ordered = [...all.filter(({subject}) => exact.has(subject)), first, ...all];
  for (const reading of ordered) {
    const match = findSubject(reading.subject, known);
    if ('subject' in match) return {value: {...reading, subject: match.subject.id}};
    if ('candidates' in match) return ambiguous(reading.subject, noun, match.candidates);
  }
  const match = findSubject(first.subject, known);
  const near = 'near' in match ? match.near : null;
  return {
    problem: `no ${noun} is called \`${first.subject}\``,
    remedy: near ? `Did you mean \`${near}\`?` : list,
  };
}

function ambiguous(text: string, noun: string, candidates: readonly Known[]): Reading<never> {
  const shown = candidates.slice(0, SHOWN).map(({id}) => id);
  const more = candidates.length > SHOWN ? ` and ${candidates.length - SHOWN} more` : '';
  return {
    problem: `\`${text}\` is ambiguous: ${candidates.length} ${noun}s are called that`,
    remedy: `Name one of: ${shown.join(', ')}${more}.`,
  };
}
