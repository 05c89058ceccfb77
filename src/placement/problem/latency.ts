import {latencies, type LatencyBetween} from '../../document/site-latency.ts';
import type {Dependency} from '../../model/estate.ts';
import type {PlacementInput} from '../input.ts';
import type {Level} from '../solve/level.ts';
import {openSites, type SiteFacts, STAYS, type Unit} from './representatives.ts';

/** A dependency with a longest round trip. Positions in `estate.workloads`. */
export interface LatencyNeed {
  from: number;
  to: number;
  maxMs: number;
  place: Dependency['place'];
}

export function latencyNeeds({estate}: Pick<PlacementInput, 'estate'>): LatencyNeed[] {
  const stated = estate.dependencies.filter(
    ({kind, maxLatencyMs}) => maxLatencyMs !== null && (kind === 'data-flow' || kind === 'prefer-together'),
  );
  if (stated.length === 0) return [];
  const workloadOf = new Map(estate.workloads.map(({id}, w) => [id, w]));
  return stated.flatMap(({from, to, maxLatencyMs, place}) => {
    const [a, b] = [workloadOf.get(from), workloadOf.get(to)];
    return a === undefined || b === undefined || a === b
      ? []
      : [{from: a, to: b, maxMs: maxLatencyMs!, place}];
  });
}

/** Round trip of a dependency between two sites, milliseconds; 0 where a shared service answers it, null = not known. */
export type NeedLatency = (need: LatencyNeed, fromSite: number, toSite: number) => number | null;

export function needLatency({sites}: Pick<PlacementInput, 'sites'>, facts: SiteFacts): NeedLatency {
  const between: LatencyBetween = latencies(sites);
  return ({from, to}, fromSite, toSite) => {
    if (facts.services.served(from, to, fromSite, toSite)) return 0;
    return fromSite === STAYS || toSite === STAYS ? null : between(fromSite, toSite);
  };
}

/** What a dependency pays when its ends are in different classes: 1 where it is then slower than it may be. */
export interface LatencyTerm {
  tail: number;
  head: number;
  /** `from` public and `to` dedicated. */
  forward: 0 | 1;
  backward: 0 | 1;
}

/** Dependencies with a longest round trip, and what is known about them. */
export interface Latency {
  needs: LatencyNeed[];
  needsOf: (workload: number) => readonly LatencyNeed[];
  between: NeedLatency;
  /** The ones that are too slow across classes. */
  terms: Map<LatencyNeed, LatencyTerm>;
  /** How many of them are paid. Null when none can be: plans without such a dependency have no such level. */
  level: Level | null;
}

/**
 * Dependencies that are too slow across classes: every pair of open sites is known to be too far apart. What is not known
 * is no breach.
 */
export function latencyOf(
  input: PlacementInput,
  facts: SiteFacts,
  units: readonly Unit[],
  unitOf: Uint32Array,
): Latency {
  const between = needLatency(input, facts);
  const needs = latencyNeeds(input);
  const ends = new Map<number, LatencyNeed[]>();
  const terms = new Map<LatencyNeed, LatencyTerm>();
  for (const need of needs) {
    for (const w of [need.from, need.to]) {
      const known = ends.get(w);
      if (known) known.push(need);
      else ends.set(w, [need]);
    }
    const [tail, head] = [unitOf[need.from]!, unitOf[need.to]!];
    if (tail === head) continue;
    const breached = (from: 0 | 1): 0 | 1 => {
      const starts = openSites(input, units[tail]!, from, facts.eligibility);
      const targets = openSites(input, units[head]!, from === 0 ? 1 : 0, facts.eligibility);
      const tooFar = starts.every((a) =>
        targets.every((b) => {
          const ms = between(need, a, b);
          return ms !== null && ms > need.maxMs;
        }),
      );
      return starts.length > 0 && targets.length > 0 && tooFar ? 1 : 0;
    };
    const [forward, backward] = [breached(0), breached(1)];
    if (forward + backward > 0) terms.set(need, {tail, head, forward, backward});
  }
  const level = latencyLevel([...terms.values()], units.length);
  return {needs, needsOf: (w) => ends.get(w) ?? [], between, terms, level};
}

function latencyLevel(terms: LatencyTerm[], units: number): Level | null {
  if (terms.length === 0) return null;
  return {
    name: 'latency',
    unary: new Float64Array(2 * units),
    tail: Uint32Array.from(terms, (term) => term.tail),
    head: Uint32Array.from(terms, (term) => term.head),
    forward: Float64Array.from(terms, (term) => term.forward),
    backward: Float64Array.from(terms, (term) => term.backward),
  };
}
