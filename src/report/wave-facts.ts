import type {CrossTraffic, Wave, WavePlan} from '../model/waves.ts';
import type {Decision} from '../model/plan.ts';

/** GiB for people: whole from ten on, with one decimal below. */
export function gibText(gib: number): string {
  return gib >= 10 ? Math.round(gib).toLocaleString('en') : String(Math.round(gib * 10) / 10);
}

/** `420 GiB + 2 unknown`. */
export function trafficText({gib, unknownFlows}: CrossTraffic): string {
  return `${gibText(gib)} GiB${unknownFlows > 0 ? ` + ${unknownFlows} unknown` : ''}`;
}

/** Cost of moving out; what is unknown is told. */
export function egressText({amounts, unknown}: Wave['egress']): string {
  const priced = amounts.map(({currency, minor}) => `${currency} ${(minor / 100).toFixed(2)}`);
  if (unknown === 0) return priced.join(' + ');
  return priced.length > 0 ? `${priced.join(' + ')} + ${unknown} unknown` : 'unknown';
}

/** `1,240 GiB + 2 unknown`. */
export function copyText({gib, unknown}: Wave['copy']): string {
  return `${gibText(gib)} GiB${unknown > 0 ? ` + ${unknown} unknown` : ''}`;
}

/** Names of the applications in each wave, most workloads first: `shop (3)`, or `shop (2 of 3)` where others of it move in another wave. */
export function applicationsOf({waves}: WavePlan, decisions: Decision[]): string[][] {
  const nameOf = new Map(decisions.map(({workload, application, name}) => [workload, application ?? name]));
  const count = (ids: string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const id of ids) counts.set(nameOf.get(id) ?? id, (counts.get(nameOf.get(id) ?? id) ?? 0) + 1);
    return counts;
  };
  const all = count(waves.flatMap(({workloads}) => workloads));
  return waves.map(({workloads}) =>
    [...count(workloads)]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([name, own]) => {
        const total = all.get(name)!;
        if (total === 1) return name;
        return own === total ? `${name} (${own})` : `${name} (${own} of ${total})`;
      }),
  );
}

/** One line for a plan: how many waves, and what they save against going application by application. */
export function wavesLine({waves, settings, totals, baselines}: WavePlan): string {
  const moves = waves.reduce((sum, {workloads}) => sum + workloads.length, 0);
  const days = waves[0]?.date ? ` from ${waves[0].date} to ${waves.at(-1)!.date}` : '';
  const one = waves.length === 1;
  const head = `${moves} moves in ${waves.length} ${one ? 'wave' : 'waves'} of at most ${settings.size}${days}`;
  if (one) return head;
  const app = baselines.find(({name}) => name === 'app-by-app');
  const beside = app && app.peak !== totals.peak ? ` (${gibText(app.peak)} application by application)` : '';
  return `${head}: at most ${gibText(totals.peak)} GiB a month between sites meanwhile${beside}`;
}
