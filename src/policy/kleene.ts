/** Three-valued logic: true, false, or unknown with the path of what is missing (null: not a missing field). */
export type Truth = true | false | Unknown;

export class Unknown {
  readonly missing: string | null;
  constructor(missing: string | null) {
    this.missing = missing;
  }
}

/** False wins over unknown, unknown over true. Reports the first unknown. */
export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === true ? b : a;
}
