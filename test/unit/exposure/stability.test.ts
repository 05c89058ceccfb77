import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {profileScores, reachProfile} from '../../../src/exposure/reach-profile.ts';
import {rootValues} from '../../../src/exposure/root-sums.ts';
import {scoreExposure} from '../../../src/exposure/score.ts';
import {rootStability, workloadStability} from '../../../src/exposure/stability.ts';
import {variants} from '../../../src/exposure/stability-variants.ts';
import {UNIT} from '../../../src/exposure/values.ts';
import type {ScoreParameters, Stability} from '../../../src/model/exposure.ts';
import {
  type Case,
  PARAMETERS,
  cases,
  edge,
  graphOf,
  knottedCases,
  node,
  sensitivityOf,
  workload,
} from './estates.ts';

const estates = fc.oneof(cases, knottedCases);

const inputOf = ({graph, weights}: Case) => ({
  graph,
  workloads: [...weights.keys()],
  sensitivity: sensitivityOf(weights),
  parameters: PARAMETERS,
});

function scored({graph, weights}: Case, parameters: ScoreParameters) {
  return scoreExposure(graph, [...weights.keys()].map(workload), sensitivityOf(weights), parameters);
}

test('scoring from a profile equals scoring the graph, whatever the parameters', () => {
  const all = variants(PARAMETERS, new Set(['entraTenant', 'adDomain', 'vendor']), 0.2);
  fc.assert(
    fc.property(estates, fc.nat(all.length - 1), (example, pick) => {
      const {parameters} = all[pick]!;
      const index = indexGraph(example.graph);
      const ids = [...example.weights.keys()];
      const profile = reachProfile(
        index,
        Uint32Array.from(ids, (id) => index.find(id)),
        Float64Array.from(ids, (id) => example.weights.get(id)! * UNIT),
      );
      const expected = scored(example, parameters);
      const sibr = profileScores(profile, parameters);
      expected.workloads.forEach((one, i) => expect(sibr[i]).toBeCloseTo(one.sibr.value, 8));
      const values = rootValues(profile, parameters);
      for (const root of expected.roots) {
        expect(values[profile.ids.indexOf(root.id)]! / UNIT).toBeCloseTo(root.value.value, 8);
      }
    }),
    {numRuns: 300},
  );
});

test('changed weights stay valid, each changes one weight, and only those in use are tried', () => {
  const all = variants(PARAMETERS, new Set(['adDomain', 'vendor']), 0.2);
  for (const {parameters} of all) {
    const {attenuation, exponents, rootWeight} = parameters;
    expect([...attenuation].toSorted((a, b) => b - a)).toEqual(attenuation);
    expect(Math.max(...attenuation)).toBeLessThanOrEqual(1);
    expect(exponents.inbound + exponents.sharedFate + exponents.outbound).toBeCloseTo(1, 12);
    expect(Math.max(...Object.values(rootWeight))).toBeLessThanOrEqual(0.95);
  }
  const names = new Set(all.map(({parameter}) => parameter));
  expect(names).toContain('rootWeight.default');
  expect(names).toContain('rootWeight.adDomain');
  expect(names).not.toContain('rootWeight.entraTenant');
});

/** The definition: rank twice, compare the places of everything that is in the top before or after. */
function byDefinition(example: Case, of: 'roots' | 'workloads'): Stability['changes'] {
  const places = (parameters: ScoreParameters): Map<string, number> => {
    const result = scored(example, parameters);
    const rows =
      of === 'roots'
        ? result.roots.map(({id, value}) => ({id, key: value.value}))
        : result.workloads.map(({workload: id, priority}) => ({id, key: priority}));
    const rounded = rows.map(({id, key}) => ({id, key: Math.round(key * 1e6)}));
    const sorted = rounded.toSorted((a, b) => b.key - a.key || (a.id < b.id ? -1 : 1));
    return new Map(sorted.map(({id}, i) => [id, i + 1]));
  };
  const today = places(PARAMETERS);
  const kinds = new Set(example.graph.nodes.filter(({kind}) => kind === 'root').map(({subKind}) => subKind));
  return variants(PARAMETERS, kinds, 0.2).flatMap(({parameter, factor, parameters}) => {
    const then = places(parameters);
    const moved = [...today]
      .map(([id, from]) => ({id, from, to: then.get(id)!}))
      .filter(({from, to}) => from !== to);
    return moved.length === 0 ? [] : [{parameter, factor, moved}];
  });
}

test('the places that change are those of ranking anew under every changed weight', () => {
  fc.assert(
    fc.property(estates, (example) => {
      expect(rootStability(inputOf(example)).changes).toEqual(byDefinition(example, 'roots'));
      expect(workloadStability(inputOf(example)).changes).toEqual(byDefinition(example, 'workloads'));
    }),
    {numRuns: 60},
  );
});

test('a ranking that hangs on one weight says which and whom', () => {
  const graph = graphOf(
    [
      node('r:near', 'root', 'adDomain'),
      node('r:far', 'root', 'vendor'),
      ...Array.from({length: 7}, (_, i) => node(`w:${i}`, 'workload')),
    ],
    [
      ...[0, 1, 2, 3].map((i) => edge('r:near', `w:${i}`)),
      ...[0, 1, 2, 3, 4, 5].map((i) => edge('r:far', `w:${i}`, 1)),
    ],
  );
  const weights = new Map(Array.from({length: 7}, (_, i) => [`w:${i}`, 1]));
  // 4 · 1 against 6 · 0.7 = 4.2: lower the second α or raise nothing, and they change places.
  const {changes, top, change} = rootStability(inputOf({graph, weights}));
  expect([top, change]).toEqual([20, 0.2]);
  expect(changes).toEqual([
    {
      parameter: 'attenuation.guarded',
      factor: 0.8,
      moved: [
        {id: 'r:far', from: 1, to: 2},
        {id: 'r:near', from: 2, to: 1},
      ],
    },
  ]);
});
