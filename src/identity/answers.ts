import {nearest} from '../document/nearest.ts';
import type {BuildContext} from './context.ts';

/** Answers to questions nobody asks any more, or never did: told, because the author believes they count. */
export function tellUnmatchedAnswers({estate, graph}: BuildContext): void {
  const asked = graph.asked();
  const told = new Set<string>();
  for (const {gap, place} of estate.answers) {
    if (asked.has(gap) || told.has(gap)) continue;
    told.add(gap);
    const near = nearest(gap, asked);
    graph.findings.push({
      code: 'BH-ID-430',
      severity: 'medium',
      message: `the answer to \`${gap}\` answers no open question${near ? ` (did you mean \`${near}\`?)` : ''}; it changes nothing`,
      where: place,
      remedy:
        'Correct the id (`bulkhead gaps` lists the open ones), or remove the answer when the inventory settles it now.',
    });
  }
}
