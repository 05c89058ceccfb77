import * as Flags from '@oclif/core/flags';
import type {Request} from '../inputs/intake.ts';
import {Failure} from './failure.ts';

/** For commands that plan: how hard a plan with limits is worked on. Without limits the optimum is exact at once. */
export const LIMIT_EFFORT = {
  'max-gap': Flags.string({
    env: 'BULKHEAD_MAX_GAP',
    helpValue: 'PERCENT',
    description:
      'plans with limits: proven distance from the best possible that is good enough [default: 0.05]',
  }),
  'time-limit': Flags.integer({
    min: 1,
    env: 'BULKHEAD_TIME_LIMIT',
    helpValue: 'SECONDS',
    description: 'plans with limits: take the best plan so far after this time, with its proven gap',
  }),
};

interface EffortFlags {
  'max-gap'?: string | undefined;
  'time-limit'?: number | undefined;
}

/** The flags as the request holds them: a share and seconds. */
export function limitEffort(flags: EffortFlags): Pick<Request, 'maxGap' | 'timeLimit'> {
  return {maxGap: shareOf(flags['max-gap']), timeLimit: flags['time-limit']};
}

function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parts = /^(\d+(?:\.\d+)?|\.\d+)\s*%?$/.exec(text.trim());
  const percent = Number(parts?.[1] ?? Number.NaN);
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw new Failure(`\`${text}\` is no gap in per cent`, {
    remedy: 'Write it as --max-gap 0.05, from 0 to 100.',
  });
}
