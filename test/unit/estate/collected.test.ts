import {expect, test} from 'vitest';
import {collectedIndex, wasCollected} from '../../../src/estate/collected.ts';
import type {LedgerScope, LedgerStatus} from '../../../src/model/ledger.ts';
import {container, estateOf, workload} from '../identity/estate.ts';

const API = 'glue get-dev-endpoints';
const ONE = '111122223333';
const TWO = '444455556666';

function line(scope: string, status: LedgerStatus = 'complete', api = API): LedgerScope {
  const none = {rowsIn: 0, kept: 0, classified: 0, rejected: 0, classifiedBy: {}, rejectedBy: {}};
  return {source: `s ${scope}`, scope, api, status, ...none};
}

function collected(ledger: LedgerScope[], accounts = [ONE, TWO], regions: string[] = []) {
  const containers = accounts.map((account) => container(`aws-account:${account}`, 'account', null));
  const workloads = regions.map((region) =>
    workload(`w-${region}`, `aws-account:${ONE}`, {cloud: 'aws', region}),
  );
  return collectedIndex(estateOf({ledger, containers, workloads}));
}

test('an empty list that was read is known to be empty, for its account only', () => {
  const ask = collected([line(ONE)]);
  expect(ask(API, ONE)).toBe(true);
  expect(ask(API, `aws-account:${ONE}`)).toBe(true);
  expect(ask(API, TWO)).toBe(false);
  expect(ask('glue get-jobs', ONE)).toBe(false);
});

test('a file without an account counts while there is one account only', () => {
  expect(collected([line('*')], [ONE])(API, ONE)).toBe(true);
  expect(collected([line('*')])(API, ONE)).toBe(false);
});

test('lists of single regions count when no region in use is missing', () => {
  const one = line(`${ONE}/eu-central-1`);
  expect(collected([one], [ONE], ['eu-central-1'])(API, ONE)).toBe(true);
  expect(collected([one], [ONE], ['eu-central-1', 'us-east-1'])(API, ONE)).toBe(false);
  const both = [one, line(`${ONE}/us-east-1`)];
  expect(collected(both, [ONE], ['eu-central-1', 'us-east-1'])(API, ONE)).toBe(true);
  expect(collected([one, line(`${ONE}/us-east-1`, 'complete', 'ecs list-clusters')], [ONE])(API, ONE)).toBe(
    false,
  );
});

test('an interrupted list and an answer about one object prove no absence', () => {
  expect(collected([line(ONE), line(`${ONE}/us-east-1`, 'partial')], [ONE])(API, ONE)).toBe(false);
  expect(collected([line(`arn:aws:glue:eu-central-1:${ONE}:devEndpoint/x`)], [ONE])(API, ONE)).toBe(false);
  expect(wasCollected(estateOf({}), API, ONE)).toBe(false);
});
