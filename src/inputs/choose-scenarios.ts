import {stat} from 'node:fs/promises';
import {nearest} from '../document/nearest.ts';
import type {Finding} from '../model/common.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Workspace} from '../model/workspace.ts';
import {readScenarioFile, readScenarios} from './scenarios.ts';

/** Scenarios a person named, or what to say when there is none. */
export type Chosen =
  | {scenarios: Scenario[]; findings: Finding[]}
  | {missing: string; remedy: string; findings: Finding[]};

/** By id, by file, or all (`null`). */
export async function chooseScenarios(
  folder: string,
  workspace: Pick<Workspace, 'scenarios'> | null,
  named: string | null,
): Promise<Chosen> {
  if (named !== null && (await isFile(named))) {
    const {scenarios, findings} = await readScenarioFile(named);
    if (scenarios.length > 0) return {scenarios, findings};
    const remedy =
      findings.length > 0 ? 'Correct the problems named.' : 'Copy one: bulkhead scenario new NAME --from ID.';
    const what = findings.length > 0 ? 'no usable scenario' : 'no scenario: it has no YAML document';
    return {missing: `${named} holds ${what}`, remedy, findings};
  }
  const {scenarios, findings} = await readScenarios(folder, workspace);
  if (named === null) return {scenarios, findings};
  const found = scenarios.filter(({id}) => id === named);
  if (found.length > 0) return {scenarios: found, findings};
  const near = nearest(
    named,
    scenarios.map(({id}) => id),
  );
  return {
    missing: `no scenario and no file is called \`${named}\``,
    remedy: near ? `Did you mean \`${near}\`?` : 'List them with `bulkhead scenario list`.',
    findings,
  };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
