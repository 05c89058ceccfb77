import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';

export default class Score extends EstateCommand {
  static override args = FILES;
  static override summary = 'Score every workload: sensitivity and shared-identity blast radius.';
  static override examples = [
    '<%= config.bin %> score --dir examples/harbor-clinic',
    '<%= config.bin %> score --top 10',
    '<%= config.bin %> score RVTools_export_all.xlsx identity.yaml --json',
  ];
  static override flags = {
    top: Flags.integer({
      min: 1,
      env: 'BULKHEAD_TOP',
      description: 'only the N workloads of highest priority',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(Score);
    const scored = await this.openScored(flags, args.files ?? []);
    const {scoreRows} = await import('../src/explain/score-rows.ts');
    const {workloadStability} = await import('../src/exposure/stability.ts');
    const {renderScores} = await import('../src/cli/render/score.ts');
    const {inheritanceText} = await import('../src/cli/render/inheritance.ts');
    const {stabilityText} = await import('../src/cli/render/stability.ts');
    const {scoreFiles} = await import('../src/cli/score-files.ts');
    const rows = scoreRows(scored).slice(0, flags.top);
    const names = new Map(scored.exposure.roots.map((root) => [root.id, root.name]));
    const called = new Map(scored.estate.workloads.map(({id, name}) => [id, name]));
    const stability = workloadStability({
      graph: scored.graph,
      workloads: scored.estate.workloads.map(({id}) => id),
      sensitivity: scored.sensitivity,
      parameters: scored.exposure.parameters,
    });
    return this.deliver(flags, {
      document: {
        scores: rows.map(({workload, sensitivity, exposure, missing}) => ({
          workload: workload.id,
          name: workload.name,
          sensitivity: {
            c: sensitivity.c,
            i: sensitivity.i,
            a: sensitivity.a,
            categories: sensitivity.categories,
          },
          sibr: exposure.sibr,
          inbound: exposure.inbound,
          sharedFate: exposure.sharedFate,
          outbound: exposure.outbound,
          priority: exposure.priority,
          topRoot: exposure.topRoot,
          missing,
        })),
        inheritance: {
          share: scored.sensitivity.inflation,
          by: scored.sensitivity.inflationBy ?? null,
          cumulation: scored.sensitivity.cumulation ?? null,
        },
        parameters: scored.exposure.parameters,
        stability,
      },
      text: () =>
        renderScores(
          rows,
          (id) => names.get(id) ?? id,
          `${stabilityText(stability, (id) => called.get(id) ?? id)} Weights: ${scoreFiles(scored.inputs)}.\n\n${inheritanceText(scored.sensitivity)}`,
        ),
      findings: scored.findings,
    });
  }
}
