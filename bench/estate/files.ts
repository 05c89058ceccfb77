import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** Where generated files go. */
export interface Target {
  text(name: string, content: string): void;
  /** Indented as the provider's command line prints it. */
  json(name: string, value: unknown, indent?: number): void;
}

export function target(folder: string): Target {
  const text = (name: string, content: string): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, content);
  };
  return {text, json: (name, value, indent = 2) => text(name, `${JSON.stringify(value, null, indent)}\n`)};
}

/** A made-up GUID: `kind` tells tenants from subscriptions from principals. */
export function guid(kind: string, index: number): string {
  return `00000000-${kind.padStart(4, '0')}-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Items by the number of their scope. */
export function byScope<T extends {scope: number}>(items: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(item.scope);
    if (group) group.push(item);
    else groups.set(item.scope, [item]);
  }
  return groups;
}

/** In pieces of at most `size`. */
export function pieces<T>(values: T[], size: number): T[][] {
  return Array.from({length: Math.ceil(values.length / size)}, (_, piece) =>
    values.slice(piece * size, (piece + 1) * size),
  );
}
