import {existsSync, readdirSync} from 'node:fs';
import {dirname, join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Folder of the installed package: the nearest one upwards that holds package.json (works from src and from dist). */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** YAML files shipped below `policies/<folder>`, sorted, with the display name `pack:<folder>/<file>`. */
export function shippedPolicyFiles(folder: string): {path: string; display: string}[] {
  const root = join(packageRoot(), 'policies', folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => ({path: join(root, name), display: `pack:${folder}/${name.split(sep).join('/')}`}));
}

/** Names of the shipped rule packs: the folders below `policies/` that hold placement policies. */
export const PACKS = [
  'baseline',
  'storm-0558',
  'shared-hardware',
  'gdpr-schrems-ii',
  'dora',
  'bsi-schutzbedarf',
  'bsi-c5',
  'de-health',
  'nis2',
  'pci-scope',
  'sovereignty-seal',
  'msp-hygiene',
] as const;
