import * as Args from '@oclif/core/args';
import {EstateCommand} from '../../src/cli/estate-command.ts';

export default class PolicyDiff extends EstateCommand {
  static override summary = 'Show which placements change under another set of policies.';
  static override description =
    'Plans the estate of the workspace twice. OLD and NEW are each `workspace` (its own policies), a folder with another workspace or with policy files, or files, globs and packs separated by commas; they are whole sets, nothing is added.';
  static override examples = [
    '<%= config.bin %> policy diff workspace pack:baseline --dir examples/harbor-clinic',
    '<%= config.bin %> policy diff ../main/client client',
    `<%= config.bin %> policy diff 'pack:baseline,old.yaml' 'pack:baseline,new.yaml'`,
  ];
  static override args = {
    old: Args.string({
      required: true,
      description: 'policies before: `workspace`, a folder, or files and packs',
    }),
    new: Args.string({required: true, description: 'policies after, named in the same way'}),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyDiff);
    const scored = await this.openScored(flags, []);
    const {diffPolicies} = await import('../../src/cli/diff-policies.ts');
    const {renderPolicyDiff} = await import('../../src/cli/render/policy-diff.ts');
    const {difference, findings} = await diffPolicies(scored, {before: args.old, after: args.new});
    return this.deliver(flags, {
      document: difference,
      text: () => renderPolicyDiff(difference),
      findings,
    });
  }
}
