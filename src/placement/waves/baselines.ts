import {byText} from '../../document/canonical.ts';
import type {Workload} from '../../model/estate.ts';
import type {Groups} from './groups.ts';
import type {Moves} from './moves.ts';

/** Groups application by application, in the order of their names; what has none comes last, one by one. */
export function byApplication(workloads: Workload[], {movers}: Moves, {groups}: Groups): number[] {
  const names = groups.map((members) => {
    const found = members.flatMap((m) => workloads[movers[m]!]!.application ?? []).sort(byText);
    return found[0] ?? null;
  });
  const rank = (g: number): string => (names[g] === null ? '1' : `0${names[g]}`);
  return [...groups.keys()].sort((a, b) => byText(rank(a), rank(b)) || a - b);
}

/** Groups in an order drawn by lot: Fisher & Yates (1938) over a Park–Miller generator (1988). */
export function drawn(groups: number, seed: number): number[] {
  const order = Array.from({length: groups}, (_, g) => g);
  let state = seed;
  for (let left = groups; left > 1; left--) {
    state = (state * 48_271) % 2_147_483_647;
    const at = state % left;
    [order[at], order[left - 1]] = [order[left - 1]!, order[at]!];
  }
  return order;
}
