import {ask, type Steps} from '../solve/task.ts';
import {type ChoiceModel, usedBy} from './model.ts';
import {withResources} from './options.ts';

/** Price steps for each limit, and the share of its use that is near enough. */
const STEPS = 40;
const NEAR = 0.0005;

/** Limits raised to what has to be allowed, and a choice that keeps all of them. */
export interface Raised {
  model: ChoiceModel;
  chosen: Uint32Array;
}

/**
 * For limits that are given up: the least use of each that was found within the limits that are kept and what was allowed
 * the ones before. The model returned allows that much and no more.
 * @param over limits given up, the most important one first
 * @param chosen a choice that keeps `kept`
 */
export function* leastExcess(
  model: ChoiceModel,
  kept: number[],
  over: number[],
  chosen: Uint32Array,
): Steps<Raised> {
  const raised = {model, chosen};
  const held = kept.slice();
  for (const r of over) {
    const least = yield* ask({
      kind: 'priced',
      model: useOf(withResources(raised.model, held), model, r),
      first: raised.chosen,
      steps: STEPS,
      maxGap: NEAR,
    });
    const found = least.best?.chosen ?? raised.chosen;
    const used = usedBy(model, found)[r]!;
    raised.chosen = found;
    raised.model = {
      ...raised.model,
      resources: raised.model.resources.map((resource, k) =>
        k === r ? {...resource, limit: Math.max(resource.limit, used)} : resource,
      ),
    };
    held.push(r);
  }
  return raised;
}

/** The model whose only objective is the use of one limit of another. */
function useOf(
  part: ChoiceModel,
  {site, useStart, useOf: of, amount}: ChoiceModel,
  resource: number,
): ChoiceModel {
  const values = new Float64Array(site.length);
  for (let o = 0; o < site.length; o++)
    for (let k = useStart[o]!; k < useStart[o + 1]!; k++) if (of[k] === resource) values[o]! += amount[k]!;
  const level = {
    name: 'use',
    unary: new Float64Array(0),
    tail: new Uint32Array(0),
    head: new Uint32Array(0),
    forward: new Float64Array(0),
    backward: new Float64Array(0),
  };
  return {...part, values: [values], levels: [level]};
}

/** What every choice of options uses at least, whatever other limits there are. */
export function leastUse({units, start, useStart, useOf: of, amount}: ChoiceModel, resource: number): number {
  let sum = 0;
  for (let u = 0; u < units; u++) {
    let least = Infinity;
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      let used = 0;
      for (let k = useStart[o]!; k < useStart[o + 1]!; k++) if (of[k] === resource) used += amount[k]!;
      least = Math.min(least, used);
    }
    sum += least;
  }
  return sum;
}
