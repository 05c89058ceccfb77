import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {packageRoot} from './package-files.ts';

/** The shipped JSON Schemas of authored documents, by kind. */
export async function readSchemas(): Promise<Map<string, {file: string; schema: Record<string, unknown>}>> {
  const folder = join(packageRoot(), 'policies', 'schema');
  const schemas = new Map<string, {file: string; schema: Record<string, unknown>}>();
  for (const name of (await readdir(folder)).toSorted()) {
    if (!name.endsWith('.schema.json')) continue;
    const file = join(folder, name);
    const schema = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const kind = (schema as {properties?: {kind?: {const?: unknown}}}).properties?.kind?.const;
    if (typeof kind === 'string') schemas.set(kind, {file, schema});
  }
  return schemas;
}
