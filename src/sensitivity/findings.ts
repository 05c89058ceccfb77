import {byText} from '../document/canonical.ts';
import {nearest} from '../document/nearest.ts';
import type {Finding, Level} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {Axis, SensitivityEvidence} from '../model/sensitivity.ts';
import type {AxisResult} from './axis.ts';
import type {EvidenceReader} from './evidence.ts';

const AXIS_NAMES: Record<Axis, string> = {c: 'confidentiality', i: 'integrity', a: 'availability'};
const LEVEL_NAMES: readonly [string, string, string, string] = ['none', 'normal', 'high', 'very high'];

/** A machine's view this many levels from a person's is worth a second look. */
const FAR = 2;

/** Governed tags whose value no rule knows: one finding per key and value. */
export function unmappedTags(reader: EvidenceReader, estate: Estate): Finding[] {
  const total = estate.workloads.length;
  return [...reader.unmapped]
    .sort(([a], [b]) => byText(a, b))
    .map(([text, carriers]) => {
      const equals = text.indexOf('=');
      if (equals < 0) return unknownKey(text, carriers);
      const values = reader.valuesOf(text.slice(0, equals));
      const near = nearest(text.slice(equals + 1), values);
      return {
        code: 'BH-SENS-020',
        severity: 'low' as const,
        message: `no rule knows the value of governed tag ${text}${near ? ` (did you mean \`${near}\`?)` : ''}; it says nothing about ${carriers.length} of ${total} workloads`,
        where: {id: carriers[0]!},
        remedy: `Known values: ${values.join(', ')}. Add yours under \`tags\` of your sensitivity rules.`,
      };
    });
}

function unknownKey(key: string, carriers: string[]): Finding {
  return {
    code: 'BH-SENS-021',
    severity: 'info',
    message: `no sensitivity rule knows the governed tag \`${key}\`, which ${carriers.length} workload${carriers.length === 1 ? '' : 's'} carry`,
    where: {id: carriers[0]!},
    remedy: `If it speaks about protection, add a tag rule for \`${key}\` to your sensitivity rules.`,
  };
}

/** Stores whose governed tag says less than what a classifier found in them: the tag counts, and may be wrong. */
export function aboveTags(evidence: SensitivityEvidence[][], {workloads}: Estate): Finding[] {
  return evidence.flatMap((list, index): Finding[] => {
    const found = list
      .filter(({rank, axis}) => rank === 3 && axis === 'c')
      .sort((a, b) => b.level - a.level)[0];
    const stated = list.filter(({rank, axis, lowers}) => rank <= 2 && axis === 'c' && lowers === undefined);
    if (!found || stated.length === 0 || stated.some(({rank, level}) => rank === 1 || level >= found.level))
      return [];
    const tag = stated.sort((a, b) => b.level - a.level)[0]!;
    const {id, name} = workloads[index]!;
    return [
      {
        code: 'BH-SENS-014',
        severity: 'medium',
        message: `${name}: ${tag.source} says ${LEVEL_NAMES[tag.level]}, but ${found.source} says ${LEVEL_NAMES[found.level]}. The stated need counts, the other is its upper end`,
        where: {id},
        remedy: 'Correct the tag, or sign a decision in the register.',
      },
    ];
  });
}

/**
 * Machine evidence two or more levels away from a valid signed decision, from whatever rank: the decision stands, the
 * contradiction is told once per workload.
 */
export function contradictions(
  axes: AxisResult[],
  evidence: SensitivityEvidence[][],
  estate: Estate,
): Finding[] {
  const told = new Map<number, string[]>();
  const tell = (index: number, text: string): void => {
    const list = told.get(index);
    if (list) list.push(text);
    else told.set(index, [text]);
  };
  for (const {axis, own, held} of axes) {
    for (const [index, need] of own.entries()) {
      if (!need.fixed) continue;
      const decided = need.level as Level;
      const machine = evidence[index]!.filter((entry) => entry.axis === axis && contradicts(entry, decided));
      const far = machine.toSorted(
        (a, b) => b.level - a.level || a.rank - b.rank || byText(a.source, b.source),
      )[0];
      if (far)
        tell(
          index,
          `${AXIS_NAMES[axis]} is decided ${LEVEL_NAMES[decided]}, but ${far.source} says ${LEVEL_NAMES[far.level]}`,
        );
    }
    for (const {index, level, from, relation} of held) {
      const decided = own[index]!.level as Level;
      if (level - decided < FAR) continue;
      tell(
        index,
        `${AXIS_NAMES[axis]} is decided ${LEVEL_NAMES[decided]}, but ${from} (${relation}) needs ${LEVEL_NAMES[level]}`,
      );
    }
  }
  return [...told]
    .sort(([a], [b]) => a - b)
    .map(([index, texts]) => ({
      code: 'BH-SENS-010',
      severity: 'medium',
      message: `${estate.workloads[index]!.name}: ${texts.join('; ')}. The decision stands`,
      where: {id: estate.workloads[index]!.id},
      remedy: 'Let whoever signed the decision confirm or correct it.',
    }));
}

/** Suspicions never lower, so they contradict upwards only; statements do both ways. */
function contradicts(entry: SensitivityEvidence, decided: Level): boolean {
  if (entry.rank === 1 || entry.rank === 6) return false;
  const distance = entry.level - decided;
  return distance >= FAR || (entry.rank <= 3 && distance <= -FAR);
}
