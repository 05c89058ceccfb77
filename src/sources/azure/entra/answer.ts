import type {Draft} from '../../draft.ts';
import {isRow, list, text} from '../../record.ts';

/** A Graph answer taken apart: a list in an envelope, a bare list, or one object. */
export interface Answer {
  rows: unknown[];
  /** Pointer of the list; '' = the rows are the file, or the file is the one row. */
  base: string;
  single: boolean;
  /** What the answer says it holds: the path after `$metadata#` without keys and selections; null = it does not say. */
  entity: string | null;
}

/** Takes an answer apart; never fails. */
export function answerOf(value: unknown): Answer {
  const entity = entityOf(text(value, '@odata.context'));
  if (Array.isArray(value)) return {rows: value, base: '', single: false, entity};
  if (isRow(value) && Array.isArray(value['value']) && Object.hasOwn(value, 'value'))
    return {rows: list(value, 'value'), base: '/value', single: false, entity};
  return {rows: [value], base: '', single: true, entity};
}

/** `…$metadata#groups('x')/members(id)/$entity` → `groups/members`. */
function entityOf(context: string | null): string | null {
  const path = context?.split('$metadata#', 2)[1];
  if (path === undefined || path === null) return null;
  const collection = /^Collection\(microsoft\.graph\.([a-z0-9]+)\)/i.exec(path)?.[1];
  if (collection !== undefined) return collection;
  let depth = 0;
  let bare = '';
  for (const character of path) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) bare += character;
  }
  return bare
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('$') && !part.startsWith('microsoft.graph.'))
    .join('/');
}

/** A page token that is left over makes the whole answer partial. */
export function checkPages(draft: Draft, value: unknown): void {
  for (const key of ['@odata.nextLink', 'odata.nextLink']) {
    if (text(value, key) === null) continue;
    draft.incomplete(
      `${key} is left over, so further pages exist`,
      'Follow the link until it is absent and join the pages, or export with `az`, which pages by itself.',
      `/${key}`,
    );
  }
}
