import * as Flags from '@oclif/core/flags';
import {EstateCommand, type EstateFlags, FILES, IGNORE_EXCEPTIONS} from '../src/cli/estate-command.ts';
import {LIMIT_EFFORT} from '../src/cli/limit-effort.ts';
import {PLAN_QUESTIONS} from '../src/cli/plan-questions.ts';
import type {Request} from '../src/inputs/intake.ts';
import type {PlanRun} from '../src/model/plan.ts';

export default class Plan extends EstateCommand {
  static override args = FILES;
  static override summary = 'Recommend a site for every workload, with reasons, proof and residual risk.';
  static override description =
    'Reads the inventory, scores exposure, evaluates policies and solves the placement. The optimum is exact for the stated model and inputs, and the written plan carries the proof (`bulkhead verify`).';
  static override examples = [
    '<%= config.bin %> plan --dir examples/harbor-clinic',
    '<%= config.bin %> plan --output reports --fail-on high',
    '<%= config.bin %> plan RVTools_export_all.xlsx',
  ];
  static override flags = {
    ...IGNORE_EXCEPTIONS,
    ...LIMIT_EFFORT,
    output: Flags.string({
      char: 'o',
      env: 'BULKHEAD_OUTPUT',
      helpValue: 'DIR',
      description: 'write run.json and plan.md into this folder',
    }),
  };

  protected override request(flags: EstateFlags & {output?: string | undefined}, files: string[]): Request {
    const request = super.request(flags, files);
    // The screen shows none of it.
    return flags.output === undefined && !this.jsonEnabled()
      ? request
      : {...request, questions: PLAN_QUESTIONS};
  }

  async run() {
    const {args, flags} = await this.parse(Plan);
    const planned = await this.openPlanned(flags, args.files ?? []);
    const {planRun} = await import('../src/cli/plan-run.ts');
    const run = planRun(planned, this.config.version, this.settle(flags, planned.findings));
    const written = flags.output ? await this.write(flags.output, run) : [];
    const {renderPlan} = await import('../src/cli/render/plan.ts');
    const {screenWidth} = await import('../src/cli/screen-width.ts');
    return this.deliver(flags, {
      document: run,
      text: () => renderPlan(run, written, Math.min(100, screenWidth())),
      findings: run.findings,
    });
  }

  private async write(folder: string, run: PlanRun): Promise<string[]> {
    const {renderPlanMarkdown} = await import('../src/report/markdown.ts');
    const {writeFolder} = await import('../src/io/write-folder.ts');
    const {jsonText} = await import('../src/document/json-text.ts');
    return writeFolder(folder, [
      {name: 'run.json', content: jsonText(run)},
      {name: 'plan.md', content: renderPlanMarkdown(run)},
    ]);
  }
}
