import type {ExposureModel} from './exposure-model.ts';
import {STAYS} from './representatives.ts';

interface Located {
  model: ExposureModel;
  input: {siteOf: Int32Array};
}

/**
 * Who reaches a workload at a site. Where it stands today that is what reaches it today; elsewhere it is what reaches the
 * site, and what the workload brings along. Cut questions (`variant.sites` other than the model's) also change today's
 * site, through the roots that were cut from it.
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
  return model.table.merge(variant.sites[site]!, model.own[workload]!, 0);
}
