import {expect, test} from 'vitest';
import {firmnessLines} from '../../../../src/cli/render/firmness.ts';
import type {Decision, Flip} from '../../../../src/model/plan.ts';

const room = (vcpu: number, at: string): Flip => ({
  kind: 'capacity',
  change: `${at}: ${vcpu} vCPU more`,
  id: `capacity:${at}:vcpu`,
  where: 'sites.yaml:7',
  raise: vcpu,
  site: 'vault',
});

const told = (given: Pick<Decision, 'flips' | 'flipsWithinLimits'>): string[] =>
  firmnessLines({regret: null, companions: [], ...given} as unknown as Decision, (id) => id, 'EUR');

test('within limits a change is said to move the plan that is found, and what was not tried is named', () => {
  const flips = [room(16, 'vault'), room(4, 'annex')];
  expect(told({flips, flipsWithinLimits: {untried: ['need', 'weight']}})).toEqual([
    '  with any one of these, the plan found then has it elsewhere:',
    '    → vault: vault: 16 vCPU more  sites.yaml:7; or annex: 4 vCPU more  sites.yaml:7',
    '  not tried within the limits: other needs, weights',
  ]);
  expect(told({flips: [], flipsWithinLimits: {untried: ['weight']}})).toEqual([
    '  no single change that was tried would move it elsewhere',
    '  not tried within the limits: weights',
  ]);
  expect(told({})).toEqual([]);
});

test('without limits nothing is said of them', () => {
  const flips: Flip[] = [{kind: 'weight', change: 'tolerance at 3 instead of 10', site: null}];
  expect(told({flips})).toEqual([
    '  any one of these would move it elsewhere, solved again for each:',
    '    → stays where it is: tolerance at 3 instead of 10',
  ]);
});
