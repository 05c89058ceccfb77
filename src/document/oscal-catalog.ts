import type {Catalog, CatalogControl} from '../model/catalog.ts';
import type {Finding, Outcome} from '../model/common.ts';

/** More controls than any catalogue has: the largest known hold some thousands. */
const MOST_CONTROLS = 100_000;
const MOST_CHARACTERS = 300;

type Contents = Omit<Catalog, 'framework' | 'sha256'>;
type Json = Readonly<Record<string, unknown>>;

/**
 * Ids and titles of an OSCAL catalogue (JSON, any 1.x version), groups and controls nested to any depth. Only what
 * mappings need is taken over, no control text. Controls without an id or title and repeated ids are left out and told.
 */
export function readOscalCatalog(value: unknown, file: string): Outcome<Contents | null> {
  const catalog = record(record(value)?.['catalog']);
  if (!catalog) {
    const found = record(value)
      ? Object.keys(value as object)
          .slice(0, 3)
          .join(', ')
      : typeof value;
    return failed(file, `not an OSCAL catalogue: there is no \`catalog\` (found: ${found || 'nothing'})`);
  }
  const metadata = record(catalog['metadata']);
  const controls = new Map<string, CatalogControl>();
  let unnamed = 0;
  let repeated = 0;
  // A stack of our own: files nested a hundred thousand deep are no reason to fall over.
  const open: Json[] = [catalog];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const entry of records(at['controls'])) {
      const control = toControl(entry);
      if (!control) unnamed++;
      else if (controls.has(control.id)) repeated++;
      else controls.set(control.id, control);
      open.push(entry);
      if (controls.size > MOST_CONTROLS) return failed(file, `more than ${MOST_CONTROLS} controls`);
    }
    open.push(...records(at['groups']));
  }
  if (controls.size === 0)
    return failed(file, 'the catalogue holds no controls; a profile must be resolved to a catalogue first');
  return {
    value: {
      title: line(metadata?.['title']) ?? 'untitled catalogue',
      version: line(metadata?.['version']),
      oscalVersion: line(metadata?.['oscal-version']),
      controls: [...controls.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    },
    findings: [
      ...left(file, unnamed, 'have no id or no title'),
      ...left(file, repeated, 'repeat an id; the first one counts'),
    ],
  };
}

function toControl(entry: Json): CatalogControl | null {
  const [id, title] = [line(entry['id']), line(entry['title'])];
  if (id === null || title === null) return null;
  const alternative = records(entry['props']).find(({name}) => name === 'alt-identifier');
  return {id, title, altIdentifier: line(alternative?.['value'])};
}

/** One line of text without control characters, as it may be printed; null for anything else. */
function line(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);
  return text === '' ? null : text;
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record).filter((entry) => entry !== null) : [];
}

function failed(file: string, message: string): Outcome<null> {
  return {
    value: null,
    findings: [
      {
        code: 'BH-CAT-001',
        severity: 'high',
        message,
        where: {file},
        remedy: 'Name a catalogue in OSCAL JSON, for example the resolved catalogue of your edition.',
        partial: true,
      },
    ],
  };
}

function left(file: string, count: number, why: string): Finding[] {
  if (count === 0) return [];
  return [
    {code: 'BH-CAT-002', severity: 'low', message: `${count} controls left out: they ${why}`, where: {file}},
  ];
}
