import type {Finding, Place} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {ParameterSource} from '../model/documents/placement-policy.ts';
import type {ObjectFields} from './fields.ts';

/** Parameters of one policy: their types for checking, their default values for evaluation. */
export interface Parameters {
  fields: ObjectFields;
  types: Record<string, string>;
  values: Record<string, unknown>;
  /** Types as declared: `level` is an `int` to the engine. */
  declared: Record<string, ParameterSource['type']>;
  /** Range of numbers that have one. */
  ranges: Record<string, {min?: number; max?: number}>;
  /** Parameters a profile set instead of the policy's author. */
  origins: Record<string, {profile: string; place: Place}>;
}

/** Words a parameter of type `level` takes. */
export const LEVELS: Readonly<Record<string, number>> = {none: 0, normal: 1, high: 2, veryHigh: 3};

/** Checks names and defaults of `spec.params`. A parameter with a wrong default is left out, with a finding. */
export function readParameters(
  source: Readonly<Record<string, ParameterSource>>,
  document: YamlDocument,
  policy: string,
): {parameters: Parameters; findings: Finding[]} {
  const findings: Finding[] = [];
  const parameters: Parameters = {fields: {}, types: {}, values: {}, declared: {}, ranges: {}, origins: {}};
  const fields: Record<string, ObjectFields[string]> = {};
  for (const [name, parameter] of Object.entries(source)) {
    const value = parameterValue(parameter.type, parameter.default);
    const problem = /^[A-Za-z][A-Za-z0-9_]*$/.test(name)
      ? value === undefined
        ? `the default of \`${name}\` is not of type ${parameter.type}`
        : rangeProblem(name, value, parameter)
      : `\`${name}\` cannot be used as a parameter name`;
    if (problem) {
      findings.push({
        code: 'BH-LINT-010',
        severity: 'high',
        message: problem,
        where: {...document.place(['spec', 'params', name, 'default']), id: policy},
        remedy: 'Use a letter followed by letters and digits, and a default of the declared type and range.',
      });
      continue;
    }
    const type = parameter.type === 'level' ? 'int' : parameter.type;
    fields[name] = {type, description: parameter.description ?? '', remedy: ''};
    parameters.types[name] = type;
    parameters.values[name] = value;
    parameters.declared[name] = parameter.type;
    const {min, max} = parameter;
    if (min !== undefined || max !== undefined)
      parameters.ranges[name] = {...(min === undefined ? {} : {min}), ...(max === undefined ? {} : {max})};
  }
  return {parameters: {...parameters, fields}, findings};
}

/** Why a value may not be taken: it is outside the range its author gave; null = it may. */
export function rangeProblem(
  name: string,
  value: unknown,
  {min, max}: {min?: number | undefined; max?: number | undefined} = {},
): string | null {
  if (typeof value !== 'number') return null;
  if (min !== undefined && value < min) return `\`${name}\` is ${value}, less than ${min}`;
  return max !== undefined && value > max ? `\`${name}\` is ${value}, more than ${max}` : null;
}

/** Plain value of a parameter, or undefined when it is not of the declared type. */
export function parameterValue(type: ParameterSource['type'], value: unknown): unknown {
  switch (type) {
    case 'int':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'double':
      return Number.isFinite(value) ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'level':
      return typeof value === 'string' && Object.hasOwn(LEVELS, value) ? LEVELS[value] : undefined;
    case 'list<string>':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
    default:
      return undefined;
  }
}
