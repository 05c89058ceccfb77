import type {Decoded, InputFile, Table} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import type {IntakeHints, Shape} from '../shape.ts';

/** Columns that tell a table of the directory, by the shape that reads its rows; spelled as exports of admin tools have them. */
const TABLES: readonly {shape: string; needs: readonly string[]}[] = [
  {shape: 'gcp.directory-users', needs: ['primaryEmail', 'isAdmin']},
  {shape: 'gcp.group-memberships', needs: ['group', 'email', 'type']},
  {shape: 'gcp.delegation', needs: ['clientId', 'scopes']},
];

const NAMES: ReadonlyMap<string, string> = new Map(
  [
    'primaryEmail',
    'isAdmin',
    'isSuperAdmin',
    'isDelegatedAdmin',
    'suspended',
    'archived',
    'isEnrolledIn2Sv',
    'isEnforcedIn2Sv',
    'lastLoginTime',
    'customerId',
    'customer',
    'group',
    'email',
    'type',
    'clientId',
    'serviceAccount',
    'scopes',
  ].map((name) => [name.toLowerCase(), name]),
);

/** The shapes, those of directory exports reading their CSV twin as well: each row like the JSON record of the same fields. */
export function withTables(shapes: readonly Shape[]): Shape[] {
  return shapes.map((reader) => {
    const needs = TABLES.find(({shape}) => shape === reader.id)?.needs;
    if (needs === undefined) return reader;
    return {
      ...reader,
      matches: (decoded: Decoded, file: InputFile) =>
        tableOf(decoded, needs) !== null || reader.matches(decoded, file),
      map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
        const table = tableOf(decoded, needs);
        return reader.map(table === null ? decoded : asRecords(table), file, hints);
      },
    };
  });
}

function asRecords(table: Table): Decoded {
  const rejected = table.rejected ?? [];
  return {
    kind: 'ndjson',
    records: [...recordsOf(table), ...rejected.map(({reason}) => reason)],
    lines: [...table.rowNumbers, ...rejected.map(({row}) => row)],
  };
}

function tableOf(decoded: Decoded, needs: readonly string[]): Table | null {
  if (decoded.kind !== 'tables' || decoded.container !== 'csv') return null;
  return (
    decoded.tables.find(({header}) => {
      const names = new Set(header.map(fieldName));
      return needs.every((need) => names.has(need));
    }) ?? null
  );
}

/** `Client ID`, `client_id` and `clientId` are one column. */
function fieldName(header: string): string {
  const bare = header.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return NAMES.get(bare) ?? header;
}

function recordsOf({header, rows}: Table): Record<string, unknown>[] {
  const names = header.map(fieldName);
  return rows.map((row) =>
    Object.fromEntries(
      names.flatMap((name, i) => (row[i] === null || row[i] === undefined ? [] : [[name, String(row[i])]])),
    ),
  );
}
