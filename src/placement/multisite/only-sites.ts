import type {SiteProblem} from './site-problem.ts';

/** The one open site of a unit, or −1 where there are more. */
export function onlySites({units, sites, unary}: SiteProblem): Int32Array {
  const only = new Int32Array(units).fill(-1);
  for (let u = 0; u < units; u++) {
    let open = 0;
    for (let s = 0; s < sites; s++) {
      if (unary[u * sites + s] === Infinity) continue;
      only[u] = s;
      open++;
    }
    if (open !== 1) only[u] = -1;
  }
  return only;
}
