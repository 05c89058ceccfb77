import {expect, test} from 'vitest';
import {renderScenarioRun, renderScenarioTable} from '../../../../src/cli/render/scenario.ts';
import {shareText} from '../../../../src/cli/render/share.ts';
import type {ScenarioResult, ScenarioRun} from '../../../../src/model/scenario.ts';

const sum = {workloads: 0, value: 0, share: 0};
const RUN: ScenarioRun = {
  scenario: 's',
  title: 't',
  summary: '',
  levelCap: 1,
  results: [],
  totals: {in: {workloads: 1, value: 0.2, share: 0.3}, conditional: sum, unknown: sum, out: sum},
  starts: [],
  excluded: [],
  window: null,
  facts: [],
  mfa: {helps: false, because: 'b'},
  firstActions: [],
  asOf: null,
};
const result = (name: string, decidedBy: string): ScenarioResult => ({
  workload: name,
  name,
  verdict: 'unknown',
  decidedBy,
  level: null,
  start: null,
  path: [],
});

test('workloads with one verdict for one reason share a row; --verdicts lists each', () => {
  const results = ['a', 'b', 'c', 'd', 'e']
    .map((name) => result(name, 'x is missing'))
    .concat(result('f', 'y is missing'));
  const text = renderScenarioRun({...RUN, results}, false);
  expect(text).toMatch(/^a, b, c and 2 more +unknown +x is missing$/m);
  expect(text).toMatch(/^f +unknown +y is missing$/m);
  expect(text).toContain('--verdicts lists all');
  expect(renderScenarioRun({...RUN, results}, true).match(/x is missing/g)).toHaveLength(5);
});

test('an input without workloads is not called unhit', () => {
  expect(renderScenarioRun(RUN, false)).toContain('The input holds no workloads');
});

test('a share never reads as nothing or as all where it is not', () => {
  expect([0, 0.3, 0.5, 99.4, 99.7, 100].map(shareText)).toEqual(['0 %', '<1 %', '1 %', '99 %', '>99 %', '100 %']); // prettier-ignore
  expect(renderScenarioRun(RUN, false)).toContain('in 1 (<1 % of value)');
});

test('many incidents before and after the plan stand side by side', () => {
  const after = {...RUN, totals: {...RUN.totals, in: {workloads: 2, value: 1, share: 40}}};
  expect(renderScenarioTable([RUN], new Map([['s', after]]))).toMatch(
    /IN AFTER PLAN +INCIDENT\ns +0 +1 \(<1 %\) +– +– +2 \(40 %\) +t/,
  );
  expect(renderScenarioTable([RUN])).not.toContain('AFTER');
});
