import type {ScoreParameters, WorkloadExposure} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import type {Layer} from './layer.ts';

type Contribution = WorkloadExposure['contributions'][number];

/**
 * How a workload's score comes about: each factor and root kind in per cent of −ln(1−SIBR/100), with the root that attains
 * the kind's maximum. Outbound has kind `workload` and no root. `topRoot` is the root with the largest sum.
 */
export function contributionsOf(
  {graph, roots}: GraphIndex,
  {reach, outbound}: Pick<Layer, 'reach' | 'outbound'>,
  at: number,
  {exponents}: ScoreParameters,
): Pick<WorkloadExposure, 'topRoot' | 'contributions'> {
  const parts: Contribution[] = [];
  const perRoot = new Map<string, number>();
  const add = (factor: 'inbound' | 'sharedFate', kind: string, row: number, amount: number): void => {
    if (amount <= 0) return;
    const root = graph.nodes[roots[row]!]!.id;
    parts.push({factor, kind, root, percent: amount});
    perRoot.set(root, (perRoot.get(root) ?? 0) + amount);
  };
  for (const {kind, inbound, inboundRoot, sharedFate, sharedFateRoot} of reach.kinds) {
    add('inbound', kind, inboundRoot[at]!, exponents.inbound * inbound[at]!);
    add('sharedFate', kind, sharedFateRoot[at]!, exponents.sharedFate * sharedFate[at]!);
  }
  const out = exponents.outbound * outbound[at]!;
  if (out > 0) parts.push({factor: 'outbound', kind: 'workload', root: null, percent: out});
  const total = parts.reduce((sum, {percent}) => sum + percent, 0);
  for (const part of parts) part.percent *= 100 / total;
  parts.sort((x, y) => y.percent - x.percent || compare(x.factor, y.factor) || compare(x.kind, y.kind));
  let topRoot: string | null = null;
  for (const [root, amount] of perRoot) {
    const best = topRoot === null ? -1 : perRoot.get(topRoot)!;
    if (amount > best || (amount === best && root < topRoot!)) topRoot = root;
  }
  return {topRoot, contributions: parts};
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
