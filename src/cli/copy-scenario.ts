import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {chooseScenarios} from '../inputs/choose-scenarios.ts';
import {SCENARIO_FOLDER} from '../inputs/scenarios.ts';
import {workspaceOrNone} from '../inputs/workspace-or-none.ts';
import {packageRoot} from '../io/package-files.ts';
import type {Scenario} from '../model/scenario.ts';
import {Failure} from './failure.ts';

/** Copies a scenario's file under a new id into the workspace. Comments and order of the original stay. */
export async function copyScenario(
  folder: string,
  from: string,
  name: string,
): Promise<{file: string; title: string}> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw new Failure(`\`${name}\` is no id of a scenario`, {
      remedy: 'Use lower-case letters, digits and dashes.',
    });
  const chosen = await chooseScenarios(folder, await workspaceOrNone(folder), from);
  if ('missing' in chosen)
    throw new Failure(chosen.missing, {findings: chosen.findings, remedy: chosen.remedy});
  const scenario = chosen.scenarios[0]!;
  const text = await readFile(fileOf(folder, scenario), 'utf8');
  const target = join(folder, SCENARIO_FOLDER, `${name}.yaml`);
  await mkdir(join(folder, SCENARIO_FOLDER), {recursive: true});
  try {
    await writeFile(target, text.replace(/(\bname:\s*)(['"]?)[a-z0-9-]+\2/, `$1${name}`), {flag: 'wx'});
  } catch (error) {
    if ((error as {code?: string}).code !== 'EEXIST') throw error;
    throw new Failure(`${target} exists already`, {remedy: 'Choose another name, or remove the file.'});
  }
  return {file: target, title: scenario.spec.title};
}

function fileOf(folder: string, {shipped, place}: Scenario): string {
  const file = place.file ?? '';
  if (shipped) return join(packageRoot(), 'policies', file.replace(/^pack:/, ''));
  return join(folder, file);
}
