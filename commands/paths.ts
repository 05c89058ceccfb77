import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {EstateCommand} from '../src/cli/estate-command.ts';

export default class Paths extends EstateCommand {
  static override summary = 'Show the ways from one node to another: who can take what, over which edges.';
  static override description =
    'FROM and TO are roots, principals, containers or workloads, by id, name or unique end of an id. With --to-where the best way to each matching workload is shown.';
  static override examples = [
    '<%= config.bin %> paths ad:corp.harbor-clinic.example vm-portal-api --dir examples/harbor-clinic',
    `<%= config.bin %> paths provider:azure --to-where 'workload.sensitivity.c >= level.high' --limit 5`,
    '<%= config.bin %> paths FROM TO --max-level 1 --certainty certain --json',
  ];
  static override args = {
    from: Args.string({required: true, description: 'where control begins'}),
    to: Args.string({description: 'where it should end; left out with --to-where'}),
  };
  static override flags = {
    'to-where': Flags.string({
      env: 'BULKHEAD_TO_WHERE',
      helpValue: 'CEL',
      description: 'all workloads for which this holds',
    }),
    'max-level': Flags.integer({
      min: 0,
      max: 3,
      default: 3,
      env: 'BULKHEAD_MAX_LEVEL',
      description: 'highest level: 0 direct, 1 guarded, 2 provider flaw, 3 physical',
    }),
    certainty: Flags.option({
      options: ['certain', 'conditional', 'unknown'] as const,
      default: 'unknown' as const,
      env: 'BULKHEAD_CERTAINTY',
      description: 'least sure edge that may be used',
    })(),
    via: Flags.string({env: 'BULKHEAD_VIA', helpValue: 'NODE', description: 'node every way must pass'}),
    limit: Flags.integer({
      min: 1,
      max: 1000,
      default: 10,
      env: 'BULKHEAD_LIMIT',
      description: 'how many ways, or workloads, to show',
    }),
    file: Flags.string({
      multiple: true,
      helpValue: 'FILE',
      description: 'inventory files; without them the workspace is read',
    }),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(Paths);
    const scored = await this.openScored(flags, flags.file ?? []);
    const {findPaths} = await import('../src/cli/find-paths.ts');
    const answer = await findPaths(scored, {
      from: args.from,
      to: args.to ?? null,
      where: flags['to-where'] ?? null,
      mask: flags.certainty,
      maxLevel: flags['max-level'] as 0 | 1 | 2 | 3,
      via: flags.via ?? null,
      limit: flags.limit,
    });
    return this.deliver(flags, {...answer, findings: [...scored.findings, ...answer.findings]});
  }
}
