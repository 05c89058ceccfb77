import {readFile, readdir} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {readOscalCatalog} from '../document/oscal-catalog.ts';
import type {Catalog} from '../model/catalog.ts';
import type {Finding} from '../model/common.ts';
import {readText} from './files.ts';
import {writeFolder} from './write-folder.ts';

/** Where the catalogues of a workspace are kept: one file per framework. */
const FOLDER = join('.bulkhead', 'catalogs');

/** Frameworks are file names, too. */
export const FRAMEWORK_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Reads an OSCAL catalogue file as the catalogue of a framework. */
export async function readCatalogFile(
  path: string,
  framework: string,
): Promise<{catalog: Catalog | null; findings: Finding[]}> {
  const {text, sha256, findings} = await readText({path: resolve(path), display: path});
  if (text === null || sha256 === null) return {catalog: null, findings};
  const parsed = parseJson(text, path);
  if ('finding' in parsed) return {catalog: null, findings: [parsed.finding]};
  const {value, findings: problems} = readOscalCatalog(parsed.value, path);
  return {catalog: value ? {framework, sha256, ...value} : null, findings: problems};
}

/** Writes the catalogue into the workspace; an earlier one of the same framework is replaced. Returns the file. */
export async function saveCatalog(folder: string, catalog: Catalog): Promise<string> {
  const name = `${catalog.framework}.json`;
  await writeFolder(join(folder, FOLDER), [{name, content: `${JSON.stringify(catalog, null, 1)}\n`}]);
  return join(FOLDER, name);
}

/** The catalogues of a workspace by framework. One that cannot be read is a finding; titles are then missing. */
export async function readCatalogs(
  folder: string,
): Promise<{catalogs: Map<string, Catalog>; findings: Finding[]}> {
  const catalogs = new Map<string, Catalog>();
  const findings: Finding[] = [];
  const names = await readdir(join(folder, FOLDER)).catch(() => []);
  for (const name of names.filter((entry) => entry.endsWith('.json')).toSorted()) {
    const display = join(FOLDER, name);
    const text = await readFile(join(folder, display), 'utf8').catch(() => '');
    const parsed = parseJson(text, display);
    const framework = basename(name, '.json');
    const catalog = 'value' in parsed && isCatalog(parsed.value) ? parsed.value : null;
    if (catalog?.framework === framework) catalogs.set(framework, catalog);
    else findings.push(unusable(display));
  }
  return {catalogs, findings};
}

function isCatalog(value: unknown): value is Catalog {
  const {framework, title, controls} = (value ?? {}) as Partial<Catalog>;
  return (
    typeof framework === 'string' &&
    typeof title === 'string' &&
    Array.isArray(controls) &&
    controls.every((control) => typeof control?.id === 'string' && typeof control.title === 'string')
  );
}

function parseJson(text: string, display: string): {value: unknown} | {finding: Finding} {
  try {
    return {value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown};
  } catch (error) {
    const finding: Finding = {
      code: 'BH-CAT-003',
      severity: 'high',
      message: `not JSON: ${(error as Error).message}`,
      where: {file: display},
      remedy: 'Name the JSON edition of the catalogue; XML and YAML editions are not read.',
      partial: true,
    };
    return {finding};
  }
}

function unusable(display: string): Finding {
  return {
    code: 'BH-CAT-004',
    severity: 'low',
    message: 'the stored catalogue cannot be used: its titles are missing',
    where: {file: display},
    remedy: 'Add it again with `bulkhead policy catalog add FILE`.',
  };
}
