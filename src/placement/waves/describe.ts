import type {Decision} from '../../model/plan.ts';
import type {Wave, WavePlan, WaveSettings} from '../../model/waves.ts';
import type {Estate} from '../../model/estate.ts';
import type {Calendar} from './calendar.ts';
import {crossTraffic, type Interim} from './interim.ts';
import type {Moves} from './moves.ts';
import {needsOf} from './needs.ts';
import type {Schedule} from './schedule.ts';

/** Everything a wave is told from. */
export interface WaveContext {
  estate: Estate;
  decisions: Decision[];
  settings: WaveSettings;
  moves: Moves;
  schedule: Schedule;
  /** Wave per mover. */
  waveOf: Uint32Array;
  interim: Interim;
  calendar: Calendar;
  prices: WavePlan['prices'];
  rootName: (id: string) => string;
  /** Lower bound of weighed traffic with so many workloads moved, integer units; null = none. */
  least: (moved: number) => number | null;
}

/** One record per wave. */
export function describeWaves(context: WaveContext): Wave[] {
  const {decisions, settings, moves, schedule, waveOf, interim, calendar, least} = context;
  const members = Array.from({length: schedule.waves + 1}, () => [] as number[]);
  waveOf.forEach((wave, m) => members[wave]!.push(moves.movers[m]!));
  const flows = unknownFlows(context);
  let moved = 0;
  return members.slice(1).map((workloads, k): Wave => {
    moved += workloads.length;
    const bound = least(moved);
    const {unitsPerGib} = moves.traffic;
    const date = calendar.text(schedule.days[k]!);
    const own = workloads.map((w) => decisions[w]!);
    return {
      number: k + 1,
      date,
      workloads: own.map(({workload}) => workload),
      routes: routesOf(own),
      ...copied(context, workloads),
      after: crossTraffic(interim, k + 1, unitsPerGib),
      least: bound === null ? null : bound / unitsPerGib,
      weighed: interim.weighed[k + 1]! / unitsPerGib,
      oversize: workloads.length > settings.size,
      needs: needsOf(own, {
        rootName: context.rootName,
        date,
        unknownFlows: flows[k + 1]!,
        unknownGib: settings.unknownGib,
      }),
    };
  });
}

function routesOf(decisions: Decision[]): Wave['routes'] {
  const found = new Map<string, Wave['routes'][number]>();
  for (const {current: from, recommended: to} of decisions) {
    const key = JSON.stringify([from, to]);
    const route = found.get(key) ?? {from, to: to!, workloads: 0};
    route.workloads++;
    found.set(key, route);
  }
  return [...found.values()].sort(
    (a, b) => b.workloads - a.workloads || ((a.from ?? '') + a.to < (b.from ?? '') + b.to ? -1 : 1),
  );
}

/** Storage to copy and what sending it out costs. Unknown sizes and prices are counted, never taken as nothing. */
function copied(
  {estate, decisions, prices}: WaveContext,
  workloads: number[],
): Pick<Wave, 'copy' | 'egress'> {
  const copy = {gib: 0, unknown: 0};
  const egress: Wave['egress'] = {amounts: [], unknown: 0};
  const priceOf = new Map(prices.map((price) => [price.site, price]));
  let mebibytes = 0;
  const sent = new Map<string, number>();
  for (const w of workloads) {
    const {storageMiB} = estate.workloads[w]!;
    const price = priceOf.get(decisions[w]!.current ?? '');
    if (storageMiB === null) copy.unknown++;
    else mebibytes += storageMiB;
    if (storageMiB === null || !price) egress.unknown++;
    else sent.set(price.currency, (sent.get(price.currency) ?? 0) + (storageMiB / 1024) * price.perGib);
  }
  copy.gib = Math.round((mebibytes / 1024) * 100) / 100;
  egress.amounts = [...sent]
    .map(([currency, major]) => ({currency, minor: Math.round(100 * major)}))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return {copy, egress};
}

/** Per wave: flows of its workloads whose traffic is not known, each told with the first wave that has an end of it. */
function unknownFlows({moves, waveOf, schedule}: WaveContext): {flows: number; workloads: number}[] {
  const {traffic, moverOf} = moves;
  const found = Array.from({length: schedule.waves + 1}, () => ({flows: 0, ends: new Set<number>()}));
  traffic.unknown.forEach((flows, f) => {
    if (flows === 0) return;
    const ends = [traffic.from[f]!, traffic.to[f]!].map((w) => moverOf[w]!).filter((m) => m >= 0);
    const first = Math.min(...ends.map((m) => waveOf[m]!));
    found[first]!.flows += flows;
    for (const m of ends) if (waveOf[m] === first) found[first]!.ends.add(m);
  });
  return found.map(({flows, ends}) => ({flows, workloads: ends.size}));
}
