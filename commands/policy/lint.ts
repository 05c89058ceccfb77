import * as Args from '@oclif/core/args';
import {BaseCommand} from '../../src/cli/base-command.ts';

export default class PolicyLint extends BaseCommand {
  static override summary =
    'Check policies: YAML, fields, types and reach, each problem at its file, line and column.';
  static override description =
    'Checks the named files or packs (`pack:baseline`), else the policies of the workspace. Exit 2 when a rule is broken.';
  static override examples = [
    '<%= config.bin %> policy lint --dir examples/harbor-clinic',
    '<%= config.bin %> policy lint policies/own.yaml',
    '<%= config.bin %> policy lint pack:storm-0558 --json',
  ];
  static override args = {files: Args.string({multiple: true, description: 'policy files, globs or packs'})};

  async run() {
    const {args, flags} = await this.parse(PolicyLint);
    const {lint} = await import('../../src/inputs/lint.ts');
    const {problems, counts, text} = await lint(flags.dir, args.files ?? []);
    const broken = problems.some((problem) => problem.severity === 'error');
    const delivered = await this.deliver(flags, {
      document: {problems, ...counts},
      text: () => text,
      findings: [],
    });
    if (!broken) return delivered;
    process.exitCode = 2;
    const reasons = problems
      .filter((problem) => problem.severity === 'error')
      .map(({code, message}) => ({exitCode: 2, severity: 'high' as const, text: `${code} ${message}`}));
    return {...delivered, outcome: {exitCode: 2 as const, reasons}};
  }
}
