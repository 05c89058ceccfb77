/** Words shared by every document that crosses a stage. No logic lives in this folder. */

/** Ordinal need for protection, BSI words: 0 none · 1 normal · 2 high · 3 very high. */
export type Level = 0 | 1 | 2 | 3;

/** Who runs the control plane a thing lives under. */
export type Cloud = 'azure' | 'aws' | 'gcp' | 'vmware' | 'private' | 'saas';

/** How sure an edge or fact is. `unknown` counts only in the upper end of an interval. */
export type Certainty = 'certain' | 'conditional' | 'unknown';

/** Ordered from `info` to `critical`; `--fail-on` compares by this order. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/**
 * Where something was read. Every part is optional; renderers print what is there as
 * `file:line:col`, `file · sheet vInfo row 12 column CPUs` or `file · /data/3/id`.
 */
export interface Place {
  file?: string;
  line?: number;
  col?: number;
  sheet?: string;
  row?: number;
  column?: string;
  /** JSON pointer inside `file`. */
  pointer?: string;
  api?: string;
  /** Id of the workload, root, rule … this is about. */
  id?: string;
}

/** Anything a human must know. Codes are stable: `BH-<AREA>-<NNN>`. */
export interface Finding {
  code: string;
  severity: Severity;
  message: string;
  where: Place;
  /** What the reader can do about it, as an imperative sentence. */
  remedy?: string;
  /** True when the result is incomplete because of this (exit code 3 unless `--allow-partial`). */
  partial?: boolean;
  /** The documented exception that excuses what is told here; it stays told. */
  suppression?: Suppression;
}

/** Somebody answers for a finding until a day. */
export interface Suppression {
  /** Id of the exception. */
  id: string;
  status: 'accepted';
  /** Exception, reason, owner and last day, as one text. */
  justification: string;
}

/** Pure code never throws for bad input: it returns what it could do and all problems. */
export interface Outcome<T> {
  value: T;
  findings: Finding[];
}

/** `lo` certain edges only · `value` plus conditional · `hi` plus unknown. Same unit in all three. */
export interface Interval {
  value: number;
  lo: number;
  hi: number;
}
