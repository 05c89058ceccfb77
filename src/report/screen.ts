import type {Interval} from '../model/common.ts';
import type {Decision, PlanRun} from '../model/plan.ts';
import {exceptionSentence} from './exceptions.ts';
import {gapGroups, mainReason, siteChoiceSentence} from './facts.ts';

/** Workloads that go the same way for the same reason. Exposure in milli-points, summed. */
export interface Route {
  from: string | null;
  to: string;
  /** Application names with their number of workloads, largest first; workloads without one by name. */
  what: {name: string; workloads: number}[];
  workloads: number;
  before: number;
  after: number;
  /** Rule id or kind of reason, its text and `file:line`. */
  by: string;
  reason: string;
  where: string | null;
}

/** A move that leaves exposure as it is, or makes it worse, until a root is cut. */
export interface Pointless {
  names: string[];
  site: string;
  made: boolean;
  /** Rule that demands the move, if one does. */
  by: string | null;
  /** Milli-points, summed; negative gain = exposure rises. */
  gain: number;
  cutFirst: string | null;
  gainAfterCut: number;
}

/** What one terminal screen says about a plan, as data. Milli-points unless said otherwise. */
export interface ScreenModel {
  workspace: string;
  workloads: number;
  moves: number;
  needsData: number;
  blocked: {name: string; reason: string}[];
  routes: Route[];
  pointless: Pointless[];
  cutFirst: {name: string; from: string; gain: number; workloads: number} | null;
  /** Best cut with the moves it makes worth while. */
  combined: {name: string; from: string; statement: string} | null;
  /** Root that would sink most; value in restricted-class workloads. */
  topRoot: {name: string; kind: string; before: Interval; after: Interval} | null;
  unknowns: {field: string; workloads: string[]; owners: string[]; remedy: string}[];
  /** The register of exceptions in one sentence; empty = there is none. */
  exceptions: string;
  optimality: string;
  /** How sites within a class were chosen; empty where pairs changed nothing and that is proven. */
  siteChoice: string;
}

/** Sums a plan up for people in a hurry: routes instead of workloads, one line per unknown field. */
export function summarise(run: PlanRun): ScreenModel {
  const root = run.residual.roots[0];
  const cut = run.cutFirst[0];
  const best = run.combined?.[0];
  const names = new Map(run.residual.roots.map(({id, name}) => [id, name]));
  return {
    workspace: run.workspace.name,
    workloads: run.summary.workloads,
    moves: run.summary.moves,
    needsData: run.summary.needsData,
    blocked: run.decisions.filter(({status}) => status === 'blocked').map(blockedBy),
    routes: routes(run.decisions.filter((decision) => decision.move && !isPointless(decision))),
    pointless: pointless(run.decisions.filter(isPointless), names),
    cutFirst: cut ? {name: cut.name, from: cut.from, gain: cut.gain, workloads: cut.workloads} : null,
    combined: best ? {name: best.cut.name, from: best.cut.from, statement: best.statement} : null,
    topRoot:
      root && root.before.hi > 0
        ? {name: root.name, kind: root.kind, before: root.before, after: root.after}
        : null,
    unknowns: unknowns(run),
    exceptions: exceptionSentence(run),
    optimality: optimality(run),
    siteChoice: isWorthTelling(run) ? siteChoiceSentence(run) : '',
  };
}

function optimality({optimality: {certificate, gap, limited}, limits}: PlanRun): string {
  const exceeded = limits?.filter(({status}) => status === 'exceeded').length ?? 0;
  const kept = exceeded === 0 ? 'its limits' : `those of its limits that are kept (${exceeded} exceeded)`;
  const checked =
    certificate === 'verified' ? 'with a certificate that can be checked' : 'without a certificate';
  if (!limited || (gap === 0 && limited.gapShare !== null))
    return `optimal for this model and these inputs${exceeded > 0 ? ` within ${kept}` : ''}, ${checked}`;
  const by = limited.stopped === 'interrupt' ? 'when it was interrupted' : 'within the time given';
  const early = limited.stopped ? `the best there was ${by}: ` : '';
  if (limited.gapShare === null)
    return `${early}the best that was found within its limits; nothing is proven of it`;
  return `${early}within ${(100 * limited.gapShare).toFixed(3)} % of the best possible within ${kept}, ${checked}`;
}

