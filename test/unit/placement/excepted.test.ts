import {expect, test} from 'vitest';
import type {ExceptionMark} from '../../../src/model/policy.ts';
import {planPlacement} from '../../../src/placement/plan.ts';
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
