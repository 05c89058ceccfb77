import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {Finding} from '../model/common.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Workspace} from '../model/workspace.ts';
import {readDocumentFiles} from '../io/documents.ts';
import {expand, type NamedFile} from '../io/files.ts';
import {shippedPolicyFiles} from '../io/package-files.ts';
import {parseScenarios, type ScenarioFile} from '../scenario/parse.ts';

/** Folder of own scenarios in a workspace. */
export const SCENARIO_FOLDER = 'scenarios';

/** Shipped scenarios and those of the workspace; own ones win. A broken file is a finding; the others stay. */
export async function readScenarios(
  folder: string,
  workspace: Pick<Workspace, 'scenarios'> | null,
): Promise<{scenarios: Scenario[]; findings: Finding[]}> {
  const findings: Finding[] = [];
  const files: ScenarioFile[] = [];
  const add = async (named: NamedFile[], shipped: boolean): Promise<void> => {
    const read = await readDocumentFiles(named);
    findings.push(...read.findings);
    files.push(...read.files.map(({file, documents}) => ({file, shipped, documents})));
  };
  await add(shippedPolicyFiles('scenarios'), true);
  const own = workspace === null ? [] : (workspace.scenarios ?? (await ownFolder(folder)));
  if (own.length > 0) {
    const named = await expand(folder, own, 'scenario');
    findings.push(...named.findings);
    await add(named.files, false);
  }
  const parsed = parseScenarios(files);
  return {scenarios: parsed.value, findings: [...findings, ...parsed.findings]};
}

/** Scenarios of one file by its path, relative to the current folder. */
export async function readScenarioFile(path: string): Promise<{scenarios: Scenario[]; findings: Finding[]}> {
  const read = await readDocumentFiles([{path, display: path}]);
  const parsed = parseScenarios(read.files.map(({file, documents}) => ({file, shipped: false, documents})));
  return {scenarios: parsed.value, findings: [...read.findings, ...parsed.findings]};
}

async function ownFolder(folder: string): Promise<string[]> {
  const found = await stat(join(folder, SCENARIO_FOLDER)).catch(() => null);
  return found?.isDirectory() ? [`${SCENARIO_FOLDER}/*.{yaml,yml}`] : [];
}
