import type {Decoded} from '../model/decoded.ts';
import type {Intake} from '../model/estate.ts';
import type {LedgerScope} from '../model/ledger.ts';
import {createTally} from './tally.ts';

/**
 * Adds the rows that fell out while the file was opened (ragged CSV rows, broken NDJSON lines) to the ledger as
 * rejected, so that rows in = rows accounted for without any mapper knowing about them. They join the intake's only
 * line where there is one, else they get a line of their own.
 */
export function countRejected(intake: Intake, decoded: Decoded): Intake {
  const reasons = rejectedReasons(decoded);
  if (reasons.length === 0) return intake;
  const [only, ...others] = intake.ledger;
  if (only && others.length === 0) return {...intake, ledger: [joined(only, reasons)]};
  const tally = createTally(intake.source.id, '*', 'rows not readable');
  for (const reason of reasons) tally.reject(reason);
  return {...intake, ledger: [...intake.ledger, tally.done('partial')]};
}

function rejectedReasons(decoded: Decoded): string[] {
  if (decoded.kind === 'ndjson') return (decoded.rejected ?? []).map(() => 'line is not JSON');
  if (decoded.kind !== 'tables') return [];
  return decoded.tables.flatMap((table) => (table.rejected ?? []).map((row) => row.reason));
}

function joined(line: LedgerScope, reasons: string[]): LedgerScope {
  const tally = createTally(line.source, line.scope, line.api);
  tally.kept(line.kept);
  for (const [reason, count] of Object.entries(line.classifiedBy)) tally.classify(reason, count);
  for (const [reason, count] of Object.entries(line.rejectedBy)) tally.reject(reason, count);
  for (const reason of reasons) tally.reject(reason);
  return tally.done(line.status === 'complete' ? 'partial' : line.status);
}
