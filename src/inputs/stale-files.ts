import {hashFile} from '../io/hash-file.ts';
import {expand} from '../io/files.ts';
import type {Finding} from '../model/common.ts';
import type {Source} from '../model/estate.ts';
import type {Workspace} from '../model/workspace.ts';
import {declarations, type Request} from './intake.ts';

/** Declared files whose content is not in the snapshot: it is older than they are. One finding for all of them. */
export async function staleFiles(
  request: Request,
  workspace: Workspace,
  sources: Source[],
): Promise<Finding[]> {
  const known = new Set(sources.map((source) => source.sha256));
  const stale: string[] = [];
  for (const declaration of declarations(workspace)) {
    for (const file of (await expand(request.folder, [declaration.file], declaration.role)).files) {
      const hash = await hashFile(file.path);
      if (hash !== null && !known.has(hash) && !stale.includes(file.display)) stale.push(file.display);
    }
  }
  if (stale.length === 0) return [];
  const shown = stale.slice(0, 3).join(', ');
  return [
    {
      code: 'BH-SNAP-102',
      severity: 'medium',
      message: `${stale.length} declared ${stale.length === 1 ? 'file is' : 'files are'} not in the snapshot this run uses: ${shown}${stale.length > 3 ? ' …' : ''}`,
      where: {file: stale[0]!},
      remedy: 'Run `bulkhead import` to take them in.',
    },
  ];
}
