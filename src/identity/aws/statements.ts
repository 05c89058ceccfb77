/** One statement of an AWS policy document, lists made lists. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** Lower-cased condition keys. */
  conditionKeys: string[];
  condition: unknown;
  principal: unknown;
  notPrincipal: boolean;
}

/** Reads the statements of a policy document; anything that has not the form of one is left out. */
export function statementsOf(document: unknown): Statement[] {
  const raw = property(document, 'Statement');
  return listOf(raw).flatMap((item) => {
    const effect = property(item, 'Effect');
    if (effect !== 'Allow' && effect !== 'Deny') return [];
    return [
      {
        effect,
        actions: texts(property(item, 'Action')),
        notActions: texts(property(item, 'NotAction')),
        resources: texts(property(item, 'Resource')),
        notResources: texts(property(item, 'NotResource')),
        conditionKeys: conditionKeys(property(item, 'Condition')),
        condition: property(item, 'Condition'),
        principal: property(item, 'Principal'),
        notPrincipal: property(item, 'NotPrincipal') !== undefined,
      },
    ];
  });
}

/** Values of the condition keys that end so (lower-cased), over all operators. */
export function conditionValues({condition}: Statement, ending: string): string[] {
  return Object.values(asRecord(condition)).flatMap((operator) =>
    Object.entries(asRecord(operator)).flatMap(([key, value]) =>
      key.toLowerCase().endsWith(ending) ? texts(value) : [],
    ),
  );
}

/** A value that may stand alone or in a list. */
export function listOf(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The texts of a value that may stand alone or in a list. */
export function texts(value: unknown): string[] {
  return listOf(value).flatMap((item) =>
    typeof item === 'string' ? [item] : typeof item === 'number' ? [String(item)] : [],
  );
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function property(value: unknown, key: string): unknown {
  const record = asRecord(value);
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function conditionKeys(condition: unknown): string[] {
  return Object.values(asRecord(condition)).flatMap((operator) =>
    Object.keys(asRecord(operator)).map((key) => key.toLowerCase()),
  );
}
