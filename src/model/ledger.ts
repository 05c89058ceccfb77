/** Status of one scope × API of the coverage ledger. */
export type LedgerStatus = 'complete' | 'partial' | 'denied' | 'skipped' | 'failed';

/**
 * One line of the coverage ledger. Invariant: `rowsIn = kept + classified + rejected`, where
 * `kept` became workloads, `classified` became something else by name, `rejected` carry a reason.
 */
export interface LedgerScope {
  source: string;
  /** Native scope: subscription, account, vCenter, project, sheet owner …; `*` when the file does not say. */
  scope: string;
  /** API call or sheet: `az graph query`, `vInfo`, `iam get-account-authorization-details` … */
  api: string;
  status: LedgerStatus;
  rowsIn: number;
  kept: number;
  classified: number;
  rejected: number;
  /** e.g. `{template: 2, host: 7}`; sums to `classified`. */
  classifiedBy: Record<string, number>;
  /** e.g. `{"no name": 1}`; sums to `rejected`. */
  rejectedBy: Record<string, number>;
  /** What became of earlier records of this scope: `replaces inventory/old.xlsx (3f2a…)`. */
  note?: string;
}
