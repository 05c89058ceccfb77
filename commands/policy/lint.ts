import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {BaseCommand} from '../../src/cli/base-command.ts';
import type {LintResult} from '../../src/inputs/lint.ts';

export default class PolicyLint extends BaseCommand {
  static override summary =
    'Check policies: YAML, fields, types and reach, each problem at its file, line and column.';
  static override description =
    'Checks the named files or packs (`pack:baseline`), else the policies of the workspace. With --estate also what only the inventory of the workspace shows: rules that leave no site for a workload, rules that change nothing, exceptions that match nothing. Exit 2 when a rule is broken.';
  static override examples = [
    '<%= config.bin %> policy lint --dir examples/harbor-clinic',
    '<%= config.bin %> policy lint policies/own.yaml',
    '<%= config.bin %> policy lint pack:storm-0558 --json',
    '<%= config.bin %> policy lint --estate --format sarif',
  ];
  static override args = {files: Args.string({multiple: true, description: 'policy files, globs or packs'})};
  static override flags = {
    format: Flags.option({
      options: ['text', 'json', 'sarif', 'github'] as const,
      default: 'text' as const,
      env: 'BULKHEAD_FORMAT',
      description: 'format of the problems; github: annotations of a workflow run',
    })(),
    estate: Flags.boolean({
      env: 'BULKHEAD_ESTATE',
      description: 'also judge the inventory of the workspace',
    }),
    now: Flags.string({
      env: 'BULKHEAD_NOW',
      helpValue: 'TIME',
      helpGroup: 'GLOBAL',
      description: 'time of the run, ISO 8601; default: SOURCE_DATE_EPOCH, else the clock',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyLint);
    const {lint} = await import('../../src/inputs/lint.ts');
    const {timeOf} = await import('../../src/cli/run-time.ts');
    const now = timeOf(flags.now);
    const more = flags.estate
      ? async (folder: string) =>
          (await import('../../src/cli/lint-estate.ts')).lintEstate(folder, now, (name) =>
            this.progress(flags).stage(name),
          )
      : undefined;
    const result = await lint(flags.dir, args.files ?? [], {now, ...(more ? {more} : {})});
    const {problems, counts} = result;
    const broken = problems.some((problem) => problem.severity === 'error');
    const delivered = await this.deliver(flags, {
      document: {problems, ...counts},
      text: () => this.format(flags.format, result),
      findings: [],
    });
    if (!broken) return delivered;
    process.exitCode = 2;
    const reasons = problems
      .filter((problem) => problem.severity === 'error')
      .map(({code, message}) => ({exitCode: 2, severity: 'high' as const, text: `${code} ${message}`}));
    return {...delivered, outcome: {exitCode: 2 as const, reasons}};
  }

  private async format(format: 'text' | 'json' | 'sarif' | 'github', result: LintResult): Promise<string> {
    if (format === 'text') return result.text;
    if (format === 'json') return JSON.stringify({problems: result.problems, ...result.counts}, null, 2);
    if (format === 'github')
      return (await import('../../src/report/github-annotations.ts')).githubAnnotations(result.findings);
    const {sarif} = await import('../../src/report/sarif.ts');
    return JSON.stringify(sarif(result.findings, {version: this.config.version}), null, 2);
  }
}
