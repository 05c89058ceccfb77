import {byText} from '../document/canonical.ts';
import type {Facts} from '../model/estate.ts';
import type {Credential, PermissionSet} from '../model/identity-facts.ts';
import {filled} from './merge-facts.ts';
import {distinct, mergeById, sortedUnion} from './merge.ts';

type IdentityFacts = Pick<
  Facts,
  | 'credentials'
  | 'identityProviders'
  | 'federatedTrusts'
  | 'ssoAssignments'
  | 'permissionSets'
  | 'denyRules'
  | 'accessBoundaries'
  | 'appRegistrations'
  | 'answers'
  | 'classifications'
>;

/** One record per id for facts about sign-in and limits; blanks of one statement are filled by the other. */
export function mergeIdentityFacts(facts: IdentityFacts): IdentityFacts {
  return {
    credentials: mergeById([facts.credentials], filled, fillCredential),
    identityProviders: mergeById([facts.identityProviders], filled, (lead, other) => ({
      ...lead,
      issuer: lead.issuer ?? other.issuer,
      condition: lead.condition ?? other.condition,
      publicKeySha256: sortedUnion(lead.publicKeySha256, other.publicKeySha256),
      audiences: sortedUnion(lead.audiences, other.audiences),
      attributes: {...other.attributes, ...lead.attributes},
    })),
    federatedTrusts: distinct([facts.federatedTrusts]).sort(byId),
    ssoAssignments: distinct([facts.ssoAssignments]).sort(byId),
    permissionSets: mergeById([facts.permissionSets], filled, fillPermissionSet),
    denyRules: distinct([facts.denyRules]).sort(byId),
    accessBoundaries: mergeById([facts.accessBoundaries], filled, (lead, other) => ({
      ...lead,
      principals: sortedUnion(lead.principals, other.principals),
      resources: sortedUnion(lead.resources, other.resources),
    })),
    appRegistrations: mergeById([facts.appRegistrations], filled, (lead, other) => ({
      ...lead,
      tenant: lead.tenant ?? other.tenant,
      servicePrincipal: lead.servicePrincipal ?? other.servicePrincipal,
      signInAudience: lead.signInAudience ?? other.signInAudience,
      hosts: sortedUnion(lead.hosts, other.hosts),
      owners: sortedUnion(lead.owners, other.owners),
      firstParty: lead.firstParty || other.firstParty,
    })),
    classifications: distinct([facts.classifications]).sort(
      (a, b) =>
        byId(a, b) || byText(a.collectedAt ?? '', b.collectedAt ?? '') || byText(a.reading, b.reading),
    ),
    answers: distinct([facts.answers]).sort((a, b) => byText(a.gap, b.gap) || byText(b.date, a.date)),
  };
}

function fillCredential(lead: Credential, other: Credential): Credential {
  return {
    ...lead,
    created: lead.created ?? other.created,
    expires: lead.expires ?? other.expires,
    neverExpires: lead.neverExpires ?? other.neverExpires,
    lastUsed: lead.lastUsed ?? other.lastUsed,
    active: lead.active ?? other.active,
    mfa: lead.mfa ?? other.mfa,
    publicKeySha256: lead.publicKeySha256 ?? other.publicKeySha256,
    managedBy: lead.managedBy ?? other.managedBy,
  };
}

function fillPermissionSet(lead: PermissionSet, other: PermissionSet): PermissionSet {
  const policies =
    lead.policies === null && other.policies === null
      ? null
      : sortedUnion(lead.policies ?? [], other.policies ?? []);
  // A set known by its ARN alone bears the last part of it as name.
  const name = lead.id.endsWith(lead.name) ? other.name : lead.name;
  return {...lead, name, policies, boundary: lead.boundary ?? other.boundary};
}

function byId(a: {id: string}, b: {id: string}): number {
  return byText(a.id, b.id);
}
