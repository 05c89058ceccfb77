import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES, IGNORE_EXCEPTIONS} from '../src/cli/estate-command.ts';
import {LIMIT_EFFORT} from '../src/cli/limit-effort.ts';
import {QUESTION, questionOf} from '../src/cli/what-if-flags.ts';

export default class WhatIf extends EstateCommand {
  static override args = FILES;
  static override summary =
    'Change a site, a tag, a rule or the identity graph in thought and see what follows.';
  static override description =
    'Plans the estate with and without the changes and prints what differs: which decisions change and why, exposure, cost, moves, limits. Changes of the identity graph alone are scored without a plan, unless --plan asks for one. Options can be repeated and combined. Nothing is written. Workloads and nodes are named by id, name or unique end of an id.';
  static override examples = [
    '<%= config.bin %> whatif --remove-root ad:corp.harbor-clinic.example --dir examples/harbor-clinic',
    `<%= config.bin %> whatif --set-site 'dedicated-fra:capacity.vcpu=+64' --set-site 'dedicated-fra:cost.vcpuMonth=19'`,
    '<%= config.bin %> whatif --policy pack:gdpr-schrems-ii --param gdpr-schrems-ii.dpfValid=false',
    `<%= config.bin %> whatif --set-need 'lab-db:c=veryHigh' --remove-site gcp-europe-west3 --json`,
    '<%= config.bin %> whatif --answer gap:aws-scp:aws-org:o-example=no --plan',
  ];
  static override flags = {
    ...QUESTION,
    ...IGNORE_EXCEPTIONS,
    ...LIMIT_EFFORT,
    plan: Flags.boolean({
      env: 'BULKHEAD_PLAN',
      description: 'show what becomes of the plan, also where only the identity graph changes',
    }),
    top: Flags.integer({min: 1, default: 10, env: 'BULKHEAD_TOP', description: 'rows of each table'}),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(WhatIf);
    const question = questionOf(flags);
    const {changesPlan} = await import('../src/cli/suppose.ts');
    if (flags.plan || changesPlan(question)) {
      const {whatIfPlan} = await import('../src/cli/what-if-plan.ts');
      const {renderPlanDelta} = await import('../src/cli/render/plan-delta.ts');
      const estate = await this.openWorkloads(flags, args.files ?? []);
      const {answer, findings} = await whatIfPlan(estate, question);
      return this.deliver(flags, {
        document: answer,
        text: () => renderPlanDelta(answer, flags.top),
        findings,
      });
    }
    const {whatIf} = await import('../src/cli/what-if.ts');
    const scored = await this.openScored(flags, args.files ?? []);
    const answer = whatIf(scored, {...question, top: flags.top});
    return this.deliver(flags, {...answer, findings: scored.findings});
  }
}
