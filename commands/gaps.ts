import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';

export default class Gaps extends EstateCommand {
  static override args = FILES;
  static override summary = 'Rank missing inputs by what an answer would settle, with who can answer.';
  static override description =
    'SETTLES is the width of score intervals an answer takes away, in points of priority (need × SIBR); DECISIONS how many recommendations hang on it. --output writes a sheet for the people named: filled in, `bulkhead import` reads it.';
  static override examples = [
    '<%= config.bin %> gaps --dir examples/harbor-clinic',
    '<%= config.bin %> gaps --top 30 --output questions.xlsx',
    '<%= config.bin %> gaps --json',
  ];
  static override flags = {
    top: Flags.integer({
      min: 1,
      max: 10_000,
      default: 15,
      env: 'BULKHEAD_TOP',
      description: 'how many questions',
    }),
    output: Flags.string({
      env: 'BULKHEAD_OUTPUT',
      helpValue: 'FILE',
      description: 'write the questions to a .xlsx or .csv file',
    }),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(Gaps);
    const planned = await this.openPlanned(flags, args.files ?? []);
    const {openQuestions} = await import('../src/cli/open-questions.ts');
    const answer = await openQuestions(planned, {top: flags.top, output: flags.output ?? null});
    return this.deliver(flags, {...answer, findings: planned.findings});
  }
}
