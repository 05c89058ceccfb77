import {expect, test} from 'vitest';
import type {MoneySettings} from '../../../src/document/money.ts';
import {siteFindings} from '../../../src/document/site-checks.ts';
import {latencies} from '../../../src/document/site-latency.ts';
import {parseSites} from '../../../src/document/sites.ts';
import {parseYaml} from '../../../src/document/yaml.ts';

const PLAIN: MoneySettings = {currency: null, exchangeRates: {}};

function check(specs: Record<string, string>, settings = PLAIN, today = '2026-11-22') {
  const text = Object.entries(specs)
    .map(
      ([name, spec]) =>
        `apiVersion: bulkhead.dev/v1alpha1\nkind: Site\nmetadata: {name: ${name}}\nspec:\n  provider: p\n${spec}`,
    )
    .join('---\n');
  const parsed = parseSites(parseYaml(text, 'sites.yaml').documents);
  expect(parsed.findings).toEqual([]);
  return {
    sites: parsed.value,
    told: siteFindings(parsed.value, {settings, today, placeOf: parsed.placeOf}).map(
      ({code, severity, message, where, remedy}) => {
        expect(remedy).toBeTruthy();
        return `${code} ${severity} ${where.file}:${where.line ?? ''} ${message}`;
      },
    ),
  };
}

test('names that are no site, at their line, with what was meant', () => {
  const {told} = check({
    frankfurt: [
      '  kind: public',
      '  latencyMs: {hamburk: 9}',
      '  cost:',
      '    currency: EUR',
      '    asOf: 2026-10-01',
      '    egressTo: {mars: 1, hamburg: 0.01}',
      '  availability: {drSite: somewhere}',
      '',
    ].join('\n'),
    hamburg: '  kind: dedicated\n  title: The north\n  availability: {drSite: The south}\n',
    munich: '  kind: dedicated\n  title: The south\n',
  });
  expect(told).toEqual([
    'BH-SITE-020 medium sites.yaml:7 `latencyMs` of frankfurt names `hamburk`, which is no site (did you mean `hamburg`?); the entry counts for nothing',
    'BH-SITE-020 medium sites.yaml:11 `cost.egressTo` of frankfurt names `mars`, which is no site; the entry counts for nothing',
    'BH-SITE-020 low sites.yaml:12 frankfurt fails over to `somewhere`, which is none of the sites: nothing is known about it',
  ]);
});

test('two ends that contradict each other count as the larger one; nothing is far from itself', () => {
  const {told, sites} = check({
    a: '  kind: public\n  latencyMs: {a: 3, b: 5, c: 2}\n  cost: {currency: EUR, asOf: 2026-10-01, egressTo: {a: 1}}\n  availability: {drSite: a}\n',
    b: '  kind: dedicated\n  latencyMs: {a: 7}\n',
    c: '  kind: dedicated\n  latencyMs: {a: 2}\n',
  });
  expect(told).toEqual([
    'BH-SITE-022 low sites.yaml:7 a states a latency to itself; within a site it counts as 0',
    'BH-SITE-022 low sites.yaml:8 a prices traffic to itself; within a site it counts as 0',
    'BH-SITE-022 low sites.yaml:9 a fails over to itself: that is no second location',
    'BH-SITE-021 low sites.yaml:7 a states 5 ms to b, b states 7 ms back: 7 ms counts',
  ]);
  const between = latencies(sites);
  expect([between(0, 0), between(0, 1), between(1, 0), between(0, 2), between(1, 2)]).toEqual([
    0,
    7,
    7,
    2,
    null,
  ]);
});

