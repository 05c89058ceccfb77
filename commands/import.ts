import {resolve} from 'node:path';
import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';
import {Failure} from '../src/cli/failure.ts';

export default class Import extends EstateCommand {
  static override args = FILES;
  static override summary = 'Read inventory files into a snapshot and print the coverage ledger.';
  static override description =
    'Reads the named files, or the sources of the workspace, and writes a new snapshot: the latest one plus their content. A file that is already in it creates nothing; a newer export of the same scope replaces what the older one said.';
  static override examples = [
    '<%= config.bin %> import',
    '<%= config.bin %> import RVTools_export_all.xlsx deps.csv',
    '<%= config.bin %> import buckets.json --scope 111122223333',
  ];
  static override flags = {
    scope: Flags.string({
      env: 'BULKHEAD_SCOPE',
      helpValue: 'ID',
      description:
        'account, subscription, project or vCenter the named files speak for, where they do not say',
    }),
  };

  async run() {
    const {args, flags} = await this.parse(Import);
    if (flags.snapshot)
      throw new Failure('an import always starts from the latest snapshot', {
        remedy: 'Leave out --snapshot.',
      });
    const {importFiles} = await import('../src/inputs/import.ts');
    const {renderCoverage} = await import('../src/cli/render/coverage.ts');
    const folder = resolve(flags.dir);
    const imported = await importFiles(
      {...this.request(flags, args.files ?? []), scope: flags.scope},
      folder,
    );
    if (!('write' in imported))
      throw new Failure('nothing usable in the input', {
        findings: imported.findings,
        remedy: 'Name a supported inventory file, or list one under `sources` in bulkhead.yaml.',
      });
    const {estate, findings} = imported.estate;
    this.settle(flags, findings);
    const snapshot = imported.unchanged
      ? null
      : await imported.write({name: this.config.bin, version: this.config.version});
    const said = snapshot?.isNew ? `wrote snapshot ${snapshot.id}` : 'nothing new: no snapshot written';
    return this.deliver(flags, {
      document: {
        snapshot: snapshot?.isNew ? snapshot.id : null,
        files: imported.files,
        workloads: estate.workloads.length,
        scopes: estate.ledger,
      },
      text: () => `${renderCoverage(estate.ledger)}\n\n${said}`,
      findings,
    });
  }
}
