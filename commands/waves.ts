import * as Flags from '@oclif/core/flags';
import {EstateCommand, type EstateFlags, FILES, IGNORE_EXCEPTIONS} from '../src/cli/estate-command.ts';
import {LIMIT_EFFORT} from '../src/cli/limit-effort.ts';
import type {Request} from '../src/inputs/intake.ts';

export default class Waves extends EstateCommand {
  static override args = FILES;
  static override summary =
    'Put the moves of the plan into waves with little traffic between sites meanwhile.';
  static override description =
    'Plans, then orders the moves: what depends on each other goes together, earlier environments of an application before later ones, never on frozen days (`spec.waves` in bulkhead.yaml). BETWEEN SITES is what flows between sites until the next wave, of flows with an end that moves; LEAST what no choice of as many workloads could be below.';
  static override examples = [
    '<%= config.bin %> waves --dir examples/harbor-clinic',
    '<%= config.bin %> waves --size 20',
    '<%= config.bin %> waves --json',
  ];
  static override flags = {
    ...IGNORE_EXCEPTIONS,
    ...LIMIT_EFFORT,
    size: Flags.integer({
      min: 1,
      env: 'BULKHEAD_SIZE',
      description: 'most workloads that move in one wave [default: `waves.size` of the workspace, else 50]',
    }),
  };

  protected override request(flags: EstateFlags & {size?: number | undefined}, files: string[]): Request {
    const request = super.request(flags, files);
    return {
      ...request,
      questions: {...request.questions, manyWaves: true},
      ...(flags.size === undefined ? {} : {waves: {size: flags.size}}),
    };
  }

  async run() {
    const {args, flags} = await this.parse(Waves);
    const {workspace, plan, findings} = await this.openPlanned(flags, args.files ?? []);
    const {renderWaves, wavesDocument} = await import('../src/cli/render/waves.ts');
    const {screenWidth} = await import('../src/cli/screen-width.ts');
    return this.deliver(flags, {
      document: wavesDocument(workspace.name, plan.waves ?? null),
      text: () => renderWaves(workspace.name, plan, screenWidth()),
      findings,
    });
  }
}
