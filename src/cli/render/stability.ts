import type {Stability} from '../../model/exposure.ts';

/** One line: the ranking holds, or which weight moves whom. */
export function stabilityText(
  {top, change, parameters, changes}: Stability,
  name: (id: string) => string,
): string {
  const percent = `±${(100 * change).toFixed(0)} %`;
  if (changes.length === 0) {
    return `The ranking of the top ${top} holds for ${percent} of every weight (${parameters.length} tried).`;
  }
  const first = changes[0]!;
  const moves = first.moved
    .slice(0, 3)
    .map(({id, from, to}) => `${name(id)} from ${from} to ${to}`)
    .join(', ');
  const more = first.moved.length > 3 ? ` and ${first.moved.length - 3} more` : '';
  const weights = [...new Set(changes.map(({parameter}) => parameter))];
  const others =
    weights.length > 1
      ? ` So do ${weights.slice(1, 6).join(', ')}${weights.length > 6 ? ` and ${weights.length - 6} more weights` : ''}.`
      : '';
  return `The ranking of the top ${top} does not hold for ${percent} of every weight: ${first.parameter} × ${first.factor} moves ${moves}${more}.${others}`;
}
