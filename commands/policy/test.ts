import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {BaseCommand} from '../../src/cli/base-command.ts';

export default class PolicyTest extends BaseCommand {
  static override summary =
    'Run the tests of policies, measure coverage, and look for faults no test notices.';
  static override description =
    'Tests are documents of `kind: PolicyTest` in the named files or packs (`pack:baseline`), else in the policies of the workspace. Exit 1 when a case fails, coverage is too low, or with --mutate a fault goes unnoticed.';
  static override examples = [
    '<%= config.bin %> policy test',
    '<%= config.bin %> policy test policies/own.yaml policies/own.test.yaml --mutate',
    '<%= config.bin %> policy test pack:baseline --min-coverage 100 --format junit',
  ];
  static override args = {files: Args.string({multiple: true, description: 'policy files, globs or packs'})};
  static override flags = {
    mutate: Flags.boolean({
      env: 'BULKHEAD_MUTATE',
      description: 'put small faults into every condition and list those that no case notices',
    }),
    'min-coverage': Flags.integer({
      min: 0,
      max: 100,
      default: 0,
      env: 'BULKHEAD_MIN_COVERAGE',
      helpValue: 'PERCENT',
      description: 'least share of rules shown to pass and to fail',
    }),
    format: Flags.option({
      options: ['text', 'tap', 'junit', 'json'] as const,
      default: 'text' as const,
      env: 'BULKHEAD_FORMAT',
      description: 'format of the result',
    })(),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyTest);
    const {testPolicies} = await import('../../src/cli/test-policies.ts');
    const render = await import('../../src/cli/render/policy-test.ts');
    const {report, findings} = await testPolicies(flags.dir, args.files ?? [], {mutate: flags.mutate});
    const {tap, junit, json, text} = {
      tap: render.policyTestsAsTap,
      junit: render.policyTestsAsJunit,
      json: (document: object) => JSON.stringify(document, null, 2),
      text: render.renderPolicyTests,
    };
    const delivered = await this.deliver(flags, {
      document: report,
      text: () => ({tap, junit, json, text})[flags.format](report),
      findings,
    });
    const causes = [
      report.faults > 0 && `${report.faults} problems in test documents`,
      report.failed > 0 && `${report.failed} of ${report.total} policy cases failed`,
      report.coverage.percent < flags['min-coverage'] &&
        `${report.coverage.percent} % of the rules are covered, ${flags['min-coverage']} % are asked for`,
      (report.mutation?.survivors.length ?? 0) > 0 &&
        `${report.mutation!.survivors.length} faults are noticed by no case`,
    ].filter((cause) => cause !== false);
    if (causes.length === 0 || delivered.outcome.exitCode > 1) return delivered;
    process.exitCode = 1;
    const reasons = causes.map((cause) => ({exitCode: 1, severity: 'high' as const, text: cause}));
    return {...delivered, outcome: {exitCode: 1 as const, reasons}};
  }
}
