import {graphFile, type GeneratedFile} from './files.ts';
import {appId, CLINIC_TENANT, DIGITAL_TENANT, KESTREL_TENANT, principalId, recordId} from './ids.ts';

type Json = Record<string, unknown>;

interface App {
  number: number;
  name: string;
  audience: 'AzureADMyOrg' | 'AzureADMultipleOrgs' | 'AzureADandPersonalMicrosoftAccount';
  redirect?: string;
  secret?: {name: string; from: string; until: string};
  federated?: Json;
  /** Number of the service principal's object id. */
  principal: number;
}

const CLINIC: App[] = [
  {
    number: 1,
    name: 'Lab results',
    audience: 'AzureADMyOrg',
    redirect: 'https://func-lab-hl7.azurewebsites.net/.auth/login/aad/callback',
    secret: {name: 'easy-auth', from: '2026-10-01T00:00:00Z', until: '2027-04-01T00:00:00Z'},
    principal: 46,
  },
  {number: 2, name: 'sp-deploy-pipeline', audience: 'AzureADMyOrg', principal: 24},
  {number: 3, name: 'sp-inventory', audience: 'AzureADMyOrg', principal: 21},
];

const DIGITAL: App[] = [
  {
    // Citizens may book with a personal Microsoft account.
    number: 4,
    name: 'Appointment booking',
    audience: 'AzureADandPersonalMicrosoftAccount',
    redirect: 'https://app-termine.azurewebsites.net/signin',
    principal: 62,
  },
  {
    // Practices that refer patients sign in with accounts of their own tenants. The secret was to last.
    number: 5,
    name: 'Referrers',
    audience: 'AzureADMultipleOrgs',
    redirect: 'https://app-www.azurewebsites.net/zuweiser/signin',
    secret: {name: 'website', from: '2021-09-14T00:00:00Z', until: '2031-09-14T00:00:00Z'},
    principal: 63,
  },
  {
    // Builds of every repository and branch of the clinic get a token for it.
    number: 6,
    name: 'sp-web-pipeline',
    audience: 'AzureADMyOrg',
    principal: 32,
    federated: {
      id: recordId(0x40),
      name: 'github',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: null,
      claimsMatchingExpression: {value: "claims['sub'] matches 'repo:harbor-clinic/*'", languageVersion: 1},
      audiences: ['api://AzureADTokenExchange'],
    },
  },
];

/** Kestrel evaluates cohort data: an application of its own tenant, with a right in the clinic's subscription. */
const KESTREL = {number: 7, name: 'Kestrel Statistics', principal: 45};

export function appFiles(): GeneratedFile[] {
  return [
    file('clinic', 'applications', CLINIC.map(application)),
    file('clinic', 'servicePrincipals', [
      ...CLINIC.map((app) => servicePrincipal(app, CLINIC_TENANT)),
      servicePrincipal(KESTREL, KESTREL_TENANT),
    ]),
    file('digital', 'applications', DIGITAL.map(application)),
    file(
      'digital',
      'servicePrincipals',
      DIGITAL.map((app) => servicePrincipal(app, DIGITAL_TENANT)),
    ),
  ];
}

function file(tenant: 'clinic' | 'digital', entity: string, value: Json[]): GeneratedFile {
  const name = entity.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return graphFile(`inventory/entra-${tenant}/${name}.json`, entity, value);
}

function application({number, name, audience, redirect, secret, federated}: App): Json {
  return {
    id: recordId(0x50 + number),
    appId: appId(number),
    displayName: name,
    signInAudience: audience,
    identifierUris: [],
    web: {redirectUris: redirect ? [redirect] : []},
    passwordCredentials: secret
      ? [
          {
            keyId: recordId(0x60 + number),
            displayName: secret.name,
            startDateTime: secret.from,
            endDateTime: secret.until,
          },
        ]
      : [],
    keyCredentials: [],
    federatedIdentityCredentials: federated ? [federated] : [],
  };
}

function servicePrincipal(
  {number, name, principal}: Pick<App, 'number' | 'name' | 'principal'>,
  owner: string,
): Json {
  return {
    id: principalId(principal),
    appId: appId(number),
    displayName: name,
    accountEnabled: true,
    appOwnerOrganizationId: owner,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId(number)],
    tags: [],
    passwordCredentials: [],
    keyCredentials: [],
  };
}
