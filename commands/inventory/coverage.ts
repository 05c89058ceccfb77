import {EstateCommand} from '../../src/cli/estate-command.ts';
import {renderCoverage} from '../../src/cli/render/coverage.ts';

export default class Coverage extends EstateCommand {
  static override summary =
    'Show what was read: rows in = workloads + classified + rejected, per source and scope.';
  static override usage = 'inventory coverage [FILE...]';
  static override examples = [
    '<%= config.bin %> inventory coverage --dir examples/harbor-clinic',
    '<%= config.bin %> inventory coverage exports/*.json --json',
  ];

  async run() {
    const {argv, flags} = await this.parse(Coverage);
    const {estate, findings} = await this.openEstate(flags, argv as string[]);
    return this.deliver(flags, {
      document: {scopes: estate.ledger},
      text: () => renderCoverage(estate.ledger),
      findings,
    });
  }
}
