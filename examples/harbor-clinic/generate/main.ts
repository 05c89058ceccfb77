import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {awsFiles} from './aws.ts';
import {azureFiles} from './azure.ts';
import {entraFiles} from './entra.ts';
import type {GeneratedFile} from './files.ts';
import {gcpFiles} from './gcp.ts';
import {vmwareFiles} from './vmware.ts';

/**
 * Every generated file of the workspace. The hand-written ones (bulkhead.yaml, identity.yaml, register.yaml,
 * sites.yaml, deps.csv, policies/) are what a client would write and stay out of here.
 */
export function generate(): GeneratedFile[] {
  return [...azureFiles(), ...entraFiles(), ...awsFiles(), ...gcpFiles(), ...vmwareFiles()];
}

/** Run as a script: writes the inventory beside this folder, or into the folder given as argument. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
  for (const file of generate()) {
    const path = join(target, file.path);
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, file.bytes);
  }
}
