import type {PlacementProblem} from '../problem/problem.ts';
import {profileAt} from '../problem/site-profiles.ts';
import {CLOSED, STAYS} from '../problem/representatives.ts';
import {toleranceShift} from '../problem/tolerance.ts';

/** The part of the risk level that depends on more than one workload. */
export interface Neighbours {
  /** Risk of the unit's other class minus that of its own, from terms over credentials alone. */
  difference(unit: number, labels: Uint8Array): number;
  /** What the tolerance adds to the other class minus what it adds to its own. */
  tolerance(unit: number, labels: Uint8Array): number;
  /** Workloads at the other ends, by name. */
  names(unit: number): string[];
}

/** Credential terms as they entered the risk level: what is left of it without exposure and rules of single workloads. */
export function neighbours(problem: PlacementProblem): Neighbours {
  const {risk, units, input, soft, points, base} = problem;
  const across = credentials(problem);
  const incident = new Map<number, number[]>();
  for (let e = 0; e < risk.tail.length; e++) {
    for (const u of [risk.tail[e]!, risk.head[e]!]) {
      const known = incident.get(u);
      if (known) known.push(e);
      else incident.set(u, [e]);
    }
  }
  // The level knows the sites the classes were chosen by.
  const seen = problem.represented ?? units;
  const alone = (u: number, c: 0 | 1): number => {
    const site = seen[u]!.site[c];
    let sum = 0;
    for (const w of units[u]!.members) {
      sum += points(profileAt(problem, base, w, site), base.weights[w]!);
      if (site !== STAYS) sum += soft[w * input.sites.length + site]!;
    }
    return sum;
  };
  const shift = (u: number): [number, number] => toleranceShift(input, seen[u]!, [alone(u, 0), alone(u, 1)]);
  const paid = (u: number, c: number, labels: Uint8Array): number => {
    let sum = 0;
    for (const e of incident.get(u) ?? []) {
      const tail = risk.tail[e] === u ? c : labels[risk.tail[e]!]!;
      const head = risk.head[e] === u ? c : labels[risk.head[e]!]!;
      if (tail < head) sum += risk.forward[e]!;
      else if (head < tail) sum += risk.backward[e]!;
    }
    return sum;
  };
  return {
    difference(u, labels) {
      if (units[u]!.site.includes(CLOSED)) return 0;
      const own = labels[u] === 1 ? 1 : 0;
      const other = own === 1 ? 0 : 1;
      const added = shift(u);
      const extra = (c: 0 | 1): number =>
        risk.unary[2 * u + c]! - alone(u, c) - added[c] + paid(u, c, labels);
      return extra(other) - extra(own);
    },
    tolerance(u, labels) {
      if (units[u]!.site.includes(CLOSED)) return 0;
      const own = labels[u] === 1 ? 1 : 0;
      const added = shift(u);
      return added[own === 1 ? 0 : 1] - added[own];
    },
    names(u) {
      const names = (across.get(u) ?? []).map((w) => input.estate.workloads[w]!.name);
      return [...new Set(names)];
    },
  };
}

/** Per unit: workloads of other units it shares a credential with. */
function credentials({model, unitOf}: PlacementProblem): Map<number, number[]> {
  const across = new Map<number, number[]>();
  for (const {holder, target} of model.trust) {
    for (const [own, other] of [
      [holder, target],
      [target, holder],
    ] as const) {
      const u = unitOf[own]!;
      if (u === unitOf[other]) continue;
      const known = across.get(u);
      if (known) known.push(other);
      else across.set(u, [other]);
    }
  }
  return across;
}
