import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';

export default class Report extends EstateCommand {
  static override args = FILES;
  static override summary = 'Write a plan in the formats other people and tools read.';
  static override description =
    '`md` is the plan as Markdown. `opengraph` is the identity graph for BloodHound: `bulkhead.opengraph.json`, and `bulkhead.extension.json`, the extension definition to upload first: only certain edges of control are traversable. `sarif` is the findings for code scanning: what an exception excuses stays in it, as suppressed.';
  static override examples = [
    '<%= config.bin %> report --format md --output reports',
    '<%= config.bin %> report --format sarif --output reports',
    '<%= config.bin %> report --format opengraph,md --output reports --dir estate',
  ];
  static override flags = {
    format: Flags.option({
      options: ['md', 'opengraph', 'sarif'] as const,
      multiple: true,
      // What follows is an inventory file, not a format.
      multipleNonGreedy: true,
      delimiter: ',',
      default: ['md'],
      env: 'BULKHEAD_FORMAT',
      description: 'formats, separated by commas',
    })(),
    output: Flags.string({
      char: 'o',
      required: true,
      env: 'BULKHEAD_OUTPUT',
      helpValue: 'DIR',
      description: 'folder to write into',
    }),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(Report);
    const planned = await this.openPlanned(flags, args.files ?? []);
    const outcome = this.settle(flags, planned.findings);
    const {writeReports} = await import('../src/cli/write-reports.ts');
    const files = await writeReports(planned, {
      formats: [...new Set(flags.format)],
      folder: flags.output,
      version: this.config.version,
      outcome,
    });
    return this.deliver(flags, {
      document: {files},
      text: () => files.map((file) => `Wrote ${file}`).join('\n'),
      findings: planned.findings,
    });
  }
}
