import type {PlacementInput} from '../input.ts';
import {isSoft} from '../problem/soft-points.ts';

/** A weight a user can set, and the input with another value of it. */
export interface Lever {
  weight: string;
  value: number;
  unit: string;
  /** Values are looked at in whole steps from today's, and in no others. */
  step: number;
  from: number;
  to: number;
  at(value: number): PlacementInput;
}

/** A kind of root cannot weigh more: what the score's parameters allow. */
const MOST_ROOT_WEIGHT = 0.95;

/** Weights are searched up to this many times their value. */
const FURTHEST = 10;

/**
 * All weights that bear on the problem: of kinds of roots in it, of soft rules, and of the settings. Each in an order of its
 * own: they share the work, so what is found would depend on where a rule is written.
 */
export function levers(input: PlacementInput): Lever[] {
  const rules = ruleLevers(input).toSorted((a, b) => (a.weight < b.weight ? -1 : 1));
  return [...rootLevers(input), ...rules, ...settingLevers(input)];
}

function rootLevers(input: PlacementInput): Lever[] {
  const {exposure, graph} = input;
  const {rootWeight} = exposure.parameters;
  const kinds = new Map(exposure.roots.map(({id, kind}) => [id, kind]));
  const present = new Set(
    graph.nodes.flatMap(({id, kind, subKind}) => {
      if (kind !== 'root') return [];
      const own = kinds.get(id) ?? subKind;
      return [own in rootWeight ? own : 'default'];
    }),
  );
  return [...present].toSorted().flatMap((kind): Lever[] => {
    const value = rootWeight[kind] ?? 0;
    const at = (weight: number): PlacementInput => ({
      ...input,
      exposure: {
        ...exposure,
        parameters: {...exposure.parameters, rootWeight: {...rootWeight, [kind]: weight}},
      },
    });
    const given = {weight: `root:${kind}`, value, unit: 'of 1', step: stepOf(value)};
    return value > 0 ? [{...given, from: 0, to: MOST_ROOT_WEIGHT, at}] : [];
  });
}

function ruleLevers(input: PlacementInput): Lever[] {
  const {policy} = input;
  return policy.rules.flatMap((evaluation, r): Lever[] => {
    const {id, weight} = evaluation.rule;
    if (!isSoft(evaluation)) return [];
    const at = (value: number): PlacementInput => {
      const rules = policy.rules.with(r, {...evaluation, rule: {...evaluation.rule, weight: value}});
      return {...input, policy: {...policy, rules}};
    };
    return [lever({weight: `rule:${id}`, value: weight, unit: 'points', at})];
  });
}

function settingLevers(input: PlacementInput): Lever[] {
  const {settings} = input;
  const set = (change: Partial<typeof settings>): PlacementInput => ({
    ...input,
    settings: {...settings, ...change},
  });
  const {weights} = settings;
  const objective =
    settings.objective === 'weighted'
      ? (['risk', 'cost', 'churn'] as const).map((name) =>
          lever({
            weight: `objective:${name}`,
            value: weights[name],
            unit: 'per unit',
            // The sum is of whole numbers.
            step: Math.max(1, stepOf(weights[name])),
            at: (value) => set({weights: {...weights, [name]: value}}),
          }),
        )
      : [];
  return [
    lever({
      weight: 'tolerance',
      value: settings.riskTolerance / 1000,
      unit: 'points per workload',
      at: (value) => set({riskTolerance: Math.round(value * 1000)}),
    }),
    lever({
      weight: 'move-must-save',
      value: settings.moveMustSave / 100,
      unit: 'per month',
      at: (value) => set({moveMustSave: Math.round(value * 100)}),
    }),
    ...objective,
  ].filter(({value}) => value > 0);
}

function lever(given: Pick<Lever, 'weight' | 'value' | 'unit' | 'at'> & {step?: number}): Lever {
  return {step: stepOf(given.value), from: 0, to: FURTHEST * given.value, ...given};
}

/** Three digits of today's value. */
function stepOf(value: number): number {
  return value > 0 ? 10 ** (Math.floor(Math.log10(value)) - 2) : 1;
}
