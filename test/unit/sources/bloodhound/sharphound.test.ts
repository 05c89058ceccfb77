import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {shapes} from '../../../../src/sources/bloodhound/shapes.ts';
import {codes, counts, expectSound, FILE, rowsIn} from '../cloud/support.ts';
import {edgesOf, sharp} from './support.ts';

const DOMAIN = 'S-1-5-21-1-2-3';
const sid = (rid: number): string => `${DOMAIN}-${rid}`;
const ace = (RightName: string, rid: number, PrincipalType = 'User') => ({
  PrincipalSID: sid(rid),
  PrincipalType,
  RightName,
  IsInherited: false,
});
const ref = (rid: number, ObjectType = 'User') => ({ObjectIdentifier: sid(rid), ObjectType});
const object = (id: string, name: string, more: object = {}) => ({
  ObjectIdentifier: id,
  Properties: {name, domain: 'CORP.EXAMPLE', domainsid: DOMAIN, ...(more as {Properties?: object}).Properties},
  Aces: [],
  IsDeleted: false,
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'Properties')),
}); // prettier-ignore

describe('SharpHound', () => {
  it('users: who they are, when the password was set, and only rights that give control', () => {
    const intake = sharp('users', [
      object(sid(1105), 'ANNA@CORP.EXAMPLE', {
        PrimaryGroupSID: sid(513),
        Properties: {samaccountname: 'anna', enabled: true, pwdlastset: 1_600_000_000, pwdneverexpires: true, lastlogon: 0},
        Aces: [ace('GenericAll', 512, 'Group'), ace('ForceChangePassword', 1200), ace('WriteSPN', 1201), ace('GetChanges', 1202), ace('Novelty', 1203)],
      }),
      object(sid(1106), 'SVC$@CORP.EXAMPLE', {Properties: {gmsa: true}, Aces: [ace('ReadGMSAPassword', 1300, 'Group')]}),
    ]); // prettier-ignore
    const anna = intake.facts.principals.find(({name}) => name === 'ANNA@CORP.EXAMPLE');
    expect(anna).toMatchObject({
      id: `ad-principal:${sid(1105)}`,
      kind: 'user',
      cloud: 'private',
      person: true,
      memberOf: [`ad-principal:${sid(513)}`],
      attributes: {domain: 'corp.example', accountEnabled: true, adAccount: 'anna'},
    });
    expect(intake.facts.principals.find(({name}) => name.startsWith('SVC'))?.person).toBe(false);
    expect(intake.facts.credentials).toMatchObject([
      {created: '2020-09-13T12:26:40.000Z', neverExpires: true, lastUsed: null, active: true},
    ]);
    expect(edgesOf(intake)).toEqual([
      // Domain Admins rule the domain, and it its objects: said once, not on every object.
      '…512 ADMINISTERS ad:corp.example',
      '…1200 FORCE_CHANGE_PASSWORD …1105',
      '…1201 WRITE_SPN …1105 conditional',
      '…1300 READ_GMSAPASSWORD …1106',
    ]);
    expect(intake.findings).toMatchObject([
      {code: 'BH-SRC-240', message: expect.stringContaining('Novelty 1')},
    ]);
    expect(counts(intake)).toEqual({account: 2});
  });

  it('groups: members, and the default administrators of the domain by their identifier', () => {
    const intake = sharp('groups', [
      object(sid(512), 'DOMAIN ADMINS@CORP.EXAMPLE', {Members: [ref(1105), ref(1300, 'Group')]}),
      object('CORP.EXAMPLE-S-1-5-32-544', 'ADMINISTRATORS@CORP.EXAMPLE', {Members: [ref(512, 'Group')]}),
      object('CORP.EXAMPLE-S-1-5-32-551', 'BACKUP OPERATORS@CORP.EXAMPLE'),
      // A group of one's own whose number only ends the same way.
      object(sid(10_512), 'OTHER@CORP.EXAMPLE', {Aces: [ace('AddMember', 1400)]}),
    ]);
    expect(edgesOf(intake)).toEqual([
      '…512 ADMINISTERS ad:corp.example',
      'CORP.EXAMPLE-S-1-5-32-544 ADMINISTERS ad:corp.example',
      'CORP.EXAMPLE-S-1-5-32-551 ADMINISTERS ad:corp.example conditional',
      '…1400 ADD_MEMBER …10512',
    ]);
    const member = intake.facts.principals.find(({id}) => id.endsWith('-1105'));
    expect(member).toMatchObject({
      kind: 'user',
      person: true,
      implied: true,
      memberOf: [`ad-principal:${sid(512)}`],
    });
    expect(intake.facts.roots).toEqual([{id: 'ad:corp.example', kind: 'adDomain', name: 'corp.example'}]);
  });

  it('computers: administrators, controllers, sessions, delegation; the DNS name joins them to machines', () => {
    const intake = sharp('computers', [
      object(sid(1000), 'DC1.CORP.EXAMPLE', {PrimaryGroupSID: sid(516), Properties: {unconstraineddelegation: true}}),
      object(sid(1001), 'APP1.CORP.EXAMPLE', {
        PrimaryGroupSID: sid(515),
        Properties: {unconstraineddelegation: true, haslaps: true},
        Aces: [ace('ReadLAPSPassword', 1300, 'Group'), ace('AllExtendedRights', 1301)],
        AllowedToDelegate: [ref(1000, 'Computer'), 'HOST/text-only'],
        AllowedToAct: [ref(1002, 'Computer')],
        LocalGroups: [
          {ObjectIdentifier: `${sid(1001)}-544`, Results: [ref(1300, 'Group'), {ObjectIdentifier: `${sid(1001)}-500`, ObjectType: 'User'}], Collected: true},
          {ObjectIdentifier: `${sid(1001)}-555`, Results: [ref(1310, 'Group')], Collected: true},
        ],
        Sessions: {Results: [{UserSID: sid(1105), ComputerSID: sid(1001)}], Collected: true},
      }),
      {...object(sid(1003), 'OLD.CORP.EXAMPLE'), LocalAdmins: {Results: [ref(1105)]}, IsDC: false},
      {...object(sid(1004), 'GONE.CORP.EXAMPLE'), IsDeleted: true},
    ]); // prettier-ignore
    expect(edgesOf(intake)).toEqual([
      '…1000 HOSTS_ROOT ad:corp.example',
      '…1300 READ_LAPSPASSWORD …1001',
      '…1301 ALL_EXTENDED_RIGHTS …1001 conditional',
      '…1001 ALLOWED_TO_DELEGATE …1000 conditional',
      '…1002 ALLOWED_TO_ACT …1001 conditional',
      '…1001 COERCES ad:corp.example conditional',
      '…1300 ADMIN_TO …1001',
      '…1001 HAS_SESSION …1105 conditional',
      '…1105 ADMIN_TO …1003',
    ]);
    const names = intake.facts.principals.flatMap(({attributes}) => attributes?.['dnsHostName'] ?? []);
    expect(names).toEqual(['dc1.corp.example', 'app1.corp.example', 'old.corp.example']);
    expect(counts(intake)).toEqual({computer: 3, 'deleted computer': 1});
  });

  it('domains: replication rights count together, and trusts by forest, direction and filtering', () => {
    const trust = (
      TargetDomainName: string,
      TrustType: unknown,
      TrustDirection: unknown,
      SidFilteringEnabled?: boolean,
    ) => ({
      TargetDomainSid: 'S-1-5-21-9-9-9',
      TargetDomainName,
      TrustType,
      TrustDirection,
      SidFilteringEnabled,
      IsTransitive: true,
    });
    const intake = sharp('domains', [
      {ObjectIdentifier: DOMAIN, Properties: {collected: true}, Aces: [], Trusts: []},
      object(DOMAIN, 'CORP.EXAMPLE', {
        Aces: [ace('GetChanges', 1105), ace('GetChangesAll', 1105), ace('GetChangesAll', 516, 'Group'), ace('GetChanges', 498, 'Group'), ace('WriteDacl', 1200)],
        Trusts: [
          trust('EU.CORP.EXAMPLE', 'ParentChild', 'Bidirectional', false),
          trust('PARTNER.EXAMPLE', 'Forest', 'Outbound', false),
          trust('OTHER.EXAMPLE', 3, 1, true),
        ],
        Links: [{GUID: 'AAAA', IsEnforced: false}],
      }),
    ]); // prettier-ignore
    expect(edgesOf(intake)).toEqual([
      '…1105 GET_CHANGES_ALL ad:corp.example conditional',
      '…516 GET_CHANGES_ALL ad:corp.example conditional',
      '…1200 WRITE_DACL ad:corp.example',
      '…1105 DCSYNC ad:corp.example',
      'AAAA GP_LINK ad:corp.example conditional',
      'ad:corp.example TRUSTS ad:eu.corp.example',
      'ad:eu.corp.example TRUSTS ad:corp.example',
      'ad:partner.example TRUSTS ad:corp.example',
      'ad:corp.example TRUSTS ad:other.example conditional',
    ]);
    const domain = intake.facts.principals.find(({kind}) => kind === 'domain');
    expect(domain).toMatchObject({id: `ad-principal:${DOMAIN}`, name: 'corp.example'});
  });

  it('units and policies reach what lies in them; administrators by policy do not multiply edges', () => {
    const admins = Array.from({length: 50}, (_, i) => ref(2000 + i));
    const computers = Array.from({length: 50}, (_, i) => ref(3000 + i, 'Computer'));
    const intake = sharp('ous', [
      object('OU-1', 'SERVERS@CORP.EXAMPLE', {
        Aces: [ace('GenericAll', 1300, 'Group')],
        ChildObjects: [ref(1001, 'Computer'), {ObjectIdentifier: 'OU-2', ObjectType: 'OU'}],
        Links: [{GUID: 'GPO-1', IsEnforced: true}],
        GPOChanges: {LocalAdmins: admins, AffectedComputers: computers},
        ContainedBy: {ObjectIdentifier: DOMAIN, ObjectType: 'Domain'},
      }),
    ]);
    expect(edgesOf(intake).slice(0, 3)).toEqual([
      '…1300 GENERIC_ALL OU-1',
      'GPO-1 GP_LINK OU-1 conditional',
      'OU-1 CONTAINS …1001',
    ]);
    expect(intake.facts.edges).toHaveLength(103);
    expect(intake.facts.containers.map(({id, parent, root}) => [id, parent, root])).toEqual([
      ['ad-object:OU-1', null, 'ad:corp.example'],
      ['ad-object:GPO-1', null, 'ad:corp.example'],
    ]);
    const policy = sharp('gpos', [object('GPO-1', 'BASE@CORP.EXAMPLE', {Aces: [ace('GenericWrite', 1105)]})]);
    expect(edgesOf(policy)).toEqual(['…1105 GENERIC_WRITE GPO-1']);
  });

  it('certificate service: the key of the authority, faulty templates, and who may change them', () => {
    const authority = sharp('enterprisecas', [
      object('CA-1', 'CORP-CA@CORP.EXAMPLE', {
        Properties: {caname: 'CORP-CA'},
        HostingComputer: sid(1001),
        Aces: [ace('ManageCA', 1, 'Group')],
        CARegistryData: {
          CASecurity: {Collected: true, Data: [ace('ManageCertificates', 1300, 'Group'), ace('Enroll', 513, 'Group')]},
          IsUserSpecifiesSanEnabled: {Collected: true, Value: true},
        },
      }),
    ]);
    expect(edgesOf(authority)).toEqual([
      'pki:CORP-CA@corp.example SIGNS_FOR ad:corp.example conditional',
      '…1001 HOSTS_ROOT pki:CORP-CA@corp.example',
      '…1300 MANAGE_CERTIFICATES pki:CORP-CA@corp.example conditional',
      '…513 REQUESTS_CERTIFICATE ad:corp.example conditional',
    ]);
    const template = (name: string, properties: object) =>
      object(name, name, {Properties: properties, Aces: [ace('Enroll', 513, 'Group'), ace('WriteDacl', 1400)]});
    const faulty = {enrolleesuppliessubject: true, authenticationenabled: true, effectiveekus: ['1.3.6.1.5.5.7.3.2']};
    const enrols = (properties: object): boolean =>
      edgesOf(sharp('certtemplates', [template('T', properties)])).some((edge) => edge.includes('REQUESTS_CERTIFICATE'));
    expect(enrols(faulty)).toBe(true);
    expect(enrols({...faulty, requiresmanagerapproval: true})).toBe(false);
    expect(enrols({...faulty, authorizedsignatures: 1})).toBe(false);
    expect(enrols({...faulty, enrolleesuppliessubject: false})).toBe(false);
    expect(enrols({authenticationenabled: false, effectiveekus: ['2.5.29.37.0']})).toBe(true);
    expect(edgesOf(sharp('certtemplates', [template('T', {...faulty, requiresmanagerapproval: true})]))).toEqual([
      '…1400 CHANGES_TEMPLATE ad:corp.example conditional',
    ]);
  }); // prettier-ignore

  it('what is not used is counted by name, a cut file and an old collector are said', () => {
    expect(counts(sharp('rootcas', [object('R', 'R')]))).toEqual({'root certificate': 1});
    expect(counts(sharp('hypothetical', [object('R', 'R')]))).toEqual({'object of type hypothetical': 1});
    const cut = sharp('users', [object(sid(1), 'A@CORP.EXAMPLE')], {count: 7});
    expect(cut.ledger[0]).toMatchObject({scope: 'corp.example', status: 'partial'});
    expect(codes(sharp('users', [object(sid(1), 'A@CORP.EXAMPLE')], {version: 3}))).toEqual(['BH-SRC-241']);
    expect(shapes.some((shape) => shape.matches({kind: 'json', value: {data: [{x: 1}], meta: {type: 'weather'}}}, FILE))).toBe(false);
  }); // prettier-ignore

  it('any spoiled value neither throws nor loses a row', () => {
    const value = {
      data: [
        object(sid(1001), 'APP1.CORP.EXAMPLE', {
          Aces: [ace('GenericAll', 5)],
          LocalGroups: [{ObjectIdentifier: `${sid(1001)}-544`, Results: [ref(7)]}],
          Trusts: [{TargetDomainName: 'X', TrustType: 'Forest', TrustDirection: 'Inbound'}],
          ChildObjects: [ref(9)],
          Links: [{GUID: 'G'}],
        }),
        object(sid(1002), 'B.CORP.EXAMPLE'),
      ],
      meta: {type: 'computers', count: 2, version: 6},
    };
    const junk = fc.oneof(
      fc.constantFrom<unknown>(null, '', 0, -1, 1e300, true, [], {}, [null], 'S-1-', '-544'),
      fc.jsonValue({maxDepth: 2}),
    );
    for (const shape of shapes.filter(({id}) => !id.endsWith('azurehound'))) {
      fc.assert(
        fc.property(fc.array(fc.nat(20), {minLength: 2, maxLength: 6}), junk, (picks, bad) => {
          const copy = structuredClone(value);
          let at: unknown = copy;
          for (const [depth, pick] of picks.entries()) {
            if (typeof at !== 'object' || at === null) break;
            const holder = at as Record<string, unknown>;
            const key = Object.keys(holder)[pick % Math.max(Object.keys(holder).length, 1)];
            if (key === undefined) break;
            if (depth === picks.length - 1) holder[key] = bad;
            at = holder[key];
          }
          const intake = shape.map({kind: 'json', value: copy}, FILE, {});
          expectSound(intake);
          expect(rowsIn(intake)).toBe(Array.isArray(copy.data) ? copy.data.length : 0);
        }),
        {numRuns: 40},
      );
    }
  });
});
