import type {Level} from '../../../src/placement/solve/level.ts';

/** Uniform numbers in [0, 1) from a 32-bit state (Marsaglia's xorshift). */
export function dice(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

/**
 * Levels over many units: `density` arcs per unit, most of them between neighbours, values small so that ties are
 * frequent, a few units pinned to one class.
 */
export function seededLevels(units: number, seed: number, density = 3): Level[] {
  const roll = dice(seed);
  const nat = (below: number): number => Math.floor(roll() * below);
  return ['risk', 'cost', 'churn'].map((name, k) => {
    const unary = new Float64Array(2 * units);
    for (let u = 0; u < units; u++) {
      unary[2 * u] = nat(9);
      unary[2 * u + 1] = nat(9);
      if (k === 0 && nat(12) === 0) unary[2 * u + nat(2)] = Infinity;
    }
    const arcs: [number, number, number, number][] = [];
    for (let e = 0; e < density * units; e++) {
      const tail = nat(units);
      const head = nat(4) === 0 ? nat(units) : (tail + 1 + nat(5)) % units;
      if (tail !== head) arcs.push([tail, head, nat(5), nat(5)]);
    }
    return {
      name,
      unary,
      tail: Uint32Array.from(arcs, (arc) => arc[0]),
      head: Uint32Array.from(arcs, (arc) => arc[1]),
      forward: Float64Array.from(arcs, (arc) => arc[2]),
      backward: Float64Array.from(arcs, (arc) => arc[3]),
    };
  });
}
