/** Regular expressions in linear time, for literal patterns only. */
export interface Re2 {
  /** Null when the pattern is valid, else what is wrong with it. */
  check(pattern: string): string | null;
  /** Whether the pattern matches somewhere in the text. Compiles each pattern once. */
  test(pattern: string, text: string): boolean;
}

/** Loads the regular-expression library on demand: most policy sets never need it. */
export async function loadRe2(): Promise<Re2> {
  const {RE2JS} = await import('re2js');
  const compiled = new Map<string, ReturnType<typeof RE2JS.compile>>();
  const compile = (pattern: string) => {
    const known = compiled.get(pattern);
    if (known) return known;
    const fresh = RE2JS.compile(pattern);
    compiled.set(pattern, fresh);
    return fresh;
  };
  return {
    check: (pattern) => {
      try {
        compile(pattern);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    test: (pattern, text) => compile(pattern).matcher(text).find(),
  };
}
