import {field, isRow, list, number, text, type Row} from '../record.ts';

/**
 * vSphere managed objects as JSON. govc writes camelCase since 0.31 and PascalCase before, with mixtures in between, so
 * every property is looked up both ways. Names here are the API's own camelCase ones.
 */
export type ManagedObject = Row;

/** The value at a property path in either spelling, or undefined. */
export function property(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const key of path) {
    const pascal = key.charAt(0).toUpperCase() + key.slice(1);
    const found = field(at, key);
    at = found === undefined ? field(at, pascal) : found;
    if (at === undefined) return undefined;
  }
  return at;
}

export function textAt(value: unknown, ...path: string[]): string | null {
  return text(property(value, ...path));
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  return number(property(value, ...path));
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  return list(property(value, ...path));
}

/** A managed object reference: `{type, value}`, in some dumps `Type:value`. */
export function referenceAt(value: unknown, ...path: string[]): {type: string; value: string} | null {
  const found = property(value, ...path);
  if (typeof found === 'string') {
    const colon = found.indexOf(':');
    return colon > 0 ? {type: found.slice(0, colon), value: found.slice(colon + 1)} : null;
  }
  const id = textAt(found, 'value');
  return id ? {type: textAt(found, 'type') ?? '', value: id} : null;
}

/** Type of a managed object by its reference, or by the type name of a bare data object. */
export function objectType(value: unknown): string | null {
  return referenceAt(value, 'self')?.type || text(field(value, '_typeName')) || null;
}

/** True for an object that carries its own managed object reference. */
export function isManagedObject(value: unknown): value is ManagedObject {
  return isRow(value) && (referenceAt(value, 'self')?.type ?? '') !== '';
}
