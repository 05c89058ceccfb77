import {expect, test} from 'vitest';
import type {ExceptionMark} from '../../../src/model/policy.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {checksum} from '../../../src/placement/checksum.ts';
import {request, type Sketch} from './small-estate.ts';

const SKETCH: Sketch = {
  things: {db: {at: 'cloud', need: 3}, web: {at: 'cloud', need: 1}},
  sites: {cloud: {class: 'public'}, own: {class: 'dedicated'}},
  control: [
    ['tenant', 'cloud'],
    ['tenant', 'own'],
  ],
  rules: [{id: 'HARD', effect: 'forbid', outcome: (_, site) => (site === 'cloud' ? 'fail' : 'pass')}],
};
const MARK: ExceptionMark = {id: 'EX-1', owner: 'ciso', expiresOn: '2027-03-31', category: 'mitigated'};

test('an excepted failure does not remove the site, and the plan says on whose word', () => {
  const naked = planPlacement(request(SKETCH)).value;
  expect(naked.decisions.map(({recommended}) => recommended)).toEqual(['own', 'own']);
  expect(naked.decisions[0]).not.toHaveProperty('excepted');

  const asked = request(SKETCH);
  const [rule] = asked.policy.rules;
  const excepted = new Map([[0, [MARK, null]]]);
  const {value, findings} = planPlacement({
    ...asked,
    policy: {...asked.policy, rules: [{...rule!, excepted}]},
  });
  const [db, web] = value.decisions;
  expect(db).toMatchObject({workload: expect.stringContaining('db'), recommended: 'cloud', removed: []});
  expect(db!.excepted).toEqual([
    {
      site: 'cloud',
      by: 'HARD',
      outcome: 'fail',
      where: expect.any(String),
      text: expect.any(String),
      exception: MARK,
    },
  ]);
  expect(web).toMatchObject({recommended: 'own'});
  expect(findings.filter(({code}) => code === 'BH-EXC-003').map(({message}) => message)).toEqual([
    'db is placed at cloud, where HARD fails: excused by EX-1 until 2027-03-31',
  ]);
});

test('what is excused where a workload stands until it moves is told apart from what the plan rests on', () => {
  const rules: Sketch['rules'] = [
    {id: 'HARD', effect: 'forbid', outcome: (_, site) => (site === 'cloud' ? 'fail' : 'pass')},
    {id: 'TOO', effect: 'forbid', outcome: (_, site) => (site === 'cloud' ? 'fail' : 'pass')},
  ];
  const asked = request({...SKETCH, rules});
  const [hard, too] = asked.policy.rules;
  // Only one of the two rules is excused, so both workloads have to go.
  const excepted = new Map([0, 1].map((w) => [w, [MARK, null]]));
  const {findings} = planPlacement({
    ...asked,
    policy: {...asked.policy, rules: [{...hard!, excepted}, too!]},
  });
  expect(
    findings
      .filter(({code}) => code.startsWith('BH-EXC'))
      .map(({code, severity, message}) => [code, severity, message]),
  ).toEqual([
    [
      'BH-EXC-015',
      'info',
      '2 workloads stand where HARD fails (for example db at cloud): excused by EX-1 until 2027-03-31; they should move by then',
    ],
  ]);
});

test('an advisory rule removes no site, and its failure is told where it is accepted', () => {
  const asked = request(SKETCH);
  const [rule] = asked.policy.rules;
  const info = {...rule!.rule, severity: 'critical' as const, enforcement: 'advisory' as const};
  const {value, findings} = planPlacement({
    ...asked,
    policy: {...asked.policy, rules: [{...rule!, rule: info}]},
  });
  expect(value.decisions.map(({recommended, status}) => `${recommended} ${status}`)).toEqual([
    'cloud decided',
    'cloud decided',
  ]);
  expect(value.decisions[0]!.advisories).toMatchObject([{site: 'cloud', by: 'HARD', outcome: 'fail'}]);
  expect(value.decisions[0]!.removed).toEqual([]);
  const told = findings.filter(({code}) => code === 'BH-POL-018');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({severity: 'medium', where: {file: 'policies/test.yaml'}});
  expect(told[0]!.message).toContain('2 workloads are placed where advisory rule HARD fails');

  expect(verifyRun(value).value.ok).toBe(true);
  const [first, ...others] = value.decisions;
  for (const advisories of [
    [{...first!.advisories![0]!, site: 'own'}],
    [{...first!.advisories![0]!, site: 'nowhere'}],
  ]) {
    const forged = {...value, decisions: [{...first!, advisories}, ...others]};
    const report = verifyRun({...forged, checksum: checksum(forged)}).value;
    expect(report.checks.find(({name}) => name === 'decisions')!.status).toBe('fail');
  }
});

test('an advisory rule whose outcome is unknown asks nobody for data', () => {
  const rules: Sketch['rules'] = [{id: 'HARD', effect: 'forbid', outcome: () => 'unknown'}];
  const asked = request({...SKETCH, rules});
  expect(planPlacement(asked).value.decisions[0]!.status).toBe('needs-data');
  const [rule] = asked.policy.rules;
  const advisory = {...rule!, rule: {...rule!.rule, enforcement: 'advisory' as const}};
  const {decisions} = planPlacement({...asked, policy: {...asked.policy, rules: [advisory]}}).value;
  expect(decisions[0]).toMatchObject({status: 'decided', dataGaps: []});
});

test('a plan that excuses a failure by an exception that is not in force is refused', () => {
  const asked = request(SKETCH);
  const excepted = new Map([[0, [MARK, null]]]);
  const {value} = planPlacement({
    ...asked,
    policy: {...asked.policy, rules: [{...asked.policy.rules[0]!, excepted}]},
  });
  const record = {...MARK, rules: ['HARD'], status: 'in-force'};
  const status = (exceptions: unknown[]) =>
    verifyRun({...value, exceptions}).value.checks.find(({name}) => name === 'decisions')!.status;
  expect(status([record])).toBe('pass');
  expect(status([{...record, status: 'expired'}])).toBe('fail');
  expect(status([{...record, owner: 'somebody else'}])).toBe('fail');
  expect(status([{...record, rules: ['OTHER']}])).toBe('fail');
  expect(status([])).toBe('fail');
});
