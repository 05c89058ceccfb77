import type {Place} from '../../model/common.ts';
import type {Collection} from './layout.ts';

/**
 * Facts and where they come from are kept in two files: the same estate read from other files or at another time gives
 * the same bytes in `estate/`. Line k of `provenance/<collection>.ndjson` belongs to line k of
 * `estate/<collection>.ndjson`.
 */
export interface Split {
  fact: unknown;
  /** Undefined where a record of this collection carries no origin itself. */
  origin: Origin | undefined;
}

interface Origin {
  source?: string;
  place?: Place;
  /** Places of the entries of nested lists, by list name. */
  places?: Record<string, Place[]>;
}

/** Collections whose records carry an origin. */
export const WITH_ORIGIN: ReadonlySet<Collection> = new Set<Collection>([
  'workloads',
  'edges',
  'dependencies',
  'register',
  'identity',
  'federatedTrusts',
  'answers',
]);

export function split(collection: Collection, record: object): Split {
  if (collection === 'workloads') {
    const {source, ...fact} = record as {source: string};
    return {fact, origin: {source}};
  }
  if (collection === 'identity') {
    const fact: Record<string, unknown> = {};
    const places: Record<string, Place[]> = {};
    for (const [name, list] of Object.entries(record as Record<string, {place: Place}[]>)) {
      places[name] = list.map(({place}) => place);
      fact[name] = list.map(({place: _place, ...rest}) => rest);
    }
    return {fact, origin: {places}};
  }
  if (!WITH_ORIGIN.has(collection)) return {fact: record, origin: undefined};
  const {place, ...fact} = record as {place: Place};
  return {fact, origin: {place}};
}

/** The record again from its two halves. */
export function unite(collection: Collection, fact: unknown, origin: unknown): unknown {
  const {source, place, places} = (origin ?? {}) as Origin;
  if (collection === 'workloads') return {...(fact as object), source};
  if (collection === 'identity') {
    return Object.fromEntries(
      Object.entries(fact as Record<string, object[]>).map(([name, list]) => [
        name,
        list.map((entry, index) => ({...entry, place: places?.[name]?.[index] ?? {}})),
      ]),
    );
  }
  return WITH_ORIGIN.has(collection) ? {...(fact as object), place: place ?? {}} : fact;
}
