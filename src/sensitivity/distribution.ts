import type {Finding, Level} from '../model/common.ts';
import type {Estate, RegisterEntry} from '../model/estate.ts';
import type {Axis, SensitivityEvidence} from '../model/sensitivity.ts';

/** What each ground lowers: nothing else is lowered by distribution. */
export const LOWERS: Readonly<Record<'redundancy' | 'pseudonymised', Axis>> = {
  redundancy: 'a',
  pseudonymised: 'c',
};

/**
 * Signed decisions that lower one axis of a workload: rank 1 while they are valid. One that is older than twelve
 * months or dated after the run keeps its place in the evidence, with rank 2, and lowers nothing.
 * @param expiry the day twelve months before `now`
 */
export function distributed(
  {id, distribution = []}: RegisterEntry,
  workload: string,
  now: string,
  expiry: string,
): SensitivityEvidence[] {
  return distribution.map(({ground, level, decidedBy, date, reason}) => {
    const valid = isValid(date, now, expiry);
    const note = valid ? '' : ' (no longer valid: lowers nothing)';
    return {
      workload,
      axis: LOWERS[ground],
      level: level as Level,
      rank: valid ? (1 as const) : (2 as const),
      source: `register ${id}, distribution (${ground}), signed by ${decidedBy} on ${date}: ${reason}${note}`,
      confidence: valid ? 1 : 0,
      lowers: ground,
    };
  });
}

/** Decisions that lower nothing because of their date, and redundancy that the inventory does not show. */
export function distributionFindings(
  entry: RegisterEntry,
  estate: Estate,
  now: string,
  expiry: string,
): Finding[] {
  return (entry.distribution ?? []).flatMap(({ground, decidedBy, date}): Finding[] => {
    if (entry.covers.length === 0) return [];
    if (!isValid(date, now, expiry)) {
      return [
        {
          code: 'BH-SENS-011',
          severity: 'low',
          message: `the decision of ${decidedBy} on distribution for \`${entry.id}\` (${date}) is ${date.slice(0, 10) > now.slice(0, 10) ? 'dated after this run' : 'older than 12 months'}: it lowers nothing`,
          where: entry.place,
          remedy: 'Confirm the decision and renew its date.',
        },
      ];
    }
    const doubt = ground === 'redundancy' ? whyNotRedundant(entry, estate) : null;
    return doubt === null
      ? []
      : [
          {
            code: 'BH-SENS-015',
            severity: 'medium',
            message: `\`${entry.id}\` lowers availability by redundancy, but ${doubt}. The decision stands`,
            where: entry.place,
            remedy: 'Name all workloads that do the same work under `covers`, or take the decision back.',
          },
        ];
  });
}

function whyNotRedundant({covers}: RegisterEntry, {workloads}: Estate): string | null {
  if (covers.length < 2) return 'it covers one workload only';
  const covered = new Set(covers);
  const hosts = new Set(workloads.flatMap(({id, host}) => (covered.has(id) ? [host] : [])));
  const [only] = hosts;
  if (hosts.size === 1 && only !== null && only !== undefined) return `all it covers runs on host ${only}`;
  return null;
}

function isValid(date: string, now: string, expiry: string): boolean {
  return date.slice(0, 10) <= now.slice(0, 10) && date >= expiry;
}
