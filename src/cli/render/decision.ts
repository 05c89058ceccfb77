import type {Decision} from '../../model/plan.ts';

/** One decision record as lines. Numbers are milli-points of the stated model unless a unit is named. */
export function renderDecision(decision: Decision): string[] {
  const {exposure, regret} = decision;
  const verb = decision.move ? 'move to' : 'stay at';
  return [
    `Decision  ${decision.status}: ${verb} ${decision.recommended ?? 'no site'}${decision.current && decision.move ? ` (today ${decision.current})` : ''}${decision.runnerUp ? `, runner-up ${decision.runnerUp}` : ''}`,
    ...decision.reasons.map(
      (reason) =>
        `  ${reason.by}: ${reason.text}${reason.points === null ? '' : ` [${points(reason.points)}]`}${reason.where ? `  ${reason.where}` : ''}`,
    ),
    ...decision.removed.map(
      (gone) =>
        `  not ${gone.site}: ${gone.by} ${gone.outcome}: ${gone.text}${gone.where ? `  ${gone.where}` : ''}`,
    ),
    `  exposure ${points(exposure.before)} → ${points(exposure.after)}, gain ${points(exposure.gain)}`,
    ...list('roots that stay', exposure.rootsKept),
    ...list('roots that no longer reach it', exposure.rootsLeft),
    ...list('roots that are new', exposure.rootsAdded),
    ...(decision.gainsNothing
      ? [
          `  gains nothing${decision.gainsNothing.cutFirst ? `: cut ${decision.gainsNothing.cutFirst} first, then the gain is ${points(decision.gainsNothing.gainAfterCut)}` : ''}`,
        ]
      : []),
    ...(regret
      ? [
          `  regret of the other class: risk ${points(regret.risk)}, cost ${points(regret.cost)}, moves ${regret.churn}`,
        ]
      : []),
    ...list('moves with it', decision.companions),
    ...decision.dataGaps.map(
      (gap) => `  data gap ${gap.field}${gap.owner ? `, ask ${gap.owner}` : ''}: ${gap.remedy}`,
    ),
  ];
}

/** Milli-points as points with one digit. */
export function points(milliPoints: number): string {
  return `${(milliPoints / 1000).toFixed(1)} points`;
}

function list(title: string, items: string[]): string[] {
  return items.length === 0 ? [] : [`  ${title}: ${items.join(', ')}`];
}
