import type {Finding} from '../../model/common.ts';
import type {WavePlan} from '../../model/waves.ts';
import {holdsFor} from './calendar.ts';
import type {WaveInput} from './plan-waves.ts';

/** Years between the first and the last wave from which on a freeze window is likely a slip. */
const MANY_YEARS = 5;

/** What could not be kept to, and settings that do nothing. */
export function waveFindings(
  plan: Omit<WavePlan, 'statement'>,
  {estate, settings, decisions}: WaveInput,
): Finding[] {
  const {waves, movers, groups, parted, unordered, proof} = plan;
  const name = (group: number): string => decisions[movers[groups[group]![0]!]!]!.name;
  const found: Finding[] = [];
  const say = (code: string, severity: Finding['severity'], message: string, remedy: string): void =>
    void found.push({code: `BH-WAVE-${code}`, severity, message, where: {file: 'bulkhead.yaml'}, remedy});
  for (const {workloads, example} of parted)
    say(
      '001',
      'low',
      `${workloads} workloads around ${example} depend on each other, more than the ${settings.size} of a wave: they move in several`,
      'Raise `waves.size` to keep them together.',
    );
  for (const {number, workloads} of waves.filter(({oversize}) => oversize))
    say(
      '002',
      'medium',
      `wave ${number} has ${workloads.length} workloads instead of ${settings.size}, because they must stay together`,
      'Raise `waves.size`, or check the must-together entries.',
    );
  if (unordered.length > 0)
    say(
      '003',
      'medium',
      `the order of environments cannot be kept between ${name(unordered[0]!.before)} and ${name(unordered[0]!.after)}${unordered.length > 1 ? ` and ${unordered.length - 1} more pairs` : ''}: what must stay together spans environments of both`,
      'Check must-together entries between environments.',
    );
  if (settings.start === null && settings.freeze.length > 0)
    say('004', 'medium', 'freeze windows have no effect, since waves have no days', 'Set `waves.start`.');
  settings.freeze.forEach((window) => {
    if (window.match === null || estate.workloads.some((workload) => holdsFor(window, workload))) return;
    say(
      '005',
      'medium',
      `the freeze from ${window.from} matches no workload`,
      'Check the name of the application, or the tag as KEY=VALUE.',
    );
  });
  const [first, last] = [waves[0]?.date ?? null, waves.at(-1)?.date ?? null];
  if (first !== null && last !== null && Number(last.slice(0, 4)) - Number(first.slice(0, 4)) > MANY_YEARS)
    say(
      '006',
      'medium',
      `the last wave is on ${last}`,
      'Check the end of the freeze windows, `waves.everyDays` and `waves.size`.',
    );
  for (const {number, date, needs} of waves)
    for (const {text, late} of needs)
      if (late)
        say('007', 'medium', `wave ${number} on ${date}: ${text}`, 'Renew the exception, or move the wave.');
  if (proof === null)
    say(
      '008',
      'info',
      'there are too many moves to prove what traffic between sites is the least possible; the waves stand',
      'Nothing is to be done.',
    );
  return found;
}
