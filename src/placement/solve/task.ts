import type {Apart} from '../constraints/apart/solve.ts';
import type {Priced} from '../constraints/lagrange.ts';
import type {ExactResult} from '../constraints/milp.ts';
import type {ChoiceModel} from '../constraints/model.ts';
import type {SiteProblem, SiteSolution} from '../multisite/site-problem.ts';

/** Why heavy work ended before it was done. */
export type Stop = 'time-limit' | 'interrupt';

/** What heavy work is told while it runs, by whoever runs it. */
export interface Control {
  /** Set once the best so far is to be taken. */
  expired: () => Stop | null;
  /** Told the proven gap, as a share, whenever it is known anew. */
  progress: (gap: number | null) => void;
}

/**
 * Heavy work the placement stage asks for instead of doing it itself, so that its caller may do it elsewhere. Tasks and
 * answers hold nothing but numbers, texts, arrays and typed arrays.
 */
export type SolveTask =
  | {
      kind: 'priced';
      model: ChoiceModel;
      first: Uint32Array;
      known?: Uint32Array;
      steps: number;
      maxGap: number;
    }
  | {kind: 'apart'; model: ChoiceModel; first: Uint32Array}
  | {kind: 'exact'; model: ChoiceModel; seconds: number}
  | {
      kind: 'sites';
      problem: SiteProblem;
      start: Uint32Array;
      groups: Uint32Array;
      steps: number;
      maxGap: number;
    };

/** What each kind of task is answered with; null = nobody there can. */
interface Answers {
  priced: Priced;
  apart: Apart;
  exact: {by: string; result: ExactResult} | null;
  sites: SiteSolution;
}

export type SolveAnswer = Answers[SolveTask['kind']];

/** Work in steps: asks for heavy tasks, gets their answers, and returns what it came to. */
export type Steps<T> = Generator<SolveTask, T, SolveAnswer>;

/** Asks for one task. */
export function* ask<K extends SolveTask['kind']>(
  task: Extract<SolveTask, {kind: K}>,
): Generator<SolveTask, Answers[K], SolveAnswer> {
  return (yield task) as Answers[K];
}
