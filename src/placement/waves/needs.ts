import type {Decision} from '../../model/plan.ts';
import type {WaveNeed} from '../../model/waves.ts';

/**
 * What must be done or known before a wave: roots to cut, without which its moves gain nothing, exceptions it leans on, and
 * data gaps of its workloads. Equal ones are counted together; most workloads first within a kind.
 */
export function needsOf(
  decisions: Decision[],
  {rootName, date, unknownFlows, unknownGib}: NeedContext,
): WaveNeed[] {
  const found = new Map<string, WaveNeed>();
  const note = (kind: WaveNeed['kind'], text: string, owner: string | null, late = false): void => {
    const key = JSON.stringify([kind, text, owner]);
    const known = found.get(key);
    if (known) known.workloads++;
    else found.set(key, {kind, text, owner, workloads: 1, ...(late ? {late} : {})});
  };
  for (const {gainsNothing, excepted = [], dataGaps, recommended} of decisions) {
    if (gainsNothing?.cutFirst)
      note(
        'root-cut',
        `Cut ${rootName(gainsNothing.cutFirst)} from ${gainsNothing.site}: else it gains nothing.`,
        null,
      );
    for (const {site, by, exception} of excepted) {
      if (site !== recommended) continue;
      const late = date !== null && exception.expiresOn < date;
      const over = late ? ', which is before this wave: renew it' : '';
      note(
        'exception',
        `Exception ${exception.id} to ${by} at ${site} holds until ${exception.expiresOn}${over}.`,
        exception.owner,
        late,
      );
    }
    for (const {field, owner, remedy} of dataGaps) note('data-gap', `${field}: ${remedy}`, owner);
  }
  if (unknownFlows.flows > 0)
    found.set('traffic', {
      kind: 'data-gap',
      text: `dependency.gibPerMonth: State the traffic of ${unknownFlows.flows} data ${unknownFlows.flows === 1 ? 'flow' : 'flows'}; until then each counts as ${unknownGib} GiB per month.`,
      owner: null,
      workloads: unknownFlows.workloads,
    });
  const rank = {'root-cut': 0, exception: 1, 'data-gap': 2};
  return [...found.values()].sort(
    (a, b) => rank[a.kind] - rank[b.kind] || b.workloads - a.workloads || (a.text < b.text ? -1 : 1),
  );
}

export interface NeedContext {
  rootName: (id: string) => string;
  /** Day of the wave, YYYY-MM-DD. */
  date: string | null;
  /** Flows of its workloads whose traffic is not known, and how many of them have one. */
  unknownFlows: {flows: number; workloads: number};
  unknownGib: number;
}
