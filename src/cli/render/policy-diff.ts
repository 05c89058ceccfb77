import type {PolicyDifference} from '../../explain/policy-diff.ts';
import {plain} from '../plain.ts';

/** Changes shown; `--json` has all. */
const SHOWN = 40;

/** What another set of policies does to the plan. */
export function renderPolicyDiff({rules, changes, workloads, moved}: PolicyDifference): string {
  const lines = [
    ...ruleLine('rules added', rules.added),
    ...ruleLine('rules removed', rules.removed),
    ...ruleLine('rules changed', rules.changed),
  ];
  for (const {name, before, after, because} of changes.slice(0, SHOWN)) {
    const why = because.length > 0 ? `  (${because.join(', ')})` : '';
    lines.push(`${name}: ${sideText(before)} → ${sideText(after)}${why}`);
  }
  if (changes.length > SHOWN) lines.push(`… and ${changes.length - SHOWN} more (--json lists all)`);
  lines.push(
    changes.length === 0
      ? `No decision changes (${workloads} workloads).`
      : `${changes.length} of ${workloads} decisions change, ${moved} to another site.`,
  );
  return plain(lines.join('\n'));
}

function ruleLine(title: string, ids: string[]): string[] {
  return ids.length === 0 ? [] : [`${title}: ${ids.join(', ')}`];
}

function sideText({site, status}: PolicyDifference['changes'][number]['before']): string {
  return `${site ?? 'no known site'}${status === 'decided' ? '' : ` (${status})`}`;
}
