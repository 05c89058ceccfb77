/** Longest distance that still counts as a slip of the pen. */
const FARTHEST = 3;

/**
 * The candidate nearest to `word` by Damerau–Levenshtein distance (optimal string alignment), for "did you mean".
 * Returns null when nothing is within a third of the word's length (at least 1, at most 3).
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const limit = Math.min(FARTHEST, Math.max(1, Math.floor(word.length / 3)));
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/**
 * Edits from `a` to `b`, or `enough` when there are at least as many. Only the cells that fewer edits can reach are
 * computed (E. Ukkonen, "Algorithms for approximate string matching", 1985), because lists of a hundred thousand names
 * are searched.
 */
function editDistance(a: string, b: string, enough: number): number {
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const [height, width] = [endA - start, endB - start];
  if (Math.abs(height - width) >= enough) return enough;
  const band = enough - 1;
  let beforeLast: number[] = [];
  let last: number[] = [];
  for (let j = 0; j <= width; j++) last.push(Math.min(j, enough));
  for (let i = 1; i <= height; i++) {
    const here = a.charCodeAt(start + i - 1);
    const row: number[] = [];
    let least = enough;
    for (let j = 0; j <= width; j++) {
      let value = enough;
      if (j === 0) value = Math.min(i, enough);
      else if (Math.abs(i - j) <= band) {
        const there = b.charCodeAt(start + j - 1);
        value = Math.min(value, last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (here === there ? 0 : 1));
        if (i > 1 && j > 1 && here === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === there)
          value = Math.min(value, beforeLast[j - 2]! + 1);
      }
      row.push(value);
      if (value < least) least = value;
    }
    // Nothing gets smaller again: a swap of the next row starts from the row before, whose least is at most one less.
    if (least >= enough) return enough;
    beforeLast = last;
    last = row;
  }
  return last[width]!;
}
