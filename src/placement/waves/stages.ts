import {forwardCsr} from '../../graph/csr.ts';
import {stronglyConnected} from '../../graph/scc.ts';
import type {Workload} from '../../model/estate.ts';
import type {WaveSettings} from '../../model/waves.ts';
import type {Groups} from './groups.ts';
import type {Moves} from './moves.ts';

/** Groups of one application that move before others of it, e.g. those with its development before those with its tests. */
export interface Stage {
  application: string;
  /** Last place in `environments` of what is before. */
  through: number;
  before: number[];
  after: number[];
}

export interface Order {
  /** Per mover: place in `environments`; what names none counts as the last. */
  environment: number[];
  stages: Stage[];
  /**
   * Per group: groups with the same number wait for each other (a group with two environments of one application is
   * enough), so no order is kept among them.
   */
  knot: Uint32Array;
  unordered: {before: number; after: number}[];
}

/** Earlier environments of an application move in an earlier wave than later ones. */
export function stagesOf(
  workloads: Workload[],
  {movers}: Moves,
  {groups, groupOf}: Groups,
  settings: WaveSettings,
): Order {
  const environmentOf = environments(settings);
  const environment = Array.from(movers, (w) => environmentOf(workloads[w]!));
  const applications = new Map<string, Set<number>[]>();
  movers.forEach((w, m) => {
    const {application} = workloads[w]!;
    if (application === null) return;
    const known = applications.get(application) ?? settings.environments.map(() => new Set<number>());
    applications.set(application, known);
    known[environment[m]!]?.add(groupOf[m]!);
  });
  const stages: Stage[] = [];
  for (const name of [...applications.keys()].sort()) {
    const places = applications.get(name)!;
    places.forEach((present, through) => {
      const later = new Set(places.slice(through + 1).flatMap((found) => [...found]));
      if (present.size > 0 && later.size > 0)
        stages.push({application: name, through, before: ascending(present), after: ascending(later)});
    });
  }
  const knot = knots(groups.length, stages);
  const unordered = stages.flatMap(({before, after}) =>
    after.flatMap((h) =>
      before.filter((g) => g !== h && knot[g] === knot[h]).map((g) => ({before: g, after: h})),
    ),
  );
  return {environment, stages, knot, unordered};
}

function ascending(values: Set<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Place of a workload's environment by the first tag that names one; the last when none does. */
function environments({environments, environmentTags}: WaveSettings): (workload: Workload) => number {
  const keys = new Map(environmentTags.map((key, rank) => [folded(key), rank]));
  const places = new Map<string, number>();
  environments.forEach((words, place) => {
    for (const word of words) if (!places.has(folded(word))) places.set(folded(word), place);
  });
  const last = Math.max(0, environments.length - 1);
  return ({tags}) => {
    let best = Infinity;
    let found = last;
    for (const [key, value] of Object.entries(tags)) {
      const rank = keys.get(folded(key));
      const place =
        places.get(folded(value)) ??
        value
          .split(/[^\p{L}\p{N}]+/u)
          .map((word) => places.get(folded(word)))
          .find((one) => one !== undefined);
      if (rank === undefined || place === undefined || rank >= best) continue;
      best = rank;
      found = place;
    }
    return found;
  };
}

function folded(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Components of "waits for", with a node per stage between its two sides. */
function knots(count: number, stages: Stage[]): Uint32Array {
  const from: number[] = [];
  const to: number[] = [];
  stages.forEach(({before, after}, k) => {
    for (const g of before) {
      from.push(g);
      to.push(count + k);
    }
    for (const h of after) {
      from.push(count + k);
      to.push(h);
    }
  });
  const csr = forwardCsr({
    nodes: count + stages.length,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    level: new Uint8Array(from.length),
    grade: new Uint8Array(from.length),
  });
  return stronglyConnected(csr, {maxLevel: 0, maxGrade: 0}).of;
}
