import type {ChoiceModel} from './model.ts';

/**
 * Whether every choice was tried and none keeps all limits, unit by unit with a return as soon as one is exceeded. False
 * when one keeps them, or when the work does not suffice, which proves nothing.
 * @param work options tried, at most
 */
export function exhausted(model: ChoiceModel, work: number): boolean {
  const {units, start, useStart, useOf, amount, resources} = model;
  const uses = (option: number): boolean => useStart[option]! < useStart[option + 1]!;
  const choices = (u: number): number => start[u + 1]! - start[u]!;
  const free = (u: number): boolean => {
    for (let o = start[u]!; o < start[u + 1]!; o++) if (!uses(o)) return true;
    return false;
  };
  // Who can do without any of it is in nobody's way. The ones with the least choice first.
  const order = Array.from({length: units}, (_, u) => u)
    .filter((u) => !free(u))
    .toSorted((a, b) => choices(a) - choices(b) || a - b);
  const used = new Float64Array(resources.length);
  const put = (option: number, sign: 1 | -1): boolean => {
    let fits = true;
    for (let k = useStart[option]!; k < useStart[option + 1]!; k++) {
      const r = useOf[k]!;
      used[r]! += sign * amount[k]!;
      fits &&= used[r]! <= resources[r]!.limit;
    }
    return fits;
  };
  const taken = order.map((u) => start[u]!);
  let left = work;
  for (let depth = 0; depth >= 0;) {
    const u = order[depth];
    if (u === undefined) return false;
    let option = taken[depth]!;
    for (; option < start[u + 1]!; option++) {
      if (left-- <= 0) return false;
      if (put(option, 1)) break;
      put(option, -1);
    }
    taken[depth] = option;
    if (option < start[u + 1]!) {
      depth++;
      if (depth < order.length) taken[depth] = start[order[depth]!]!;
    } else if (--depth >= 0) {
      put(taken[depth]!, -1);
      taken[depth]!++;
    }
  }
  return true;
}
