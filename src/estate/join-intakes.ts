import {byText} from '../document/canonical.ts';
import type {Finding} from '../model/common.ts';
import type {Intake} from '../model/estate.ts';
import {withoutIds, withoutScopes} from './intake-filter.ts';

export interface JoinedIntakes {
  intakes: Intake[];
  findings: Finding[];
  /** True when nothing was new: no snapshot needs to be written. */
  unchanged: boolean;
}

/**
 * What a snapshot holds after further files were read. A file already in it adds nothing. A newer export of the same
 * format and scope replaces what the earlier one said about that scope; if the newer one is not complete there, the
 * earlier records it does not mention are kept, because not seen is not gone. Files read together never replace each
 * other: they may be pages of one export.
 */
export function joinIntakes(previous: Intake[], fresh: Intake[]): JoinedIntakes {
  const findings: Finding[] = [];
  let kept = previous;
  const added: Intake[] = [];
  for (const intake of inOrder(fresh)) {
    const known = previous.find((earlier) => hasSameContent(earlier, intake));
    if (known) {
      findings.push(alreadyRead(intake, known));
      continue;
    }
    const notes: string[] = [];
    kept = kept.flatMap((earlier) => replace(earlier, intake, notes, findings));
    added.push(notes.length === 0 ? intake : noted(intake, notes));
  }
  return {intakes: [...kept, ...added], findings, unchanged: added.length === 0};
}

function inOrder(intakes: Intake[]): Intake[] {
  return intakes.toSorted(
    (a, b) =>
      byText(a.source.id, b.source.id) ||
      byText(a.source.file, b.source.file) ||
      byText(a.source.sha256, b.source.sha256),
  );
}

function hasSameContent(a: Intake, b: Intake): boolean {
  return (
    a.source.format === b.source.format &&
    a.source.sha256 === b.source.sha256 &&
    a.source.id.split('~')[0] === b.source.id.split('~')[0]
  );
}

/** What is left of an earlier intake beside a newer one: nothing, a part, or all of it. */
function replace(earlier: Intake, newer: Intake, notes: string[], findings: Finding[]): Intake[] {
  const scopes = sharedScopes(earlier, newer);
  if (scopes.length === 0) return [earlier];
  const complete = scopes.filter((scope) => isComplete(newer, scope));
  const partial = scopes.filter((scope) => !isComplete(newer, scope));
  let rest: Intake | null = earlier;
  if (complete.length > 0) {
    rest = covers(complete, earlier) ? null : withoutScopes(earlier, complete);
    notes.push(`replaces ${nameOf(earlier)}`);
    const gone = missing(earlier, rest, newer);
    if (gone.length > 0) findings.push(noLonger(newer, earlier, gone));
  }
  if (partial.length > 0 && rest) {
    rest = withoutIds(rest, newer);
    notes.push(`keeps what only ${nameOf(earlier)} has`);
    findings.push(incomplete(newer, earlier, partial, rest.facts.workloads.length));
  }
  return rest ? [rest] : [];
}

/** Files that do not name their scope are the same export when they have the same name. */
function sharedScopes(earlier: Intake, newer: Intake): string[] {
  if (earlier.source.format !== newer.source.format) return [];
  if (earlier.source.scopes.length === 0 && newer.source.scopes.length === 0) {
    return earlier.source.file === newer.source.file ? ['*'] : [];
  }
  return newer.source.scopes.filter((scope) => earlier.source.scopes.includes(scope));
}

function covers(scopes: string[], earlier: Intake): boolean {
  return scopes.includes('*') || earlier.source.scopes.every((scope) => scopes.includes(scope));
}

function isComplete(intake: Intake, scope: string): boolean {
  const lines = intake.ledger.filter((line) => scope === '*' || line.scope === scope || line.scope === '*');
  return lines.length > 0 && lines.every(({status}) => status === 'complete');
}

/** Workloads that neither what is left nor the newer export names. */
function missing(earlier: Intake, rest: Intake | null, newer: Intake): string[] {
  const still = new Set([...(rest?.facts.workloads ?? []), ...newer.facts.workloads].map(({id}) => id));
  return earlier.facts.workloads.map(({id}) => id).filter((id) => !still.has(id));
}

function noted(intake: Intake, notes: string[]): Intake {
  const note = notes.join('; ');
  return {...intake, ledger: intake.ledger.map((line) => ({...line, note}))};
}

function nameOf(intake: Intake): string {
  return `${intake.source.file} (${intake.source.sha256.slice(0, 8)})`;
}

function alreadyRead(intake: Intake, known: Intake): Finding {
  return {
    code: 'BH-SNAP-010',
    severity: 'info',
    message: `${intake.source.file} is already in the snapshot as ${known.source.file}; it adds nothing`,
    where: {file: intake.source.file},
  };
}

function noLonger(newer: Intake, earlier: Intake, gone: string[]): Finding {
  const count = `${gone.length} workload${gone.length === 1 ? '' : 's'}`;
  return {
    code: 'BH-SNAP-011',
    severity: 'info',
    message: `${count} of ${nameOf(earlier)} are not in the newer export and leave the estate, e.g. ${gone.slice(0, 3).join(', ')}`,
    where: {file: newer.source.file},
    remedy: 'If the newer file is only one page of an export, import all its pages in one command.',
  };
}

function incomplete(newer: Intake, earlier: Intake, scopes: string[], kept: number): Finding {
  return {
    code: 'BH-SNAP-012',
    severity: 'medium',
    message: `the newer export is not complete for ${scopes.join(', ')}: ${kept} workload${kept === 1 ? '' : 's'} that only ${nameOf(earlier)} lists are kept, because not seen is not gone`,
    where: {file: newer.source.file},
    remedy: 'Export again without interruption and with rights on the whole scope.',
    partial: true,
  };
}
