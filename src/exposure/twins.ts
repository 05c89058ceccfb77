/**
 * Of each position the first one that has the same numbers in all columns: itself, when it is the first. Of a hundred
 * thousand workloads only some thousand differ in what the score is made of.
 * @param columns all of the same length
 */
export function firstTwins(count: number, columns: Iterable<Float64Array | Int32Array>): Uint32Array {
  // Numbers are the same when their bits are: one view serves both kinds.
  const words = Array.from(new Set(columns), (column) => ({
    bits: new Uint32Array(column.buffer, column.byteOffset, column.byteLength / 4),
    width: column.BYTES_PER_ELEMENT / 4,
  }));
  const places = 1 << Math.ceil(Math.log2(2 * count + 2));
  /** Open addressing: position + 1, 0 = free. */
  const table = new Uint32Array(places);
  const first = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let at = hash(i) & (places - 1);
    while (table[at] !== 0 && !same(table[at]! - 1, i)) at = (at + 1) & (places - 1);
    if (table[at] === 0) table[at] = i + 1;
    first[i] = table[at]! - 1;
  }
  return first;

  function hash(i: number): number {
    let all = 0x811c9dc5;
    for (const {bits, width} of words)
      for (let at = i * width; at < (i + 1) * width; at++) {
        all = Math.imul(all ^ bits[at]!, 0x85ebca6b);
        all ^= all >>> 13;
      }
    return all >>> 0;
  }

  function same(a: number, b: number): boolean {
    for (const {bits, width} of words)
      for (let at = 0; at < width; at++) if (bits[a * width + at] !== bits[b * width + at]) return false;
    return true;
  }
}
