import {questions, type Question} from '../explain/questions.ts';
import {scoreExposure} from '../exposure/score.ts';
import {applyChanges} from '../exposure/what-if.ts';
import type {Decision} from '../model/plan.ts';
import {judge, place, type Planned} from '../pipeline.ts';
import {writeQuestionSheet} from '../io/question-sheet.ts';
import {Failure} from './failure.ts';
import {renderQuestions} from './render/questions.ts';

/** Workloads up to which plans are made again to count decisions; above it takes too long per question. */
const REPLANNED = 2_000;

/** Ranked questions of a plan; writes the sheet when asked. */
export async function openQuestions(planned: Planned, wanted: {top: number; output: string | null}) {
  const {graph, estate, sensitivity, exposure, plan} = planned;
  if (wanted.output !== null && !/\.(?:xlsx|csv)$/i.test(wanted.output))
    throw new Failure(`\`${wanted.output}\` names no format`, {remedy: 'Let it end in .xlsx or .csv.'});
  planned.request.stage('weighing open questions');
  const all = questions({graph, estate, sensitivity, exposure, decisions: plan.decisions}, wanted.top);
  const top: Question[] = [];
  for (const question of all.questions.slice(0, wanted.top)) {
    const counted = question.kind === 'identity' && estate.workloads.length <= REPLANNED;
    top.push(counted ? {...question, decisions: await decisionsOf(planned, question.gap)} : question);
  }
  if (wanted.output !== null) await writeQuestionSheet(wanted.output, top);
  return {
    document: {
      gaps: top,
      total: all.questions.length + all.unscored,
      unscored: all.unscored,
      ...(wanted.output === null ? {} : {output: wanted.output}),
    },
    text: () =>
      renderQuestions(top, {
        total: all.questions.length + all.unscored,
        workloads: estate.workloads.length,
        output: wanted.output,
      }),
  };
}

/** Recommendations that differ between the answer yes and the answer no. */
async function decisionsOf(planned: Planned, gap: string): Promise<number> {
  const [yes, no] = [await decideWith(planned, gap, 'yes'), await decideWith(planned, gap, 'no')];
  return yes.filter(
    ({recommended, status}, w) => recommended !== no[w]?.recommended || status !== no[w]?.status,
  ).length;
}

async function decideWith(planned: Planned, gap: string, answer: 'yes' | 'no'): Promise<Decision[]> {
  const {graph} = applyChanges(planned.graph, [{kind: 'answer', gap, answer}]);
  const {estate, sensitivity, exposure} = planned;
  const rescored = scoreExposure(graph, estate.workloads, sensitivity, exposure.parameters);
  const quiet = {...planned.request, stage: () => {}};
  const {plan} = await place(await judge({...planned, request: quiet, graph, exposure: rescored}));
  return plan.decisions;
}
