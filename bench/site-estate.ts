import type {SiteProblem} from '../src/placement/multisite/site-problem.ts';
import {estateNetwork, random} from './min-cut-estate.ts';

/** Azure, AWS, Google, a dedicated site and one's own, with how far they are apart, in per cent. */
const DISTANCE = [
  [0, 100, 100, 60, 80],
  [100, 0, 100, 60, 80],
  [100, 100, 0, 60, 80],
  [60, 60, 60, 0, 30],
  [80, 80, 80, 30, 0],
];

export const SITES = DISTANCE.length;

/**
 * The synthetic estate of the minimum-cut benchmark over five sites: own values per site, 11 % of the units closed to the
 * public or to the own ones, edges priced by distance (or alike for all pairs of sites, `potts`) times `coupling`.
 */
export function siteEstate(
  n: number,
  seed: number,
  coupling = 1,
  potts = false,
): SiteProblem & {applications: Uint32Array} {
  const network = estateNetwork(n, seed);
  const uniform = random(seed + 7);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const unary = new Float64Array(n * SITES);
  for (let u = 0; u < n; u++)
    for (let s = 0; s < SITES; s++) {
      const closed = s < 3 ? network.sink[u] === Infinity : network.source[u] === Infinity;
      unary[u * SITES + s] = closed ? Infinity : 100 * Math.round(4000 * Math.exp(0.7 * normal()));
    }
  const table = Float64Array.from(DISTANCE.flat(), (value) => (potts ? Number(value > 0) * 100 : value));
  return {
    units: n,
    sites: SITES,
    unary,
    tail: network.tail,
    head: network.head,
    weight: network.forward.map((value) => Math.max(1, Math.round(coupling * value))),
    table: new Uint8Array(network.tail.length),
    tables: [table],
    applications: applicationsOf(n, seed),
  };
}

/** The applications of {@link estateNetwork}: it draws their sizes first. */
function applicationsOf(n: number, seed: number): Uint32Array {
  const uniform = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const applications = new Uint32Array(n);
  for (let at = 0, a = 0; at < n; a++) {
    const size = Math.min(50, Math.max(5, Math.round(Math.exp(2.5 + 0.6 * normal()))));
    applications.fill(a, at, at + size);
    at += size;
  }
  return applications;
}
