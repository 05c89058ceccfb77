import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {EstateCommand, type EstateFlags, FILES, IGNORE_EXCEPTIONS} from '../src/cli/estate-command.ts';
import {Failure} from '../src/cli/failure.ts';
import type {Judged} from '../src/pipeline.ts';

/** Visits of units and arcs for what would change one decision: some seconds, within limits some more. */
const FLIP_WORK = {work: 5e6, workWithinLimits: 1.5e7};

export default class Explain extends EstateCommand {
  static override summary = 'Explain one workload, root, principal, rule or finding, with evidence.';
  static override description =
    'ID is `workload:ID`, `root:ID`, `principal:ID`, `rule:ID` or `finding:CODE`; a unique name or the end of an id is enough.';
  static override examples = [
    '<%= config.bin %> explain workload:vm-portal-api --dir examples/harbor-clinic',
    '<%= config.bin %> explain root:ad:corp.harbor-clinic.example',
    '<%= config.bin %> explain rule:BH-S0558-001 --json',
  ];
  static override args = {id: Args.string({required: true, description: 'what to explain'}), ...FILES};
  static override flags = {
    ...IGNORE_EXCEPTIONS,
    limit: Flags.integer({
      min: 1,
      default: 10,
      env: 'BULKHEAD_LIMIT',
      description: 'how many chains or cases to list',
    }),
  };

  protected override readonly needsWorkloads = false;

  /** What is explained; a workload is also asked what would change its decision. */
  #subject = '';

  protected override async openJudged(flags: EstateFlags, files: string[]): Promise<Judged> {
    const judged = await super.openJudged(flags, files);
    const {findSubject} = await import('../src/explain/subject.ts');
    const known = judged.estate.workloads.map(({id, name}) => ({kind: 'workload' as const, id, name}));
    const match = findSubject(this.#subject, known);
    if (!('subject' in match)) return judged;
    const questions = {flips: {...FLIP_WORK, workloads: [match.subject.id]}};
    return {...judged, request: {...judged.request, questions}};
  }

  async run() {
    const {args, flags} = await this.parse(Explain);
    this.#subject = args.id;
    const planned = await this.openPlanned(flags, args.files ?? []);
    const {explain} = await import('../src/explain/explain.ts');
    const answer = explain(args.id, planned, flags.limit);
    if ('near' in answer)
      throw new Failure(`nothing is called \`${args.id}\``, {
        remedy: answer.near
          ? `Did you mean \`${answer.near}\`?`
          : 'List workloads with `bulkhead inventory`, roots with `bulkhead roots`.',
      });
    if ('candidates' in answer) {
      const names = answer.candidates.slice(0, 20).map(({kind, id}) => `${kind}:${id}`);
      throw new Failure(`\`${args.id}\` is ambiguous: ${answer.candidates.length} things are called that`, {
        remedy: `Name one of: ${names.join(', ')}`,
      });
    }
    const {renderExplanation} = await import('../src/cli/render/explain.ts');
    return this.deliver(flags, {
      document: answer.explanation,
      text: () => renderExplanation(answer.explanation),
      findings: planned.findings,
    });
  }
}
