import type {Level} from '../model/common.ts';
import type {Estate, RegisterEntry} from '../model/estate.ts';
import type {RootExposure, WorkloadExposure} from '../model/exposure.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import type {Site} from '../model/site.ts';
import type {CardholderReach} from './cardholder.ts';

/** A root that controls a site, as rules see it. `null` = nobody said. */
export interface SiteRoot {
  id: string;
  name: string;
  kind: string;
  sharedWithOtherTenants: boolean | null;
}

/** Everything the policy stage judges. Arrays per workload follow `estate.workloads`, per site `sites`. */
export interface PolicyContext {
  /** `workloads` and `identity` (operators) are read. */
  estate: Pick<Estate, 'workloads' | 'identity'>;
  sensitivity: SensitivityResult;
  /** null = not scored; a workload without a score is undefined. */
  exposure: {roots: RootExposure[]; workloads: (WorkloadExposure | undefined)[]} | null;
  sites: Site[];
  /** Index of the site each workload is at today; -1 = no site matches. */
  siteOf: Int32Array;
  /** Roots per site; an empty list means none is declared, which is *unknown*, not none. */
  siteRoots: SiteRoot[][];
  /** Register entry that covers a workload, by index. */
  registerOf: (workload: number) => RegisterEntry | null;
  /** Who can get at cardholder data; absent = not looked at, which is unknown. */
  cardholder?: CardholderReach;
  /** Time of the plan. */
  now: Date;
  /** Level an unknown need is planned at. */
  unknownAs: Level;
  /** The workspace's threshold: overrides every policy parameter called `logRetentionDays`. Days. */
  logRetentionDays?: number;
  /**
   * Values that stand for what the estate, the register and the scores would say: workloads by leaf path (`blast.value`),
   * sites by field. Tests of policies speak in these; needs for protection still come from `sensitivity`.
   */
  given?: {workloads: Readonly<Record<string, unknown>>[]; sites: Readonly<Record<string, unknown>>[]};
}
