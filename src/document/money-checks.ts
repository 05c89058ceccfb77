import type {Finding} from '../model/common.ts';
import type {Site} from '../model/site.ts';
import {moneyOf} from './money.ts';
import type {SiteContext} from './site-checks.ts';

/** Prices and rates older than this many months are told. */
const OLD_MONTHS = 12;

/** Currencies that cannot be compared, and rates that say nothing. */
export function checkMoney(sites: readonly Site[], {settings, today, placeOf}: SiteContext): Finding[] {
  const money = moneyOf(sites, settings);
  const foreign = sites.flatMap((site): Finding[] => {
    if (!site.cost || money.rate(site.cost.currency) !== null) return [];
    const {currency} = site.cost;
    return [
      {
        code: 'BH-SITE-003',
        severity: 'medium',
        message: `${site.id} is priced in ${currency}, the plan counts in ${money.currency}, and no rate is stated: its prices count as unknown`,
        where: {...placeOf(site, ['cost', 'currency']), id: site.id},
        remedy: `State what one ${currency} is worth, with its day: \`settings: {exchangeRates: {${currency}: {rate: …, asOf: …}}}\` in bulkhead.yaml.`,
      },
    ];
  });
  const where = {file: 'bulkhead.yaml'};
  const rates = Object.entries(settings.exchangeRates).flatMap(([code, {rate, asOf}]): Finding[] => {
    if (code === money.currency) {
      if (rate === 1) return [];
      return [
        {
          code: 'BH-SITE-027',
          severity: 'low',
          message: `the plan counts in ${code}, so its rate of ${rate} counts for nothing`,
          where,
          remedy: 'Remove the rate, or set `settings.currency` to the currency the rates are told in.',
        },
      ];
    }
    const age = ageOf(asOf, today);
    if (age === null) return [];
    return [
      {
        code: 'BH-SITE-027',
        severity: 'info',
        message: `the rate of ${code} is of ${asOf}, ${age}`,
        where,
        remedy: 'Enter a current rate with its day.',
      },
    ];
  });
  return [...foreign, ...rates];
}

/** Prices that are no longer, or not yet, those of today. */
export function pricesFindings(site: Site, {today, placeOf}: SiteContext): Finding[] {
  const age = site.cost ? ageOf(site.cost.asOf, today) : null;
  if (age === null) return [];
  return [
    {
      code: 'BH-SITE-024',
      severity: 'info',
      message: `the prices of ${site.id} are of ${site.cost!.asOf}, ${age}`,
      where: {...placeOf(site, ['cost', 'asOf']), id: site.id},
      remedy: 'Enter current prices with their date.',
    },
  ];
}

function ageOf(asOf: string, today: string): string | null {
  if (asOf > today) return 'which is yet to come';
  const [years, months, days] = asOf.split('-').map(Number) as [number, number, number];
  const limit = new Date(Date.UTC(years, months - 1 + OLD_MONTHS, days)).toISOString().slice(0, 10);
  return today > limit ? `more than ${OLD_MONTHS} months ago` : null;
}
