/** Bytes of heap a plan takes per byte of its inputs: 5 to 6 were measured from 24 MB to 2.4 GB; a workbook is packed. */
const HEAP_PER_BYTE = 7;

/** Share of the machine's memory a run may take: the rest is for typed arrays and everybody else. */
const SHARE = 0.75;

/** What the machine and the engine allow, bytes. */
export interface Memory {
  /** Most the heap may grow to now. */
  limit: number;
  /** Of the machine, or of the container around the run. */
  total: number;
  /** The limit was stated by whoever started the run: it is kept. */
  stated: boolean;
}

/** `enough`; `raise` = start again with this limit; `short` = it may not be enough. Bytes. */
export type Room = {verdict: 'enough'} | {verdict: 'raise'; to: number} | {verdict: 'short'; needed: number};

/** Whether inputs of so many bytes fit into the heap, with half of it to spare. */
export function roomFor(bytes: number, {limit, total, stated}: Memory): Room {
  const needed = bytes * HEAP_PER_BYTE;
  const possible = Math.floor(total * SHARE);
  if (stated) return needed <= limit ? {verdict: 'enough'} : {verdict: 'short', needed};
  if (2 * needed <= limit) return {verdict: 'enough'};
  // The engine's own limit counts the young generation as well: a little more is not worth another start.
  if (possible > 1.2 * limit) return {verdict: 'raise', to: possible};
  return needed <= limit ? {verdict: 'enough'} : {verdict: 'short', needed};
}

/** What helps when a machine's memory is not enough. */
export const LARGER = 'take a larger machine, or plan parts of the estate on their own';

/** What to tell before a run that may end early. */
export function shortText(needed: number, {limit, total}: Memory): string {
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const remedy =
    needed <= total * SHARE
      ? `NODE_OPTIONS=--max-old-space-size=${Math.ceil(needed / 2 ** 20)} allows it more`
      : `this machine has ${gigabytes(total)}: ${LARGER}`;
  return `inputs of this size may take about ${gigabytes(needed)} of memory, and this run may take ${gigabytes(limit)}; ${remedy}`;
}
