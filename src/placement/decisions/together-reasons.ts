import type {Finding} from '../../model/common.ts';
import type {Reason} from '../../model/plan.ts';
import type {Answer} from './answer.ts';

/** Names told in one line; the others are counted. */
const MOST = 3;

/** Dependencies that would be too slow if the workload alone were in its other class. */
export function latencyReasons({problem, solution, otherSite}: Answer, w: number, second: number): Reason[] {
  const {unitOf, input, latency} = problem;
  if (second !== otherSite(w)) return [];
  const u = unitOf[w]!;
  const kept = latency.needsOf(w).filter((need) => {
    const term = latency.terms.get(need);
    if (!term) return false;
    const {tail, head, forward, backward} = term;
    const paid = (flipped: boolean): number => {
      const of = (v: number): number => solution.labels[v]! ^ Number(flipped && v === u);
      if (of(tail) === of(head)) return 0;
      return of(tail) === 0 ? forward : backward;
    };
    return paid(true) > paid(false);
  });
  if (kept.length === 0) return [];
  const least = Math.min(...kept.map(({maxMs}) => maxMs));
  const others = kept.map(({from, to}) => input.estate.workloads[from === w ? to : from]!.name);
  const names = [...new Set(others)];
  const text = `stays with ${listed(names)}: at most ${least} ms, and no pair of sites across is that close`;
  return [{by: 'latency', text, points: null}];
}

/** Applications that the workload alone would split. */
export function splitReasons({problem, solution, otherSite}: Answer, w: number, second: number): Reason[] {
  const {unitOf, splits} = problem;
  if (second !== otherSite(w)) return [];
  const u = unitOf[w]!;
  const {application: own} = problem.input.estate.workloads[w]!;
  return splits.flatMap(({application, members}): Reason[] => {
    if (application !== own || members.some((v) => solution.labels[v] !== solution.labels[u])) return [];
    return [{by: 'application', text: `keeps application ${application} in one class`, points: null}];
  });
}

/** Applications that are split although that counts. */
export function splitFindings({problem, solution}: Answer): Finding[] {
  const {splits, input, facts} = problem;
  const apart = splits.filter(({members}) =>
    members.some((u) => solution.labels[u] !== solution.labels[members[0]!]),
  );
  if (apart.length === 0) return [];
  const amount = `${(input.settings.splitPenalty / 100).toFixed(2)} ${facts.money.currency ?? 'units'}`;
  const names = listed(apart.map(({application}) => application));
  return [
    {
      code: 'BH-PLACE-024',
      severity: 'info',
      message: `${apart.length} of ${splits.length} applications ${apart.length === 1 ? 'is' : 'are'} split between public and dedicated sites (${names}): each counts like ${amount} per month`,
      where: {},
      remedy: 'Less risk or more money speaks for it; raise `splitPenalty` where it should not.',
    },
  ];
}

export function listed(names: readonly string[]): string {
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return `${names.slice(0, MOST).join(', ')}${more}`;
}
