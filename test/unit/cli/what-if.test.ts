import {expect, test} from 'vitest';
import {whatIf} from '../../../src/cli/what-if.ts';
import {scoreExposure} from '../../../src/exposure/score.ts';
import type {Scored} from '../../../src/pipeline.ts';
import {PARAMETERS, edge, graphOf, node, sensitivityOf, workload} from '../exposure/estates.ts';

const ids = ['HH-APP01', 'lab', 'a->b', 'GATE'];
const workloads = ids.map(workload);
const graph = graphOf(
  ids.map((id) => node(id, 'workload')),
  [edge('HH-APP01', 'lab'), edge('a->b', 'lab'), edge('lab', 'a->b')],
);
const sensitivity = sensitivityOf(new Map(ids.map((id) => [id, 1])));
const scored = {
  graph,
  estate: {workloads},
  sensitivity,
  exposure: scoreExposure(graph, workloads, sensitivity, PARAMETERS),
} as unknown as Scored;
const cut = (text: string) =>
  whatIf(scored, {removeEdge: [text], removeRoot: [], addMfa: [], answer: [], top: 5}).document.changes[0];

test.each([
  ['HH-APP01->lab', 'HH-APP01', 'lab', null],
  ['HH-APP01-TEST->lab', 'HH-APP01', 'lab', 'TEST'],
  ['a->b->lab', 'a->b', 'lab', null],
  ['a->b-TEST->lab', 'a->b', 'lab', 'TEST'],
  [' lab -> a->b ', 'lab', 'a->b', null],
])('the edge `%s` is read by the ends that exist', (text, from, to, kind) => {
  expect(cut(text)).toMatchObject({change: {from, to, edge: kind}, edges: 1});
});

test.each(['->', 'lab->', 'lab'])('`%s` is no edge', (text) => {
  expect(() => cut(text)).toThrow('is no edge');
});
