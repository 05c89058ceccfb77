import type {Finding, Suppression} from '../../model/common.ts';
import type {ExceptionRecord} from '../../model/policy.ts';
import type {Decision} from '../../model/plan.ts';

type Entry = NonNullable<Decision['excepted']>[number];

/** Workloads of which the same is to be said. */
interface Group {
  first: Decision;
  entry: Entry;
  count: number;
  /** It fails where they are until they move; else where the plan puts them. */
  leaving: boolean;
}

/**
 * One finding per exception and rule that a recommended site rests on, and one per exception and rule that holds only until
 * its workloads have moved. The rule fails there, and is excused.
 */
export function exceptedFindings(
  decisions: readonly Decision[],
  exceptions: readonly ExceptionRecord[],
): Finding[] {
  const groups = new Map<string, Group>();
  for (const decision of decisions) {
    for (const entry of decision.excepted ?? []) {
      const leaving = decision.move && entry.site === decision.current;
      if (entry.site !== decision.recommended && !leaving) continue;
      const key = `${entry.exception.id}\u0000${entry.by}\u0000${leaving}`;
      const known = groups.get(key);
      if (known) known.count++;
      else groups.set(key, {first: decision, entry, count: 1, leaving});
    }
  }
  return [...groups.values()].map((group) => ({
    code: group.leaving ? 'BH-EXC-015' : 'BH-EXC-003',
    severity: group.leaving ? 'info' : 'medium',
    message: messageOf(group),
    where: {id: group.count === 1 ? group.first.workload : group.entry.exception.id},
    remedy: remedyOf(group),
    suppression: suppressionOf(group.entry, exceptions),
  }));
}

function messageOf({first, entry: {by, exception, site}, count, leaving}: Group): string {
  const excuse = `excused by ${exception.id} until ${exception.expiresOn}`;
  const state = leaving ? 'stands' : 'is placed';
  if (count === 1)
    return `${first.name} ${state} at ${site}, where ${by} fails: ${excuse}${leaving ? '; it should move by then' : ''}`;
  const many = `${count} workloads ${leaving ? 'stand' : 'are placed'} where ${by} fails`;
  return `${many} (for example ${first.name} at ${site}): ${excuse}${leaving ? '; they should move by then' : ''}`;
}

function remedyOf({entry: {exception}, leaving}: Group): string {
  const {owner, category} = exception;
  return leaving
    ? `Move before that day, or have the exception approved again; ${owner} answers for it (${category}).`
    : `${owner} answers for it (${category}); plan for the day it ends.`;
}

/** Why the failure is let stand, who answers for it, and until when. */
function suppressionOf({exception}: Entry, exceptions: readonly ExceptionRecord[]): Suppression {
  const {id, owner, expiresOn, category} = exception;
  const reason = exceptions.find((record) => record.id === id)?.reason ?? category;
  return {
    id,
    status: 'accepted',
    justification: `${id}: ${reason.replace(/\.$/, '')}. Owner: ${owner}. Ends on ${expiresOn}.`,
  };
}
