import {resolve} from 'node:path';
import {policyNames} from '../inputs/policy-names.ts';
import {readPolicies} from '../inputs/policies.ts';
import {FRAMEWORK_NAME, readCatalogFile, saveCatalog} from '../io/catalogs.ts';
import type {Finding} from '../model/common.ts';
import {Failure} from './failure.ts';

/** What `policy catalog add` did. */
export interface AddedCatalog {
  /** Where it is kept, relative to the workspace. */
  file: string;
  framework: string;
  title: string;
  version: string | null;
  controls: number;
  /** Controls of this framework that rules of the workspace map to, and those of them the catalogue does not know. */
  mapped: number;
  unknown: string[];
}

/** Takes ids and titles of an OSCAL catalogue into a workspace. Nothing is written when the file cannot be used. */
export async function addCatalog(
  folder: string,
  file: string,
  framework: string,
): Promise<{added: AddedCatalog; findings: Finding[]}> {
  if (!FRAMEWORK_NAME.test(framework))
    throw new Failure(`\`${framework}\` is no name of a framework`, {
      remedy: 'Use the name of the mappings: small letters, digits, dot, dash, underscore.',
    });
  const {root, names, workspace, findings} = await policyNames(folder, []);
  if (!workspace)
    throw new Failure('the workspace cannot be read', {findings, remedy: 'Point --dir at one.'});
  const {catalog, findings: problems} = await readCatalogFile(resolve(file), framework);
  if (!catalog) throw new Failure('the catalogue cannot be used', {findings: problems});
  const {set} = await readPolicies(root, names);
  const mapped = new Set(
    set.rules.flatMap(({info}) =>
      (info.mappings ?? []).flatMap((one) => (one.framework === framework ? [one.control] : [])),
    ),
  );
  const known = new Set(catalog.controls.map(({id}) => id));
  const unknown = [...mapped].filter((id) => !known.has(id)).toSorted();
  const path = await saveCatalog(root, catalog);
  return {
    added: {
      file: path,
      framework,
      title: catalog.title,
      version: catalog.version,
      controls: catalog.controls.length,
      mapped: mapped.size,
      unknown,
    },
    findings: [...problems, ...unknownControls(unknown, framework, file)],
  };
}

function unknownControls(unknown: string[], framework: string, file: string): Finding[] {
  if (unknown.length === 0) return [];
  return [
    {
      code: 'BH-CAT-005',
      severity: 'low',
      message: `rules map to ${unknown.length} controls of ${framework} that the catalogue does not hold: ${unknown.join(', ')}`,
      where: {file},
      remedy: 'The catalogue may be of another edition than the mappings.',
    },
  ];
}
