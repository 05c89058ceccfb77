/** Three-valued truth: no, open, yes. `and` is the smaller, `or` the larger, `not` the mirror image (Kleene). */
export type Tri = 0 | 1 | 2;

export const NO = 0;
export const OPEN = 1;
export const YES = 2;

export function not(value: Tri): Tri {
  return (2 - value) as Tri;
}

export function and(a: Tri, b: Tri): Tri {
  return a < b ? a : b;
}

export function or(a: Tri, b: Tri): Tri {
  return a > b ? a : b;
}
