import {writeAws} from './aws.ts';
import {writeAzure} from './azure.ts';
import {writeDeclared} from './declared.ts';
import {dice} from './dice.ts';
import {target} from './files.ts';
import {writeGcp} from './gcp.ts';
import {writePrivate} from './private.ts';
import {makeWorld} from './world.ts';

/** What was written. */
export interface Generated {
  workloads: number;
  dependencies: number;
  applications: number;
}

/** Writes a whole workspace of `workloads` workloads into `folder`; the same seed gives the same bytes. */
export function generateEstate(folder: string, workloads: number, seed: number): Generated {
  const chance = dice(seed);
  const world = makeWorld(workloads, chance);
  const out = target(folder);
  writeAzure(world, out, chance);
  const buckets = writeAws(world, out, chance);
  writeGcp(world, out, chance);
  writePrivate(world, out);
  writeDeclared(world, out, chance, buckets);
  return {
    workloads: world.items.length,
    dependencies: world.links.length,
    applications: world.apps.length,
  };
}
