import type {Scenario, Verdict} from '../model/scenario.ts';
import {runScenario} from './run.ts';
import {buildTestEstate, type TestParameters} from './test-estate.ts';
import {parseWindow} from './window.ts';

/** Result of one test of a scenario. */
export interface ScenarioTestResult {
  scenario: string;
  test: string;
  passed: boolean;
  /** One line per difference or problem. */
  problems: string[];
}

/** Verdicts no test of the scenario expects: what nobody shows to work. */
export function untestedVerdicts({spec}: Scenario): Verdict[] {
  const shown = new Set(spec.tests.flatMap(({expect}) => Object.values(expect)));
  return (['in', 'conditional', 'out', 'unknown'] as const).filter((verdict) => !shown.has(verdict));
}

/** Runs the tests of a scenario, each on an estate of its own, through the stages of a real run. */
export async function testScenario(
  scenario: Scenario,
  parameters: TestParameters,
): Promise<ScenarioTestResult[]> {
  const results: ScenarioTestResult[] = [];
  for (const test of scenario.spec.tests) {
    const problems: string[] = [];
    const file = `${scenario.id} test`;
    const {before, ...given} = test.given;
    const {value, findings} = buildTestEstate(given, parameters, file);
    problems.push(...findings.map(({message}) => message));
    const earlier = before ? buildTestEstate(before, parameters, file) : null;
    problems.push(...(earlier?.findings ?? []).map(({message}) => message));
    const window =
      test.window === undefined ? null : parseWindow(test.window, parameters.identity.now.slice(0, 10));
    problems.push(...(window?.findings ?? []).map(({message}) => message));
    const run = await runScenario(scenario, {
      ...value,
      starts: test.start ?? null,
      window: window?.value ?? null,
      earlier: earlier ? new Set(earlier.value.graph.nodes.map(({id}) => id)) : null,
    });
    problems.push(...run.findings.map(({message}) => message));
    for (const [wanted, verdict] of Object.entries(test.expect)) {
      const found = run.value.results.filter(({workload, name}) => workload === wanted || name === wanted);
      if (found.length !== 1) problems.push(`${found.length} workloads are called \`${wanted}\``);
      for (const {verdict: is, decidedBy} of found.slice(0, 1)) {
        if (is !== verdict) problems.push(`${wanted}: expected ${verdict}, is ${is} (${decidedBy})`);
        const words = test.decidedBy?.[wanted];
        if (words !== undefined && !decidedBy.includes(words))
          problems.push(`${wanted}: decided by "${decidedBy}", expected to contain "${words}"`);
      }
    }
    results.push({scenario: scenario.id, test: test.name, passed: problems.length === 0, problems});
  }
  return results;
}
