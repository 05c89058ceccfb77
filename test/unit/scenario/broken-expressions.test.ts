import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import {readParameters} from '../../../src/inputs/parameters.ts';
import {adHocWorkspace} from '../../../src/io/workspace.ts';
import {parseScenarios} from '../../../src/scenario/parse.ts';
import {runScenario} from '../../../src/scenario/run.ts';
import {buildTestEstate} from '../../../src/scenario/test-estate.ts';

const parameters = await readParameters('.', adHocWorkspace([]));

const scenarioWith = (lines: string): string => `apiVersion: bulkhead.dev/v1alpha1
kind: Scenario
metadata: {name: own}
spec:
  title: t
  summary: s
  facts: [{text: t, source: s, date: '2026', certainty: confirmed}]
  start: [{id: 'ad:x'}]
  levelCap: 1
${lines}
  absent: {input: i, remedy: r, verdict: unknown}
  mfa: {helps: false, because: b}
  firstActions: [a]
`;

async function run(lines: string) {
  const {documents} = parseYaml(scenarioWith(lines), 'own.yaml');
  const parsed = parseScenarios([{file: 'own.yaml', shipped: false, documents}]);
  expect(parsed.findings).toEqual([]);
  const facts = {facts: {workloads: [{id: 'private:x/a', name: 'a'}]}} as never;
  const {value} = buildTestEstate(
    facts,
    {rules: parameters.sensitivityRules, identity: {now: '2026-11-22T00:00:00.000Z', aws: parameters.aws}},
    'test',
  );
  return runScenario(parsed.value[0]!, {...value, starts: null, window: null, earlier: null});
}

test('a rule that does not type-check leaves the verdict open, never out, and is named by file, line and column', async () => {
  const {value, findings} = await run(
    '  decide:\n    - {when: workload.clud == "aws", verdict: in, because: b, among: all}',
  );
  expect(value.results[0]).toMatchObject({
    verdict: 'unknown',
    decidedBy: 'cannot be evaluated: workload.clud == "aws"',
  });
  expect(findings).toMatchObject([{where: {file: 'own.yaml', line: 11, col: 23}, partial: true}]);
  expect(findings[0]!.message).toContain('did you mean `cloud`');
});

test('`concerns` that does not type-check leaves nobody out', async () => {
  const {value, findings} = await run('  concerns: workload.cloud ==');
  expect(value.results[0]!.verdict).toBe('unknown');
  expect(findings).toMatchObject([{where: {file: 'own.yaml', line: 10}}]);
});
