import * as fc from 'fast-check';
import type {Flow, Mover, MovingSketch} from './moving-estate.ts';

const place = fc.constantFrom('a', 'b', 'c');
const mover: fc.Arbitrary<Mover> = fc.record(
  {
    from: fc.oneof({weight: 8, arbitrary: place}, {weight: 1, arbitrary: fc.constant(null)}),
    to: place,
    app: fc.constantFrom('shop', 'wiki', 'hr'),
    env: fc.constantFrom('dev', 'Test', 'prod', 'prod-eu', 'elsewhere'),
    storageMiB: fc.integer({min: 0, max: 5000}),
  },
  {requiredKeys: ['from', 'to']},
);

const day = fc
  .integer({min: 0, max: 80})
  .map((days) => new Date(Date.UTC(2027, 0, 1 + days)).toISOString().slice(0, 10));
const freeze = fc
  .tuple(
    day,
    day,
    fc.constantFrom(null, {application: 'shop', tag: null}, {application: null, tag: 'environment=prod'}),
  )
  .map(([one, other, match]) => ({
    from: one < other ? one : other,
    to: one < other ? other : one,
    reason: null,
    match,
  }));

/** Up to ten workloads, some of which stay, with flows, credentials and bonds between them. */
export const movingSketches: fc.Arbitrary<MovingSketch> = fc.integer({min: 2, max: 10}).chain((n) => {
  const names = Array.from({length: n}, (_, i) => `w${i}`);
  const name = fc.constantFrom(...names);
  const flow: fc.Arbitrary<Flow> = fc.tuple(
    name,
    name,
    fc.constantFrom(
      'data-flow',
      'data-flow',
      'data-flow',
      'data-flow',
      'trust',
      'prefer-together',
      'must-together',
    ),
    fc.option(fc.integer({min: 0, max: 50}), {freq: 5}),
  );
  return fc.record({
    movers: fc
      .array(mover, {minLength: n, maxLength: n})
      .map((movers) => Object.fromEntries(movers.map((one, i) => [names[i]!, one]))),
    flows: fc.array(flow, {maxLength: 14}),
    settings: fc.record(
      {
        size: fc.integer({min: 1, max: 4}),
        start: fc.constantFrom('2027-01-04', null),
        everyDays: fc.integer({min: 1, max: 20}),
        freeze: fc.array(freeze, {maxLength: 3}),
      },
      {requiredKeys: ['size']},
    ),
  });
});
