import type {Decoded} from '../model/decoded.ts';
import type {Shape} from './shape.ts';

/** What a provider's exports can be, after opening: a workbook never loads mappers that read JSON only. */
export type DecodedKind = 'xlsx' | 'csv' | 'json' | 'ndjson' | 'yaml';

/** One folder of shapes, loaded when a file of one of its kinds comes by. */
export interface Provider {
  name: string;
  kinds: readonly DecodedKind[];
  load(): Promise<{shapes: Shape[]}>;
}

/** In the order they are asked; the first shape that matches takes the file. */
export const PROVIDERS: readonly Provider[] = [
  {name: 'inventory', kinds: ['yaml', 'csv'], load: () => import('./inventory/shapes.ts')},
  {name: 'declared', kinds: ['yaml', 'csv'], load: () => import('./declared/shapes.ts')},
  {name: 'bloodhound', kinds: ['json'], load: () => import('./bloodhound/shapes.ts')},
  {name: 'classifiers', kinds: ['json', 'ndjson'], load: () => import('./classifiers/shapes.ts')},
  {name: 'azure', kinds: ['json'], load: () => import('./azure/shapes.ts')},
  {name: 'aws', kinds: ['json', 'csv', 'ndjson'], load: () => import('./aws/shapes.ts')},
  {name: 'gcp', kinds: ['csv', 'json', 'ndjson'], load: () => import('./gcp/shapes.ts')},
  {name: 'vmware', kinds: ['xlsx', 'csv', 'json'], load: () => import('./vmware/shapes.ts')},
];

/** The kind of an opened file, as providers name it. */
export function kindOf(decoded: Decoded): DecodedKind {
  return decoded.kind === 'tables' ? decoded.container : decoded.kind;
}

/** All shapes that read files of a kind, or of any kind when none is given. */
export async function shapesFor(kind?: DecodedKind): Promise<Shape[]> {
  const loaded: Shape[] = [];
  for (const provider of PROVIDERS) {
    if (!kind || provider.kinds.includes(kind)) loaded.push(...(await provider.load()).shapes);
  }
  return loaded;
}
