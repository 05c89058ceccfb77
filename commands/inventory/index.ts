import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../../src/cli/estate-command.ts';
import {Failure} from '../../src/cli/failure.ts';
import type {Finding} from '../../src/model/common.ts';
import type {Workload} from '../../src/model/estate.ts';

export default class Inventory extends EstateCommand {
  static override args = FILES;
  static override summary = 'List the workloads of the estate.';
  static override examples = [
    '<%= config.bin %> inventory --dir examples/harbor-clinic',
    '<%= config.bin %> inventory --where \'workload.cloud == "azure"\' --columns name,type,region',
    '<%= config.bin %> inventory RVTools_export_all.xlsx --format csv',
  ];
  static override flags = {
    where: Flags.string({
      env: 'BULKHEAD_WHERE',
      helpValue: 'CEL',
      description: 'only workloads for which this CEL expression is true',
    }),
    columns: Flags.string({
      env: 'BULKHEAD_COLUMNS',
      helpValue: 'NAMES',
      description: 'comma-separated columns of the table or CSV',
    }),
    format: Flags.option({
      options: ['table', 'ndjson', 'csv'] as const,
      default: 'table' as const,
      env: 'BULKHEAD_FORMAT',
      description: 'form of the output',
    })(),
  };

  async run() {
    const {args, flags} = await this.parse(Inventory);
    const {INVENTORY_COLUMNS, chooseColumns, renderInventory} =
      await import('../../src/cli/render/inventory.ts');
    const columns = chooseColumns(flags.columns);
    if (!columns)
      throw new Failure(`unknown column in \`${flags.columns}\``, {
        remedy: `Columns: ${Object.keys(INVENTORY_COLUMNS).join(', ')}.`,
      });
    const {workloads, findings} = await this.select(flags, args.files ?? []);
    return this.deliver(flags, {
      document: {workloads, total: workloads.length},
      text: async () => {
        if (flags.format === 'table') return renderInventory(workloads, columns);
        const {inventoryLines} = await import('../../src/cli/render/inventory-lines.ts');
        return inventoryLines(workloads, columns, flags.format);
      },
      findings,
    });
  }

  private async select(
    flags: Parameters<EstateCommand['openEstate']>[0] & {where?: string | undefined},
    files: string[],
  ): Promise<{workloads: Workload[]; findings: Finding[]}> {
    if (flags.where === undefined) {
      const {estate, findings} = await this.openWorkloads(flags, files);
      return {workloads: estate.workloads, findings};
    }
    const scored = await this.openScored(flags, files);
    const {policyContext} = await import('../../src/pipeline.ts');
    const {selectWorkloads} = await import('../../src/policy/select.ts');
    const {matches, unknown, findings} = await selectWorkloads(flags.where, policyContext(scored));
    if (findings.length > 0) throw new Failure('the expression of --where does not type-check', {findings});
    const undecided: Finding[] =
      unknown.length === 0
        ? []
        : [
            {
              code: 'BH-CLI-001',
              severity: 'low',
              message: `${unknown.length} workloads are left out because a field of --where is not known for them`,
              where: {},
            },
          ];
    return {
      workloads: matches.map((w) => scored.estate.workloads[w]!),
      findings: [...scored.findings, ...undecided],
    };
  }
}
