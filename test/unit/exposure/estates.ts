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

/** Small random estates: 4 roots of 3 kinds, containers, up to 6 workloads, any edges but into sites. */
export const cases: fc.Arbitrary<Case> = fc
  .record({workloads: fc.integer({min: 1, max: 6}), containers: fc.integer({min: 0, max: 4})})
  .chain(({workloads, containers}) => {
    const nodes = [
      ...ROOT_KINDS.map((kind, i) => node(`root:${i}`, 'root', kind)),
      ...Array.from({length: containers}, (_, i) => node(`c:${i}`, 'container')),
      ...Array.from({length: workloads}, (_, i) => node(`w:${i}`, 'workload')),
    ];
    const any = fc.constantFrom(...nodes.map(({id}) => id));
    return fc
      .record({
        edges: fc.array(
          fc
            .record({
              from: any,
              to: any,
              level: fc.nat(3),
              certainty: fc.constantFrom<Certainty>('certain', 'certain', 'conditional', 'unknown'),
              bound: fc.constantFrom<GraphEdge['bound']>('place', 'workload'),
            })
            .map(({from, to, level, certainty, bound}) => edge(from, to, level, certainty, bound)),
          {maxLength: 22},
        ),
        weights: fc.array(fc.constantFrom(0, 0.2, 0.6, 1, 2), {minLength: workloads, maxLength: workloads}),
      })
      .map(({edges, weights}) => ({
        graph: {nodes, edges},
        weights: new Map(weights.map((w, i) => [`w:${i}`, w])),
      }));
  });
