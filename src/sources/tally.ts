import type {LedgerScope, LedgerStatus} from '../model/ledger.ts';

/** Counts one scope × API of the coverage ledger; `rowsIn = kept + classified + rejected` holds by construction. */
export interface Tally {
  /** Rows that became workloads. */
  kept(count?: number): void;
  /** Rows that became something else by name: `template`, `host`, `container` … */
  classify(reason: string, count?: number): void;
  /** Rows nothing could be made of, with the reason a reader can act on: `no name`, `ragged row` … */
  reject(reason: string, count?: number): void;
  /** The finished line. May be asked for more than once; each answer is independent of later counting. */
  done(status?: LedgerStatus): LedgerScope;
}

/**
 * Starts a ledger line. `scope` is the native scope (`*` when the file does not say), `api` the API call or sheet.
 * Every row read must be counted exactly once with one of the three verbs.
 */
export function createTally(source: string, scope: string, api: string): Tally {
  let kept = 0;
  const classified = new Map<string, number>();
  const rejected = new Map<string, number>();
  return {
    kept: (count = 1) => {
      kept += count;
    },
    classify: (reason, count = 1) => add(classified, reason, count),
    reject: (reason, count = 1) => add(rejected, reason, count),
    done: (status = 'complete') => {
      const classifiedSum = sum(classified);
      const rejectedSum = sum(rejected);
      return {
        source,
        scope,
        api,
        status,
        rowsIn: kept + classifiedSum + rejectedSum,
        kept,
        classified: classifiedSum,
        rejected: rejectedSum,
        classifiedBy: byName(classified),
        rejectedBy: byName(rejected),
      };
    },
  };
}

function add(counts: Map<string, number>, reason: string, count: number): void {
  if (count > 0) counts.set(reason, (counts.get(reason) ?? 0) + count);
}

function sum(counts: Map<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Sorted by name, so that the order rows came in never shows in the document. */
function byName(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
