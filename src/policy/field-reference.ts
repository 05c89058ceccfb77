import {nearest} from '../document/nearest.ts';
import {BUILT_IN, CUSTOM, type FunctionInfo} from './cel-functions.ts';
import {OBJECT_TYPES, VARIABLES, fieldsBelow} from './fields.ts';

/** One name an expression may read. */
export interface FieldEntry {
  /** `workload.sensitivity.c`, `site.roots[].id`; `level.high`. */
  path: string;
  type: string;
  description: string;
  unit: string | null;
  values: readonly string[] | null;
  /** How the value is supplied where it is missing. */
  remedy: string | null;
}

export interface FieldReference {
  fields: FieldEntry[];
  functions: (FunctionInfo & {name: string})[];
}

/**
 * Everything expressions may read and call, below one variable or type (`site`, `root`) or all; null with a suggestion
 * when nothing is called that.
 */
export function fieldReference(subject: string | null): FieldReference | {near: string | null} {
  const functions = [
    ...Object.entries(BUILT_IN).map(([name, info]) => ({name, ...info})),
    ...CUSTOM.map(({name, signature, description}) => ({name, signature, description})),
    {
      name: 're2',
      signature: 're2(string, string): bool',
      description: 'Regular expression, linear; the pattern is literal',
    },
  ];
  if (subject === null) {
    const fields = Object.entries(VARIABLES)
      // `current` is a site like `site`: told once.
      .filter(([name]) => name !== 'current')
      .flatMap(([name, {type}]) => (OBJECT_TYPES[type] ? below(name, type) : []));
    return {fields, functions};
  }
  const wanted = subject.toLowerCase();
  if (wanted === 'functions') return {fields: [], functions};
  const variable = Object.entries(VARIABLES).find(([name]) => name === wanted);
  const type = variable?.[1].type ?? Object.keys(OBJECT_TYPES).find((name) => name.toLowerCase() === wanted);
  if (type !== undefined && OBJECT_TYPES[type]) return {fields: below(wanted, type), functions: []};
  const names = [
    ...Object.keys(VARIABLES),
    ...Object.keys(OBJECT_TYPES).map((name) => name.toLowerCase()),
    'functions',
  ];
  return {near: nearest(wanted, names)};
}

function below(prefix: string, type: string): FieldEntry[] {
  return fieldsBelow(prefix, type).map(({path, type: kind, description, unit, values, remedy}) => ({
    path,
    type: kind,
    description,
    unit: unit ?? null,
    values: values ?? null,
    remedy: remedy === '' ? null : remedy,
  }));
}
