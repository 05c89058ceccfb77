import {expect, test} from 'vitest';
import type {Credential} from '../../../../src/model/identity-facts.ts';
import {buildIdentityGraph} from '../../../../src/identity/build.ts';
import {buildEstate} from '../../../../src/estate/build.ts';
import {emptyFacts} from '../../../../src/model/facts.ts';
import type {Intake, Principal} from '../../../../src/model/estate.ts';

const ACCOUNT = 'aws-account:111111111111';
const USER = 'aws:arn:aws:iam::111111111111:user/ci';

/** Whoever rules the account's identities has the user, never the root user. */
const IN_ACCOUNT = `${ACCOUNT}#identities > ${USER} 0 certain`;

const key = (id: string, more: Partial<Credential> = {}): Credential => ({
  id,
  principal: USER,
  kind: 'accessKey',
  name: id,
  cloud: 'aws',
  created: '2024-05-01T00:00:00Z',
  expires: null,
  neverExpires: null,
  lastUsed: null,
  active: true,
  mfa: null,
  publicKeySha256: null,
  managedBy: 'customer',
  ...more,
});

function edgesOf(credentials: Credential[], more: Principal[] = []): string[] {
  const user: Principal = {
    id: USER,
    kind: 'iamUser',
    name: 'ci',
    cloud: 'aws',
    container: ACCOUNT,
    person: true,
    memberOf: [],
    policies: [],
  };
  const intake: Intake = {
    source: {id: 's', format: 't', cloud: 'aws', file: 'f', sha256: '', scopes: []},
    facts: {
      ...emptyFacts(),
      containers: [
        {id: ACCOUNT, kind: 'account', name: 'a', cloud: 'aws', parent: null, root: null, tags: {}},
      ],
      principals: [user, ...more],
      credentials,
    },
    provenance: [],
    ledger: [],
    findings: [],
  };
  const {estate} = buildEstate([intake], {applicationTags: []});
  const {value} = buildIdentityGraph(estate, [], new Int32Array(), {now: '2026-11-22T00:00:00Z'});
  return value.edges
    .filter(({kind}) => kind === 'AUTHENTICATES' || kind === 'IS_ROOT' || kind === 'CONTAINS')
    .map(({from, to, level, certainty}) => `${from} > ${to} ${level} ${certainty}`);
}

test('keys and passwords lead to their user unless they are off or over', () => {
  expect(
    edgesOf([
      key('k1'),
      key('k2', {active: false}),
      key('k3', {expires: '2025-01-01T00:00:00Z'}),
      key('k4', {active: null}),
      key('k5', {kind: 'password', mfa: true}),
      key('k6', {principal: 'aws:arn:aws:iam::111111111111:root'}),
      key('k7', {principal: 'aws:arn:aws:iam::999999999999:user/stranger'}),
    ]),
  ).toEqual([
    IN_ACCOUNT,
    `k1 > ${USER} 0 certain`,
    `k4 > ${USER} 0 conditional`,
    `k5 > ${USER} 1 certain`,
    `k6 > ${ACCOUNT} 0 certain`,
  ]);
});

test('the root user of a credential report is the account itself', () => {
  const id = 'aws:arn:aws:iam::111111111111:root';
  const root: Principal = {
    id,
    kind: 'iamUser',
    name: '<root_account>',
    cloud: 'aws',
    container: ACCOUNT,
    person: false,
    memberOf: [],
    attributes: {rootUser: true},
  };
  expect(edgesOf([key('k', {principal: id})], [root])).toEqual([
    IN_ACCOUNT,
    `${id} > ${ACCOUNT} 0 certain`,
    `k > ${id} 0 certain`,
  ]);
});
