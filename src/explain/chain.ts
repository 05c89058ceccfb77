import type {Certainty} from '../model/common.ts';
import type {PathStep} from '../model/exposure.ts';
import type {GraphIndex} from '../exposure/index-graph.ts';
import {type Reached, reachedFrom} from '../exposure/reached.ts';

/** One end of a chain of control, with its witness path. */
export interface Chain {
  object: string;
  kind: string;
  name: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  /** False: the end is only accessed, and nothing follows from it. */
  control: boolean;
  /** From the first step to the last; a tree where a gate must open (see `PathStep.input`). */
  path: PathStep[];
}

/** Chains from a node (`forward`) or to it (`reverse`); the total says how many there are beyond `limit`. */
export function chains(
  index: GraphIndex,
  id: string,
  direction: 'forward' | 'reverse',
  options: {kinds?: string[]; limit: number},
): {chains: Chain[]; total: number} {
  const reached = reachedFrom(index, id, direction).filter(
    (item) => !options.kinds || options.kinds.includes(item.node.kind),
  );
  return {
    chains: reached.slice(0, options.limit).map(chainOf),
    total: reached.length,
  };
}

export function chainOf({node, delta, certainty, control, path}: Reached): Chain {
  return {
    object: node.id,
    kind: node.subKind,
    name: node.name,
    level: delta,
    certainty,
    control,
    path: path(),
  };
}
