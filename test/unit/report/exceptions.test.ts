import {expect, test} from 'vitest';
import type {ExceptionMark, ExceptionRecord} from '../../../src/model/policy.ts';
import type {PlanRun} from '../../../src/model/plan.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
import {renderPlan} from '../../../src/cli/render/plan.ts';
import {exceptionRegister} from '../../../src/report/exceptions.ts';
import {renderPlanMarkdown} from '../../../src/report/markdown.ts';
import {sarif} from '../../../src/report/sarif.ts';
import {plan, request, written, type Sketch} from '../placement/small-estate.ts';

const SKETCH: Sketch = {
  things: {db: {at: 'cloud', need: 3}, web: {at: 'cloud', need: 1}},
  sites: {cloud: {class: 'public'}, own: {class: 'dedicated'}},
  control: [
    ['tenant', 'cloud'],
    ['tenant', 'own'],
  ],
  rules: [{id: 'HARD', effect: 'forbid', outcome: (_, site) => (site === 'cloud' ? 'fail' : 'pass')}],
};
const MARK: ExceptionMark = {
  id: 'EX-LATER',
  owner: 'ciso@x',
  expiresOn: '2027-03-31',
  category: 'mitigated',
};
const record = (more: Partial<ExceptionRecord>): ExceptionRecord => ({
  ...MARK,
  rules: ['HARD'],
  reason: 'Moves | in spring.',
  approvedBy: ['dpo@x'],
  createdOn: null,
  compensatingControls: ['Daily review'],
  status: 'in-force',
  covers: 1,
  place: {file: 'ex.yaml', line: 3},
  ...more,
});
const EXCEPTIONS = [
  record({}),
  record({id: 'EX-SOON', expiresOn: '2026-12-01', rules: ['OTHER'], covers: 0}),
  record({id: 'EX-OLD', expiresOn: '2026-11-20', status: 'expired', covers: 0}),
  record({id: 'EX-VOID', status: 'void', covers: 0}),
];

function excused(exceptions: ExceptionRecord[]) {
  const asked = request(SKETCH);
  const rules = [{...asked.policy.rules[0]!, excepted: new Map([[0, [MARK, null]]])}];
  const {value, findings} = planPlacement({...asked, policy: {...asked.policy, rules, exceptions}});
  const run: PlanRun = {...written(value), exceptions, generatedAt: '2026-11-22T09:00:00Z', findings};
  return {run, findings};
}

test('what ended comes first, then what ends within 30 days; days are counted to the end of the last one', () => {
  const {run} = excused(EXCEPTIONS);
  expect(
    exceptionRegister(run).map(({record: {id}, state, daysLeft, restOnIt}) => [
      id,
      state,
      daysLeft,
      restOnIt,
    ]),
  ).toEqual([
    ['EX-OLD', 'ended', -2, 0],
    ['EX-SOON', 'ends-soon', 10, 0],
    ['EX-VOID', 'void', 130, 0],
    ['EX-LATER', 'in-force', 130, 1],
  ]);
});

test('plan.md shows the register, and the failure an exception excuses struck through, not hidden', () => {
  const text = renderPlanMarkdown(excused(EXCEPTIONS).run);
  const section = text.split('## Exceptions')[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| EX'));
  expect(rows.map((row) => row.split(' | ')[0])).toEqual([
    '| EX-OLD',
    '| EX-SOON',
    '| EX-VOID',
    '| EX-LATER',
  ]);
  expect(rows[0]).toContain('2026-11-20 (2 days ago)');
  expect(rows[3]).toMatch(
    /~~HARD: .+~~ \(policies\/test\.yaml:7\) for db at cloud; 1 workload placed on its word/,
  );
  expect(rows[3]).toContain('ciso&#64;x, approved by dpo&#64;x');
  // A pipe in a reason ends no cell.
  expect(rows[3]).toContain('Moves &#124; in spring');
  expect(renderPlanMarkdown(written(plan(SKETCH)))).not.toContain('## Exceptions');
});

test('the screen has one sentence about exceptions when there are any', () => {
  const lines = (run: PlanRun): string[] =>
    renderPlan(run, [], 400)
      .split('\n')
      .filter((line) => line.startsWith('Exceptions:'));
  expect(lines(excused(EXCEPTIONS).run)).toEqual([
    'Exceptions: 2 in force, 1 workload is placed on their word; EX-SOON of ciso@x ends in 10 days; ended and without effect: EX-OLD; without effect: EX-VOID.',
  ]);
  expect(lines(written(plan(SKETCH)))).toEqual([]);
});

test('SARIF keeps the excused failure and suppresses it from outside, with reason, owner and end', () => {
  const {findings} = excused(EXCEPTIONS);
  const {runs} = sarif(findings, {version: '1'}) as {runs: {results: {ruleId: string}[]}[]};
  const suppressed = runs[0]!.results.filter((result) => 'suppressions' in result);
  expect(suppressed).toMatchObject([
    {
      ruleId: 'BH-EXC-003',
      level: 'warning',
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'EX-LATER: Moves | in spring. Owner: ciso@x. Ends on 2027-03-31.',
        },
      ],
    },
  ]);
});
