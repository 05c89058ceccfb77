import type {Decision, PlanRun} from '../../model/plan.ts';
import {migrationCost} from '../problem/hosting-cost.ts';
import type {Answer} from './answer.ts';

/** What is known of the one-off price of switching, with its source; told, never counted. */
const DATA_ACT =
  'EU Data Act (Regulation (EU) 2023/2854): from 2027-01-12 leaving a provider in the EU may cost no egress, until then at most what it costs the provider; steady traffic between providers may still be charged at cost. From secondary sources of 2026, not checked against the text.';

/** True when some site says what moving out of it costs; otherwise nothing is told of it. */
function isPriced({problem: {input}}: Answer): boolean {
  return input.sites.some(({cost}) => typeof cost?.migrationEgressPerGiB === 'number');
}

/** What a workload's move takes out of today's site once. Absent when it stays or no site states such a price. */
export function migrationOf(answer: Answer, w: number): Pick<Decision, 'migration'> {
  if (!isPriced(answer) || !answer.moves(w)) return {};
  const {input, facts} = answer.problem;
  const workload = input.estate.workloads[w]!;
  const from = input.sites[input.siteOf[w]!];
  return {
    migration: {
      gib: workload.storageMiB === null ? null : Math.round(workload.storageMiB / 1024),
      cost: migrationCost(workload, from, facts.money),
      currency: facts.money.currency!,
    },
  };
}

/** All moves together, apart from what they cost every month. */
export function migrationTotal(answer: Answer, decisions: readonly Decision[]): Pick<PlanRun, 'migration'> {
  if (!isPriced(answer)) return {};
  const {sites} = answer.problem.input;
  const moves = decisions.flatMap(({migration, current}) => (migration ? [{...migration, current}] : []));
  const leaving = sites.filter(
    ({id, cost}) =>
      typeof cost?.migrationEgressPerGiB === 'number' && moves.some(({current}) => current === id),
  );
  const asOf = leaving.map(({cost}) => cost!.asOf).toSorted()[0] ?? null;
  const inEurope = leaving.some(({jurisdictions}) => jurisdictions.includes('EU'));
  return {
    migration: {
      currency: answer.problem.facts.money.currency!,
      cost: moves.reduce((sum, {cost}) => sum + (cost ?? 0), 0),
      moves: moves.length,
      unknown: moves.filter(({cost}) => cost === null).length,
      asOf,
      ...(inEurope ? {note: DATA_ACT} : {}),
    },
  };
}
