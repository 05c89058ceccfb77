import type {Estate} from '../../model/estate.ts';
import {STAYS, type Unit} from './representatives.ts';

/** An application whose units shall be in one class. Positions of units; the last two have no members. */
export interface SplitTerm {
  application: string;
  members: number[];
  auxiliary: [number, number];
}

export interface DirectedArc {
  tail: number;
  head: number;
  weight: number;
}

/**
 * Applications that could be split, each with two auxiliary units that follow the given ones. Order: by name.
 */
export function splitTerms(
  {workloads}: Pick<Estate, 'workloads'>,
  units: number,
  unitOf: Uint32Array,
): SplitTerm[] {
  const members = new Map<string, Set<number>>();
  workloads.forEach(({application}, w) => {
    if (application === null) return;
    const known = members.get(application);
    if (known) known.add(unitOf[w]!);
    else members.set(application, new Set([unitOf[w]!]));
  });
  return [...members]
    .filter(([, found]) => found.size > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([application, found], k) => ({
      application,
      members: [...found].sort((a, b) => a - b),
      auxiliary: [units + 2 * k, units + 2 * k + 1],
    }));
}

/** The units that only carry a split: they take whichever class is cheaper. */
export function auxiliaryUnits(terms: readonly SplitTerm[]): Unit[] {
  return terms.flatMap(({application}) =>
    [1, 2].map((part): Unit => ({
      members: [],
      site: [STAYS, STAYS],
      blocked: false,
      auxiliary: `application ${application} (${part})`,
    })),
  );
}

/**
 * `weight` when the members are not all of one class, exactly. The first auxiliary unit carries "the first member is public
 * and another one is dedicated", the second the opposite: each is paid once, between the first member and the auxiliary
 * unit, or at every other member that differs, which is never cheaper.
 */
export function splitArcs({members, auxiliary: [apart, against]}: SplitTerm, weight: number): DirectedArc[] {
  const [first, ...rest] = members;
  return [
    {tail: first!, head: apart, weight},
    ...rest.map((member) => ({tail: apart, head: member, weight})),
    {tail: against, head: first!, weight},
    ...rest.map((member) => ({tail: member, head: against, weight})),
  ];
}
