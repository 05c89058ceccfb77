/** Prices of a pair by its two sites, `costs[a * sites + b]`, and what is special about them. */
export interface PairTable {
  costs: Float64Array;
  /**
   * `source`: nothing within one site, else a price of the first one's site alone (`price[a]`), as for traffic paid by the
   * sender. `target`: the same of the second one's. Both let messages pass in O(sites) instead of O(sites²).
   */
  kind: 'source' | 'target' | 'general';
  price: Float64Array;
}

export function pairTable(costs: Float64Array, sites: number): PairTable {
  const rows = new Float64Array(sites);
  const columns = new Float64Array(sites);
  let free = true;
  let [byRow, byColumn] = [true, true];
  for (let a = 0; a < sites; a++) {
    const other = a === 0 ? 1 : 0;
    rows[a] = sites > 1 ? costs[a * sites + other]! : 0;
    columns[a] = sites > 1 ? costs[other * sites + a]! : 0;
  }
  for (let a = 0; a < sites; a++) {
    for (let b = 0; b < sites; b++) {
      const cost = costs[a * sites + b]!;
      if (a === b) free &&= cost === 0;
      else {
        byRow &&= cost === rows[a];
        byColumn &&= cost === columns[b];
      }
    }
  }
  if (free && byRow) return {costs, kind: 'source', price: rows};
  if (free && byColumn) return {costs, kind: 'target', price: columns};
  return {costs, kind: 'general', price: rows};
}

/** `into[b] = min over a of from[a] + weight · cost(a, b)`. Closed sites are `Infinity` in `from`. */
export function passOn(
  {costs, kind, price}: PairTable,
  weight: number,
  from: Float64Array,
  into: Float64Array,
): void {
  const sites = from.length;
  if (kind === 'general') {
    for (let b = 0; b < sites; b++) {
      let least = Infinity;
      for (let a = 0, at = b; a < sites; a++, at += sites) {
        const value = from[a]! + weight * costs[at]!;
        if (value < least) least = value;
      }
      into[b] = least;
    }
    return;
  }
  let least = Infinity;
  if (kind === 'source') {
    for (let a = 0; a < sites; a++) {
      const value = from[a]! + weight * price[a]!;
      if (value < least) least = value;
    }
    for (let b = 0; b < sites; b++) into[b] = Math.min(from[b]!, least);
    return;
  }
  for (let a = 0; a < sites; a++) if (from[a]! < least) least = from[a]!;
  for (let b = 0; b < sites; b++) into[b] = Math.min(from[b]!, least + weight * price[b]!);
}
