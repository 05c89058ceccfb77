import * as Args from '@oclif/core/args';
import {BaseCommand} from '../../src/cli/base-command.ts';
import {Failure} from '../../src/cli/failure.ts';

export default class PolicySchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of a kind of document, for editors.';
  static override description =
    'Without KIND the kinds are listed with the file of their schema; name it in the first line of a document: `# yaml-language-server: $schema=FILE`.';
  static override examples = [
    '<%= config.bin %> policy schema',
    '<%= config.bin %> policy schema PlacementPolicy > placement-policy.schema.json',
  ];
  static override args = {kind: Args.string({description: 'kind of document, e.g. PlacementPolicy'})};

  async run() {
    const {args, flags} = await this.parse(PolicySchema);
    const {readSchemas} = await import('../../src/io/schemas.ts');
    const schemas = await readSchemas();
    if (args.kind === undefined) {
      const kinds = [...schemas].map(([kind, {file}]) => ({kind, file}));
      return this.deliver(flags, {
        document: {kinds},
        text: () => kinds.map(({kind, file}) => `${kind.padEnd(20)}  ${file}`).join('\n'),
        findings: [],
      });
    }
    const found = schemas.get(args.kind);
    if (!found) {
      const {nearest} = await import('../../src/document/nearest.ts');
      const near = nearest(args.kind, schemas.keys());
      throw new Failure(`no kind is called \`${args.kind}\``, {
        remedy: near ? `Did you mean \`${near}\`?` : `Kinds: ${[...schemas.keys()].join(', ')}.`,
      });
    }
    return this.deliver(flags, {
      document: {kind: args.kind, schema: found.schema},
      text: () => JSON.stringify(found.schema, null, 2),
      findings: [],
    });
  }
}
