import type {NestedSets, SetFunction} from '../../graph/nested-sets.ts';
import type {WaveProof} from '../../model/waves.ts';
import type {Stage} from './stages.ts';

/**
 * Lower bound of what any `moved` workloads add to today's traffic, integer units: the cheapest blocks, and of the next one
 * its share.
 */
export function leastAdded({size, value}: Pick<NestedSets, 'size' | 'value'>, moved: number): number {
  let sum = 0;
  let left = moved;
  for (let k = 0; k < size.length && left > 0; k++) {
    const taken = Math.min(left, size[k]!);
    sum += taken === size[k] ? value[k]! : Math.ceil((value[k]! * taken) / size[k]!);
    left -= taken;
  }
  return sum;
}

/** The shares within blocks, as they are written into the plan; null when they prove nothing. */
export function waveProof(
  {blockOf, size, value, share, push, complete}: NestedSets,
  f: SetFunction,
  stages: Stage[],
): WaveProof | null {
  if (!complete) return null;
  const proof: WaveProof = {
    stages: stages.map(({application, through}) => ({application, through})),
    blockOf: Array.from(blockOf),
    size,
    value,
    ties: {tail: [], head: [], share: []},
    order: {after: [], before: [], push: []},
  };
  share.forEach((part, e) => {
    const [tail, head] = [f.tail[e]!, f.head[e]!];
    if (blockOf[tail] !== blockOf[head]) return;
    proof.ties.tail.push(tail);
    proof.ties.head.push(head);
    proof.ties.share.push(part);
  });
  push.forEach((part, e) => {
    if (part === 0) return;
    proof.order.after.push(f.after[e]!);
    proof.order.before.push(f.before[e]!);
    proof.order.push.push(part);
  });
  return proof;
}
