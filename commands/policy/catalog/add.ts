import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import {BaseCommand} from '../../../src/cli/base-command.ts';

export default class PolicyCatalogAdd extends BaseCommand {
  static override summary =
    'Take control titles from your own OSCAL catalogue, to be printed beside mapped ids.';
  static override description =
    'FILE is a catalogue in OSCAL JSON. Ids and titles go to .bulkhead/catalogs of the workspace, control texts do not. `policy explain` prints the titles. No catalogue is part of Bulkhead: some are under licences that ask for more.';
  static override examples = [
    '<%= config.bin %> policy catalog add Grundschutz-catalog.json --framework bsi-gspp --dir estate',
  ];
  static override args = {file: Args.string({required: true, description: 'catalogue in OSCAL JSON'})};
  static override flags = {
    framework: Flags.string({
      default: 'bsi-gspp',
      env: 'BULKHEAD_FRAMEWORK',
      helpValue: 'NAME',
      description: 'framework of the mappings it is for',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyCatalogAdd);
    const {addCatalog} = await import('../../../src/cli/add-catalog.ts');
    const {added, findings} = await addCatalog(flags.dir, args.file, flags.framework);
    const version = added.version === null ? '' : `, version ${added.version}`;
    return this.deliver(flags, {
      document: added,
      text: () =>
        `${added.title}${version}\n${added.controls} controls as ${added.framework} in ${added.file}; ${added.mapped - added.unknown.length} of ${added.mapped} controls that rules map to have a title`,
      findings,
    });
  }
}
