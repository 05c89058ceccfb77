import type {Finding} from '../model/common.ts';
import type {PolicySet} from './parse.ts';
import {parsePolicyTests} from './test/parse.ts';

/**
 * Rules no case names, and what is wrong with the tests themselves. A policy without any test is told once; packs
 * are tested where they are made.
 */
export function findUntested(set: PolicySet): Finding[] {
  const {tests, findings} = parsePolicyTests(set);
  const tried = new Set<number>();
  const named = new Set<number>();
  for (const {rules, cases} of tests) {
    for (const rule of rules) tried.add(set.rules[rule]!.policy);
    for (const {expect} of cases) for (const rule of expect.keys()) named.add(rule);
  }
  const untested = set.rules.flatMap(({info, policy}, index): Finding[] =>
    named.has(index) || info.broken || !tried.has(policy)
      ? []
      : [
          {
            code: 'BH-LINT-031',
            severity: 'low',
            message: `rule ${info.id} has no test`,
            where: {...info.place, id: `${info.policy}/${info.id}`},
            remedy: 'Add cases that expect it to pass, to fail, and to be unknown.',
          },
        ],
  );
  const withRules = new Set(set.rules.map(({policy}) => policy));
  const bare = set.policies.flatMap(({name, pack, document}, index): Finding[] =>
    tried.has(index) || pack !== null || !withRules.has(index)
      ? []
      : [
          {
            code: 'BH-LINT-031',
            severity: 'info',
            message: `policy ${name} has no test`,
            where: {...document.place(['metadata', 'name']), id: name},
            remedy: 'Write a document of `kind: PolicyTest` and run `bulkhead policy test`.',
          },
        ],
  );
  const wrong = tests.flatMap(({cases}) =>
    cases.flatMap(({problems, place, name}) =>
      problems.map((message): Finding => ({
        code: 'BH-PT-001',
        severity: 'high',
        message: `case \`${name}\`: ${message}`,
        where: place,
        remedy: 'Correct the test.',
      })),
    ),
  );
  return [...findings, ...wrong, ...untested, ...bare];
}
