import * as Args from '@oclif/core/args';
import {BaseCommand} from '../../src/cli/base-command.ts';
import {Failure} from '../../src/cli/failure.ts';

export default class PolicyFields extends BaseCommand {
  static override summary = 'List the fields and functions policy expressions may use.';
  static override examples = [
    '<%= config.bin %> policy fields',
    '<%= config.bin %> policy fields site',
    '<%= config.bin %> policy fields functions --json',
  ];
  static override args = {
    subject: Args.string({description: 'workload, site, root … or functions; default: all'}),
  };

  async run() {
    const {args, flags} = await this.parse(PolicyFields);
    const {fieldReference} = await import('../../src/policy/field-reference.ts');
    const reference = fieldReference(args.subject ?? null);
    if ('near' in reference)
      throw new Failure(`expressions know nothing called \`${args.subject}\``, {
        remedy: reference.near ? `Did you mean \`${reference.near}\`?` : 'Leave it out to list everything.',
      });
    const {renderFields} = await import('../../src/cli/render/fields.ts');
    return this.deliver(flags, {document: reference, text: () => renderFields(reference), findings: []});
  }
}
