import type {Finding, Severity} from '../model/common.ts';
import type {RunOutcome} from '../model/plan.ts';

/** Code of the finding that a result is the best there was when the run was interrupted. */
const INTERRUPTED = 'BH-PLACE-019';

const SEVERITIES: Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Order of severities, 0 = info … 4 = critical. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/**
 * Names every cause of the exit code, not only the winning one.
 * 1 findings at or above `failOn` · 2 partial under `strict` · 3 partial · 130 interrupted, with what there was by then ·
 * precedence 2 > 130 > 3 > 1 > 0.
 */
export function outcomeOf(
  findings: Finding[],
  options: {failOn?: Severity | undefined; allowPartial: boolean; strict: boolean},
): RunOutcome {
  const reasons: RunOutcome['reasons'] = [];
  const partial = findings.filter((finding) => finding.partial);
  if (!options.allowPartial) {
    for (const finding of partial) {
      const exitCode = options.strict ? 2 : 3;
      reasons.push({exitCode, severity: finding.severity, text: `${finding.code} ${finding.message}`});
    }
  }
  for (const {code, severity, message} of findings)
    if (code === INTERRUPTED) reasons.push({exitCode: 130, severity, text: `${code} ${message}`});
  const failOn = options.failOn;
  if (failOn) {
    const failing = findings.filter((finding) => severityRank(finding.severity) >= severityRank(failOn));
    if (failing.length > 0) {
      const worst = failing.reduce((a, b) => (severityRank(b.severity) > severityRank(a.severity) ? b : a));
      const text = `${failing.length} findings at or above ${failOn}, first ${worst.code} ${worst.message}`;
      reasons.push({exitCode: 1, severity: worst.severity, text});
    }
  }
  const codes = new Set(reasons.map((reason) => reason.exitCode));
  const exitCode = ([2, 130, 3, 1] as const).find((code) => codes.has(code)) ?? 0;
  return {exitCode, reasons};
}
