import type {Cell, Table} from '../../model/decoded.ts';

/** Accepted headers per column, folded (lower case, runs of other characters as `_`). First one is canonical. */
export type ColumnAliases = Record<string, readonly string[]>;

export const DEPENDENCY_COLUMNS = {
  from: ['from', 'source', 'von'],
  to: ['to', 'target', 'nach'],
  kind: ['kind', 'type', 'art'],
  gib: ['gib_per_month', 'gib_month', 'gib', 'gib_pro_monat'],
  latency: ['max_latency_ms', 'latency_ms', 'max_latenz_ms'],
} as const satisfies ColumnAliases;

export const REGISTER_COLUMNS = {
  id: ['id'],
  function: ['function', 'business_function', 'funktion', 'geschaeftsprozess'],
  owner: ['owner', 'verantwortlich'],
  criticality: ['criticality', 'kritikalitaet'],
  rtoHours: ['rto_hours', 'rto_h', 'rto_stunden'],
  rpoHours: ['rpo_hours', 'rpo_h', 'rpo_stunden'],
  provider: ['provider', 'anbieter'],
  exitPlan: ['exit_plan', 'ausstiegsplan'],
  critical: ['critical', 'critical_or_important', 'kritisch'],
  substitutability: ['substitutability', 'ersetzbarkeit'],
  dataCategories: ['data_categories', 'datenkategorien'],
  records: ['records', 'datensaetze'],
  confidentiality: ['confidentiality', 'c', 'vertraulichkeit'],
  integrity: ['integrity', 'i', 'integritaet'],
  availability: ['availability', 'a', 'verfuegbarkeit'],
  decidedBy: ['decided_by', 'entschieden_von'],
  date: ['date', 'decided_on', 'datum'],
  reason: ['reason', 'begruendung'],
  covers: ['covers', 'workloads', 'umfasst'],
} as const satisfies ColumnAliases;

export const ANSWER_COLUMNS = {
  gap: ['gap'],
  answer: ['answer', 'antwort'],
  by: ['answered_by', 'by', 'beantwortet_von'],
  date: ['date', 'datum'],
  because: ['because', 'reason', 'begruendung'],
} as const satisfies ColumnAliases;

/** Column index per field name; absent fields are not in the result. */
export function findColumns<A extends ColumnAliases>(
  aliases: A,
  header: string[],
): Partial<Record<keyof A, number>> {
  const folded = header.map(fold);
  const columns: Partial<Record<keyof A, number>> = {};
  for (const field of Object.keys(aliases) as (keyof A & string)[]) {
    const index = folded.findIndex((name) => aliases[field]!.includes(name));
    if (index >= 0) columns[field] = index;
  }
  return columns;
}

/** Headers no alias knows. */
export function unknownColumns(aliases: ColumnAliases, header: string[]): string[] {
  const known = new Set(Object.values(aliases).flat());
  return header.filter((name) => name !== '' && !known.has(fold(name)));
}

/** Trimmed text of a cell, null when empty. */
export function cellText(row: Cell[], column: number | undefined): string | null {
  const cell = column === undefined ? null : row[column];
  if (cell === null || cell === undefined) return null;
  const text = String(cell).trim();
  return text === '' ? null : text;
}

/** The first table whose header holds all given fields. */
export function tableWith(tables: Table[], aliases: ColumnAliases, required: string[]): Table | null {
  return (
    tables.find((table) => {
      const columns = findColumns(aliases, table.header);
      return required.every((field) => columns[field] !== undefined);
    }) ?? null
  );
}

function fold(header: string): string {
  return header
    .replace(/^\uFEFF/, '')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
