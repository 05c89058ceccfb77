import type {Decision} from '../model/plan.ts';
import type {RuleInfo} from '../model/policy.ts';

/** One workload whose decision is another under the new policies. */
export interface PlacementChange {
  workload: string;
  name: string;
  before: {site: string | null; status: Decision['status']};
  after: {site: string | null; status: Decision['status']};
  /** Rules that explain it: those that close or open one of the two sites, else soft rules whose say differs. */
  because: string[];
}

export interface PolicyDifference {
  rules: {added: string[]; removed: string[]; changed: string[]};
  changes: PlacementChange[];
  workloads: number;
  /** Of the changes: the site is another one. */
  moved: number;
}

/** What another set of policies does to a plan of the same estate. Decisions are in the same order on both sides. */
export function policyDifference(
  before: {rules: readonly RuleInfo[]; decisions: readonly Decision[]},
  after: {rules: readonly RuleInfo[]; decisions: readonly Decision[]},
): PolicyDifference {
  const changes = before.decisions.flatMap((old, index): PlacementChange[] => {
    const now = after.decisions[index]!;
    if (old.recommended === now.recommended && old.status === now.status) return [];
    return [
      {
        workload: old.workload,
        name: old.name,
        before: {site: old.recommended, status: old.status},
        after: {site: now.recommended, status: now.status},
        because: causes(old, now),
      },
    ];
  });
  return {
    rules: ruleDifference(before.rules, after.rules),
    changes,
    workloads: before.decisions.length,
    moved: changes.filter((change) => change.before.site !== change.after.site).length,
  };
}

function causes(before: Decision, after: Decision): string[] {
  const sites = new Set([before.recommended, after.recommended]);
  const closed = ({removed}: Decision): Set<string> =>
    new Set(removed.filter(({site}) => sites.has(site)).map(({by, site}) => `${by}\u0000${site}`));
  const [was, is] = [closed(before), closed(after)];
  const hard = [...is].filter((key) => !was.has(key)).concat([...was].filter((key) => !is.has(key)));
  if (hard.length > 0) return unique(hard.map((key) => key.split('\u0000')[0]!));
  const points = ({reasons}: Decision): Map<string, number | null> =>
    new Map(reasons.filter(({where}) => where !== undefined).map(({by, points: value}) => [by, value]));
  const [old, now] = [points(before), points(after)];
  // Where the two sites changed places, the same say counts the other way round.
  const swapped = before.recommended === after.runnerUp && before.runnerUp === after.recommended;
  const differs = (by: string): boolean =>
    swapped ? (old.get(by) ?? 0) !== -(now.get(by) ?? 0) : old.get(by) !== now.get(by);
  return unique([...old.keys(), ...now.keys()].filter(differs));
}

function ruleDifference(before: readonly RuleInfo[], after: readonly RuleInfo[]): PolicyDifference['rules'] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const now = new Map(after.map((rule) => [rule.id, rule]));
  const signature = ({title, effect, severity, weight, onUnknown, broken}: RuleInfo): string =>
    JSON.stringify([title, effect, severity, weight, onUnknown, broken]);
  return {
    added: [...now.keys()].filter((id) => !old.has(id)).toSorted(),
    removed: [...old.keys()].filter((id) => !now.has(id)).toSorted(),
    changed: [...now]
      .filter(([id, rule]) => old.has(id) && signature(old.get(id)!) !== signature(rule))
      .map(([id]) => id)
      .toSorted(),
  };
}

function unique(list: string[]): string[] {
  return [...new Set(list)].toSorted();
}
