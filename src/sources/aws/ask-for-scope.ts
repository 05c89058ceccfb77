import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';

/** Answers that do not name their account need a word from the workspace. */
export function askForScope(draft: Draft): void {
  const homeless = draft.facts.workloads.filter((workload) => workload.container === null);
  const first = homeless[0];
  if (first === undefined) return;
  draft.find({
    code: CODES.scopeUnknown,
    severity: 'medium',
    message: `The file does not say which account ${homeless.length === 1 ? `${first.name} belongs to` : `its ${homeless.length} workloads belong to`}, so nothing is known about who controls ${homeless.length === 1 ? 'it' : 'them'}.`,
    where: draft.place('', first.id),
    remedy: 'Add `scope: "<12-digit account id>"` to this source in bulkhead.yaml.',
  });
}
