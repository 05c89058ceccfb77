import type {PlanRun} from '../../model/plan.ts';
import type {ExposureModel} from '../problem/exposure-model.ts';
import type {Steps} from '../solve/task.ts';
import type {Answer} from './answer.ts';
import type {SiteCut} from './cuts.ts';
import {exposuresAt, modelAfterCut} from './site-cut.ts';

type Combined = NonNullable<PlanRun['combined']>[number];

/** At most so many cuts are tried, best first … */
const MOST_CUTS = 3;
/** … and no more than keep cuts × effort × edges of the graph below this: every one of them is planned anew. */
const WORK = 6e5;

/** What the caller knows of the plan and can do with it. */
export interface Replan {
  /** Workloads the plan moves, or would move, although it gains nothing. */
  pointless: (workload: number) => boolean;
  /** Plans the same estate with another model; null = no answer worth telling. */
  solve: (model: ExposureModel) => Steps<Answer | null>;
  /** How much of the work one such plan is; 1 = as little as it can be. */
  effort: number;
}

/**
 * "Decouple, then move": for the cuts that promise most, the whole placement is solved again with what then reaches
 * the site, by the same steps as the plan. Its moves beside the plan's own, and those of the plan that gain nothing as long
 * as the root reaches the site, are weighed against leaving these workloads where they are: all four ways counted on
 * rebuilt graphs. Kept is what gains more together than the cut alone and the moves alone. Rules are judged as today.
 * @param cuts best first
 */
export function* combine(
  answer: Answer,
  cuts: readonly SiteCut[],
  {pointless, solve, effort}: Replan,
): Steps<Combined[]> {
  const {edges} = answer.problem.input.graph;
  const most = Math.min(MOST_CUTS, Math.floor(WORK / Math.max(1, effort * edges.length)));
  const found: Combined[] = [];
  for (const cut of cuts.slice(0, most)) {
    const other = yield* solve(modelAfterCut(answer.problem, cut));
    if (other === null) continue;
    const moves = movesAfter(answer, other, cut, pointless);
    const weighed = moves.length > 0 ? weigh(answer, other, cut, moves) : null;
    if (weighed) found.push(weighed);
  }
  return found.sort(
    (a, b) => b.gain - a.gain || byText(a.cut.root, b.cut.root) || byText(a.cut.from, b.cut.from),
  );
}

/** A move that belongs to the cut; `planned` = the plan makes it already. */
interface Move {
  w: number;
  site: number;
  planned: boolean;
}

function movesAfter(
  answer: Answer,
  other: Answer,
  cut: SiteCut,
  pointless: (workload: number) => boolean,
): Move[] {
  const {estate, siteOf} = answer.problem.input;
  return estate.workloads.flatMap((_, w): Move[] => {
    const site = other.siteFor(w);
    if (site < 0) return [];
    const planned = answer.siteFor(w) === site;
    const worthWhileOnlyNow = site === cut.site && siteOf[w] !== site && pointless(w);
    return planned && !worthWhileOnlyNow ? [] : [{w, site, planned}];
  });
}

/** Null = together they gain no more than the cut or the moves alone. */
function weigh({problem, siteFor}: Answer, other: Answer, cut: SiteCut, moves: Move[]): Combined | null {
  const {estate, sites, siteOf} = problem.input;
  const undone = new Set(moves.flatMap(({w, planned}) => (planned ? [w] : [])));
  const staying = exposuresAt(problem, cut, (w) => (undone.has(w) ? siteOf[w]! : siteFor(w)));
  const moving = exposuresAt(problem, cut, (w) => other.siteFor(w));
  const gainTo = (exposure: Float64Array): number => sum(staying.asIs) - sum(exposure);
  const gain = gainTo(moving.cut);
  const gainOfCutAlone = gainTo(staying.cut);
  const gainOfMovesAlone = gainTo(moving.asIs);
  if (gain <= Math.max(gainOfCutAlone, gainOfMovesAlone, 0)) return null;
  const told = moves.map(({w, site, planned}) => ({
    workload: estate.workloads[w]!.id,
    site: sites[site]!.id,
    planned,
    gain: staying.asIs[w]! - moving.cut[w]!,
  }));
  const gainOfOthers = gain - told.reduce((total, move) => total + move.gain, 0);
  const {id: root, name} = problem.model.roots[cut.root]!;
  const combined = {
    cut: {root, name, from: sites[cut.site]!.id},
    moves: told,
    gain,
    gainOfOthers,
    gainOfCutAlone,
    gainOfMovesAlone,
  };
  return {...combined, statement: statement(combined)};
}

function statement({
  cut: {name, from},
  moves,
  gain,
  gainOfCutAlone,
  gainOfMovesAlone,
}: Omit<Combined, 'statement'>): string {
  const sites = [...new Set(moves.map(({site}) => site))].sort(byText);
  const one = moves.length === 1;
  const what = one ? '1 workload' : `${moves.length} workloads`;
  const alone = `the ${one ? 'move' : 'moves'} alone ${effect(gainOfMovesAlone, one)}`;
  return `Cut ${name} from ${from}, then move ${what} to ${sites.join(', ')}: exposure falls by ${points(gain)} points; the cut alone ${effect(gainOfCutAlone, true)}, ${alone}.`;
}

function effect(gain: number, one: boolean): string {
  const s = one ? 's' : '';
  if (gain === 0) return `gain${s} nothing`;
  return gain > 0 ? `gain${s} ${points(gain)}` : `raise${s} it by ${points(-gain)}`;
}

function points(milli: number): string {
  return (milli / 1000).toFixed(1);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
