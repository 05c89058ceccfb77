import type {Finding} from '../../model/common.ts';
import type {LatencyNeed} from '../problem/latency.ts';
import type {Answer} from './answer.ts';
import type {DataGap, OwnerOf} from './data-gaps.ts';

/** Findings of one kind are told one by one up to this many. */
const MOST = 20;

/** Dependencies whose ends the plan puts too far apart, and those of which nobody knows. */
export function latencyFindings(answer: Answer): Finding[] {
  const {sites, estate} = answer.problem.input;
  const placed = answer.problem.latency.needs.map((need) => ({need, ms: millisecondsOf(answer, need)}));
  const breached = placed.filter(({ms, need}) => ms !== null && ms > need.maxMs);
  const open = placed.filter(({ms, need}) => ms === null && moved(answer, need));
  const findings = breached.slice(0, MOST).map(({need, ms}): Finding => {
    const [a, b] = [answer.siteFor(need.from), answer.siteFor(need.to)];
    const [from, to] = [estate.workloads[need.from]!, estate.workloads[need.to]!];
    return {
      code: 'BH-PLACE-021',
      severity: 'medium',
      message: `${from.name} at ${sites[a]!.id} and ${to.name} at ${sites[b]!.id} are ${ms} ms apart, but may be ${need.maxMs} ms${moved(answer, need) ? '' : '; they stand so today'}`,
      where: {...need.place, id: from.id},
      remedy: 'Bring both to one site, open a site that is near enough, or correct `max_latency_ms`.',
    };
  });
  if (breached.length > MOST) {
    findings.push({
      code: 'BH-PLACE-021',
      severity: 'medium',
      message: `${breached.length - MOST} more dependencies are slower than they may be`,
      where: {},
    });
  }
  const [first] = open;
  if (first) {
    const [a, b] = [first.need.from, first.need.to].map((w) => sites[answer.siteFor(w)]?.id ?? 'its place');
    findings.push({
      code: 'BH-PLACE-022',
      severity: 'low',
      message: `whether ${open.length} ${open.length === 1 ? 'dependency is' : 'dependencies are'} fast enough after the plan is not known (for example between ${a} and ${b}, at most ${first.need.maxMs} ms)`,
      where: {...first.need.place, id: estate.workloads[first.need.from]!.id},
      remedy: 'State `latencyMs` between these sites.',
    });
  }
  return findings;
}

/** What is not known of the dependencies of a workload that the plan stretches. */
export function latencyGaps(answer: Answer, ownerOf: OwnerOf, w: number): DataGap[] {
  const {input} = answer.problem;
  const {needsOf} = answer.problem.latency;
  const open = needsOf(w).filter((one) => moved(answer, one) && millisecondsOf(answer, one) === null);
  const [need] = open.toSorted((a, b) => a.maxMs - b.maxMs);
  if (!need) return [];
  const ends = [need.from, need.to].map((end) => input.sites[answer.siteFor(end)]?.id ?? 'its place');
  return [
    {
      field: 'site.latencyMs',
      owner: ownerOf(w),
      remedy: `State \`latencyMs\` between ${ends.toSorted().join(' and ')}: a dependency across may take at most ${need.maxMs} ms.`,
    },
  ];
}

/** Round trip between the ends where the plan puts them; null = not known. */
function millisecondsOf({problem, siteFor}: Answer, need: LatencyNeed): number | null {
  return problem.latency.between(need, siteFor(need.from), siteFor(need.to));
}

function moved({moves}: Answer, {from, to}: LatencyNeed): boolean {
  return moves(from) || moves(to);
}
