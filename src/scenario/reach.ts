import {indexGraph} from '../exposure/index-graph.ts';
import {reachedFrom} from '../exposure/reached.ts';
import type {Level} from '../model/common.ts';
import type {IdentityGraph, PathStep} from '../model/exposure.ts';
import type {Verdict} from '../model/scenario.ts';

/** What the graph says about one workload. */
export interface GraphVerdict {
  verdict: Verdict;
  level: Level;
  start: string;
  /** Called once per printed workload. */
  path: () => PathStep[];
}

const VERDICTS = {certain: 'in', conditional: 'conditional', unknown: 'unknown'} as const;

/** Stands before all start nodes, so that one search serves the whole set. */
const INCIDENT = 'incident:';

/** Searches from all starts at once; the surest certainty that reaches a node gives its verdict. Unreached nodes are absent. */
export function reachFrom(graph: IdentityGraph, starts: readonly string[]): Map<string, GraphVerdict> {
  const begins = new Set(starts);
  const index = indexGraph({
    ...graph,
    nodes: [...graph.nodes, {id: INCIDENT, kind: 'root', subKind: 'incident', name: 'incident'}],
    edges: [
      ...graph.edges,
      ...starts.map((to) => ({
        from: INCIDENT,
        to,
        kind: 'STARTS',
        level: 0 as const,
        certainty: 'certain' as const,
        evidence: 'start of the incident',
        bound: 'workload' as const,
      })),
    ],
  });
  const found = new Map<string, GraphVerdict>();
  for (const {node, delta, certainty, path} of reachedFrom(index, INCIDENT, 'forward')) {
    // Several starts may lie on one path: it is told from the last one on. A gate may need several of them: all are told.
    const steps = (): PathStep[] => {
      const all = path();
      if (all.some(({input}) => input)) return all.filter(({from}) => from !== INCIDENT);
      const last = all.findLastIndex(({to}) => begins.has(to));
      return all.slice(last + 1);
    };
    found.set(node.id, {
      verdict: VERDICTS[certainty],
      level: delta,
      get start() {
        return path().findLast(({to}) => begins.has(to))?.to ?? node.id;
      },
      path: steps,
    });
  }
  return found;
}
