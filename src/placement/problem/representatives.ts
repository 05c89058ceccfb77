import type {Money} from '../../document/money.ts';
import type {PlacementInput} from '../input.ts';
import type {Eligibility} from './eligibility.ts';
import {hostingCost} from './hosting-cost.ts';
import type {SharedServices} from './shared-services.ts';

/** The workload stays where it is although no site of the list matches it. */
export const STAYS = -1;
/** The class is not open to the unit. */
export const CLOSED = -2;

export interface Unit {
  /** Positions in `estate.workloads`, ascending; none in an auxiliary unit. */
  members: number[];
  /** Site that stands for each class: public, dedicated. {@link STAYS} and {@link CLOSED} are possible. */
  site: [number, number];
  /** All sites of both classes are removed: it stays where it is in the model. */
  blocked: boolean;
  /** Name of a unit that stands for no workload, but carries a term over several units. */
  auxiliary?: string;
}

/** Everything that is asked about a workload at a site. */
export interface SiteFacts {
  eligibility: Eligibility;
  /** Exposure and rule points of a workload at a site, milli-points. */
  risk: (workload: number, site: number) => number;
  money: Money;
  services: SharedServices;
}

/**
 * The site that stands for each class of a group: where it is today if that is allowed, else the allowed site with least
 * risk, fewest moves, least effort, least known cost, then by id. A group without any allowed site is dissolved: its
 * members stay where they are.
 */
export function formUnits(input: PlacementInput, groups: number[][], facts: SiteFacts): Unit[] {
  return groups.flatMap((members): Unit[] => {
    const site: [number, number] = [best(input, members, 0, facts), best(input, members, 1, facts)];
    const nowhere = members.every((w) => input.siteOf[w] === -1);
    if (nowhere) site[classOf(input, members[0]!)] = STAYS;
    if (site[0] !== CLOSED || site[1] !== CLOSED) return [{members, site, blocked: false}];
    return members.map((w) => {
      const pinned: [number, number] = [CLOSED, CLOSED];
      pinned[classOf(input, w)] = input.siteOf[w]!;
      return {members: [w], site: pinned, blocked: true};
    });
  });
}

/** Class of a workload today: that of its site, or of the kind of cloud it comes from. */
export function classOf(input: PlacementInput, workload: number): 0 | 1 {
  const site = input.sites[input.siteOf[workload]!];
  if (site) return site.class === 'dedicated' ? 1 : 0;
  const {cloud} = input.estate.workloads[workload]!;
  return cloud === 'vmware' || cloud === 'private' ? 1 : 0;
}

/** Sites of one class that all members may go to, best first. */
export function ranking(input: PlacementInput, members: number[], wanted: 0 | 1, facts: SiteFacts): number[] {
  const count = input.sites.length;
  const {allowed, effort} = facts.eligibility;
  const options = input.sites.flatMap((site, s) => {
    if ((site.class === 'dedicated' ? 1 : 0) !== wanted) return [];
    if (members.some((w) => allowed[w * count + s] === 0)) return [];
    let moves = 0;
    let risk = 0;
    let cost: number | null = 0;
    let most = 0;
    for (const w of members) {
      if (input.siteOf[w] !== s) moves++;
      risk += facts.risk(w, s);
      most = Math.max(most, effort[w * count + s]!);
      const price = hostingCost(input.estate.workloads[w]!, site, facts.money);
      cost = cost === null || price === null ? null : cost + price;
    }
    return [{s, moves, risk, most, cost: cost ?? Infinity, id: site.id}];
  });
  options.sort(
    (a, b) =>
      Number(a.moves > 0) - Number(b.moves > 0) ||
      a.risk - b.risk ||
      a.moves - b.moves ||
      a.most - b.most ||
      (a.cost === b.cost ? 0 : a.cost - b.cost) ||
      (a.id < b.id ? -1 : 1),
  );
  return options.map((option) => option.s);
}

/** All sites of a class a unit may be at; the one that stands for it where there is no choice. */
export function openSites(
  input: PlacementInput,
  {members, site, blocked}: Unit,
  wanted: 0 | 1,
  {allowed}: Eligibility,
): number[] {
  const first = site[wanted];
  if (first === CLOSED) return [];
  if (blocked || first === STAYS) return [first];
  const count = input.sites.length;
  return input.sites.flatMap((one, s) =>
    (one.class === 'dedicated' ? 1 : 0) === wanted && members.every((w) => allowed[w * count + s] === 1)
      ? [s]
      : [],
  );
}

function best(input: PlacementInput, members: number[], wanted: 0 | 1, facts: SiteFacts): number {
  return ranking(input, members, wanted, facts)[0] ?? CLOSED;
}
