import type {Interval} from '../model/common.ts';
import type {Decision, PlanRun} from '../model/plan.ts';
import {effect, gapGroups, mainReason, moveGroups} from './facts.ts';

/** What one terminal screen says about a plan, as data. Milli-points unless said otherwise. */
export interface ScreenModel {
  workspace: string;
  workloads: number;
  moves: number;
  needsData: number;
  blocked: number;
  /** Top moves, one line per application and way. */
  topMoves: {
    application: string | null;
    workloads: string[];
    from: string | null;
    to: string;
    reason: string;
    effect: string;
    gain: number;
  }[];
  /** Move groups that did not fit. */
  moreMoves: number;
  /** The move that gains nothing with the largest gain after its cut. */
  gainsNothing: {
    name: string;
    site: string;
    made: boolean;
    cutFirst: string | null;
    gainAfterCut: number;
    /** How many more there are. */
    more: number;
  } | null;
  /** Moves that make exposure worse. */
  raises: {name: string; to: string; by: number}[];
  cutFirst: {name: string; from: string; gain: number; workloads: number} | null;
  /** Root that would sink most; value in restricted-class workloads. */
  topRoot: {name: string; kind: string; before: Interval; after: Interval} | null;
  unknowns: {field: string; workloads: number; owner: string | null; remedy: string}[];
  moreUnknowns: number;
  optimality: string;
}

const MOST_MOVES = 8;
const MOST_UNKNOWNS = 4;

/** Chooses what fits on one screen of 40 lines. */
export function summarise(run: PlanRun): ScreenModel {
  const groups = moveGroups(run);
  const gaps = gapGroups(run);
  const root = run.residual.roots[0];
  const cut = run.cutFirst[0];
  return {
    workspace: run.workspace.name,
    workloads: run.summary.workloads,
    moves: run.summary.moves,
    needsData: run.summary.needsData,
    blocked: run.summary.blocked,
    topMoves: groups.slice(0, MOST_MOVES).map(({application, from, to, decisions, gain}) => ({
      application,
      workloads: decisions.map((decision) => decision.name),
      from,
      to,
      reason: mainReason(decisions[0]!)?.text ?? '',
      effect: effect(decisions),
      gain,
    })),
    moreMoves: Math.max(0, groups.length - MOST_MOVES),
    gainsNothing: pointless(run),
    raises: run.decisions
      .filter((decision) => decision.move && decision.exposure.gain < 0)
      .map(({name, recommended, exposure}) => ({name, to: recommended ?? '', by: -exposure.gain})),
    cutFirst: cut ? {name: cut.name, from: cut.from, gain: cut.gain, workloads: cut.workloads} : null,
    topRoot:
      root && root.before.hi > 0
        ? {name: root.name, kind: root.kind, before: root.before, after: root.after}
        : null,
    unknowns: gaps.slice(0, MOST_UNKNOWNS).map(({field, workloads, owner, remedy}) => ({
      field,
      workloads: workloads.length,
      owner,
      remedy,
    })),
    moreUnknowns: Math.max(0, gaps.length - MOST_UNKNOWNS),
    optimality:
      run.optimality.certificate === 'verified'
        ? 'optimal for this model and these inputs, with a certificate that can be checked'
        : 'optimal for this model and these inputs, without a certificate',
  };
}

function pointless({decisions}: PlanRun): ScreenModel['gainsNothing'] {
  const found = decisions.filter((decision) => decision.gainsNothing !== null);
  const after = (decision: Decision): number => decision.gainsNothing!.gainAfterCut;
  const [first] = found.toSorted((a, b) => Number(b.move) - Number(a.move) || after(b) - after(a));
  if (!first) return null;
  const {site, cutFirst, gainAfterCut} = first.gainsNothing!;
  return {name: first.name, site, made: first.move, cutFirst, gainAfterCut, more: found.length - 1};
}
