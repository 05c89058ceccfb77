import * as fc from 'fast-check';
import type {Certainty} from '../../../src/model/common.ts';
import type {Workload} from '../../../src/model/estate.ts';
import type {GraphEdge, GraphNode, IdentityGraph, ScoreParameters} from '../../../src/model/exposure.ts';
import type {SensitivityResult} from '../../../src/model/sensitivity.ts';

export interface Case {
  graph: IdentityGraph;
  /** s·k per workload id. */
  weights: Map<string, number>;
}

export const PARAMETERS: ScoreParameters = {
  attenuation: [1, 0.7, 0.35, 0.15],
  halfValue: 2,
  rootWeight: {entraTenant: 0.9, adDomain: 0.95, default: 0.5},
  exponents: {inbound: 0.35, sharedFate: 0.45, outbound: 0.2},
};

export function node(id: string, kind: GraphNode['kind'], subKind: string = kind): GraphNode {
  return {id, kind, subKind, name: id};
}

export function edge(
  from: string,
  to: string,
  level: number = 0,
  certainty: Certainty = 'certain',
  bound: GraphEdge['bound'] = 'place',
): GraphEdge {
  return {from, to, kind: 'TEST', level: level as 0, certainty, evidence: `${from} to ${to}`, bound};
}

/** A workload with only what the score reads. */
export function workload(id: string): Workload {
  return {id, name: id, type: 'vm'} as Workload;
}

export function sensitivityOf(weights: Map<string, number>): SensitivityResult {
  return {
    inflation: 0,
    workloads: [...weights].map(([id, weight]) => ({workload: id, weight, criticality: 1})),
  } as SensitivityResult;
}

const ROOT_KINDS = ['entraTenant', 'entraTenant', 'adDomain', 'vendor'];

const CAPS: fc.Arbitrary<Pick<GraphEdge, 'caps'>> = fc.constantFrom<Pick<GraphEdge, 'caps'>>(
  {},
  {},
  {},
  {caps: ['read']},
  {caps: ['destroy', 'write']},
);

/**
 * Small random estates: 4 roots of 3 kinds, containers, up to 6 workloads, any edges, some of them access without
 * control; with `gates` up to 3 nodes that need two or three inputs.
 */
function estates(
  gates: fc.Arbitrary<number[]>,
  most = {workloads: 6, containers: 4, roots: 4, fewestEdges: 0},
): fc.Arbitrary<Case> {
  return fc
    .record({
      workloads: fc.integer({min: 1, max: most.workloads}),
      containers: fc.integer({min: 0, max: most.containers}),
      gates,
    })
    .chain(({workloads, containers, gates: thresholds}) => {
      const nodes = [
        ...ROOT_KINDS.slice(0, most.roots).map((kind, i) => node(`root:${i}`, 'root', kind)),
        ...Array.from({length: containers}, (_, i) => node(`c:${i}`, 'container')),
        ...thresholds.map((threshold, i): GraphNode => ({...node(`g:${i}`, 'gate'), threshold})),
        ...Array.from({length: workloads}, (_, i) => node(`w:${i}`, 'workload')),
      ];
      const any = fc.constantFrom(...nodes.map(({id}) => id));
      // Gates are rare as heads among so many nodes: half of the edges of a gated estate end in one.
      const head =
        thresholds.length === 0 ? any : fc.oneof(any, fc.constantFrom(...thresholds.map((_, i) => `g:${i}`)));
      return fc
        .record({
          edges: fc.array(
            fc
              .record({
                from: any,
                to: head,
                level: fc.nat(3),
                certainty: fc.constantFrom<Certainty>('certain', 'certain', 'conditional', 'unknown'),
                bound: fc.constantFrom<GraphEdge['bound']>('place', 'workload'),
                caps: CAPS,
              })
              .map(({from, to, level, certainty, bound, caps}) => ({
                ...edge(from, to, level, certainty, bound),
                ...caps,
              })),
            {minLength: most.fewestEdges, maxLength: thresholds.length === 0 ? 22 : 32},
          ),
          weights: fc.array(fc.constantFrom(0, 0.2, 0.6, 1, 2), {minLength: workloads, maxLength: workloads}),
        })
        .map(({edges, weights}) => ({
          graph: {nodes, edges: edges.filter(({from, to}) => from !== to), gaps: []},
          weights: new Map(weights.map((w, i) => [`w:${i}`, w])),
        }));
    });
}

const someGates = fc.array(fc.constantFrom(2, 2, 3), {minLength: 1, maxLength: 3});

/** Estates without gates. */
export const plainCases = estates(fc.constant([]));

/** Estates of which half have gates. */
export const cases = fc.oneof(plainCases, estates(someGates));

/** Few nodes and many edges, so that almost everything lies on a cycle. */
const FEW = {workloads: 2, containers: 1, roots: 2, fewestEdges: 14};
export const knottedCases = fc.oneof(
  estates(fc.constant([]), FEW),
  estates(fc.array(fc.constant(2), {minLength: 1, maxLength: 2}), FEW),
);

/** A graph without open questions. */
export function graphOf(nodes: GraphNode[], edges: GraphEdge[]): IdentityGraph {
  return {nodes, edges, gaps: []};
}
