import type {PlanRun} from '../model/plan.ts';
import {count} from './facts.ts';

/** What the moves cost once, in one sentence; empty where no site states such a price or nothing moves. */
export function migrationSentence({migration}: Pick<PlanRun, 'migration'>): string {
  if (!migration || migration.moves === 0) return '';
  const {cost, currency, moves, unknown, asOf} = migration;
  const known = moves - unknown;
  if (known === 0) return `What the traffic of ${count(moves, 'move')} costs once is not known.`;
  const rest = unknown > 0 ? `; of ${count(unknown, 'more move')} it is not known` : '';
  const day = asOf === null ? '' : `, prices of ${asOf}`;
  return `The traffic of ${count(known, 'move')} costs ${(cost / 100).toFixed(2)} ${currency} once, apart from what is paid every month${day}${rest}.`;
}

/** The same in a few words; empty where nothing is known. */
export function migrationShort({migration}: Pick<PlanRun, 'migration'>): string {
  if (!migration || migration.unknown === migration.moves) return '';
  const {cost, currency, unknown} = migration;
  const rest = unknown > 0 ? `, ${unknown} not known` : '';
  return `moving out costs ${currency} ${(cost / 100).toFixed(2)} once${rest}`;
}
