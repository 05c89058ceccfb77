import {expect, test} from 'vitest';
import {moneyIn, moneyOf} from '../../../src/document/money.ts';
import type {Site} from '../../../src/model/site.ts';

function priced(...currencies: (string | null)[]): Pick<Site, 'cost'>[] {
  return currencies.map((currency) => ({
    cost: currency === null ? null : ({currency} as NonNullable<Site['cost']>),
  }));
}

const RATES = {USD: {rate: 0.9, asOf: '2026-11-01'}, CHF: {rate: 1.05, asOf: '2026-11-01'}};

test('the plan counts in the stated currency, else in the one most sites are priced in, never in none', () => {
  const of = (currency: string | null, ...sites: (string | null)[]) =>
    moneyOf(priced(...sites), {currency, exchangeRates: {}}).currency;
  expect([of('CHF', 'EUR'), of(null, 'USD', 'EUR', 'EUR'), of(null, 'USD', 'EUR'), of(null, null)]).toEqual([
    'CHF',
    'EUR',
    'EUR',
    null,
  ]);
});

test('a currency without a rate is worth nothing known, and its own is worth one', () => {
  const money = moneyOf(priced('EUR'), {currency: null, exchangeRates: RATES});
  expect([money.rate('EUR'), money.rate('USD'), money.rate('GBP'), money.rate('constructor')]).toEqual([
    1,
    0.9,
    null,
    null,
  ]);
});

test('a budget in another currency goes over the rates of the plan', () => {
  const money = moneyOf(priced('EUR'), {currency: null, exchangeRates: RATES});
  const francs = moneyIn('CHF', money);
  expect(francs.rate('CHF')).toBe(1);
  expect(francs.rate('EUR')).toBeCloseTo(1 / 1.05);
  expect(francs.rate('USD')).toBeCloseTo(0.9 / 1.05);
  expect(moneyIn('GBP', money).rate('EUR')).toBeNull();
  expect(moneyIn('GBP', money).rate('GBP')).toBe(1);
});
