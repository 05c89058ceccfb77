import {policyNames} from '../inputs/policy-names.ts';
import {readPolicies} from '../inputs/policies.ts';
import type {Finding} from '../model/common.ts';
import type {MutationResult} from '../policy/test/mutation.ts';
import {parsePolicyTests} from '../policy/test/parse.ts';
import {coverage, runCases, type CaseResult, type RuleCoverage} from '../policy/test/run.ts';
import {runPlaceCases} from './place-tests.ts';

/** Everything `policy test` has to say. */
export interface PolicyTestReport {
  cases: CaseResult[];
  total: number;
  failed: number;
  /** Problems of the test documents themselves: what they wanted to show is not shown. */
  faults: number;
  coverage: {rules: RuleCoverage[]; covered: number; total: number; percent: number};
  /** Null = not asked for. */
  mutation: MutationResult | null;
}

/** Runs the tests in the named files and packs, else of the workspace. */
export async function testPolicies(
  folder: string,
  named: string[],
  options: {mutate: boolean},
): Promise<{report: PolicyTestReport; findings: Finding[]}> {
  const {root, names, findings} = await policyNames(folder, named);
  const {set, findings: problems} = await readPolicies(root, names, {
    // A workspace may set other numbers than its packs are tested with.
    tests: named.length > 0,
  });
  const {tests, findings: faults} = parsePolicyTests(set);
  const single = tests.map(runCases);
  const whole = await runPlaceCases(tests);
  const cases = tests.flatMap((_, t) => [...single[t]!, ...whole[t]!]);
  const rules = coverage(tests, single, set.rules);
  const covered = rules.filter((rule) => rule.covered).length;
  const mutation = options.mutate
    ? (await import('../policy/test/mutation.ts')).runMutation(set, tests, single)
    : null;
  return {
    report: {
      cases,
      total: cases.length,
      failed: cases.filter(({passed}) => !passed).length,
      faults: faults.length,
      coverage: {
        rules,
        covered,
        total: rules.length,
        percent: rules.length === 0 ? 100 : Math.floor((100 * covered) / rules.length),
      },
      mutation,
    },
    findings: [...findings, ...problems, ...faults, ...(cases.length === 0 ? [withoutTests()] : [])],
  };
}

function withoutTests(): Finding {
  return {
    code: 'BH-PT-002',
    severity: 'medium',
    message: 'the files hold no test that can be run',
    where: {},
    remedy: 'Write a document of `kind: PolicyTest` beside the rules.',
  };
}
