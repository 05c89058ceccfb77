import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {EstateCommand} from '../../src/cli/estate-command.ts';
import {Failure} from '../../src/cli/failure.ts';

export default class ScenarioRun extends EstateCommand {
  static override summary =
    'Simulate an incident: in, conditional, out or unknown per workload, with the deciding field.';
  static override description =
    'SCENARIO is an id of `bulkhead scenario list` or a YAML file of kind Scenario; left out with --all.';
  static override examples = [
    '<%= config.bin %> scenario run storm-0558-consumer-key --dir examples/harbor-clinic',
    '<%= config.bin %> scenario run ad-domain-dominance --before-after',
    '<%= config.bin %> scenario run aws-iam-key-leak --window 2026-01-01..2026-03-31 --json',
    '<%= config.bin %> scenario run --all',
  ];
  static override args = {scenario: Args.string({description: 'scenario id or file'})};
  static override flags = {
    file: Flags.string({
      multiple: true,
      helpValue: 'FILE',
      description: 'inventory files; without them the workspace is read',
    }),
    all: Flags.boolean({env: 'BULKHEAD_ALL', description: 'run every scenario'}),
    'before-after': Flags.boolean({env: 'BULKHEAD_BEFORE_AFTER', description: 'compare today with the plan'}),
    start: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'ID',
      description: 'nodes that replace the start set',
    }),
    window: Flags.string({
      env: 'BULKHEAD_WINDOW',
      helpValue: 'A..B',
      description: 'days the incident may have lasted',
    }),
    'as-of': Flags.string({
      helpValue: 'SNAPSHOT',
      env: 'BULKHEAD_AS_OF',
      description: 'snapshot the incident met',
    }),
    since: Flags.string({
      helpValue: 'SNAPSHOT',
      env: 'BULKHEAD_SINCE',
      description: 'earlier snapshot: what came after it counts as added',
    }),
    verdicts: Flags.boolean({
      env: 'BULKHEAD_VERDICTS',
      description: 'list every workload, also those that are out',
    }),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(ScenarioRun);
    const files = flags.file ?? [];
    if (!flags.all && !args.scenario)
      throw new Failure('no scenario named', {remedy: 'Name one of `bulkhead scenario list`, or add --all.'});
    if (flags.all && args.scenario)
      throw new Failure('both a scenario and --all are given', {remedy: 'Leave one out.'});
    const from = {...flags, snapshot: flags['as-of'] ?? flags.snapshot};
    const {simulate} = await import('../../src/cli/simulate.ts');
    const input = flags['before-after']
      ? await this.openPlanned(from, files)
      : await this.openScored(from, files);
    const earlier = flags.since ? await this.openScored({...flags, snapshot: flags.since}, []) : null;
    const result = await simulate(input, {
      named: flags.all ? null : args.scenario!,
      starts: flags.start ?? null,
      window: flags.window ?? null,
      earlier,
      verdicts: flags.verdicts,
    });
    return this.deliver(flags, result);
  }
}
