import {byText} from '../document/canonical.ts';
import type {Finding, Place} from '../model/common.ts';

/** By file, line and column. */
export function byPlace(a: Place, b: Place): number {
  return byText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.col ?? 0) - (b.col ?? 0);
}

/** By place, then code, text and subject: a total order of different findings. */
export function byFinding(a: Finding, b: Finding): number {
  return (
    byPlace(a.where, b.where) ||
    byText(a.code, b.code) ||
    byText(a.message, b.message) ||
    byText(a.where.id ?? '', b.where.id ?? '')
  );
}
