import type {Decision} from '../../model/plan.ts';
import {CLOSED, STAYS} from '../problem/representatives.ts';
import {controlUnknown} from '../problem/site-profiles.ts';
import type {Answer} from './answer.ts';
import {pointsAfterCut, type SiteCut} from './cuts.ts';
import {createOwnCuts, type OwnCut} from './own-cuts.ts';

/** Exposure of one workload around its decision, milli-points. */
export interface Change {
  before: number;
  after: number;
}

/**
 * Moves that leave exposure as it is because the roots come along, and moves that were wanted but not made for that
 * reason. Names the one root whose cut from the site helps most, else the one the workload brings along (membership,
 * sign-in), and the gain once it is cut.
 */
export function createPointless(
  answer: Answer,
  cuts: SiteCut[],
): (w: number, change: Change) => Decision['gainsNothing'] {
  const ownCuts = createOwnCuts(answer.problem);
  return (w, change) => pointless(answer, {cuts, ownCuts}, w, change);
}

/** What can be cut: from sites, and of what a workload brings along. */
interface Cuts {
  cuts: SiteCut[];
  ownCuts: (workload: number) => OwnCut[];
}

function pointless(answer: Answer, cuts: Cuts, w: number, change: Change): Decision['gainsNothing'] {
  const {input} = answer.problem;
  if (answer.moves(w)) {
    // Not knowing who controls a site is a data gap, not a finding that its roots are the same.
    if (controlUnknown(input.sites[answer.siteFor(w)]!)) return null;
    const gain = change.before - change.after;
    const worthIt = gain > input.settings.nothingShare * change.before;
    if (worthIt || (change.before === 0 && gain === 0)) return null;
    return helped(answer, cuts, w, answer.siteFor(w), change.before, gain);
  }
  const target = wantedSite(answer, w);
  if (target === null || controlUnknown(input.sites[target]!)) return null;
  const {problem} = answer;
  const weight = problem.base.weights[w]!;
  const here = problem.points(problem.profile(w, input.siteOf[w]!), weight);
  const gain = here - problem.points(problem.profile(w, target), weight);
  const least = input.settings.nothingShare * here;
  if (gain > least) return null;
  const found = helped(answer, cuts, w, target, here, gain);
  return found.cutFirst !== null && found.gainAfterCut > least ? found : null;
}

/** A dedicated site a workload that stays would be moved to for its sensitivity or by a rule's preference. */
function wantedSite(answer: Answer, w: number): number | null {
  const {problem} = answer;
  const {input, soft, base} = problem;
  const current = input.siteOf[w]!;
  const other = answer.otherSite(w);
  if (other === CLOSED || other === STAYS || current === STAYS) return null;
  if (input.sites[other]!.class !== 'dedicated' || input.sites[current]!.class === 'dedicated') return null;
  const count = input.sites.length;
  const preferred = soft[w * count + other]! < soft[w * count + current]!;
  return preferred || base.weights[w]! >= input.settings.wantedWeight ? other : null;
}

function helped(
  answer: Answer,
  {cuts, ownCuts}: Cuts,
  w: number,
  site: number,
  before: number,
  gain: number,
): NonNullable<Decision['gainsNothing']> {
  const {input, model} = answer.problem;
  let cutFirst: string | null = null;
  let best = gain;
  for (const cut of cuts) {
    if (cut.site !== site) continue;
    const after = before - pointsAfterCut(answer.problem, cut, w);
    if (after <= best) continue;
    best = after;
    cutFirst = model.roots[cut.root]!.id;
  }
  if (cutFirst === null) {
    const weight = answer.problem.base.weights[w]!;
    for (const {root, profile} of ownCuts(w)) {
      const there = model.table.merge(model.sites[site]!, profile, 0);
      const after = before - answer.problem.points(there, weight);
      if (after <= best) continue;
      best = after;
      cutFirst = model.roots[root]!.id;
    }
  }
  // A cut after which the move still loses is no remedy.
  if (best <= 0) return {cutFirst: null, gainAfterCut: gain, site: input.sites[site]!.id};
  return {cutFirst, gainAfterCut: best, site: input.sites[site]!.id};
}
