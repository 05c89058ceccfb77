import type {ChoiceModel} from './model.ts';
import {usedBy} from './model.ts';

/**
 * Prices that prove that no choice keeps all limits (Farkas): even when every unit takes the option that is cheapest at
 * them, all use together costs more than the limits do. Pairs do not matter. Null when none were found, which proves
 * nothing. Integers, so that the proof is exact.
 */
export function contradiction(model: ChoiceModel, steps = 400): Float64Array | null {
  const {resources, useStart, useOf, amount, start, units} = model;
  const size = resources.map(({limit}) => Math.max(1, limit));
  const prices = new Float64Array(resources.length).fill(1);
  for (let step = 0; step < steps; step++) {
    const whole = prices.map((price, r) => Math.round((price * 2 ** 20) / size[r]!));
    const chosen = new Uint32Array(units);
    let least = 0;
    for (let u = 0; u < units; u++) {
      let best = Infinity;
      for (let o = start[u]!; o < start[u + 1]!; o++) {
        let cost = 0;
        for (let k = useStart[o]!; k < useStart[o + 1]!; k++) cost += whole[useOf[k]!]! * amount[k]!;
        if (cost >= best) continue;
        best = cost;
        chosen[u] = o;
      }
      least += best;
    }
    const room = resources.reduce((sum, {limit}, r) => sum + whole[r]! * limit, 0);
    if (least > room && Number.isSafeInteger(least) && Number.isSafeInteger(room)) return whole;
    const used = usedBy(model, chosen);
    const slope = resources.map(({limit}, r) => (used[r]! - limit) / size[r]!);
    if (slope.every((value) => value <= 0)) return null;
    const norm = Math.sqrt(slope.reduce((sum, value) => sum + value * value, 0));
    const length = 0.5 / Math.sqrt(step + 1) / norm;
    for (let r = 0; r < prices.length; r++)
      prices[r] = Math.min(4, Math.max(0, prices[r]! + length * slope[r]!));
  }
  return null;
}

/**
 * A subset of the parts that still cannot hold together, and of which none can be left out (deletion filter). Passes are
 * repeated as long as something goes: a rule less may close a conflict that a rule more had opened, since what has no site
 * left stays where it is.
 * @param parts of which all together are known not to hold
 * @param fails whether these parts alone cannot hold together
 */
export function minimalConflict<T>(parts: T[], fails: (kept: T[]) => boolean): T[] {
  let kept = parts;
  for (let before = -1; kept.length !== before;) {
    before = kept.length;
    for (const part of kept) {
      const without = kept.filter((other) => other !== part);
      if (fails(without)) kept = without;
    }
  }
  return kept;
}
