import type {Finding} from '../model/common.ts';

/** One change as it is told: the option it was asked with and what it does. */
export interface Told {
  option: string;
  text: string;
}

/** What a person wrote, understood, or what to say when it cannot be. */
export type Reading<T> = {value: T} | Misread;

export interface Misread {
  problem: string;
  remedy: string;
  findings?: Finding[];
}

/** Changes by the workload they are about, in their order. */
export function byWorkload<T extends {workload: string}>(changes: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const change of changes) {
    const known = found.get(change.workload);
    if (known) known.push(change);
    else found.set(change.workload, [change]);
  }
  return found;
}
