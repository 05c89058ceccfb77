/**
 * Writes every generated file: the command surface (golden file and reference), the JSON Schemas of
 * authored documents, and the outputs shown in the READMEs. Run by `npm run generate`; CI fails when this changes anything.
 */
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {withOutputs} from './readme-output.ts';
import {commandReference, commandSurface, type Manifest} from './command-surface.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const manifest = JSON.parse(await readFile(join(root, 'oclif.manifest.json'), 'utf8')) as Manifest;
await writeFile(
  join(root, 'test/golden/command-surface.json'),
  `${JSON.stringify(commandSurface(manifest), null, 2)}\n`,
);
await writeFile(join(root, '.github/COMMANDS.md'), commandReference(manifest));

const schemaFolder = join(root, 'policies/schema');
await rm(schemaFolder, {recursive: true, force: true});
await mkdir(schemaFolder, {recursive: true});
const documents = join(root, 'src/model/documents');
for (const file of (await readdir(documents)).toSorted()) {
  const module = (await import(join(documents, file))) as Record<string, unknown>;
  for (const [name, schema] of Object.entries(module)) {
    if (!name.endsWith('Document') || !(schema instanceof z.ZodType)) continue;
    const kind = name
      .slice(0, -'Document'.length)
      .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const json = {
      $id: `policies/schema/${kind}.schema.json`,
      ...z.toJSONSchema(schema, {io: 'input', unrepresentable: 'any'}),
    };
    await writeFile(join(schemaFolder, `${kind}.schema.json`), `${JSON.stringify(json, null, 2)}\n`);
  }
}

for (const name of ['README.md', 'examples/README.md']) {
  const readme = join(root, name);
  await writeFile(readme, withOutputs(await readFile(readme, 'utf8'), root));
}
