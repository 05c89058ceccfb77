import type {ScoreParameters} from '../model/exposure.ts';

/** Parameters with one weight changed. */
export interface Variant {
  /** Place in the document, e.g. `rootWeight.adDomain`. */
  parameter: string;
  factor: number;
  parameters: ScoreParameters;
}

const LEVELS = ['direct', 'guarded', 'providerFlaw', 'physical'] as const;

/** Every weight raised and lowered by the same share; weights that do not count here or cannot be changed are left out. */
export function variants(parameters: ScoreParameters, kinds: ReadonlySet<string>, change: number): Variant[] {
  return [
    ...LEVELS.flatMap((name, level) =>
      both(`attenuation.${name}`, (factor) => attenuated(parameters, level, factor)),
    ),
    ...both('halfValue', (factor) => ({...parameters, halfValue: parameters.halfValue * factor})),
    ...(['inbound', 'sharedFate', 'outbound'] as const).flatMap((name) =>
      both(`exponents.${name}`, (factor) => ({...parameters, exponents: weighed(parameters, name, factor)})),
    ),
    ...weightsInUse(parameters, kinds).flatMap((kind) =>
      both(`rootWeight.${kind}`, (factor) => ({
        ...parameters,
        rootWeight: {
          ...parameters.rootWeight,
          [kind]: Math.min(0.95, (parameters.rootWeight[kind] ?? 0.5) * factor),
        },
      })),
    ),
  ];

  function both(parameter: string, make: (factor: number) => ScoreParameters): Variant[] {
    return [1 - change, 1 + change].map((factor) => ({parameter, factor, parameters: make(factor)}));
  }
}

/** α stays between its neighbours and at most 1. */
function attenuated(parameters: ScoreParameters, level: number, factor: number): ScoreParameters {
  const {attenuation} = parameters;
  const most = attenuation[level - 1] ?? 1;
  const least = attenuation[level + 1] ?? 0;
  const changed: ScoreParameters['attenuation'] = [...attenuation];
  changed[level] = Math.min(most, Math.max(least, attenuation[level]! * factor));
  return {...parameters, attenuation: changed};
}

function weighed(
  {exponents}: ScoreParameters,
  name: keyof ScoreParameters['exponents'],
  factor: number,
): ScoreParameters['exponents'] {
  const changed = {...exponents, [name]: exponents[name] * factor};
  const sum = changed.inbound + changed.sharedFate + changed.outbound;
  return {
    inbound: changed.inbound / sum,
    sharedFate: changed.sharedFate / sum,
    outbound: changed.outbound / sum,
  };
}

/** Kinds of roots in the graph that have a weight of their own, and `default` when some have none. */
function weightsInUse({rootWeight}: ScoreParameters, kinds: ReadonlySet<string>): string[] {
  const named = [...kinds].filter((kind) => Object.hasOwn(rootWeight, kind)).sort();
  return named.length < kinds.size ? [...named, 'default'] : named;
}
