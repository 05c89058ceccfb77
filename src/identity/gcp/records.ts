import type {Certainty} from '../../model/common.ts';
import type {BuildContext} from '../context.ts';
import type {Area} from './areas.ts';
import {ACT_AS, COMPOSITE_RULES} from './tables/composite-rules.ts';

/** A permission somebody holds that counts only together with another one. */
export interface Record {
  sort: string;
  permission: string;
  area: Pick<Area, 'at' | 'reach'>;
  certainty: Certainty;
  level: 0 | 1;
  notes: readonly string[];
  role: string;
}

/** What the reading of bindings leaves for the rules that join several. */
export interface Records {
  isHalf(permission: string): boolean;
  add(holder: string, record: Record): void;
  of(holder: string, sort: string): readonly Record[];
  holders(): Iterable<string>;
  /** A holder already acts as every account of the area. */
  known(holder: string, area: Pick<Area, 'at' | 'reach'>): void;
  isKnown(holder: string, area: Pick<Area, 'at' | 'reach'>): boolean;
  /** A holder may mint access tokens of the accounts of the area. */
  token(holder: string, area: Pick<Area, 'at' | 'reach'>, certainty: Certainty): void;
  tokens(): ReadonlyMap<string, readonly {area: Pick<Area, 'at' | 'reach'>; certainty: Certainty}[]>;
  /** A holder has a basic role. */
  basic(holder: string, role: string, scope: string, sure: boolean): void;
  basics(): readonly {holder: string; role: string; scope: string; sure: boolean}[];
  /** Service account by the number policies name it by. */
  accountByUniqueId(number: string): string | undefined;
}

const HALVES: ReadonlySet<string> = new Set([ACT_AS, ...COMPOSITE_RULES.flatMap(({needs}) => needs)]);

/** An empty collection. */
export function createRecords({estate}: BuildContext): Records {
  const records = new Map<string, Map<string, Map<string, Record>>>();
  const acting = new Set<string>();
  const tokens = new Map<string, {area: Pick<Area, 'at' | 'reach'>; certainty: Certainty}[]>();
  const basics: {holder: string; role: string; scope: string; sure: boolean}[] = [];
  const byNumber = new Map<string, string>();
  for (const {id, cloud, attributes} of estate.principals) {
    const number = attributes?.['uniqueId'];
    if (cloud === 'gcp' && typeof number === 'string') byNumber.set(number, id);
  }
  return {
    isHalf: (permission) => HALVES.has(permission),
    add(holder, record) {
      let sorts = records.get(holder);
      if (sorts === undefined) records.set(holder, (sorts = new Map()));
      let list = sorts.get(record.sort);
      if (list === undefined) sorts.set(record.sort, (list = new Map()));
      const key = `${record.permission}\n${record.area.at}\n${record.area.reach}`;
      const before = list.get(key);
      if (before === undefined || isBetter(record, before)) list.set(key, record);
    },
    of: (holder, sort) => [...(records.get(holder)?.get(sort)?.values() ?? [])],
    holders: () => records.keys(),
    known: (holder, {at, reach}) => void acting.add(`${holder}\n${at}\n${reach}`),
    isKnown: (holder, {at, reach}) =>
      acting.has(`${holder}\n${at}\nwhole`) || acting.has(`${holder}\n${at}\n${reach}`),
    token(holder, area, certainty) {
      const list = tokens.get(holder);
      if (list) list.push({area, certainty});
      else tokens.set(holder, [{area, certainty}]);
    },
    tokens: () => tokens,
    basic: (holder, role, scope, sure) => void basics.push({holder, role, scope, sure}),
    basics: () => basics,
    accountByUniqueId: (number) => byNumber.get(number),
  };
}

/** A record from what the reading of a binding knows. */
export function recordOf(
  sort: string,
  permission: string,
  area: Pick<Area, 'at' | 'reach'>,
  certainty: Certainty,
  level: 0 | 1,
  notes: readonly string[],
  role: string,
): Record {
  return {sort, permission, area: {at: area.at, reach: area.reach}, certainty, level, notes, role};
}

/** The surer one; of equals the first by text, so that the order bindings are read in does not show. */
function isBetter(a: Record, b: Record): boolean {
  if (a.certainty !== b.certainty) return a.certainty === 'certain';
  if (a.level !== b.level) return a.level < b.level;
  const [left, right] = [`${a.role} ${a.notes.join()}`, `${b.role} ${b.notes.join()}`];
  return left < right;
}
