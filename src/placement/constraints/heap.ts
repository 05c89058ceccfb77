/** A binary heap of numbers under an order of the caller's; the smallest is taken first. */
export interface Heap {
  push(item: number): void;
  /** Undefined when empty. */
  pop(): number | undefined;
  peek(): number | undefined;
}

export function createHeap(compare: (a: number, b: number) => number): Heap {
  const items: number[] = [];
  return {
    push(item) {
      let at = items.length;
      items.push(item);
      while (at > 0) {
        const up = (at - 1) >> 1;
        if (compare(items[at]!, items[up]!) >= 0) break;
        [items[at], items[up]] = [items[up]!, items[at]!];
        at = up;
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let at = 0; ;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < items.length && compare(items[child]!, items[least]!) < 0) least = child;
        }
        if (least === at) return first;
        [items[at], items[least]] = [items[least]!, items[at]!];
        at = least;
      }
    },
    peek: () => items[0],
  };
}
