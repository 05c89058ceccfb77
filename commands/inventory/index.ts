import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES, type EstateFlags} from '../../src/cli/estate-command.ts';
import {Failure} from '../../src/cli/failure.ts';

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

  private async select(flags: EstateFlags & {where?: string | undefined}, files: string[]) {
    if (flags.where !== undefined) {
      const {workloadsWhere} = await import('../../src/cli/select-workloads.ts');
      return workloadsWhere(await this.openScored(flags, files), flags.where);
    }
    const {estate, findings} = await this.openWorkloads(flags, files);
    return {workloads: estate.workloads, findings};
  }
}
