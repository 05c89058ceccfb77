import {policyDifference, type PolicyDifference} from '../explain/policy-diff.ts';
import type {Finding, Interval} from '../model/common.ts';
import type {Decision, LimitUse, PlanRun, Reason} from '../model/plan.ts';
import type {RuleInfo} from '../model/policy.ts';
import {GONE} from './policies.ts';

/** A number before and after the changes. */
export interface Sides<T> {
  before: T;
  after: T;
}

/** What is compared: a plan, the rules behind it and what it costs. */
export interface PlanSide {
  plan: Pick<PlanRun, 'decisions' | 'residual' | 'summary' | 'limits'>;
  rules: readonly RuleInfo[];
  cost: PlanCost | null;
  findings: readonly Finding[];
}

/** Hosting of all workloads at their recommended sites. */
export interface PlanCost {
  currency: string;
  /** Hundredths per month of what is known. */
  perMonth: number;
  /** Workloads whose cost is not known: they are not in the sum. */
  unknown: number;
}

export interface DecisionChange {
  workload: string;
  name: string;
  current: string | null;
  before: {site: string | null; status: Decision['status']};
  after: {site: string | null; status: Decision['status']};
  /** Rules, a site that is gone or `exposure`, whose say on one of the two sites differs, with what they say now. */
  because: {by: string; text: string; where: string | null}[];
  /** Why the new decision is what it is, as `plan` tells it. */
  reasons: Reason[];
  /** Fields nobody knows that the new decision hangs on and the old one did not. */
  missing: string[];
  /** Identity exposure of the workload after either plan, milli-points. */
  exposure: Sides<number>;
}

export interface PlanDelta {
  numbers: {
    moves: Sides<number>;
    blocked: Sides<number>;
    needsData: Sides<number>;
    gainsNothing: Sides<number>;
    /** Exposure of all workloads today and after the plan, milli-points, on the rebuilt graph. */
    exposureToday: Sides<Interval>;
    exposure: Sides<Interval>;
    /** Null = no site states a price. */
    cost: Sides<PlanCost | null>;
    limitsExceeded: Sides<number>;
  };
  /** Those with another site first. */
  decisions: DecisionChange[];
  /** Workloads whose site and status are the same. */
  unchanged: number;
  rules: PolicyDifference['rules'];
  /** Limits whose room, use, state or worth differ; null = there is no such limit on that side. */
  limits: ({id: string; text: string} & Sides<Pick<
    LimitUse,
    'limit' | 'used' | 'unit' | 'status' | 'shadowPrice'
  > | null>)[];
  /** Findings that only one side has. */
  findings: {added: Finding[]; gone: Finding[]};
}

/** What differs between two plans of the same workloads. */
export function planDelta(before: PlanSide, after: PlanSide): PlanDelta {
  const {rules, changes} = policyDifference(
    {rules: before.rules, decisions: before.plan.decisions},
    {rules: after.rules, decisions: after.plan.decisions},
  );
  const old = new Map(before.plan.decisions.map((decision) => [decision.workload, decision]));
  const now = new Map(after.plan.decisions.map((decision) => [decision.workload, decision]));
  const sides = <T>(of: (side: PlanSide) => T): Sides<T> => ({before: of(before), after: of(after)});
  return {
    numbers: {
      moves: sides(({plan}) => plan.summary.moves),
      blocked: sides(({plan}) => plan.summary.blocked),
      needsData: sides(({plan}) => plan.summary.needsData),
      gainsNothing: sides(({plan}) => plan.summary.gainsNothing),
      exposureToday: sides(({plan}) => plan.residual.total.recomputed.before),
      exposure: sides(({plan}) => plan.residual.total.recomputed.after),
      cost: sides(({cost}) => cost),
      limitsExceeded: sides(({plan}) => plan.limits?.filter(({status}) => status === 'exceeded').length ?? 0),
    },
    decisions: movedFirst(changes).map(({workload, name, because, ...both}) => {
      const [was, is] = [old.get(workload)!, now.get(workload)!];
      const known = new Set(was.dataGaps.map(({field}) => field));
      return {
        workload,
        name,
        current: is.current,
        before: both.before,
        after: both.after,
        because: because.map((by) => said(by, was, is)),
        reasons: is.reasons,
        missing: is.dataGaps.flatMap(({field}) => (known.has(field) ? [] : [field])),
        exposure: {before: was.exposure.after, after: is.exposure.after},
      };
    }),
    unchanged: before.plan.decisions.length - changes.length,
    rules: {...rules, added: rules.added.filter((id) => !id.startsWith(GONE))},
    limits: limitChanges(before.plan.limits ?? [], after.plan.limits ?? []),
    findings: {
      added: onlyIn(after.findings, before.findings),
      gone: onlyIn(before.findings, after.findings),
    },
  };
}

function movedFirst(changes: PolicyDifference['changes']): PolicyDifference['changes'] {
  const stays = ({before, after}: PolicyDifference['changes'][number]): number =>
    Number(before.site === after.site);
  return changes.toSorted((a, b) => stays(a) - stays(b));
}

/** What a rule says about it now, else what it said before. */
function said(by: string, was: Decision, is: Decision): DecisionChange['because'][number] {
  const sites = new Set([was.recommended, is.recommended]);
  for (const [{removed, reasons}, gone] of [
    [is, ''],
    [was, 'no longer: '],
  ] as const) {
    const found =
      removed.find((removal) => removal.by === by && sites.has(removal.site)) ??
      reasons.find((reason) => reason.by === by);
    // Where a supposed rule stands is nowhere.
    const where = by.startsWith(GONE) ? null : (found?.where ?? null);
    if (found) return {by: nameOf(by), text: `${gone}${found.text}`, where};
  }
  return {by: nameOf(by), text: '', where: null};
}

function nameOf(by: string): string {
  return by.startsWith(GONE) ? 'site' : by;
}

function limitChanges(before: readonly LimitUse[], after: readonly LimitUse[]): PlanDelta['limits'] {
  const [old, now] = [before, after].map((limits) => new Map(limits.map((limit) => [limit.id, limit])));
  const side = (limit: LimitUse | undefined): PlanDelta['limits'][number]['before'] =>
    limit
      ? {
          limit: limit.limit,
          used: limit.used,
          unit: limit.unit,
          status: limit.status,
          shadowPrice: limit.shadowPrice,
        }
      : null;
  return [...new Set([...old!.keys(), ...now!.keys()])].sort().flatMap((id) => {
    const both = {before: side(old!.get(id)), after: side(now!.get(id))};
    if (JSON.stringify(both.before) === JSON.stringify(both.after)) return [];
    return [{id, text: (now!.get(id) ?? old!.get(id)!).text, ...both}];
  });
}

function onlyIn(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const known = new Set(others.map((finding) => JSON.stringify(finding)));
  return findings.filter((finding) => !known.has(JSON.stringify(finding)));
}
