/** Width of the terminal, never below 60; without limit where output is not a terminal, so that a pipe gets one row per line. */
export function screenWidth(stream: {columns?: number} = process.stdout): number {
  return Math.max(60, stream.columns ?? Number.POSITIVE_INFINITY);
}
