import {type Bottleneck, NO_EDGE, UNREACHED} from './search.ts';

/**
 * Row entries that together show how `target` was reached, null when it was not, empty for a start. Without gates on
 * the way this is a path, start first. A gate needs several tails: then the entries are a tree, written so that every step
 * starts at a start or at the head of an earlier step, the inputs of a gate one after the other in the order in which they
 * opened it, and nothing is told twice. Follow the steps from the top and control grows up to the target.
 * `tailOf` gives the tail of a row entry (rows do not store it).
 */
export function witness(
  {delta, parent, inputs}: Bottleneck,
  target: number,
  tailOf: (entry: number) => number,
): number[] | null {
  if (delta[target] === UNREACHED) return null;
  const told = new Set<number>();
  const steps: number[] = [];
  /** Nodes being told: the entries that end in each, the current one, and whether its tail was told. */
  const open: {entries: readonly number[]; at: number; ready: boolean}[] = [];
  const tell = (node: number): void => {
    if (told.has(node) || parent[node] === NO_EDGE) return;
    told.add(node);
    open.push({entries: inputs?.get(node) ?? [parent[node]!], at: 0, ready: false});
  };
  tell(target);
  while (open.length > 0) {
    const top = open.at(-1)!;
    const entry = top.entries[top.at];
    if (entry === undefined) {
      open.pop();
    } else if (top.ready) {
      steps.push(entry);
      top.at++;
      top.ready = false;
    } else {
      top.ready = true;
      tell(tailOf(entry));
    }
  }
  return steps;
}
