import type {WavePlan, WaveTotals} from '../../model/waves.ts';

/** What the waves are and what they gain, in a sentence or two. */
export function statement({waves, settings, totals, baselines}: Omit<WavePlan, 'statement'>): string {
  const made = `${counted(waves.length, 'wave')} of at most ${counted(settings.size, 'workload')}`;
  if (waves.length === 1) return `${made}: everything moves at once, so nothing is half-moved.`;
  const app = baselines.find(({name}) => name === 'app-by-app')!;
  const meanwhile = `${made}. While some have moved and others not, at most ${rounded(totals.peak)} GiB a month flow between sites`;
  const proven = provenWaves(waves);
  return `${meanwhile}, ${compared(totals, app)}.${proven}`;
}

function compared(own: WaveTotals, app: WaveTotals): string {
  if (app.sum === own.sum && app.peak === own.peak) return 'as they would application by application';
  const share = app.sum > 0 ? (own.sum - app.sum) / app.sum : 0;
  const sum = `${rounded(own.sum)} summed over the waves against ${rounded(app.sum)} application by application`;
  return share === 0 ? sum : `${sum} (${share > 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(0)} %)`;
}

/** How many waves end in a state no choice of as many workloads betters. */
function provenWaves(waves: WavePlan['waves']): string {
  const between = waves.slice(0, -1);
  if (between.some(({least}) => least === null)) return '';
  const least = between.filter((wave) => wave.least === wave.weighed).length;
  if (least === 0) return '';
  return ` ${least} of ${between.length} states in between are proven to have the least possible traffic for as many workloads moved.`;
}

function rounded(gib: number): string {
  return gib >= 10 ? Math.round(gib).toLocaleString('en') : String(Math.round(gib * 10) / 10);
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
