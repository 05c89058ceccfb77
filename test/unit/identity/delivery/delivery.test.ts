import {expect, test} from 'vitest';
import type {CiOrganisation} from '../../../../src/model/identity-sections.ts';
import {AT, built, declaration, principal} from '../estate.ts';
import {answer, containers, vm} from '../onprem/help.ts';

const ISSUER = 'oidc:https://token.actions.githubusercontent.com';
const ORG = 'git-org:github.com/octo';
const RUNNER = 'vmware:vc1/runner';
const subject = (text: string) => `${ISSUER}#${text}`;

/** Subjects other parts of the build would have drawn; serving them makes their nodes. */
const ADMITTED = ['repo:octo/app:ref:refs/heads/main', 'repo:octo/*', 'repo:oc*', 'repo:other/app:*'];

function platform(more: Partial<CiOrganisation> = {}, part: Parameters<typeof built>[0] = {}) {
  const ci: CiOrganisation = {
    platform: 'github',
    organisation: 'Octo',
    issuer: null,
    servers: [],
    runners: [],
    secretsStored: [],
    operatedBy: null,
    place: AT,
    ...more,
  };
  return built({
    containers,
    workloads: [vm('runner'), vm('gitlab')],
    principals: [
      principal('aws:key-user', 'iamUser', null, {cloud: 'aws'}),
      ...ADMITTED.map((text) => principal(subject(text), 'ciSubject' as never, null, {cloud: 'aws'})),
    ],
    identity: [declaration({ci: [ci]})],
    ...part,
  });
}

test('an organisation has the subjects that can be its own, wildcards included', () => {
  const {reach} = platform();
  expect(ADMITTED.map((text) => reach(ORG, subject(text)))).toEqual([
    '0 certain',
    '0 certain',
    '0 certain',
    'no',
  ]);
  expect(reach(ISSUER, ORG)).toBe('0 certain');
});

test.each([
  ['all', ['0 certain', '0 certain', '0 certain', 'no']],
  [null, ['0 conditional', '0 conditional', '0 conditional', 'no']],
  [['repo:octo/app:*'], ['0 certain', '0 certain', '0 certain', 'no']],
  [['repo:octo/tool:*'], ['no', '0 certain', '0 certain', 'no']],
] as const)('a self-hosted runner that serves %j', (serves, expected) => {
  const written = typeof serves === 'string' || serves === null ? serves : [...serves];
  const {reach} = platform({runners: [{servers: [RUNNER], selfHosted: true, serves: written}]});
  expect(ADMITTED.map((text) => reach(RUNNER, subject(text)))).toEqual(expected);
  expect(reach(ORG, RUNNER)).toBe('0 certain');
});

test('which jobs a runner serves is one question; machines of the platform ask none', () => {
  const id = `gap:runner-scope:${ORG}`;
  const runners = [{servers: [RUNNER], selfHosted: true, serves: null}];
  expect(platform({runners}).index.graph.gaps.map((gap) => gap.id)).toEqual([id]);
  expect(platform({runners}, {answers: [answer(id, 'no')]}).reach(RUNNER, subject('repo:octo/*'))).toBe('no');
  expect(platform({runners: [{...runners[0]!, selfHosted: false}]}).reach(ORG, RUNNER)).toBe('no');
});

test('stored secrets fall with the organisation, and with its maker by a fault', () => {
  const {reach} = platform({secretsStored: ['aws:key-user']});
  expect([reach(ORG, 'aws:key-user'), reach('vendor:github', 'aws:key-user')]).toEqual([
    '0 certain',
    '2 certain',
  ]);
});

test('a platform on own machines: their control is its issuer, no maker stands above, the operator does', () => {
  const {reach} = platform({
    platform: 'gitlab',
    organisation: 'group',
    issuer: 'https://git.a.example',
    servers: ['vmware:vc1/gitlab'],
    operatedBy: 'hoster',
  });
  const org = 'git-org:git.a.example/group';
  expect(reach('vmware:vc1/gitlab', 'oidc:https://git.a.example')).toBe('0 certain');
  expect(reach('vmware:vc1/gitlab', org)).toBe('0 certain');
  expect(reach('operator:hoster', org)).toBe('0 certain');
  expect(reach('vendor:gitlab', org)).toBe('no node');
});

test('an issuer that names its customer signs for nobody else', () => {
  const issuer = 'https://oidc.circleci.com/org/11';
  const node = `oidc:${issuer}#org/11/project/22/user/33`;
  const {reach} = platform(
    {platform: 'circleci', organisation: 'octo', issuer},
    {principals: [principal(node, 'ciSubject' as never, null)]},
  );
  expect(reach('git-org:oidc.circleci.com/octo', node)).toBe('0 certain');
  expect(reach('vendor:circleci', node)).toBe('2 certain');
});
