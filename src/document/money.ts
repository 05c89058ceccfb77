import type {Site} from '../model/site.ts';
import type {ExchangeRate} from '../model/workspace.ts';

/** What the workspace says about money. */
export interface MoneySettings {
  /** ISO 4217 code all amounts of a plan are in; null = the one most sites are priced in. */
  currency: string | null;
  /** What one unit of another currency is worth in it. */
  exchangeRates: Record<string, ExchangeRate>;
}

/** One currency for a plan, and what others are worth in it. Amounts of unknown worth are unknown, never mixed in. */
export interface Money {
  /** Null = no site states a price. */
  currency: string | null;
  /** Units of the plan's currency per unit of another; null = not known. */
  rate: (currency: string) => number | null;
}

/** Where the settings name no currency, it is the one most sites are priced in; of equals the first by name. */
export function moneyOf(sites: readonly Pick<Site, 'cost'>[], settings: MoneySettings): Money {
  const currency = settings.currency ?? mostUsed(sites);
  return {
    currency,
    rate: (other) => (other === currency ? 1 : (settings.exchangeRates[other]?.rate ?? null)),
  };
}

function mostUsed(sites: readonly Pick<Site, 'cost'>[]): string | null {
  const counts = new Map<string, number>();
  for (const {cost} of sites) if (cost) counts.set(cost.currency, (counts.get(cost.currency) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? null;
}

/** The same rates, told in another currency. */
export function moneyIn(currency: string, money: Money): Money {
  const own = currency === money.currency ? 1 : money.rate(currency);
  return {
    currency,
    rate(other) {
      if (other === currency) return 1;
      const rate = money.rate(other);
      return rate === null || own === null ? null : rate / own;
    },
  };
}
