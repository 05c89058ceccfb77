import {appFiles} from './entra-apps.ts';
import {graphFile, type GeneratedFile} from './files.ts';
import {CLINIC_TENANT, principalId, recordId} from './ids.ts';
import {ADFS_ISSUER, ADFS_SIGNING_CERTIFICATE} from './signing-certificate.ts';

type Json = Record<string, unknown>;

/** Directory roles: the template ids are Microsoft's public ones, the same in every tenant. */
const DIRECTORY_ROLES = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
};
type DirectoryRole = keyof typeof DIRECTORY_ROLES;

/** Federated with AD FS; everyone who comes from Active Directory has a name in it. */
const FEDERATED = 'harborclinic.example';
/** Managed by Entra itself: accounts that must work when AD FS does not. */
const MANAGED = 'cloud.harborclinic.example';

interface Person {
  principal: number;
  name: string;
  display: string;
  synchronised: boolean;
}

const PEOPLE: Person[] = [
  {principal: 40, name: `m.petersen@${FEDERATED}`, display: 'Maren Petersen', synchronised: true},
  {principal: 41, name: `j.okafor@${FEDERATED}`, display: 'Jonas Okafor', synchronised: true},
  {principal: 42, name: `l.brandt@${FEDERATED}`, display: 'Lena Brandt', synchronised: true},
  {
    principal: 43,
    name: `svc-hr-import@${FEDERATED}`,
    display: 'HR import (service account)',
    synchronised: true,
  },
  {principal: 44, name: `e.lindqvist-adm@${MANAGED}`, display: 'Elin Lindqvist (admin)', synchronised: false},
  {principal: 22, name: `breakglass-1@${MANAGED}`, display: 'Break glass 1', synchronised: false},
];

/** The digital team has a directory of its own: no account there comes from Active Directory. */
const DIGITAL_PEOPLE: Person[] = [
  {principal: 60, name: 's.yilmaz@harbordigital.example', display: 'Selin Yilmaz', synchronised: false},
  {principal: 61, name: 't.ruiz@harbordigital.example', display: 'Tomas Ruiz', synchronised: false},
];

interface Group {
  principal: number;
  name: string;
  members: number[];
  synchronised: boolean;
}

const GROUPS: Group[] = [
  {principal: 20, name: 'grp-cloud-admins', members: [40, 41], synchronised: true},
  {principal: 23, name: 'grp-clinical-operators', members: [41, 42], synchronised: true},
];
const DIGITAL_GROUPS: Group[] = [
  {principal: 30, name: 'grp-digital-admins', members: [60], synchronised: false},
  {principal: 25, name: 'grp-digital-team', members: [60, 61], synchronised: false},
];

/** Standing roles, and one that has to be activated. A service account from AD got its role for one evening in 2022. */
const STANDING: {principal: number; role: DirectoryRole}[] = [
  {principal: 22, role: 'Global Administrator'},
  {principal: 43, role: 'Global Administrator'},
  {principal: 42, role: 'Helpdesk Administrator'},
];
const ELIGIBLE: {principal: number; role: DirectoryRole}[] = [{principal: 44, role: 'Global Administrator'}];

/** Microsoft Graph answers about both directories; only the clinic's has federation and directory roles to show. */
export function entraFiles(): GeneratedFile[] {
  return [
    file('organization', 'organization', [organization()]),
    file('domains', 'domains', [domain(FEDERATED, true), domain(MANAGED, false)]),
    file(`federation-${FEDERATED}`, `domains('${FEDERATED}')/federationConfiguration`, [federation()]),
    file('users', 'users', PEOPLE.map(user)),
    file('groups', 'groups(members())', GROUPS.map(group)),
    file('role-assignments', 'roleManagement/directory/roleAssignments', STANDING.map(standing)),
    file(
      'role-eligibility',
      'roleManagement/directory/roleEligibilityScheduleInstances',
      ELIGIBLE.map(eligible),
    ),
    graphFile('inventory/entra-digital/users.json', 'users', DIGITAL_PEOPLE.map(user)),
    graphFile('inventory/entra-digital/groups.json', 'groups(members())', DIGITAL_GROUPS.map(group)),
    ...appFiles(),
  ];
}

function file(name: string, entity: string, value: Json[]): GeneratedFile {
  return graphFile(`inventory/entra-clinic/${name}.json`, entity, value);
}

function organization(): Json {
  return {
    id: CLINIC_TENANT,
    displayName: 'Harbor Clinic',
    tenantType: 'AAD',
    onPremisesSyncEnabled: true,
    onPremisesLastSyncDateTime: '2026-10-05T06:12:00Z',
    verifiedDomains: [
      {name: FEDERATED, type: 'Federated', isDefault: true, isInitial: false},
      {name: MANAGED, type: 'Managed', isDefault: false, isInitial: false},
    ],
  };
}

function domain(name: string, federated: boolean): Json {
  return {
    id: name,
    authenticationType: federated ? 'Federated' : 'Managed',
    isAdminManaged: true,
    isDefault: federated,
    isInitial: false,
    isRoot: federated,
    isVerified: true,
    supportedServices: ['Email'],
  };
}

function federation(): Json {
  return {
    id: recordId(1),
    displayName: 'Harbor Clinic AD FS',
    issuerUri: ADFS_ISSUER,
    metadataExchangeUri: 'https://sts.harborclinic.example/adfs/services/trust/mex',
    passiveSignInUri: 'https://sts.harborclinic.example/adfs/ls/',
    preferredAuthenticationProtocol: 'wsFed',
    signingCertificate: ADFS_SIGNING_CERTIFICATE,
    nextSigningCertificate: null,
    federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp',
    promptLoginBehavior: 'translateToFreshPasswordAuthentication',
  };
}

function user({principal, name, display, synchronised}: Person): Json {
  return {
    id: principalId(principal),
    displayName: display,
    userPrincipalName: name,
    userType: 'Member',
    accountEnabled: true,
    onPremisesSyncEnabled: synchronised ? true : null,
    onPremisesDomainName: synchronised ? 'corp.harbor-clinic.example' : null,
    onPremisesSamAccountName: synchronised ? name.split('@')[0] : null,
  };
}

function group({principal, name, members, synchronised}: Group): Json {
  return {
    id: principalId(principal),
    displayName: name,
    groupTypes: [],
    isAssignableToRole: null,
    mailEnabled: false,
    membershipRule: null,
    onPremisesSyncEnabled: synchronised ? true : null,
    securityEnabled: true,
    members: members.map((number) => ({
      '@odata.type': '#microsoft.graph.user',
      id: principalId(number),
      userPrincipalName: [...PEOPLE, ...DIGITAL_PEOPLE].find((person) => person.principal === number)?.name,
    })),
  };
}

function standing({principal, role}: (typeof STANDING)[number], index: number): Json {
  return {
    id: recordId(0x20 + index),
    principalId: principalId(principal),
    roleDefinitionId: DIRECTORY_ROLES[role],
    directoryScopeId: '/',
    roleDefinition: {id: DIRECTORY_ROLES[role], displayName: role},
  };
}

function eligible({principal, role}: (typeof ELIGIBLE)[number], index: number): Json {
  return {
    id: recordId(0x30 + index),
    principalId: principalId(principal),
    roleDefinitionId: DIRECTORY_ROLES[role],
    directoryScopeId: '/',
    appScopeId: null,
    memberType: 'Direct',
    roleEligibilityScheduleId: recordId(0x38 + index),
    startDateTime: '2026-01-12T08:00:00Z',
    endDateTime: null,
    roleDefinition: {id: DIRECTORY_ROLES[role], displayName: role},
  };
}
