import type {Finding, Suppression} from '../../model/common.ts';
import type {ExceptionRecord} from '../../model/policy.ts';
import type {Decision} from '../../model/plan.ts';

/** One finding per exception and rule that a recommended site rests on: the rule fails there and is excused. */
export function exceptedFindings(
  decisions: readonly Decision[],
  exceptions: readonly ExceptionRecord[],
): Finding[] {
  const groups = new Map<
    string,
    {first: Decision; entry: NonNullable<Decision['excepted']>[number]; count: number}
  >();
  for (const decision of decisions) {
    for (const entry of decision.excepted ?? []) {
      if (entry.site !== decision.recommended) continue;
      const key = `${entry.exception.id}\u0000${entry.by}`;
      const known = groups.get(key);
      if (known) known.count++;
      else groups.set(key, {first: decision, entry, count: 1});
    }
  }
  return [...groups.values()].map(({first, entry: {by, exception, site}, count}) => ({
    code: 'BH-EXC-003',
    severity: 'medium',
    message:
      count === 1
        ? `${first.name} is placed at ${site}, where ${by} fails: excused by ${exception.id} until ${exception.expiresOn}`
        : `${count} workloads are placed where ${by} fails (for example ${first.name} at ${site}): excused by ${exception.id} until ${exception.expiresOn}`,
    where: {id: count === 1 ? first.workload : exception.id},
    remedy: `${exception.owner} answers for it (${exception.category}); plan for the day it ends.`,
    suppression: suppressionOf(
      exceptions.find(({id}) => id === exception.id) ?? {...exception, reason: exception.category},
    ),
  }));
}

/** Why the failure is let stand, who answers for it, and until when. */
function suppressionOf({
  id,
  reason,
  owner,
  expiresOn,
}: Pick<ExceptionRecord, 'id' | 'reason' | 'owner' | 'expiresOn'>): Suppression {
  return {
    id,
    status: 'accepted',
    justification: `${id}: ${reason.replace(/\.$/, '')}. Owner: ${owner}. Ends on ${expiresOn}.`,
  };
}
