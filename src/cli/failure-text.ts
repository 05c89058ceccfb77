import type {DescribedFailure} from './describe-failure.ts';
import {findingsText} from './findings-text.ts';
import {plain} from './plain.ts';

/** A failed run for stderr: what went wrong, every finding with its place and remedy; our bugs name the issue page. */
export function failureText(failure: DescribedFailure, debug: boolean): string {
  const lines: string[] = [];
  if (failure.findings.length > 0) lines.push(findingsText(failure.findings, {verbose: true, hint: ''}));
  lines.push(`Error: ${plain(failure.error.message)}`);
  if (failure.error.remedy) lines.push(`    → ${plain(failure.error.remedy)}`);
  if (failure.exitCode === 4) {
    lines.push(
      'This is a fault in bulkhead, not in your input. Please report it with the command line you ran.',
    );
    lines.push(debug ? failure.stack : 'Run again with DEBUG=1 to see where it happened.');
  }
  return lines.join('\n');
}
