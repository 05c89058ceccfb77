import type {ExposureModel} from './exposure-model.ts';
import type {Site} from '../../model/site.ts';
import {STAYS} from './representatives.ts';

interface Located {
  model: ExposureModel;
  input: {siteOf: Int32Array; sites: Site[]};
}

/**
 * Who reaches a workload at a site. Where it stands today that is what reaches it today; elsewhere it is what reaches the
 * site, and what the workload brings along. Cut questions (`variant.sites` other than the model's) also change today's
 * site, through the roots that were cut from it. At a site nobody said who controls, a workload counts as reached as it
 * is today: no gain is taken for granted.
 */
export function profileAt(
  {model, input}: Located,
  variant: {sites: Uint32Array},
  workload: number,
  site: number,
): number {
  if (site === STAYS) return model.here[workload]!;
  const stays = input.siteOf[workload] === site;
  if (stays && variant.sites[site] === model.sites[site]) return model.here[workload]!;
  if (!stays && controlUnknown(input.sites[site]!)) return model.here[workload]!;
  return model.table.merge(variant.sites[site]!, model.own[workload]!, 0);
}

/** Nobody said who controls the site: its own export may show some roots, but not that these are all. */
export function controlUnknown(site: Site): boolean {
  return site.identityRoots.length === 0;
}
