import type {Finding} from '../../model/common.ts';
import type {Decision} from '../../model/plan.ts';
import type {Answer} from './answer.ts';
import {advisoryFindings} from './advisory-findings.ts';
import {exceptedFindings} from './excepted-findings.ts';
import {latencyFindings} from './latency.ts';
import {licenceFindings} from './licences.ts';
import {createRecovery} from './recovery.ts';
import {splitFindings} from './together-reasons.ts';

/** Findings of one kind are told one by one up to this many. */
const MOST = 20;

/** What the decisions show that a human must know: moves without or with negative gain, and bonds not kept. */
export function decisionFindings(answer: Answer, decisions: Decision[]): Finding[] {
  const raised = decisions.filter((decision) => decision.move && decision.exposure.gain < 0);
  const pointless = decisions.filter(
    (decision) => decision.gainsNothing !== null && !raised.includes(decision),
  );
  return [
    ...raised.slice(0, MOST).map(raisesExposure),
    ...rest('BH-PLACE-010', 'medium', raised.length, 'more moves raise exposure'),
    ...pointless.slice(0, MOST).map(gainsNothing),
    ...rest('BH-PLACE-011', 'low', pointless.length, 'more moves gain nothing'),
    ...apartFindings(answer, decisions),
    ...latencyFindings(answer),
    ...splitFindings(answer),
    ...licenceFindings(answer),
    ...createRecovery(answer).findings(),
    ...exceptedFindings(decisions, answer.problem.input.policy.exceptions ?? []),
    ...advisoryFindings(
      decisions,
      answer.problem.input.policy.rules.map(({rule}) => rule),
    ),
  ];
}

function raisesExposure({
  name,
  workload,
  current,
  recommended,
  exposure,
  removed,
  gainsNothing: found,
}: Decision): Finding {
  const by = removed.find((removal) => removal.site === current)?.by;
  return {
    code: 'BH-PLACE-010',
    severity: 'medium',
    message: `moving ${name} to ${recommended} raises its identity exposure by ${points(-exposure.gain)} points${by ? `; ${by} demands it` : ''}`,
    where: {id: workload},
    remedy: found?.cutFirst
      ? `Cut ${found.cutFirst} from ${found.site} first: the move then gains ${points(found.gainAfterCut)} points.`
      : 'Cut the roots that reach the new site first, or reconsider the rule.',
  };
}

function gainsNothing({name, workload, gainsNothing: found, move}: Decision): Finding {
  const {cutFirst, gainAfterCut, site} = found!;
  const would = move ? 'gains nothing' : 'would gain nothing, so it is not made';
  const remedy = cutFirst
    ? `Cut ${cutFirst} from ${site} first: the move then gains ${points(gainAfterCut)} points.`
    : `No single root explains it: look at all roots that reach ${site}.`;
  return {
    code: 'BH-PLACE-011',
    severity: 'low',
    message: `moving ${name} to ${site} ${would}: the identity roots go along`,
    where: {id: workload},
    remedy,
  };
}

/** Pairs that must be apart and cannot be, whatever is done with the others. */
function apartFindings({problem: {input}}: Answer, decisions: Decision[]): Finding[] {
  const bonds = input.estate.dependencies.filter((dependency) => dependency.kind === 'must-apart');
  if (bonds.length === 0) return [];
  const of = new Map(decisions.map((decision) => [decision.workload, decision]));
  return bonds.flatMap(({from, to, place}): Finding[] => {
    const [a, b] = [of.get(from), of.get(to)];
    if (!a || !b || a.recommended === null || a.recommended !== b.recommended) return [];
    return [
      {
        code: 'BH-PLACE-012',
        severity: 'high',
        message: `${a.name} and ${b.name} must be apart, but both are placed at ${a.recommended}`,
        where: place,
        remedy: 'No other site is open to either of them: relax a rule that removes one, or add a site.',
      },
    ];
  });
}

function rest(code: string, severity: Finding['severity'], count: number, text: string): Finding[] {
  if (count <= MOST) return [];
  return [{code, severity, message: `${count - MOST} ${text}; their decisions name them`, where: {}}];
}

function points(milli: number): string {
  return (milli / 1000).toFixed(1);
}
