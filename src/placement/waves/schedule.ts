import type {Calendar} from './calendar.ts';
import type {Order, Stage} from './stages.ts';

/** Which wave each group is in, from 1, and the day of each wave. */
export interface Schedule {
  waveOf: Uint32Array;
  /** Number of waves. */
  waves: number;
  /** Day of wave k at k − 1; null without a start. */
  days: (number | null)[];
}

/** What every schedule keeps to. */
export interface Rules {
  /** Workloads per group. */
  size: Float64Array;
  /** Most workloads of a wave. */
  most: number;
  order: Order;
  calendar: Calendar;
  /** Freeze windows of each group, by position. */
  frozen: (readonly number[])[];
}

/**
 * Fills one wave after the other with the first groups, in the given order, that fit, are not frozen on its day, and whose
 * application has all its earlier environments in earlier waves. A group larger than a wave gets one of its own.
 */
export function schedule(order: readonly number[], rules: Rules): Schedule {
  const {size, most, calendar, frozen} = rules;
  const turns = takeTurns(rules.order, size.length);
  const waveOf = new Uint32Array(size.length);
  const days: (number | null)[] = [];
  const held = frozen.some((windows) => windows.length > 0);
  // What is left, as a list: a wave looks at its beginning only.
  const next = new Int32Array(size.length).fill(-1);
  order.forEach((g, k) => (next[g] = order[k + 1] ?? -1));
  const holdsFrom = (start: number): (readonly number[])[] => {
    const holds: (readonly number[])[] = [];
    for (let g = start; g !== -1; g = next[g]!) if (turns.open(g)) holds.push(frozen[g]!);
    return holds;
  };
  let first = order[0] ?? -1;
  while (first !== -1) {
    const day = calendar.next(days.at(-1) ?? null, held ? holdsFrom(first) : []);
    days.push(day);
    let room = most;
    const taken: number[] = [];
    for (let g = first, before = -1; g !== -1 && room > 0; g = next[g]!) {
      const fits = size[g]! <= room || (size[g]! > most && room === most);
      if (!fits || calendar.frozen(day, frozen[g]!) || !turns.open(g)) {
        before = g;
        continue;
      }
      room = Math.max(0, room - size[g]!);
      waveOf[g] = days.length;
      taken.push(g);
      if (before === -1) first = next[g]!;
      else next[before] = next[g]!;
    }
    for (const g of taken) turns.done(g);
  }
  return {waveOf, waves: days.length, days};
}

/** Keeps count of what each group still waits for. */
function takeTurns({stages, knot}: Order, groups: number) {
  const {inBefore, inAfter} = memberships(stages, groups);
  const waiting = stages.map(({before}) => before.length);
  const done = new Uint8Array(groups);
  return {
    open: (h: number): boolean =>
      inAfter[h]!.every((k) => {
        if (waiting[k] === 0) return true;
        // Only where groups of the stage wait for each other are they looked at one by one.
        if (knot[h] !== knot[groups + k]) return false;
        return stages[k]!.before.every((g) => done[g] === 1 || knot[g] === knot[h]);
      }),
    done(g: number): void {
      done[g] = 1;
      for (const k of inBefore[g]!) waiting[k]!--;
    },
  };
}

/** Stages that each group is in, on either side. */
export function memberships(stages: Stage[], groups: number): {inBefore: number[][]; inAfter: number[][]} {
  const inBefore = Array.from({length: groups}, () => [] as number[]);
  const inAfter = Array.from({length: groups}, () => [] as number[]);
  stages.forEach(({before, after}, k) => {
    for (const g of before) inBefore[g]!.push(k);
    for (const h of after) inAfter[h]!.push(k);
  });
  return {inBefore, inAfter};
}
