import type {PlacementInput} from '../input.ts';
import type {ChoiceModel} from './model.ts';
import {portfolioLimits} from './resources.ts';

/** One limit made larger, in whole steps of what people state it in. */
export interface Raise {
  /** From so many steps on it holds nobody back. */
  most: number;
  /** Steps that make room for so much more use, in integer units of the limit. */
  stepsFor: (use: number) => number;
  /** The input in which it is so many steps larger. */
  at: (steps: number) => PlacementInput;
  /** Whose limit it is and how much more, for people. */
  tell: (steps: number) => string;
  /** How much more that is in the limit's own unit. */
  amount: (steps: number) => number;
}

/** What people call the sizes of a site. */
const SIZES = {vcpu: 'vCPU', memoryGiB: 'GiB memory', storageGiB: 'GiB storage'};

/** Null where a limit has no size: pairs that must be apart. */
export function raiseOf(input: PlacementInput, model: ChoiceModel, r: number): Raise | null {
  const {id, kind, scale, limit, unit} = model.resources[r]!;
  const over = mostUse(model, r) - limit;
  const inSteps = (step: number): Pick<Raise, 'most' | 'stepsFor'> => {
    const stepsFor = (use: number): number => Math.max(1, Math.ceil(use / step));
    return {stepsFor, most: stepsFor(over)};
  };
  if (kind === 'capacity') {
    const s = input.sites.findIndex((site) => id.startsWith(`capacity:${site.id}:`));
    const site = input.sites[s]!;
    const field = Object.keys(SIZES).find((name): name is keyof typeof SIZES => id.endsWith(`:${name}`))!;
    const {capacity} = site;
    return {
      ...inSteps(scale),
      at(steps) {
        const larger = {...capacity!, [field]: capacity![field]! + steps};
        return {...input, sites: input.sites.with(s, {...site, capacity: larger})};
      },
      tell: (steps) => `${site.id}: ${steps} ${SIZES[field]} more`,
      amount: (steps) => steps,
    };
  }
  const portfolio = input.policy.portfolio ?? [];
  const p = portfolio.findIndex(
    ({name, groupOf}) => id === name || groupOf.some((group) => id === `${name}:${group}`),
  );
  const stated = portfolio[p];
  if (!stated) return null;
  const {name, limit: given} = stated;
  const withLimit = (larger: typeof given): PlacementInput => ({
    ...input,
    policy: {...input.policy, portfolio: portfolio.with(p, {...stated, limit: larger})},
  });
  if ('perMonth' in given)
    return {
      ...inSteps(scale),
      at: (steps) => withLimit({...given, perMonth: given.perMonth + steps}),
      tell: (steps) => `${name}: ${steps} ${unit} per month more`,
      amount: (steps) => steps,
    };
  if ('amount' in given)
    return {
      ...inSteps(scale),
      at: (steps) => withLimit({amount: given.amount + steps}),
      tell: (steps) => `${name}: ${steps} ${unit} more`,
      amount: (steps) => steps,
    };
  // A share is stated in hundredths of what is counted, which is a round number of nothing.
  const shareAt = (steps: number): number => Math.min(1, Number((given.share + steps / 100).toFixed(9)));
  const most = Math.max(1, Math.ceil((1 - given.share) * 100 - 1e-9));
  const at = (steps: number): PlacementInput => withLimit({share: shareAt(steps)});
  const limitAt = (steps: number): number =>
    portfolioLimits(at(steps)).find(({resource}) => resource.id === id)!.resource.limit;
  const hundredth = (limitAt(most) - limit) / most;
  return {
    most,
    stepsFor: (use) => Math.max(1, Math.ceil(use / Math.max(1, hundredth))),
    at,
    tell: (steps) =>
      `${name}: a share of ${Number((100 * shareAt(steps)).toFixed(3))} % instead of ${Number((100 * given.share).toFixed(3))} %`,
    amount: (steps) => (limitAt(steps) - limit) / scale,
  };
}

/** What all units together could use of it at most. */
function mostUse(model: ChoiceModel, r: number): number {
  let sum = 0;
  for (let u = 0; u < model.units; u++) {
    let most = 0;
    for (let o = model.start[u]!; o < model.start[u + 1]!; o++) most = Math.max(most, useOf(model, o, r));
    sum += most;
  }
  return sum;
}

/** What an option uses of a limit, in its integer units. */
export function useOf({useStart, useOf: limits, amount}: ChoiceModel, option: number, r: number): number {
  for (let k = useStart[option]!; k < useStart[option + 1]!; k++) if (limits[k] === r) return amount[k]!;
  return 0;
}