test('what is out of date is told from the day after', () => {
  const specs = {
    a: '  kind: public\n  certifications: [{id: iso27001, validUntil: 2026-11-22}]\n  cost: {currency: EUR, asOf: 2025-11-22}\n',
  };
  expect(check(specs).told).toEqual([]);
  expect(check(specs, PLAIN, '2026-11-23').told).toEqual([
    'BH-SITE-023 medium sites.yaml:7 certificate iso27001 of a ended on 2026-11-22',
    'BH-SITE-024 info sites.yaml:8 the prices of a are of 2025-11-22, more than 12 months ago',
  ]);
  expect(check(specs, PLAIN, '2025-11-21').told).toEqual([
    'BH-SITE-024 info sites.yaml:8 the prices of a are of 2025-11-22, which is yet to come',
  ]);
});

test('kinds, classes and room that do not go together', () => {
  const {told} = check({
    crm: '  kind: saas\n  receives: true\n',
    cellar: '  kind: onprem\n  class: public\n',
    hosted: '  kind: dedicated\n  tenancy: shared\n  capacity: {vcpu: 0, memoryGiB: 0, storageGiB: 5}\n',
    hosts: '  kind: public\n  class: dedicated\n  tenancy: dedicated-host\n',
    cloud: '  kind: public\n  class: dedicated\n',
    closed: '  kind: onprem\n  capacity: {vcpu: 0}\n',
  });
  expect(told.map((line) => line.replace(/^(\S+) \S+ sites\.yaml:\d+ /, '$1 '))).toEqual([
    'BH-SITE-026 crm runs only its own service (kind saas), but receives workloads: none can be placed there',
    'BH-SITE-026 cellar is of kind onprem, but its class is public: the plan treats it as public',
    'BH-SITE-025 hosted receives workloads, but states no room for them: vcpu 0, memoryGiB 0',
    'BH-SITE-026 hosted is of kind dedicated, but other customers share its hardware',
    'BH-SITE-026 cloud is of kind public, but its class is dedicated: the plan treats it as dedicated',
  ]);
});

test('a currency without a rate is unknown; a rate of the plan’s own currency or of long ago is told', () => {
  const cost = (currency: string) => `  kind: public\n  cost: {currency: ${currency}, asOf: 2026-10-01}\n`;
  const sites = {a: cost('EUR'), b: cost('USD'), c: cost('EUR')};
  expect(check(sites).told).toEqual([
    'BH-SITE-003 medium sites.yaml:15 b is priced in USD, the plan counts in EUR, and no rate is stated: its prices count as unknown',
  ]);
  const rates = {USD: {rate: 0.9, asOf: '2026-11-01'}};
  expect(check(sites, {currency: null, exchangeRates: rates}).told).toEqual([]);
  expect(
    check(sites, {currency: 'USD', exchangeRates: {...rates, EUR: {rate: 1.1, asOf: '2024-01-01'}}}).told,
  ).toEqual([
    'BH-SITE-027 low bulkhead.yaml: the plan counts in USD, so its rate of 0.9 counts for nothing',
    'BH-SITE-027 info bulkhead.yaml: the rate of EUR is of 2024-01-01, more than 12 months ago',
  ]);
});

test.each([
  ['capacity: {vcpu: -1}', 'capacity.vcpu'],
  ['capacity: {vcpu: .nan}', 'capacity.vcpu'],
  ['capacity: {memoryGiB: 1e300}', 'capacity.memoryGiB'],
  ['latencyMs: {b: -2}', 'latencyMs.b'],
  ['latencyMs: {b: .inf}', 'latencyMs.b'],
  ['cost: {currency: EUR, asOf: 2026-10-01, egressTo: {b: -1}}', 'cost.egressTo.b'],
  ['cost: {currency: euro, asOf: 2026-10-01}', 'cost.currency'],
  ['cost: {currency: EUR, asOf: last spring}', 'cost.asOf'],
])('`%s` is refused at its line, and the site left out', (field, name) => {
  const text = `apiVersion: bulkhead.dev/v1alpha1\nkind: Site\nmetadata: {name: a}\nspec:\n  kind: public\n  provider: p\n  ${field}\n`;
  const {value, findings} = parseSites(parseYaml(text, 'sites.yaml').documents);
  expect(value).toEqual([]);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({where: {line: 7}, message: expect.stringContaining(`spec.${name}`)});
});
