import type {Level} from '../model/common.ts';
import type {Axis} from '../model/sensitivity.ts';
import type {PolicyContext} from './context.ts';
import {isStated, needOf, possibleLevels} from './workload-values.ts';

/** One way the unknown needs of a workload could turn out. */
export interface World {
  levels: Partial<Record<Axis, Level>>;
  /** True for the one the plan assumes: unknown needs at `unknownAs`, kept inside what is still possible. */
  planned: boolean;
}

/**
 * All combinations of levels the needs of a workload can have on the given axes; exactly one is `planned`. With every
 * need known there is one world. A rule that gives one outcome in all worlds has that outcome; else it is unknown.
 */
export function worldsOf(context: PolicyContext, workload: number, axes: readonly Axis[]): World[] {
  let worlds: World[] = [{levels: {}, planned: true}];
  for (const axis of axes) {
    const need = needOf(context, workload, axis);
    const levels = possibleLevels(need);
    const assumed = need.level ?? (Math.min(Math.max(context.unknownAs, need.lo), need.hi) as Level);
    worlds = worlds.flatMap((world) =>
      levels.map((level) => ({
        levels: {...world.levels, [axis]: level},
        planned: world.planned && level === assumed,
      })),
    );
  }
  return worlds;
}

/** Axes among these on which the need of the workload is not known. */
export function unknownAxes(context: PolicyContext, workload: number, axes: readonly Axis[]): Axis[] {
  return axes.filter((axis) => !isStated(needOf(context, workload, axis)));
}
