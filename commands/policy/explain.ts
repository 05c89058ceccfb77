import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {BaseCommand} from '../../src/cli/base-command.ts';

export default class PolicyExplain extends BaseCommand {
  static override summary = 'Show the rules that hold in a workspace, after all packs and profiles.';
  static override description =
    'With RULE one rule, else all. --effective adds where every field and parameter was set, and by whom. How a rule comes out is what `bulkhead explain rule:ID` says.';
  static override examples = [
    '<%= config.bin %> policy explain --dir examples/harbor-clinic',
    '<%= config.bin %> policy explain BH-S0558-003 --effective --dir examples/harbor-clinic',
  ];
  static override args = {rule: Args.string({description: 'rule id'})};
  static override flags = {
    effective: Flags.boolean({
      env: 'BULKHEAD_EFFECTIVE',
      description: 'show the origin of every field',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyExplain);
    const {explainPolicies} = await import('../../src/cli/explain-policies.ts');
    const {renderEffective} = await import('../../src/cli/render/effective.ts');
    const {rules, limits, exceptions, findings} = await explainPolicies(flags.dir, args.rule ?? null);
    return this.deliver(flags, {
      document: {rules, limits, exceptions},
      text: () =>
        renderEffective(rules, flags.effective, {
          limits,
          terms: args.rule === undefined ? exceptions : [],
        }),
      findings,
    });
  }
}
