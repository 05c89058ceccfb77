import * as Flags from '@oclif/core/flags';
import {EstateCommand, FILES} from '../src/cli/estate-command.ts';
import {Failure} from '../src/cli/failure.ts';
import type {RootExposure} from '../src/model/exposure.ts';

export default class Roots extends EstateCommand {
  static override args = FILES;
  static override summary =
    'Rank identity roots by blast radius: what falls when one is stolen, and where to cut.';
  static override examples = [
    '<%= config.bin %> roots --dir examples/harbor-clinic',
    '<%= config.bin %> roots --top 5 --json',
    '<%= config.bin %> roots --choke 5 --root ad:corp.example',
  ];
  static override flags = {
    top: Flags.integer({min: 1, env: 'BULKHEAD_TOP', description: 'only the N largest roots'}),
    choke: Flags.integer({
      min: 0,
      max: 20,
      default: 3,
      env: 'BULKHEAD_CHOKE',
      helpValue: 'N',
      description: 'best set of at most N edges to cut; 0 = none',
    }),
    root: Flags.string({
      env: 'BULKHEAD_ROOT',
      helpValue: 'ID',
      description: 'root to cut off, by id or name; default: the one the cuts take most from',
    }),
    limit: Flags.integer({
      min: 1,
      default: 10,
      env: 'BULKHEAD_LIMIT',
      description: 'single edges and nodes listed with --json',
    }),
  };

  protected override readonly needsWorkloads = false;

  async run() {
    const {args, flags} = await this.parse(Roots);
    const {graph, estate, sensitivity, exposure, inputs, findings} = await this.openScored(
      flags,
      args.files ?? [],
    );
    const {rootDetails} = await import('../src/exposure/root-details.ts');
    const details = rootDetails(
      {graph, workloads: estate.workloads.map(({id}) => id), sensitivity, exposure},
      {count: flags.choke, limit: flags.limit, root: rootNamed(flags.root, exposure.roots)},
    );
    const roots = details.roots.slice(0, flags.top);
    const {totalValue, parameters} = exposure;
    const {chokePoints, stability} = details;
    const {renderRoots} = await import('../src/cli/render/roots.ts');
    const {scoreFiles} = await import('../src/cli/score-files.ts');
    const names = new Map(graph.nodes.map(({id, name}) => [id, name]));
    return this.deliver(flags, {
      document: {roots, totalValue, parameters, chokePoints, stability},
      text: () =>
        renderRoots(
          {roots, chokePoints, stability},
          {totalValue, name: (id) => names.get(id) ?? id, weights: scoreFiles(inputs)},
        ),
      findings,
    });
  }
}

function rootNamed(text: string | undefined, roots: RootExposure[]): string | undefined {
  if (text === undefined) return undefined;
  const wanted = text.toLowerCase();
  const found =
    roots.find(({id}) => id.toLowerCase() === wanted) ??
    roots.find(({name}) => name.toLowerCase() === wanted);
  if (found) return found.id;
  throw new Failure(`there is no root \`${text}\``, {
    remedy: 'Run `bulkhead roots` for the ids of all roots.',
  });
}
