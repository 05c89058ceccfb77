import {random} from '../min-cut-estate.ts';

/** Repeatable chance: the same seed always gives the same estate. */
export interface Dice {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Integer in [0, below). */
  integer(below: number): number;
  chance(probability: number): boolean;
  /** exp(mu + sigma · N(0, 1)). */
  logNormal(mu: number, sigma: number): number;
  pick<T>(values: readonly T[]): T;
  /** Key of a table of shares; the last one takes what is left of 1. */
  share<K extends string>(shares: Readonly<Record<K, number>>): K;
}

export function dice(seed: number): Dice {
  const uniform = random(seed);
  const integer = (below: number): number => Math.floor(uniform() * below);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    integer,
    chance: (probability) => uniform() < probability,
    logNormal: (mu, sigma) => Math.exp(mu + sigma * normal()),
    pick: (values) => values[integer(values.length)]!,
    share(shares) {
      const keys = Object.keys(shares) as (keyof typeof shares)[];
      let left = uniform();
      for (const key of keys) {
        left -= shares[key];
        if (left < 0) return key;
      }
      return keys.at(-1)!;
    },
  };
}
