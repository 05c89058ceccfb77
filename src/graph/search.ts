/** δ of a node no path leads to. */
export const UNREACHED = 255;
/** No parent: a start node or a node that was not reached. */
export const NO_EDGE = 0xffffffff;

/** Number of levels. */
export const LEVELS = 4;

export interface Bottleneck {
  /** Smallest possible maximum level on a path from any start, 0 … 3; {@link UNREACHED} when there is none. */
  delta: Uint8Array;
  /** Row entry (index into `csr.heads`) over which each node was settled; {@link NO_EDGE} for starts. */
  parent: Uint32Array;
  /** Of each gate that opened, the row entries that opened it, one per tail, in order of arrival; null without gates. */
  inputs: ReadonlyMap<number, readonly number[]> | null;
}

export interface BottleneckOptions {
  /** Only edges with `grade ≤ maxGrade`. */
  maxGrade: number;
  /** Level cap; edges above it do not exist. Default 3. */
  maxLevel?: number;
  /** Row entries that must not be taken (e.g. an edge removed in a what-if). */
  skip?: (entry: number) => boolean;
}
