import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';

export default class Roots extends EstateCommand {
  static override args = FILES;
  static override summary = 'Rank identity roots by blast radius: what falls when one is stolen.';
  static override examples = [
    '<%= config.bin %> roots --dir examples/harbor-clinic',
    '<%= config.bin %> roots --top 5 --json',
  ];
  static override flags = {
    top: Flags.integer({min: 1, env: 'BULKHEAD_TOP', description: 'only the N largest roots'}),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(Roots);
    const {exposure, findings} = await this.openScored(flags, args.files ?? []);
    const {renderRoots} = await import('../src/cli/render/score.ts');
    const roots = exposure.roots.slice(0, flags.top);
    return this.deliver(flags, {
      document: {roots, totalValue: exposure.totalValue, parameters: exposure.parameters},
      text: () => renderRoots(roots, exposure.totalValue),
      findings,
    });
  }
}
