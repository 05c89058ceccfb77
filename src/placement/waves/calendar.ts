import type {FreezeWindow, WaveSettings} from '../../model/waves.ts';

const DAY = 86_400_000;

/** Days of waves. A day is a number; null = no start is set, and then nothing is frozen. */
export interface Calendar {
  /** Day of the next wave: the first on which one of what is left, each with the windows that hold it, may move. */
  next(previous: number | null, holds: (readonly number[])[]): number | null;
  /** True when one of the freeze windows, by their position, is in force on that day. */
  frozen(day: number | null, windows: readonly number[]): boolean;
  text(day: number | null): string | null;
}

/**
 * Waves come every so many days. A day on which everything, or all that is left, is frozen is passed over: the wave is on
 * the first day after.
 */
export function calendar({start, everyDays, freeze}: WaveSettings): Calendar {
  const first = start === null ? null : dayOf(start);
  const spans = freeze.map(({from, to}) => [dayOf(from), dayOf(to)] as const);
  const everything = freeze.flatMap(({match}, k) => (match === null ? [k] : []));
  const inForce = (day: number, k: number): boolean => day >= spans[k]![0] && day <= spans[k]![1];
  const lastOf = (day: number, windows: readonly number[]): number | null => {
    let last: number | null = null;
    for (const k of windows) if (inForce(day, k)) last = Math.max(last ?? 0, spans[k]![1]);
    return last;
  };
  return {
    next(previous, holds) {
      if (first === null) return null;
      let day = previous === null ? first : previous + everyDays;
      for (;;) {
        const end = lastOf(day, everything);
        if (end !== null) {
          day = end + 1;
          continue;
        }
        // Something can move on a day when one of the groups is free.
        let earliest = Infinity;
        for (const windows of holds) earliest = Math.min(earliest, lastOf(day, windows) ?? -1);
        if (holds.length === 0 || earliest === -1) return day;
        day = earliest + 1;
      }
    },
    frozen: (day, windows) => day !== null && windows.some((k) => inForce(day, k)),
    text: (day) => (day === null ? null : new Date(day * DAY).toISOString().slice(0, 10)),
  };
}

function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/** Whether a window that is not for everything holds for a workload. */
export function holdsFor(
  {match}: FreezeWindow,
  {application, tags}: {application: string | null; tags: Record<string, string>},
): boolean {
  if (match === null) return false;
  if (match.application !== null && match.application.toLowerCase() !== application?.toLowerCase())
    return false;
  if (match.tag === null) return true;
  const [key = '', ...rest] = match.tag.split('=');
  const value = rest.join('=').trim().toLowerCase();
  return Object.entries(tags).some(
    ([name, one]) => name.toLowerCase() === key.trim().toLowerCase() && one.trim().toLowerCase() === value,
  );
}
