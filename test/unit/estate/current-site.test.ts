import {expect, test} from 'vitest';
import {buildEstate} from '../../../src/estate/build.ts';
import {currentSites} from '../../../src/estate/current-site.ts';
import type {Site} from '../../../src/model/site.ts';
import {container, intake, workload} from './samples.ts';

function site(id: string, ...matches: Site['matches']): Site {
  return {
    id, name: id, kind: 'public', class: 'public', receives: true, provider: 'p', providerGroup: 'p', region: null,
    country: null, jurisdictions: [], tenancy: null, identityRoots: [], logRetentionDays: null, externalKeys: null,
    certifications: [], services: [], capacity: null, cost: null, matches, place: {file: 'sites.yaml', line: 1},
  }; // prettier-ignore
}

const {estate} = buildEstate(
  [
    intake('test:x', {
      containers: [
        container('mg', {name: 'Landing zone', parent: 'tenant-root'}),
        container('sub1', {name: 'Prod', parent: 'mg'}),
        container('sub2', {name: 'Lab'}),
      ],
      workloads: [
        workload('w:1', {cloud: 'azure', region: 'westeurope', container: 'sub1'}),
        workload('w:2', {cloud: 'azure', region: 'germanywestcentral', container: 'sub1'}),
        workload('w:3', {cloud: 'azure', region: 'westeurope', container: 'sub2'}),
        workload('w:4', {cloud: 'aws', region: null}),
      ],
    }),
  ],
  {applicationTags: []},
);

function where(...sites: Site[]) {
  const {siteOf, findings} = currentSites(estate, sites);
  return {at: [...siteOf].map((index) => sites[index]?.id ?? null), findings};
}

test('all parts must match, and the most specific match wins whatever the order', () => {
  const sites = [
    site('cloud', {cloud: 'azure'}, {cloud: 'aws'}),
    site('west', {cloud: 'azure', region: 'west*'}),
    site('exact', {cloud: 'azure', region: 'germanywestcentral'}),
    site('lab', {cloud: 'azure', region: 'westeurope', container: 'LAB'}),
  ];
  expect(where(...sites)).toEqual({at: ['west', 'exact', 'lab', 'cloud'], findings: []});
  expect(where(...sites.toReversed()).at).toEqual(['west', 'exact', 'lab', 'cloud']);
});

test('a container matches by id, name and by what is above it', () => {
  expect(where(site('mg', {container: 'landing*'})).at).toEqual(['mg', 'mg', null, null]);
  expect(where(site('root', {container: 'tenant-root'})).at).toEqual(['root', 'root', null, null]);
});

test('a tie and a workload without a site are unknown and told', () => {
  const {at, findings} = where(site('a', {cloud: 'azure'}), site('b', {cloud: 'azure'}));
  expect(at).toEqual([null, null, null, null]);
  expect(findings.map(({code, message}) => [code, message.split(';')[0]])).toEqual([
    ['BH-SITE-010', '3 workloads (1, 2, 3) match the sites a and b equally well'],
    ['BH-SITE-011', 'no site matches 1 workload (4) in aws'],
  ]);
});
