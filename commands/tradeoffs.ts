import {EstateCommand, type EstateFlags, FILES, IGNORE_EXCEPTIONS} from '../src/cli/estate-command.ts';
import {LIMIT_EFFORT} from '../src/cli/limit-effort.ts';
import type {Request} from '../src/inputs/intake.ts';

/** Visits of units and arcs: some ten seconds each. */
const QUESTIONS = {front: {work: 2e7, plans: 100}, weights: {work: 2e7}};

export default class Tradeoffs extends EstateCommand {
  static override args = FILES;
  static override summary = 'Show what could be had instead of the plan: risk against cost against moves.';
  static override description =
    'Each row is a plan that no other one beats in all three, found and proven best at some weights by a minimum cut; plans in between exist that no weights lead to. WEIGHTS tells how far each one can be changed alone before a workload goes elsewhere; both ends are solved again.';
  static override examples = [
    '<%= config.bin %> tradeoffs --dir examples/harbor-clinic',
    '<%= config.bin %> tradeoffs --json',
  ];
  static override flags = {...IGNORE_EXCEPTIONS, ...LIMIT_EFFORT};

  protected override request(flags: EstateFlags, files: string[]): Request {
    return {...super.request(flags, files), questions: QUESTIONS};
  }

  async run() {
    const {args, flags} = await this.parse(Tradeoffs);
    const planned = await this.openPlanned(flags, args.files ?? []);
    const {showTradeoffs} = await import('../src/cli/show-trade-offs.ts');
    return this.deliver(flags, {...showTradeoffs(planned), findings: planned.findings});
  }
}
