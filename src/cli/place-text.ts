import type {Place} from '../model/common.ts';

/** `file:line:col`, `file · sheet vInfo row 12 column CPUs`, `file · /data/3/id` or the id; empty when unknown. */
export function placeText(place: Place): string {
  const file = place.file ?? '';
  const position =
    place.line === undefined ? '' : `:${place.line}${place.col === undefined ? '' : `:${place.col}`}`;
  const parts = [
    place.sheet && `sheet ${place.sheet}`,
    place.row !== undefined && `row ${place.row}`,
    place.column && `column ${place.column}`,
    place.pointer,
    place.api,
  ].filter(Boolean);
  const where = [file + position, parts.join(' ')].filter(Boolean).join(' · ');
  return where || (place.id ?? '');
}
