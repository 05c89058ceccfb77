import type {InputRecord} from '../inputs/intake.ts';

/** The documents a run took the weights of its scores from, as read. */
export function scoreFiles(inputs: readonly InputRecord[]): string {
  const files = inputs.flatMap(({file, role}) =>
    role === 'parameters' && /score[^/\\]*$/.test(file) ? [file] : [],
  );
  return files.length > 0 ? files.join(', ') : 'the built-in ones';
}
