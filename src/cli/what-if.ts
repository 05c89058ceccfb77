import {findNode} from '../explain/nodes.ts';
import {exposureDelta} from '../exposure/delta.ts';
import {scoreExposure} from '../exposure/score.ts';
import {applyChanges, type Change} from '../exposure/what-if.ts';
import type {Scored} from '../pipeline.ts';
import {Failure} from './failure.ts';
import {renderWhatIf} from './render/what-if.ts';

/** Changes as a person wrote them. */
export interface WhatIfQuestion {
  removeEdge: string[];
  removeRoot: string[];
  addMfa: string[];
  answer: string[];
  top: number;
}

/** Scores the estate with the changes and says what differs. */
export function whatIf(scored: Scored, question: WhatIfQuestion) {
  const {graph, estate, exposure, sensitivity} = scored;
  const changes = readChanges(scored, question);
  if (changes.length === 0)
    throw new Failure('no change named', {
      remedy: 'Add --remove-edge, --remove-root, --add-mfa or --answer.',
    });
  const changed = applyChanges(graph, changes);
  const after = scoreExposure(changed.graph, estate.workloads, sensitivity, exposure.parameters);
  const names = new Map(estate.workloads.map(({id, name}) => [id, name]));
  const delta = exposureDelta(exposure, after, (id) => names.get(id) ?? id);
  return {
    document: {changes: changed.applied, ...delta},
    text: () => renderWhatIf(changed.applied, delta, question.top),
  };
}

function readChanges({graph}: Scored, {removeEdge, removeRoot, addMfa, answer}: WhatIfQuestion): Change[] {
  const node = (text: string): string => {
    const match = findNode(graph, text.trim());
    if ('problem' in match) throw new Failure(match.problem, {remedy: match.remedy});
    return match.id;
  };
  const isNode = (text: string): boolean => 'id' in findNode(graph, text.trim());
  return [
    ...removeEdge.map((text): Change => {
      const readings = edgeReadings(text);
      if (readings.length === 0)
        throw new Failure(`\`${text}\` is no edge`, {remedy: 'Write it as FROM->TO, or FROM-KIND->TO.'});
      // Ids and names may hold arrows and end like a kind: the first reading whose ends both exist is meant.
      const meant = readings.find(({from, to}) => isNode(from) && isNode(to)) ?? readings[0]!;
      return {kind: 'remove-edge', from: node(meant.from), to: node(meant.to), edge: meant.edge};
    }),
    ...removeRoot.map((text): Change => ({kind: 'remove-root', id: node(text)})),
    ...addMfa.map((text): Change => ({kind: 'add-mfa', id: node(text)})),
    ...answer.map((text): Change => {
      const parts = /^(.+)=(yes|no)$/.exec(text);
      const gap = graph.gaps.find(({id}) => id === parts?.[1]);
      if (!parts || !gap)
        throw new Failure(parts ? `no open question is called \`${parts[1]}\`` : `\`${text}\` is no answer`, {
          remedy: 'Write it as GAP=yes or GAP=no; `bulkhead gaps` lists the questions.',
        });
      return {kind: 'answer', gap: gap.id, answer: parts[2] as 'yes' | 'no'};
    }),
  ];
}

/** All ways to read FROM->TO and FROM-KIND->TO: at each arrow, the whole left side as a name first. */
function edgeReadings(text: string): {from: string; to: string; edge: string | null}[] {
  return [...text.matchAll(/->/g)].flatMap(({index}) => {
    const [left, to] = [text.slice(0, index), text.slice(index + 2)];
    if (left.trim() === '' || to.trim() === '') return [];
    const kind = /^(.+)-([A-Z][A-Z0-9_]*)$/.exec(left);
    return [{from: left, to, edge: null}, ...(kind ? [{from: kind[1]!, to, edge: kind[2]!}] : [])];
  });
}
