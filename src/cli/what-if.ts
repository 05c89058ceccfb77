import {exposureDelta} from '../exposure/delta.ts';
import {scoreExposure} from '../exposure/score.ts';
import {applyChanges} from '../exposure/what-if.ts';
import type {Scored} from '../pipeline.ts';
import {readGraphChanges, type GraphQuestion} from '../whatif/graph.ts';
import {Failure} from './failure.ts';
import {renderWhatIf} from './render/what-if.ts';

/** Changes as a person wrote them, and the rows of each table. */
export interface WhatIfQuestion extends GraphQuestion {
  top: number;
}

/** Scores the estate with the changes and says what differs. */
export function whatIf(scored: Scored, question: WhatIfQuestion) {
  const {graph, estate, exposure, sensitivity} = scored;
  const read = readGraphChanges(graph, question);
  if ('problem' in read) throw new Failure(read.problem, {remedy: read.remedy});
  if (read.value.length === 0) throw nothingAsked();
  const changed = applyChanges(graph, read.value);
  const after = scoreExposure(changed.graph, estate.workloads, sensitivity, exposure.parameters);
  const names = new Map(estate.workloads.map(({id, name}) => [id, name]));
  const delta = exposureDelta(exposure, after, (id) => names.get(id) ?? id);
  return {
    document: {changes: changed.applied, ...delta},
    text: () => renderWhatIf(changed.applied, delta, question.top),
  };
}

export function nothingAsked(): Failure {
  return new Failure('no change named', {
    remedy: 'Add --set-tag, --set-site, --policy, --remove-root or another change; see --help.',
  });
}
