import * as Args from '@oclif/core/args';
import {BaseCommand} from '../../src/cli/base-command.ts';

export default class ScenarioTest extends BaseCommand {
  static override summary = 'Run the tests of scenarios: small estates with the verdicts they must give.';
  static override description = 'Without SCENARIO all are tested. Exit 1 when a test fails.';
  static override examples = [
    '<%= config.bin %> scenario test',
    '<%= config.bin %> scenario test storm-0558-consumer-key',
    '<%= config.bin %> scenario test scenarios/own.yaml --json',
  ];
  static override args = {scenario: Args.string({description: 'scenario id or file'})};

  async run() {
    const {args, flags} = await this.parse(ScenarioTest);
    const {testScenarios} = await import('../../src/cli/test-scenarios.ts');
    const {renderScenarioTests} = await import('../../src/cli/render/scenario.ts');
    const {tests, findings} = await testScenarios(flags.dir, args.scenario ?? null);
    const failed = tests.filter(({passed}) => !passed);
    const delivered = await this.deliver(flags, {
      document: {tests, total: tests.length, failed: failed.length},
      text: () => renderScenarioTests(tests),
      findings,
    });
    if (failed.length === 0 || delivered.outcome.exitCode > 1) return delivered;
    process.exitCode = 1;
    const text = `${failed.length} of ${tests.length} scenario tests failed`;
    return {
      ...delivered,
      outcome: {exitCode: 1 as const, reasons: [{exitCode: 1, severity: 'high' as const, text}]},
    };
  }
}
