import type {YamlDocument} from '../../model/decoded.ts';
import {LEVEL_WORDS, type LevelWord} from '../../model/documents/level-words.ts';
import type {RegisterDocument} from '../../model/documents/register.ts';
import type {Place} from '../../model/common.ts';
import type {RegisterEntry} from '../../model/estate.ts';

type Entry = RegisterDocument['spec']['functions'][number];

/** The business functions of a checked Register document, each with its line. */
export function toRegister(spec: RegisterDocument['spec'], document: YamlDocument): RegisterEntry[] {
  return spec.functions.map((entry, index) => toEntry(entry, document.place(['spec', 'functions', index])));
}

/** One checked business function with defaults filled; YAML and CSV end here. */
export function toEntry(entry: Entry, place: Place): RegisterEntry {
  const decision = entry.sensitivity;
  return {
    id: entry.id,
    function: entry.function,
    owner: entry.owner ?? null,
    criticality: entry.criticality ?? 1,
    rtoHours: entry.rtoHours ?? null,
    rpoHours: entry.rpoHours ?? null,
    provider: entry.provider ?? null,
    exitPlan: entry.exitPlan ?? null,
    ...(typeof entry.critical === 'boolean' ? {critical: entry.critical} : {}),
    ...(entry.substitutability ? {substitutability: entry.substitutability} : {}),
    dataCategories: entry.dataCategories ?? [],
    sensitivity: decision
      ? {
          c: level(decision.confidentiality),
          i: level(decision.integrity),
          a: level(decision.availability),
          decidedBy: decision.decidedBy,
          date: decision.date,
          reason: decision.reason,
        }
      : null,
    ...(typeof entry.records === 'number' ? {records: entry.records} : {}),
    ...(entry.distribution
      ? {distribution: entry.distribution.map((item) => ({...item, level: LEVEL_WORDS[item.level]}))}
      : {}),
    covers: entry.covers ?? [],
    place,
  };
}

function level(word: LevelWord | null | undefined): number | null {
  return word === null || word === undefined ? null : LEVEL_WORDS[word];
}
