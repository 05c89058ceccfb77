import type {Finding} from '../../model/common.ts';
import {problem, Unreadable} from './problem.ts';
import {attribute, emptyTag, isNamed, nextTag, readTag, textOf, type Tag} from './xml-bytes.ts';
import {inflateEntry, type ZipEntry} from './zip.ts';

/** Where the parts of a workbook are (ECMA-376 part 2 relationships, transitional or strict). */
export interface WorkbookIndex {
  sharedStrings: ZipEntry | null;
  /** In workbook order; `entry` null = named but not in the archive. */
  sheets: {name: string; entry: ZipEntry | null}[];
}

/** Small parts are held whole; larger ones are no index. */
const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** @throws Unreadable BH-IO-014 when the archive is no workbook */
export async function readWorkbookIndex(
  data: Buffer,
  entries: Map<string, ZipEntry>,
  file: string,
): Promise<WorkbookIndex> {
  const part = async (name: string) => {
    const entry = entries.get(name);
    if (!entry || entry.size > MAX_INDEX_BYTES) return null;
    const chunks: Buffer[] = [];
    for await (const chunk of inflateEntry(data, entry, file)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const rootLinks = relationships(await part('_rels/.rels'));
  const workbookPath = rootLinks.find((link) => link.type === 'officeDocument')?.target.replace(/^\//, '');
  const workbook = workbookPath ? await part(workbookPath) : null;
  if (!workbookPath || !workbook) throw new Unreadable(notAWorkbook(file, entries));
  const slash = workbookPath.lastIndexOf('/') + 1;
  const folder = workbookPath.slice(0, slash);
  const links = relationships(await part(`${folder}_rels/${workbookPath.slice(slash)}.rels`));
  const entryOf = (target: string) => entries.get(resolve(folder, target)) ?? null;
  const strings = links.find((link) => link.type === 'sharedStrings');
  const sheets: WorkbookIndex['sheets'] = [];
  eachTag(workbook, (tag) => {
    if (tag.closing || !isNamed(workbook, tag, 'sheet')) return;
    const name = valueOf(workbook, tag, 'name');
    const id = valueOf(workbook, tag, 'r:id') ?? relationId(workbook, tag);
    const link = links.find((candidate) => candidate.id === id);
    if (name === null || (link && link.type !== 'worksheet')) return; // chart and dialog sheets hold no rows
    sheets.push({name, entry: link ? entryOf(link.target) : null});
  });
  if (sheets.length === 0) throw new Unreadable(notAWorkbook(file, entries));
  return {sharedStrings: strings ? entryOf(strings.target) : null, sheets};
}

/** The refusal for a ZIP that holds something else than a workbook. */
export function notAWorkbook(file: string, entries: Map<string, ZipEntry>): Finding {
  const names = [...entries.keys()].filter((name) => !name.endsWith('/'));
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return problem(
    'BH-IO-014',
    {file},
    `this is a ZIP but not an .xlsx workbook; it holds ${shown.join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
    'Unpack it and give the files inside; a workbook of another format must be saved as .xlsx.',
  );
}

interface Relationship {
  id: string;
  /** Last segment of the type URI: `worksheet`, `sharedStrings` … */
  type: string;
  target: string;
}

function relationships(bytes: Buffer | null): Relationship[] {
  const links: Relationship[] = [];
  if (!bytes) return links;
  eachTag(bytes, (tag) => {
    if (tag.closing || !isNamed(bytes, tag, 'Relationship')) return;
    const type = valueOf(bytes, tag, 'Type') ?? '';
    links.push({
      id: valueOf(bytes, tag, 'Id') ?? '',
      type: type.slice(type.lastIndexOf('/') + 1),
      target: valueOf(bytes, tag, 'Target') ?? '',
    });
  });
  return links;
}

function eachTag(bytes: Buffer, visit: (tag: Tag) => void): void {
  const tag = emptyTag();
  for (
    let at = nextTag(bytes, 0, bytes.length);
    at < bytes.length;
    at = nextTag(bytes, tag.end, bytes.length)
  ) {
    if (!readTag(bytes, at, bytes.length, tag)) return;
    visit(tag);
  }
}

function valueOf(bytes: Buffer, tag: Tag, name: string): string | null {
  const range = attribute(bytes, tag, name);
  return range ? textOf(bytes, range[0], range[1]) : null;
}

/** The relationship id under whatever prefix the writer chose. */
function relationId(bytes: Buffer, tag: Tag): string | null {
  return (
    /\s[\w.-]+:id\s*=\s*["']([^"']+)["']/.exec(bytes.toString('utf8', tag.nameStart, tag.end))?.[1] ?? null
  );
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
