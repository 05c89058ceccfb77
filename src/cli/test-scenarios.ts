import {chooseScenarios} from '../inputs/choose-scenarios.ts';
import {readParameters} from '../inputs/parameters.ts';
import {workspaceOrNone} from '../inputs/workspace-or-none.ts';
import {adHocWorkspace} from '../io/workspace.ts';
import type {Finding} from '../model/common.ts';
import {type ScenarioTestResult, testScenario} from '../scenario/test.ts';
import {Failure} from './failure.ts';

/** Time of the tests: fixed, so that a test that passes today passes tomorrow. */
const TEST_TIME = '2026-11-22T00:00:00.000Z';

/** Runs the tests of the named scenario, or of all, with the shipped parameters. */
export async function testScenarios(
  folder: string,
  named: string | null,
): Promise<{tests: ScenarioTestResult[]; findings: Finding[]}> {
  const chosen = await chooseScenarios(folder, await workspaceOrNone(folder), named);
  if ('missing' in chosen)
    throw new Failure(chosen.missing, {findings: chosen.findings, remedy: chosen.remedy});
  const parameters = await readParameters(folder, adHocWorkspace([]));
  const tests: ScenarioTestResult[] = [];
  for (const scenario of chosen.scenarios)
    tests.push(
      ...(await testScenario(scenario, {
        rules: parameters.sensitivityRules,
        identity: {now: TEST_TIME, aws: parameters.aws},
      })),
    );
  return {tests, findings: chosen.findings};
}
