import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {BaseCommand} from '../../src/cli/base-command.ts';

export default class ScenarioNew extends BaseCommand {
  static override summary = 'Write a scenario of your own, copied from one that exists.';
  static override description =
    'Writes scenarios/NAME.yaml in the workspace; `bulkhead scenario list` shows it, `bulkhead scenario test NAME` runs its tests. An existing file is never overwritten.';
  static override examples = [
    '<%= config.bin %> scenario new acme-vpn --from aws-vendor-role',
    '<%= config.bin %> scenario new acme-key --from storm-0558-consumer-key --dir estate',
  ];
  static override args = {
    name: Args.string({
      required: true,
      description: 'id of the new scenario: lower-case letters, digits, dashes',
    }),
  };
  static override flags = {
    from: Flags.string({
      required: true,
      env: 'BULKHEAD_FROM',
      helpValue: 'ID',
      description: 'scenario to copy',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(ScenarioNew);
    const {copyScenario} = await import('../../src/cli/copy-scenario.ts');
    const {file, title} = await copyScenario(flags.dir, flags.from, args.name);
    return this.deliver(flags, {
      document: {file, from: flags.from},
      text: () =>
        `Wrote ${file}, a copy of "${title}".\nChange its start set, facts and tests, then: bulkhead scenario test ${args.name}`,
      findings: [],
    });
  }
}
