import {BaseCommand} from '../../src/cli/base-command.ts';

export default class ScenarioList extends BaseCommand {
  static override summary = 'List the incidents that can be simulated.';
  static override examples = ['<%= config.bin %> scenario list', '<%= config.bin %> scenario list --json'];

  async run() {
    const {flags} = await this.parse(ScenarioList);
    const {readScenarios} = await import('../../src/inputs/scenarios.ts');
    const {workspaceOrNone} = await import('../../src/inputs/workspace-or-none.ts');
    const {renderScenarioList} = await import('../../src/cli/render/scenario.ts');
    const {scenarios, findings} = await readScenarios(flags.dir, await workspaceOrNone(flags.dir));
    return this.deliver(flags, {
      document: {
        scenarios: scenarios.map(({id, spec, shipped, asOf}) => ({
          id,
          title: spec.title,
          summary: spec.summary,
          levelCap: spec.levelCap,
          shipped,
          asOf,
          facts: spec.facts,
        })),
      },
      text: () => renderScenarioList(scenarios),
      findings,
    });
  }
}
