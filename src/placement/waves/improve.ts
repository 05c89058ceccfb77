import {memberships, type Rules, type Schedule} from './schedule.ts';
import type {TrafficModel} from './traffic-model.ts';

/**
 * Moves single groups to other waves, and swaps two, as long as that lowers the traffic between sites summed over the
 * waves; days, sizes and the order of environments are kept. Ends at a schedule no such step betters, or when `work`
 * looks at a group are used up. Deterministic: groups in their order, best wave first, earlier ones among equals.
 */
export function improve(model: TrafficModel, start: Schedule, rules: Rules, work: number): Schedule {
  const {size, most, calendar, frozen} = rules;
  const {stages, knot} = rules.order;
  const groups = size.length;
  const waveOf = start.waveOf.slice();
  const {waves, days} = start;
  if (waves < 2) return start;
  const {start: row, other, bond} = rowsOf(model);
  const {inBefore, inAfter} = memberships(stages, groups);
  const used = new Float64Array(waves + 1);
  const membersOf = Array.from({length: waves + 1}, () => new Set<number>());
  for (let g = 0; g < groups; g++) {
    used[waveOf[g]!]! += size[g]!;
    membersOf[waveOf[g]!]!.add(g);
  }

  /** Change of the sum when `g` goes from its wave to `to`; a bond counts in all waves from the later of its ends. */
  const change = (g: number, to: number): number => {
    const from = waveOf[g]!;
    let sum = model.alone[g]! * (from - to);
    for (let at = row[g]!; at < row[g + 1]!; at++) {
      const there = waveOf[other[at]!]!;
      sum += bond[at]! * (Math.max(to, there) - Math.max(from, there));
    }
    return sum;
  };
  /** Bonds of the group that looks for a partner. */
  const own = new Float64Array(groups);
  /** Waves between which the order of environments lets `g` be, both included. */
  const span = (g: number): [number, number] => {
    let [first, last] = [1, waves];
    for (const k of inAfter[g]!)
      for (const h of stages[k]!.before) if (knot[h] !== knot[g]) first = Math.max(first, waveOf[h]! + 1);
    for (const k of inBefore[g]!)
      for (const h of stages[k]!.after) if (knot[h] !== knot[g]) last = Math.min(last, waveOf[h]! - 1);
    return [first, last];
  };
  const put = (g: number, wave: number): void => {
    membersOf[waveOf[g]!]!.delete(g);
    used[waveOf[g]!]! -= size[g]!;
    waveOf[g] = wave;
    used[wave]! += size[g]!;
    membersOf[wave]!.add(g);
  };
  let left = work;
  /** Best step for one group; true when one was made. */
  const step = (g: number): boolean => {
    if (size[g]! > most) return false;
    const [first, last] = span(g);
    const from = waveOf[g]!;
    const wanted = new Set([from - 1, from + 1]);
    for (let at = row[g]!; at < row[g + 1]!; at++) wanted.add(waveOf[other[at]!]!);
    const options = [...wanted]
      .filter((k) => k !== from && k >= first && k <= last && !calendar.frozen(days[k - 1]!, frozen[g]!))
      .map((wave) => ({wave, gain: -change(g, wave)}))
      .filter(({gain}) => gain > 0)
      .sort((a, b) => b.gain - a.gain || a.wave - b.wave);
    left -= wanted.size * (row[g + 1]! - row[g]! + 1);
    for (const {wave, gain} of options) {
      // A wave that would be empty is kept: waves do not change in number here.
      if (used[wave]! + size[g]! <= most && membersOf[from]!.size > 1) {
        put(g, wave);
        return true;
      }
      const partner = partnerOf(g, wave, gain);
      if (partner === -1) continue;
      put(g, wave);
      put(partner, from);
      return true;
    }
    return false;
  };
  /** The group of the wave that, in exchange, keeps most of the gain; −1 = none keeps any. */
  const partnerOf = (g: number, wave: number, gain: number): number => {
    const from = waveOf[g]!;
    for (let at = row[g]!; at < row[g + 1]!; at++) own[other[at]!]! += bond[at]!;
    let best = -1;
    let keeps = 0;
    for (const h of membersOf[wave]!) {
      left -= 1 + row[h + 1]! - row[h]!;
      if (left <= 0) break;
      if (used[wave]! - size[h]! + size[g]! > most || used[from]! - size[g]! + size[h]! > most) continue;
      // Both changes count their common bond as if the other end had stayed; together it stays where it was.
      const kept = gain - change(h, from) - own[h]! * Math.abs(from - wave);
      if (kept < keeps || kept <= 0 || (kept === keeps && h > best)) continue;
      if (calendar.frozen(days[from - 1]!, frozen[h]!)) continue;
      const [first, last] = span(h);
      if (from < first || from > last) continue;
      best = h;
      keeps = kept;
    }
    for (let at = row[g]!; at < row[g + 1]!; at++) own[other[at]!] = 0;
    return best;
  };
  const pass = (): boolean => {
    let moved = false;
    for (let g = 0; g < groups; g++) {
      if (left <= 0) return false;
      moved = step(g) || moved;
    }
    return moved;
  };
  while (pass());
  return {waveOf, waves, days};
}

/** What {@link improve} lowers, but for a constant. */
export function sumOf({alone, tail, head, bond}: TrafficModel, {waveOf, waves}: Schedule): number {
  let sum = 0;
  for (let g = 0; g < alone.length; g++) sum += alone[g]! * (waves - waveOf[g]!);
  for (let e = 0; e < bond.length; e++)
    sum -= bond[e]! * (waves - Math.max(waveOf[tail[e]!]!, waveOf[head[e]!]!));
  return sum;
}

/** Bonds by group, in both directions: those of `g` are `start[g] … start[g+1]-1`. */
function rowsOf({size, tail, head, bond}: TrafficModel): {
  start: Uint32Array;
  other: Uint32Array;
  bond: Float64Array;
} {
  const start = new Uint32Array(size.length + 1);
  for (const ends of [tail, head]) for (const g of ends) start[g + 1]!++;
  for (let g = 0; g < size.length; g++) start[g + 1]! += start[g]!;
  const cursor = start.slice(0, size.length);
  const other = new Uint32Array(2 * tail.length);
  const weight = new Float64Array(2 * tail.length);
  const put = (g: number, h: number, value: number): void => {
    const at = cursor[g]!++;
    other[at] = h;
    weight[at] = value;
  };
  for (let e = 0; e < tail.length; e++) {
    put(tail[e]!, head[e]!, bond[e]!);
    put(head[e]!, tail[e]!, bond[e]!);
  }
  return {start, other, bond: weight};
}
