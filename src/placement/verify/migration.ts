import type {PlanRun} from '../../model/plan.ts';

/** Whether the one-off traffic adds up over the moves. Returns what is wrong, in words. */
export function migrationProblems({
  decisions,
  migration,
}: Pick<PlanRun, 'decisions' | 'migration'>): string[] {
  const told = decisions.filter((decision) => decision.migration !== undefined);
  if (!migration) return told.length > 0 ? ['moves state one-off traffic, the plan no total'] : [];
  const found: string[] = [];
  for (const {workload, move, migration: own} of decisions) {
    if (move !== (own !== undefined))
      found.push(`${workload}: one-off traffic is stated of moves alone, and of each`);
    if (own && own.currency !== migration.currency)
      found.push(
        `${workload}: one-off traffic is stated in ${own.currency}, the total in ${migration.currency}`,
      );
  }
  const costs = told.map((decision) => decision.migration!.cost);
  const known = costs.filter((cost) => cost !== null);
  const sum = known.reduce((total, cost) => total + cost, 0);
  if (migration.cost !== sum) found.push(`one-off traffic costs ${sum}, the plan says ${migration.cost}`);
  if (migration.moves !== costs.length)
    found.push(`${costs.length} moves state one-off traffic, the plan says ${migration.moves}`);
  if (migration.unknown !== costs.length - known.length)
    found.push(
      `that of ${costs.length - known.length} moves is not known, the plan says ${migration.unknown}`,
    );
  return found;
}