function isWorthTelling({optimality: {sites}}: PlanRun): boolean {
  return sites !== undefined && (sites.changed > 0 || sites.gapShare !== 0);
}

function isPointless({move, gainsNothing, exposure}: Decision): boolean {
  return gainsNothing !== null || (move && exposure.gain < 0);
}

function routes(decisions: Decision[]): Route[] {
  const found = new Map<string, {route: Route; counts: Map<string, number>}>();
  for (const decision of decisions) {
    const reason = mainReason(decision);
    const {current: from, recommended: to, exposure} = decision;
    const key = JSON.stringify([from, to, reason?.by]);
    const known = found.get(key) ?? {
      route: {
        from,
        to: to ?? '',
        what: [],
        workloads: 0,
        before: 0,
        after: 0,
        by: reason?.by ?? '',
        reason: reason?.text ?? '',
        where: reason?.where ?? null,
      },
      counts: new Map<string, number>(),
    };
    found.set(key, known);
    known.route.workloads++;
    known.route.before += exposure.before;
    known.route.after += exposure.after;
    const name = decision.application ?? decision.name;
    known.counts.set(name, (known.counts.get(name) ?? 0) + 1);
  }
  return [...found.values()]
    .map(({route, counts}) => ({...route, what: byCount(counts)}))
    .sort((a, b) => b.before - b.after - (a.before - a.after) || (a.to < b.to ? -1 : 1));
}

function byCount(counts: Map<string, number>): Route['what'] {
  return [...counts]
    .map(([name, workloads]) => ({name, workloads}))
    .sort((a, b) => b.workloads - a.workloads || (a.name < b.name ? -1 : 1));
}

function pointless(decisions: Decision[], names: Map<string, string>): Pointless[] {
  const found = new Map<string, Pointless>();
  for (const decision of decisions) {
    const {move, recommended, gainsNothing, exposure, name} = decision;
    const site = gainsNothing?.site ?? recommended ?? '';
    const cut = gainsNothing?.cutFirst ?? null;
    const reason = mainReason(decision);
    const by = move && reason?.points === null ? reason.by : null;
    const key = JSON.stringify([site, move, by, cut]);
    const known = found.get(key) ?? {
      names: [],
      site,
      made: move,
      by,
      gain: 0,
      cutFirst: cut && (names.get(cut) ?? cut),
      gainAfterCut: 0,
    };
    found.set(key, known);
    known.names.push(name);
    if (move) known.gain += exposure.gain;
    known.gainAfterCut += gainsNothing?.gainAfterCut ?? exposure.gain;
  }
  return [...found.values()].sort(
    (a, b) => Number(b.made) - Number(a.made) || b.gainAfterCut - a.gainAfterCut,
  );
}

function blockedBy({name, removed, current}: Decision): {name: string; reason: string} {
  const here = removed.find((removal) => removal.site === current);
  const elsewhere =
    removed.find((removal) => removal.by === 'portability') ??
    removed.find((removal) => removal.site !== current);
  const parts = [
    here && `${here.by} forbids ${here.site}`,
    elsewhere && `${elsewhere.site}: ${elsewhere.text}`,
  ];
  return {name, reason: parts.filter(Boolean).join('; ')};
}

/** One entry per field and remedy, with everybody who can answer. */
function unknowns(run: PlanRun): ScreenModel['unknowns'] {
  const found = new Map<string, ScreenModel['unknowns'][number]>();
  for (const {field, owner, remedy, workloads} of gapGroups(run)) {
    const known = found.get(`${field} ${remedy}`) ?? {field, workloads: [], owners: [], remedy};
    found.set(`${field} ${remedy}`, known);
    // One by one: more than a hundred thousand arguments do not fit a call.
    for (const workload of workloads) known.workloads.push(workload);
    if (owner !== null && !known.owners.includes(owner)) known.owners.push(owner);
  }
  return [...found.values()].sort(
    (a, b) => b.workloads.length - a.workloads.length || (a.field < b.field ? -1 : 1),
  );
}
