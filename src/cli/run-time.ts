import {Failure} from './failure.ts';

/** Time of the run: the flag, SOURCE_DATE_EPOCH (seconds), or the clock. */
export function timeOf(now: string | undefined): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const time = now !== undefined ? new Date(now) : epoch ? new Date(Number(epoch) * 1000) : new Date();
  if (Number.isNaN(time.getTime())) {
    throw now === undefined
      ? new Failure(`SOURCE_DATE_EPOCH \`${epoch}\` is not a time`, {
          remedy: 'Give seconds since 1970, or unset it.',
        })
      : new Failure(`\`${now}\` is not a time`, {remedy: 'Write it as 2026-11-22 or 2026-11-22T08:00:00Z.'});
  }
  return time;
}
