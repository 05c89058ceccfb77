import type {ChoiceModel} from '../../../src/placement/constraints/model.ts';
import {dice, seededLevels} from './seeded-levels.ts';

/** A choice model with `sites` sites (every third is dedicated), three resources per limited site and tight limits. */
export function seededChoices(units: number, seed: number, tightness: number, sites = 3): ChoiceModel {
  const roll = dice(seed + 17);
  const nat = (below: number): number => Math.floor(roll() * below);
  const levels = seededLevels(units, seed, 2);
  const start = [0];
  const site: number[] = [];
  const label: number[] = [];
  const values: number[][] = levels.map(() => []);
  const useStart = [0];
  const useOf: number[] = [];
  const amount: number[] = [];
  const demand: number[] = Array.from({length: 2 * sites}, () => 0);
  for (let u = 0; u < units; u++) {
    const size = [1 + nat(8), 1 + nat(64)];
    for (const c of [0, 1]) {
      if (levels[0]!.unary[2 * u + c] === Infinity) continue;
      const open = Array.from({length: sites}, (_, s) => s).filter((s) => (s % 3 === 0 ? 1 : 0) === c);
      open.forEach((s, rank) => {
        if (rank > 0 && nat(3) === 0) return;
        site.push(s);
        label.push(c);
        levels.forEach((level, k) => values[k]!.push(level.unary[2 * u + c]! + (rank === 0 ? 0 : nat(4))));
        size.forEach((value, r) => {
          if (value === 0) return;
          useOf.push(2 * s + r);
          amount.push(value);
          demand[2 * s + r]! += value;
        });
        useStart.push(useOf.length);
      });
    }
    start.push(site.length);
  }
  return {
    units,
    start: Uint32Array.from(start),
    site: Int32Array.from(site),
    label: Uint8Array.from(label),
    values: values.map((list) => Float64Array.from(list)),
    levels,
    resources: demand.map((sum, r) => ({
      id: `r${r}`,
      kind: 'capacity',
      text: `resource ${r}`,
      unit: 'unit',
      scale: 1,
      limit: Math.floor(sum * tightness),
      site: r >> 1,
    })),
    useStart: Uint32Array.from(useStart),
    useOf: Uint32Array.from(useOf),
    amount: Float64Array.from(amount),
  };
}

/**
 * A choice model with `sites` sites (every second is dedicated) and pairs that must be apart at each; `share` pairs per
 * unit, every third of them between any two units, the others between neighbours.
 */
export function seededPairs(units: number, seed: number, share: number, sites = 2): ChoiceModel {
  const roll = dice(seed + 29);
  const nat = (below: number): number => Math.floor(roll() * below);
  const pairs: [number, number][] = [];
  for (let p = 0; p < Math.round(share * units); p++) {
    const a = nat(units);
    const b = nat(3) === 0 ? nat(units) : (a + 1 + nat(3)) % units;
    if (a !== b) pairs.push([a, b]);
  }
  const levels = seededLevels(units, seed, 2);
  const start = [0];
  const [site, label, useStart, useOf, amount]: number[][] = [[], [], [0], [], []];
  const values: number[][] = levels.map(() => []);
  for (let u = 0; u < units; u++) {
    for (const c of [0, 1]) {
      if (levels[0]!.unary[2 * u + c] === Infinity) continue;
      for (let s = c; s < sites; s += 2) {
        if (s > 1 && nat(3) > 0) continue;
        site!.push(s);
        label!.push(c);
        levels.forEach((level, k) => values[k]!.push(level.unary[2 * u + c]! + (s > 1 ? nat(4) : 0)));
        pairs.forEach((pair, p) => {
          if (!pair.includes(u)) return;
          useOf!.push(p * sites + s);
          amount!.push(1);
        });
        useStart!.push(useOf!.length);
      }
    }
    start.push(site!.length);
  }
  return {
    units,
    start: Uint32Array.from(start),
    site: Int32Array.from(site!),
    label: Uint8Array.from(label!),
    values: values.map((list) => Float64Array.from(list)),
    levels,
    resources: pairs.flatMap((pair, p) =>
      Array.from({length: sites}, (_, s) => ({
        id: `apart:${p}:${s}`,
        kind: 'apart' as const,
        text: `${pair.join(' or ')} at ${s}`,
        unit: 'place',
        scale: 1,
        limit: 1,
        site: s,
      })),
    ),
    useStart: Uint32Array.from(useStart!),
    useOf: Uint32Array.from(useOf!),
    amount: Float64Array.from(amount!),
  };
}

/** Best values of all choices that keep the limits; null when there is none. */
export function tryAllChoices(
  model: ChoiceModel,
  measure: (chosen: Uint32Array) => number[] | null,
): number[] | null {
  let best: number[] | null = null;
  const chosen = model.start.slice(0, model.units);
  for (;;) {
    const values = measure(chosen);
    if (values) {
      const k = values.findIndex((value, i) => value !== best?.[i]);
      if (!best || (k >= 0 && values[k]! < best[k]!)) best = values;
    }
    let u = 0;
    for (; u < model.units; u++) {
      if (++chosen[u]! < model.start[u + 1]!) break;
      chosen[u] = model.start[u]!;
    }
    if (u === model.units) return best;
  }
}
