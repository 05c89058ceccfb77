import {byText} from '../document/canonical.ts';
import type {Finding, Place, Severity} from '../model/common.ts';
import {byPlace} from './finding-order.ts';
import type {ReferenceIndex, Resolution} from './reference-index.ts';

/** Collects references that lead nowhere or to several things, so that each is told once with its first place. */
export interface Unresolved {
  /** Indexes of the workloads meant; empty and noted when there is no unique answer. */
  workloads(text: string, place: Place, index: ReferenceIndex): readonly number[];
  note(text: string, problem: Exclude<Resolution, {kind: 'found'}>, place: Place): void;
  findings(index: ReferenceIndex): Finding[];
}

/** What the reference was for decides how much it weighs. */
export interface Purpose {
  code: string;
  severity: Severity;
  /** e.g. `dependency`, for "the dependency is left out". */
  noun: string;
}

/** "Did you mean" compares with every name: only the first so many unknown references get it. */
const SUGGESTED = 50;
const CANDIDATES = 5;

export function collectUnresolved(purpose: Purpose): Unresolved {
  const notes = new Map<string, {text: string; problem: Resolution; place: Place; count: number}>();
  const note: Unresolved['note'] = (text, problem, place) => {
    const known = notes.get(text);
    if (!known) notes.set(text, {text, problem, place, count: 1});
    else {
      known.count++;
      if (byPlace(place, known.place) < 0) notes.set(text, {...known, place});
    }
  };
  return {
    note,
    workloads(text, place, index) {
      const resolution = index.resolve(text);
      if (resolution.kind === 'found') return resolution.workloads;
      note(text, resolution, place);
      return [];
    },
    findings(index) {
      const sorted = [...notes.values()].sort((a, b) => byPlace(a.place, b.place) || byText(a.text, b.text));
      return sorted.map(({text, problem, place, count}, position) => {
        const again = count > 1 ? ` (and in ${count - 1} more place${count === 2 ? '' : 's'})` : '';
        return {
          code: purpose.code,
          severity: purpose.severity,
          ...describe(text, problem, again, purpose.noun, position < SUGGESTED ? index : null),
          where: place,
        };
      });
    },
  };
}

function describe(
  text: string,
  problem: Resolution,
  again: string,
  noun: string,
  index: ReferenceIndex | null,
): {message: string; remedy: string} {
  if (problem.kind === 'ambiguous') {
    const shown = problem.candidates.slice(0, CANDIDATES).join(', ');
    const more =
      problem.candidates.length > CANDIDATES ? ` and ${problem.candidates.length - CANDIDATES} more` : '';
    return {
      message: `\`${text}\` could be ${problem.candidates.length} things${again}: ${shown}${more}; the ${noun} is left out`,
      remedy: 'Write the id, or enough of its end to be unique.',
    };
  }
  const what = problem.kind === 'unknown' ? problem.what : text;
  const near = index?.suggest(text) ?? null;
  return {
    message: `no ${what}${again}${near ? ` (did you mean \`${near}\`?)` : ''}; the ${noun} is left out`,
    remedy: 'Correct the name, or add the inventory that lists it.',
  };
}
