import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {CelProblem, createEngine} from '../../../src/policy/cel.ts';
import {nativeTest} from '../../../src/policy/native-test.ts';

const engine = createEngine();
const WORDS = ['', 'a', 'ab', 'b', 'A', 'ä"\\'];
const field = fc.constantFrom(
  'workload.name',
  'workload.region',
  'workload.tags.team',
  'workload.tags["team"]',
);
const literal = fc.constantFrom(...WORDS).map((word) => JSON.stringify(word));
const leaf = fc.oneof(
  fc.tuple(field, fc.constantFrom('==', '!='), literal).map((parts) => parts.join(' ')),
  fc.tuple(literal, fc.constantFrom('==', '!='), field).map((parts) => parts.join(' ')),
  fc
    .tuple(field, fc.array(literal, {minLength: 1, maxLength: 3}))
    .map(([of, list]) => `${of} in [${list.join(', ')}]`),
  fc
    .tuple(field, fc.constantFrom('startsWith', 'endsWith', 'contains'), literal)
    .map(([of, name, text]) => `${of}.${name}(${text})`),
);
const {tree: expression} = fc.letrec<{tree: string}>((tie) => ({
  tree: fc.oneof(
    {maxDepth: 4},
    leaf,
    fc
      .tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie('tree').map((inner) => `!(${inner})`),
  ),
}));
const value = fc.option(fc.constantFrom(...WORDS), {nil: undefined});

test('says what the engine says, or nothing', () => {
  let said = 0;
  fc.assert(
    fc.property(expression, value, value, value, (text, name, region, team) => {
      const parsed = engine.parse(text);
      if (parsed instanceof CelProblem) throw new Error(`${text}: ${parsed.message}`);
      const native = nativeTest(parsed.tree)!;
      const tags = team === undefined ? {} : {team};
      const found = native((path, tag) => (tag === null ? {name, region}[path] : team));
      if (found === undefined) return;
      said++;
      expect(parsed.evaluate({workload: engine.object('Workload', {name, region, tags})})).toBe(found);
    }),
    {numRuns: 1000},
  );
  expect(said).toBeGreaterThan(200);
});

test('other shapes are left to the engine', () => {
  for (const text of [
    'workload.vcpu == 3',
    'workload.name == workload.region',
    'has(workload.name)',
    'site.name == "a"',
    'workload.name in workload.identities',
    'workload.tags.exists(k, k == "a")',
    'workload.name == "a" || has(workload.region)',
    'workload.name.lowerAscii() == "a"',
  ]) {
    const parsed = engine.parse(text);
    expect(parsed instanceof CelProblem ? 'no expression' : nativeTest(parsed.tree)).toBeNull();
  }
});
