/** Regular expressions in linear time, for literal patterns only. */
export interface Re2 {
  /** Null when the pattern is valid, else what is wrong with it. */
  check(pattern: string): string | null;
  /** Whether the pattern matches somewhere in the text. Compiles each pattern once. */
  test(pattern: string, text: string): boolean;
}

/**
 * Matching costs the length of the text times the steps of the pattern, for every workload: `[a-z]{900}` repeated would
 * make a linear engine slow, too.
 */
const MOST_CHARACTERS = 1000;
const MOST_STEPS = 2000;

/** Loads the regular-expression library on demand: most policy sets never need it. */
export async function loadRe2(): Promise<Re2> {
  const {RE2JS} = await import('re2js');
  const compiled = new Map<string, ReturnType<typeof RE2JS.compile>>();
  const compile = (pattern: string) => {
    const known = compiled.get(pattern);
    if (known) return known;
    if (pattern.length > MOST_CHARACTERS)
      throw new Error(`the pattern has ${pattern.length} characters, at most ${MOST_CHARACTERS} are allowed`);
    const fresh = RE2JS.compile(pattern);
    const size = fresh.programSize();
    if (size > MOST_STEPS)
      throw new Error(`the pattern unfolds into ${size} steps, at most ${MOST_STEPS} are allowed`);
    compiled.set(pattern, fresh);
    return fresh;
  };
  return {
    check: (pattern) => {
      try {
        compile(pattern);
        return null;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return message.replace('error parsing regexp: ', '');
      }
    },
    test: (pattern, text) => compile(pattern).matcher(text).find(),
  };
}
