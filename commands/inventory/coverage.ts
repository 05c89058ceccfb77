import {EstateCommand, FILES} from '../../src/cli/estate-command.ts';
import {Failure} from '../../src/cli/failure.ts';
import {renderCoverage} from '../../src/cli/render/coverage.ts';

export default class Coverage extends EstateCommand {
  static override args = FILES;
  static override summary =
    'Show what was read: rows in = workloads + classified + rejected, per source and scope.';
  static override examples = [
    '<%= config.bin %> inventory coverage --dir examples/harbor-clinic',
    '<%= config.bin %> inventory coverage exports/*.json --json',
  ];

  async run() {
    const {args, flags} = await this.parse(Coverage);
    const {estate, findings} = await this.openEstate(flags, args.files ?? []);
    if (estate.ledger.length === 0) throw new Failure('nothing usable in the input', {findings});
    return this.deliver(flags, {
      document: {scopes: estate.ledger},
      text: () => renderCoverage(estate.ledger),
      findings,
    });
  }
}
