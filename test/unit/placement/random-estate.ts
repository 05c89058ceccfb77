import * as fc from 'fast-check';
import type {DependencyKind} from '../../../src/model/estate.ts';
import type {Level} from '../../../src/model/common.ts';
import type {RuleOutcome} from '../../../src/model/policy.ts';
import type {RuleSketch, Sketch, Thing} from './small-estate.ts';

const SITES = ['azure', 'aws', 'vault', 'cellar'];
const ROOTS = ['tenant', 'org', 'sso', 'ad', 'platform'];
const KINDS: DependencyKind[] = ['data-flow', 'trust', 'must-together', 'prefer-together', 'must-apart'];
const OUTCOMES: RuleOutcome[] = ['pass', 'pass', 'pass', 'fail', 'not-applicable', 'unknown'];

/** Small estates with every kind of thing in them: rules of all effects, bonds, credentials, gaps, prices. */
export const sketches: fc.Arbitrary<Sketch> = fc
  .record({
    things: fc.array(
      fc.record({
        at: fc.constantFrom(...SITES, null),
        need: fc.constantFrom<Level | null>(0, 1, 2, 3, null),
        vcpu: fc.constantFrom(1, 4, undefined),
        application: fc.constantFrom(null, null, 'hall', 'pier'),
      }),
      {minLength: 1, maxLength: 7},
    ),
    control: fc.array(
      fc.tuple(
        fc.constantFrom(...ROOTS),
        fc.nat(20),
        fc.constantFrom<0 | 1 | 2 | 3>(0, 0, 1, 2),
        fc.boolean(),
      ),
      {maxLength: 12},
    ),
    rules: fc.array(
      fc.record({
        effect: fc.constantFrom('forbid' as const, 'require' as const, 'prefer' as const, 'avoid' as const),
        weight: fc.nat(30),
        onUnknown: fc.constantFrom('fail' as const, 'warn' as const, 'ignore' as const),
        outcomes: fc.array(fc.constantFrom(...OUTCOMES), {minLength: 28, maxLength: 28}),
      }),
      {maxLength: 3},
    ),
    bonds: fc.array(
      fc.tuple(
        fc.nat(6),
        fc.nat(6),
        fc.constantFrom(...KINDS),
        fc.option(fc.nat(50)),
        fc.option(fc.integer({min: 1, max: 20})),
      ),
      {maxLength: 8},
    ),
    latencies: fc.array(fc.option(fc.nat(20)), {minLength: 6, maxLength: 6}),
    services: fc.array(fc.tuple(fc.nat(3), fc.constantFrom('w0', 'w1', 'hall', 'w2')), {maxLength: 3}),
    foreign: fc.array(fc.boolean(), {minLength: 4, maxLength: 4}),
    rate: fc.option(fc.constantFrom(0.5, 0.9, 2)),
    moveMustSave: fc.constantFrom(0, 150, 500),
    splitPenalty: fc.constantFrom(0, 0, 900),
    prices: fc.array(fc.option(fc.integer({min: 1, max: 9})), {minLength: 4, maxLength: 4}),
    immovable: fc.array(fc.nat(27), {maxLength: 3}),
    objective: fc.constantFrom('lexicographic' as const, 'lexicographic' as const, 'weighted' as const),
  })
  .map((drawn) => {
    const {things, control, rules, bonds, prices, immovable, objective} = drawn;
    const names = things.map((_, w) => `w${w}`);
    const targets = [...SITES, ...ROOTS, ...names];
    return {
      things: Object.fromEntries(
        things.map(({at, need, vcpu, application}, w): [string, Thing] => [
          names[w]!,
          {at, need, application, ...(vcpu === undefined ? {} : {vcpu})},
        ]),
      ),
      sites: Object.fromEntries(
        SITES.map((id, s) => [
          id,
          {
            class: s < 2 ? ('public' as const) : ('dedicated' as const),
            receives: id !== 'cellar',
            latencyMs: Object.fromEntries(
              SITES.slice(s + 1).flatMap((other, k) => {
                const ms = drawn.latencies[[0, 3, 5][s]! + k];
                return ms === null || ms === undefined ? [] : [[other, ms]];
              }),
            ),
            sharedServices: drawn.services.flatMap(([at, name]) => (at === s ? [name] : [])),
            cost:
              prices[s] === null
                ? null
                : {
                    currency: drawn.foreign[s] ? 'USD' : 'EUR',
                    asOf: '2026-01-01',
                    illustrative: true,
                    vcpuMonth: prices[s]!,
                    memoryGiBMonth: 1,
                    storageGiBMonth: 1,
                    egressPerGiB: s === 3 ? null : 0.1,
                    egressTo: s === 1 ? {vault: 0.3, azure: 0} : {},
                  },
          },
        ]),
      ),
      control: control.flatMap(([root, target, level, along]): Sketch['control'] => {
        const to = targets[target % targets.length]!;
        if (to === root) return [];
        return [
          [
            root,
            to,
            level,
            ...(along && names.includes(to) ? (['workload'] as const) : []),
          ] as Sketch['control'][number],
        ];
      }),
      rootKinds: {
        tenant: 'entraTenant',
        org: 'awsOrg',
        sso: 'vcSsoDomain',
        ad: 'adDomain',
        platform: 'providerControlPlane',
      },
      rules: rules.map(({outcomes, ...rule}, r): RuleSketch => ({
        id: `R${r}`,
        ...rule,
        outcome: (name, site) => outcomes[names.indexOf(name) * 4 + SITES.indexOf(site)]!,
      })),
      dependencies: bonds.flatMap(([from, to, kind, gib, maxMs]): NonNullable<Sketch['dependencies']> => {
        const [a, b] = [names[from % names.length]!, names[to % names.length]!];
        return a === b ? [] : [maxMs === null ? [a, b, kind, gib] : [a, b, kind, gib, maxMs]];
      }),
      portability: (name, site) =>
        immovable.includes(names.indexOf(name) * 4 + SITES.indexOf(site)) ? 'immovable' : 'rehost',
      settings: {
        objective,
        moveMustSave: drawn.moveMustSave,
        splitPenalty: drawn.splitPenalty,
        currency: 'EUR',
        exchangeRates: drawn.rate === null ? {} : {USD: {rate: drawn.rate, asOf: '2026-01-01'}},
      },
    } satisfies Sketch;
  });
