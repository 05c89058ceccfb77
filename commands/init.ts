import * as Args from '@oclif/core/args';
import {BaseCommand} from '../src/cli/base-command.ts';
import {Failure} from '../src/cli/failure.ts';
import {scaffold} from '../src/io/scaffold.ts';
import {isWorkspace} from '../src/io/workspace.ts';

export default class Init extends BaseCommand {
  static override summary = 'Scaffold a workspace: bulkhead.yaml, sites, identity, register, policies.';
  static override description =
    'Writes commented files to fill in. Refuses a folder that already holds bulkhead.yaml; other existing files are kept as they are.';
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init clients/northwind'];
  static override args = {
    folder: Args.string({description: 'folder to create the workspace in (default: --dir)'}),
  };

  async run() {
    const {args, flags} = await this.parse(Init);
    const folder = args.folder ?? flags.dir;
    if (await isWorkspace(folder)) {
      throw new Failure(`${folder} already holds a workspace`, {
        remedy: 'Name another folder, or edit its bulkhead.yaml.',
      });
    }
    const result = await scaffold(folder);
    return this.deliver(flags, {
      document: result,
      text: () =>
        [
          ...result.created.map((file) => `created  ${file}`),
          ...result.kept.map((file) => `kept     ${file}`),
          '',
          `Put inventory files into ${result.folder}/inventory, then: bulkhead plan --dir ${result.folder}`,
        ].join('\n'),
      findings: [],
    });
  }
}
