import type {Finding, Severity} from '../model/common.ts';
import {severityRank} from './outcome.ts';
import {placeText} from './place-text.ts';
import {plainLine} from './plain.ts';

/** How many findings a run prints without `--verbose`. */
const SHORT_LIST = 5;

/**
 * Findings for stderr, worst first: place, severity, code, message, remedy. Without `verbose` only
 * severity medium and above, or what makes the run incomplete, at most {@link SHORT_LIST}, and a last line that counts the rest.
 */
export function findingsText(findings: Finding[], options: {verbose: boolean; hint: string}): string {
  const sorted = findings.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  const worth = sorted.filter(
    (finding) => severityRank(finding.severity) >= severityRank('medium') || finding.partial,
  );
  const shown = options.verbose ? sorted : worth.slice(0, SHORT_LIST);
  const lines = shown.flatMap((finding) => {
    const where = placeText(finding.where);
    const head = `${where ? `${where}  ` : ''}${finding.severity}  ${finding.code}  ${finding.message}`;
    return finding.remedy ? [head, `    → ${finding.remedy}`] : [head];
  });
  const rest = sorted.filter((finding) => !shown.includes(finding));
  if (rest.length > 0) {
    lines.push(
      `${rest.length} more ${rest.length === 1 ? 'finding' : 'findings'} (${countText(rest)}): ${options.hint}`,
    );
  }
  return lines.map(plainLine).join('\n');
}

/** `1 high, 3 low`, in the order they come. */
function countText(findings: Finding[]): string {
  const counts = new Map<Severity, number>();
  for (const {severity} of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return [...counts].map(([severity, count]) => `${count} ${severity}`).join(', ');
}
