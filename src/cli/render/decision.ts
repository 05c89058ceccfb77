import type {Decision} from '../../model/plan.ts';
import {firmnessLines} from './firmness.ts';

/** One decision record as lines. Exposure and reasons are in points of the stated model. */
export function renderDecision(
  decision: Decision,
  name: (id: string) => string,
  currency: string | null,
): string[] {
  const {exposure, gainsNothing} = decision;
  const verb = decision.move ? 'move to' : 'stay at';
  const today = decision.current && decision.move ? ` (today ${decision.current})` : '';
  const second = decision.runnerUp ? `, runner-up ${decision.runnerUp}` : '';
  return [
    `Decision  ${decision.status}: ${verb} ${decision.recommended ?? 'no site'}${today}${second}`,
    ...decision.reasons.map(reasonLine),
    ...removedLines(decision),
    ...exceptedLines(decision),
    ...advisoryLines(decision),
    `  exposure ${points(exposure.before)} → ${points(exposure.after)}, gain ${points(exposure.gain)}`,
    ...list('roots that stay', exposure.rootsKept.map(name)),
    ...list('roots that no longer reach it', exposure.rootsLeft.map(name)),
    ...list('roots that are new', exposure.rootsAdded.map(name)),
    ...(gainsNothing ? [`  gains nothing at ${gainsNothing.site}${cutText(gainsNothing, name)}`] : []),
    ...migrationLines(decision),
    ...firmnessLines(decision, name, currency),
    ...decision.dataGaps.map(
      (gap) => `  data gap ${gap.field}${gap.owner ? `, ask ${gap.owner}` : ''}: ${gap.remedy}`,
    ),
  ];
}

function migrationLines({migration}: Decision): string[] {
  if (!migration) return [];
  const {gib, cost, currency} = migration;
  const size = gib === null ? 'traffic of unknown size' : `${gib} GiB`;
  const price = cost === null ? 'at a cost not known' : `for ${currency} ${(cost / 100).toFixed(2)}`;
  return [`  once, on moving out: ${size} ${price}`];
}

function reasonLine({by, text, points: value, where}: Decision['reasons'][number]): string {
  return `  ${by}: ${text}${value === null ? '' : ` [${points(value)}]`}${where ? `  ${where}` : ''}`;
}

/** What took sites away, one line per rule: the sites, today's first, then the text of the first. */
function removedLines({removed: all, current}: Decision): string[] {
  const removed = all.toSorted((a, b) => Number(b.site === current) - Number(a.site === current));
  const byRule = new Map<string, Decision['removed']>();
  for (const item of removed) byRule.set(item.by, [...(byRule.get(item.by) ?? []), item]);
  return [...byRule].map(([by, items]) => {
    const {outcome, text, where} = items[0]!;
    return `  not ${items.map((item) => item.site).join(', ')}: ${by} ${outcome}: ${text}${where ? `  ${where}` : ''}`;
  });
}

/** Failures an exception covers: they stand, and are shown with who answers for them. */
function exceptedLines({excepted = []}: Decision): string[] {
  return excepted.map(
    ({site, by, outcome, text, where, exception: {id, owner, expiresOn, category}}) =>
      `  excepted at ${site}: ${by} ${outcome}: ${text}  (${id}, ${category}, ${owner}, until ${expiresOn})${where ? `  ${where}` : ''}`,
  );
}

/** Failures that a profile made advice. */
function advisoryLines({advisories = []}: Decision): string[] {
  return advisories.map(
    ({site, by, outcome, text, where}) =>
      `  advice at ${site}: ${by} ${outcome}: ${text}${where ? `  ${where}` : ''}`,
  );
}

function cutText(
  {cutFirst, gainAfterCut}: NonNullable<Decision['gainsNothing']>,
  name: (id: string) => string,
): string {
  return cutFirst ? `: cut ${name(cutFirst)} first, then the gain is ${points(gainAfterCut)}` : '';
}

/** Milli-points as points with one digit. */
export function points(milliPoints: number): string {
  return `${(milliPoints / 1000).toFixed(1)} points`;
}

function list(title: string, items: string[]): string[] {
  return items.length === 0 ? [] : [`  ${title}: ${items.join(', ')}`];
}
