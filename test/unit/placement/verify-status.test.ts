import {describe, expect, it} from 'vitest';
import type {PlanRun} from '../../../src/model/plan.ts';
import {checksum} from '../../../src/placement/checksum.ts';
import {verifyRun} from '../../../src/placement/verify/verify-run.ts';
import {plan, type Sketch, written} from './small-estate.ts';

const ESTATE: Sketch = {
  things: {free: {at: 'azure', need: 3}, stuck: {at: 'azure', need: 1}, bound: {at: 'vault', need: 1}},
  sites: {azure: {class: 'public'}, vault: {class: 'dedicated'}},
  control: [['tenant', 'azure']],
  rootKinds: {tenant: 'entraTenant'},
  rules: [
    {id: 'R-1', effect: 'forbid', outcome: (name) => (name === 'stuck' ? 'fail' : 'pass')},
    {
      id: 'R-2',
      effect: 'forbid',
      outcome: (name, site) => (name === 'bound' && site === 'azure' ? 'fail' : 'pass'),
    },
  ],
};

const codes = (run: PlanRun): string[] => verifyRun(run).findings.map(({code}) => code);

describe('the state of a decision', () => {
  const run = written(plan(ESTATE));
  const of = (name: string, from = run) => from.decisions.find((decision) => decision.name === name)!;

  it('is accepted as planned', () => {
    expect(['bound', 'free', 'stuck'].map((name) => of(name).status)).toEqual([
      'decided',
      'decided',
      'blocked',
    ]);
    expect(codes(run)).toEqual([]);
  });

  it.each<[string, string, PlanRun['decisions'][number]['status'], 'blocked' | 'ties']>([
    ['a tie with a class that is worse', 'free', 'tie', 'ties'],
    ['a tie with a class that is closed', 'bound', 'tie', 'ties'],
    ['blocked with a choice', 'free', 'blocked', 'blocked'],
  ])('is refused when it is %s', (_, name, status, count) => {
    const spoilt = structuredClone(run);
    const decision = of(name, spoilt);
    decision.status = status;
    if (decision.confidence) decision.confidence.verdict = 'fragile';
    spoilt.summary[count]++;
    spoilt.checksum = checksum(spoilt);
    expect(codes(spoilt)).toContain('BH-VERIFY-003');
  });

  it('is refused when nobody knows it', () => {
    const spoilt = structuredClone(run);
    Object.assign(of('free', spoilt), {status: 'approved'});
    spoilt.checksum = checksum(spoilt);
    expect(codes(spoilt)).toEqual(['BH-VERIFY-003']);
  });
});
