import type {ZodType} from 'zod';
import type {Finding, Outcome} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {nearest} from './nearest.ts';

/** The issue fields we read; a structural subset of zod's issue type. */
interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
  /** Enum values. */
  values?: unknown[];
  errors?: Issue[][];
}

/**
 * Checks a YAML document against its schema (strict objects) and returns the typed value, or null with *all*
 * problems, each at its line and column. Unknown keys and enum values get a "did you mean".
 */
export function checkDocument<T>(schema: ZodType<T>, document: YamlDocument): Outcome<T | null> {
  const result = schema.safeParse(document.value);
  if (result.success) return {value: result.data, findings: []};
  const findings = (result.error.issues as unknown as Issue[]).flatMap((issue) =>
    toFindings(schema, document, issue),
  );
  return {value: null, findings};
}

function toFindings(schema: ZodType, document: YamlDocument, issue: Issue): Finding[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return (issue.keys ?? []).map((key) => {
      const near = nearest(key, known);
      return problem(
        'BH-DOC-002',
        document,
        [...path, key],
        `unknown field \`${key}\`${near ? ` (did you mean \`${near}\`?)` : ''}`,
        known.length > 0 ? `Known fields here: ${known.join(', ')}.` : undefined,
      );
    });
  }
  const name = path.join('.') || 'document';
  const given = valueAt(document.value, path);
  const meant = issue.code === 'invalid_union' ? meantBranch(issue.errors ?? []) : null;
  if (meant)
    return meant.flatMap((inner) =>
      toFindings(schema, document, {...inner, path: [...issue.path, ...inner.path]}),
    );
  if (issue.code === 'invalid_value' && Array.isArray(issue.values)) {
    const allowed = issue.values.map(String);
    const near = typeof given === 'string' ? nearest(given, allowed) : null;
    const said = given === undefined ? 'is missing' : `is ${JSON.stringify(given)}`;
    return [
      problem(
        'BH-DOC-003',
        document,
        path,
        `\`${name}\` ${said}${near ? ` (did you mean \`${near}\`?)` : ''}`,
        `Use one of: ${allowed.join(', ')}.`,
      ),
    ];
  }
  if (given === undefined)
    return [
      problem('BH-DOC-004', document, path, `required field \`${name}\` is missing`, `Add \`${name}\`.`),
    ];
  return [
    problem(
      'BH-DOC-001',
      document,
      path,
      `\`${name}\`: ${issue.message}`,
      'Correct the value; `policies/schema` describes every field.',
    ),
  ];
}

/**
 * The alternative of a union the author meant: the one whose own type fits, so that the problem lies inside it. Null when
 * none or several do.
 */
function meantBranch(branches: Issue[][]): Issue[] | null {
  const fitting = branches.filter((issues) =>
    issues.every(({code, path}) => code !== 'invalid_type' || path.length > 0),
  );
  return fitting.length === 1 ? fitting[0]! : null;
}

function problem(
  code: string,
  document: YamlDocument,
  path: (string | number)[],
  message: string,
  remedy?: string,
): Finding {
  return {code, severity: 'high', message, where: document.place(path), ...(remedy ? {remedy} : {})};
}

function valueAt(value: unknown, path: (string | number)[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

/** Field names the schema knows at a path; empty where it is not an object schema. */
function keysAt(schema: ZodType, path: (string | number)[]): string[] {
  let at: unknown = schema;
  for (const part of path) at = stepInto(unwrap(at), part);
  const shape = (unwrap(at) as {shape?: Record<string, unknown>} | undefined)?.shape;
  return shape ? Object.keys(shape) : [];
}

function stepInto(schema: unknown, part: string | number): unknown {
  const object = schema as
    | {shape?: Record<string, unknown>; element?: unknown; valueType?: unknown}
    | undefined;
  if (object?.shape) return object.shape[part];
  return object?.element ?? object?.valueType;
}

/** Looks through optional, default, nullable and the first object of a union. */
function unwrap(schema: unknown): unknown {
  let at = schema as {def?: {innerType?: unknown; in?: unknown; options?: unknown[]}} | undefined;
  for (let depth = 0; at && depth < 8; depth++) {
    const inner =
      at.def?.innerType ??
      at.def?.in ??
      at.def?.options?.find((option) => (unwrap(option) as {shape?: unknown})?.shape);
    if (!inner) break;
    at = inner;
  }
  return at;
}
