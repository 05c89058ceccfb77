import type {PlacementInput} from '../input.ts';
import type {Money} from '../../document/money.ts';
import {hostingCost, migrationCost} from './hosting-cost.ts';
import {STAYS} from './representatives.ts';

/**
 * What some workloads cost together at a site, hundredths of the plan's currency per month: hosting, and what moving them
 * there must save. Null when something is not known. {@link STAYS} = where they are, at no known site: not known.
 */
export function costAt(
  input: PlacementInput,
  money: Money,
  members: readonly number[],
  site: number,
): number | null {
  let sum = mustSave(input, money, members, site);
  for (const w of members) {
    const hosting = hostingCost(input.estate.workloads[w]!, input.sites[site], money);
    const once = paidBack(input, money, w, site);
    if (hosting === null || once === null) return null;
    sum += hosting + once;
  }
  return sum;
}

/** What moving those of them that would go to another site must save; nothing where no site states a price. */
export function mustSave(
  input: PlacementInput,
  {currency}: Money,
  members: readonly number[],
  site: number,
): number {
  return currency === null ? 0 : movesCount(input, members, site) * input.settings.moveMustSave;
}

/** Workloads that would go to another site. */
export function movesCount({siteOf}: PlacementInput, members: readonly number[], site: number): number {
  return site === STAYS ? 0 : members.filter((w) => siteOf[w] !== site).length;
}

/** The monthly part of a move's one-off traffic, where it counts. */
function paidBack(input: PlacementInput, money: Money, w: number, site: number): number | null {
  const {paybackMonths} = input.settings;
  if (paybackMonths === null || movesCount(input, [w], site) === 0) return 0;
  const once = migrationCost(input.estate.workloads[w]!, input.sites[input.siteOf[w]!], money);
  return once === null ? null : Math.round(once / paybackMonths);
}
