import {expect, test} from 'vitest';
import {renderRoots} from '../../../../src/cli/render/roots.ts';
import {stabilityText} from '../../../../src/cli/render/stability.ts';
import type {ChokePoints, Stability} from '../../../../src/model/exposure.ts';

const HOLDS: Stability = {
  top: 20,
  change: 0.2,
  parameters: ['halfValue', 'attenuation.guarded'],
  changes: [],
};
const name = (id: string): string => id.toUpperCase();

test('a ranking holds, or the line names the weight and whom it moves', () => {
  expect(stabilityText(HOLDS, name)).toBe(
    'The ranking of the top 20 holds for ±20 % of every weight (2 tried).',
  );
  const moved = ['a', 'b', 'c', 'd'].map((id, i) => ({id, from: i + 1, to: 4 - i}));
  const changes = [
    {parameter: 'attenuation.guarded', factor: 0.8, moved},
    {parameter: 'rootWeight.vendor', factor: 1.2, moved},
  ];
  expect(stabilityText({...HOLDS, changes}, name)).toBe(
    'The ranking of the top 20 does not hold for ±20 % of every weight: attenuation.guarded × 0.8 moves A from 1 to 4, B from 2 to 3, C from 3 to 2 and 1 more. So do rootWeight.vendor.',
  );
});

test('below the roots stand the edges to cut with their effect, or that there are none', () => {
  const edge = {
    kind: 'FEDERATES',
    level: 0 as const,
    certainty: 'certain' as const,
    evidence: 'relyingParties of the key',
    parallel: 0,
  };
  const chokePoints: ChokePoints = {
    root: 'key',
    sameAs: [],
    before: {value: 8, share: 80},
    edges: [
      {...edge, from: 'key', to: 'tenant', value: 0, share: 0},
      {...edge, from: 'key', to: 'account', value: 4.1, share: 41, parallel: 2},
    ],
    together: {value: 4.1, share: 41},
    single: [],
    nodes: [],
  };
  const shown = {totalValue: 10, name, weights: 'score.yaml'};
  const text = renderRoots({roots: [], chokePoints, stability: HOLDS}, shown);
  expect(text).toContain('Cut these 2 edges and 41 % of the value is out of reach of KEY (reaches 80 %):');
  expect(text).toContain('1. KEY –FEDERATES→ TENANT  only together with the next, certain');
  expect(text).toContain('2. KEY –FEDERATES→ ACCOUNT  41 %, certain, with 2 more between the two');
  expect(text).toContain('Weights: score.yaml.');
  const none = {...chokePoints, root: null, edges: []};
  expect(renderRoots({roots: [], chokePoints: none, stability: HOLDS}, shown)).toContain(
    'no edge that somebody could remove',
  );
});
