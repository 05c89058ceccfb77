import type {Steps} from '../../solve/task.ts';

/** Whether a change of so many steps does it; null = that could not be tried any more. */
export type Probe = (steps: number) => Steps<boolean | null>;

/**
 * A number of steps that does it while one less does not, between 0, which does not, and `most`, which does. Looks around
 * `start` first, in strides that double. Where more steps can undo it again, other such numbers may exist.
 */
export function* smallest(most: number, start: number, probe: Probe): Steps<number | null> {
  let [no, yes] = [0, most];
  let [lower, higher] = [false, false];
  let at = start;
  for (let stride = 1; yes - no > 1; stride *= 2) {
    at = Math.max(no + 1, Math.min(yes - 1, at));
    const does = yield* probe(at);
    if (does === null) return null;
    if (does) [yes, lower] = [at, true];
    else [no, higher] = [at, true];
    // Once it lies between two that were looked at, halve.
    if (lower && higher) at = (no + yes) >> 1;
    else at = does ? yes - stride : no + stride;
  }
  return yes;
}
