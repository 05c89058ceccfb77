import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';

const several = (helpValue: string, description: string) =>
  Flags.string({multiple: true, multipleNonGreedy: true, helpValue, description});

export default class WhatIf extends EstateCommand {
  static override args = FILES;
  static override summary =
    'Change the identity graph in thought: cut an edge, separate a root, add a second proof.';
  static override description =
    'Scores the estate with and without the changes and prints what differs. Nothing is written. Nodes are named by id, name or unique end of an id.';
  static override examples = [
    '<%= config.bin %> whatif --remove-root ad:corp.harbor-clinic.example --dir examples/harbor-clinic',
    `<%= config.bin %> whatif --remove-edge 'entra:TENANT->azure:/subscriptions/ID' --json`,
    '<%= config.bin %> whatif --add-mfa key:msft-consumer',
    '<%= config.bin %> whatif --answer gap:aws-scp:aws-org:o-example=no',
  ];
  static override flags = {
    'remove-edge': several('FROM->TO', 'cut the edges between two nodes; FROM-KIND->TO cuts one kind'),
    'remove-root': several('ID', 'separate a root: none of its edges is left'),
    'add-mfa': several('ID', 'ask for a second proof at a principal, or at all principals of a root'),
    answer: several('GAP=yes|no', 'answer an open question of `bulkhead gaps`'),
    top: Flags.integer({min: 1, default: 10, env: 'BULKHEAD_TOP', description: 'rows of each table'}),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(WhatIf);
    const scored = await this.openScored(flags, args.files ?? []);
    const {whatIf} = await import('../src/cli/what-if.ts');
    const answer = whatIf(scored, {
      removeEdge: flags['remove-edge'] ?? [],
      removeRoot: flags['remove-root'] ?? [],
      addMfa: flags['add-mfa'] ?? [],
      answer: flags.answer ?? [],
      top: flags.top,
    });
    return this.deliver(flags, {...answer, findings: scored.findings});
  }
}
