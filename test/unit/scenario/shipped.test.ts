import {describe, expect, test} from 'vitest';
import {readParameters} from '../../../src/inputs/parameters.ts';
import {readScenarios} from '../../../src/inputs/scenarios.ts';
import {adHocWorkspace} from '../../../src/io/workspace.ts';
import {testScenario, untestedVerdicts} from '../../../src/scenario/test.ts';

const NOW = '2026-11-22T00:00:00.000Z';
const {scenarios, findings} = await readScenarios('.', null);
const parameters = await readParameters('.', adHocWorkspace([]));

test('every shipped scenario checks', () => {
  expect(findings).toEqual([]);
  expect(scenarios.length).toBeGreaterThan(0);
});

describe.each(scenarios)('$id', (scenario) => {
  test('gives the verdicts its tests expect', async () => {
    const results = await testScenario(scenario, {
      rules: parameters.sensitivityRules,
      identity: {now: NOW, aws: parameters.aws},
    });
    expect(results.length).toBeGreaterThan(0);
    expect(
      results.flatMap(({test: name, problems}) => problems.map((problem) => `${name}: ${problem}`)),
    ).toEqual([]);
  });

  test('shows each verdict it can give', () => {
    expect(untestedVerdicts(scenario)).toEqual([]);
  });
});
