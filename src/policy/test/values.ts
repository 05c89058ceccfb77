import {nearest} from '../../document/nearest.ts';
import {OBJECT_TYPES, elementType, type FieldInfo} from '../fields.ts';
import {LEVELS} from '../params.ts';

/** A value as the engine wants it, or why it cannot be one. */
export type Checked = {value: unknown} | {problem: string};

/** A need for protection as tests write it: a level, an interval of levels, or `unknown`. */
export interface Need {
  level: 0 | 1 | 2 | 3 | null;
  lo: 0 | 1 | 2 | 3;
  hi: 0 | 1 | 2 | 3;
}

/** A path below a type of the catalogue: the leaf's field, or why there is none. */
export function fieldAt(type: string, path: readonly string[]): {info: FieldInfo} | {problem: string} {
  let at = type;
  let info: FieldInfo | null = null;
  for (const [position, step] of path.entries()) {
    if (at.startsWith('map<')) return {info: {type: 'string', description: '', remedy: ''}};
    const fields = OBJECT_TYPES[at];
    if (!fields || !Object.hasOwn(fields, step)) {
      const near = nearest(step, Object.keys(fields ?? {}));
      const shown = [type.toLowerCase(), ...path.slice(0, position)].join('.');
      return {problem: `unknown field \`${step}\` on ${shown}${near ? ` (did you mean \`${near}\`?)` : ''}`};
    }
    info = fields[step]!;
    at = info.type;
  }
  return info ? {info} : {problem: `\`${type.toLowerCase()}\` alone is not a field`};
}

/** Checks a plain value against a catalogue type. */
export function checkValue({type, values}: Pick<FieldInfo, 'type' | 'values'>, value: unknown): Checked {
  if (type === 'Interval' && typeof value === 'number') return {value: {value, lo: value, hi: value}};
  if (type === 'Sensitivity') return checkSensitivity(value);
  if (type.startsWith('map<')) {
    const texts = isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');
    return texts ? {value} : {problem: 'must be a map of texts'};
  }
  const element = elementType(type);
  if (element) return checkList(element, value);
  if (OBJECT_TYPES[type]) return checkObject(type, value);
  return checkScalar(type, values, value);
}

function checkScalar(type: string, values: readonly string[] | undefined, value: unknown): Checked {
  const fits =
    type === 'bool'
      ? typeof value === 'boolean'
      : type === 'string'
        ? typeof value === 'string'
        : type === 'timestamp'
          ? typeof value === 'string' && !Number.isNaN(Date.parse(value))
          : type === 'int'
            ? Number.isSafeInteger(value)
            : Number.isFinite(value);
  if (!fits) return {problem: `${JSON.stringify(value)} is not of type ${type}`};
  if (!values || values.includes(value as string)) return {value};
  const near = nearest(value as string, values);
  return {
    problem: `is never "${String(value)}"${near ? ` (did you mean \`${near}\`?)` : `; it is one of ${values.join(', ')}`}`,
  };
}

function checkList(element: string, value: unknown): Checked {
  if (!Array.isArray(value)) return {problem: 'must be a list'};
  const list: unknown[] = [];
  for (const item of value) {
    const checked = checkValue({type: element}, item);
    if ('problem' in checked) return checked;
    list.push(checked.value);
  }
  return {value: list};
}

function checkObject(type: string, value: unknown): Checked {
  if (!isRecord(value))
    return {problem: `must be an object (${Object.keys(OBJECT_TYPES[type]!).join(', ')})`};
  const result: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const found = fieldAt(type, [name]);
    if ('problem' in found) return found;
    const checked = checkValue(found.info, entry);
    if ('problem' in checked) return {problem: `${name} ${checked.problem}`};
    result[name] = checked.value;
  }
  return {value: result};
}

function checkSensitivity(value: unknown): Checked {
  if (!isRecord(value)) return {problem: 'must give c, i and a'};
  const needs: Record<string, Need> = {};
  for (const [axis, entry] of Object.entries(value)) {
    if (!['c', 'i', 'a'].includes(axis)) return {problem: `has no axis \`${axis}\`; it has c, i and a`};
    const need = needOf(entry);
    if (!need) return {problem: `${axis}: ${NEED_FORMS}`};
    needs[axis] = need;
  }
  return {value: needs};
}

const NEED_FORMS = 'use none, normal, high, veryHigh, unknown, or {lo, hi} with two of these';

/** A need for protection from its short forms; null when it is none. */
export function needOf(value: unknown): Need | null {
  const level = (word: unknown) =>
    typeof word === 'string' && Object.hasOwn(LEVELS, word) ? (LEVELS[word] as Need['lo']) : null;
  const exact = level(value);
  if (exact !== null) return {level: exact, lo: exact, hi: exact};
  if (value === 'unknown') return {level: null, lo: 0, hi: 3};
  if (!isRecord(value)) return null;
  const [lo, hi] = [level(value['lo']), level(value['hi'])];
  return lo !== null && hi !== null && lo <= hi ? {level: null, lo, hi} : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
