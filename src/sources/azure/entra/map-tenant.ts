import type {IdentityProvider} from '../../../model/identity-facts.ts';
import {publicKeySha256} from '../../certificate.ts';
import {flag, known, list, pointer, text} from '../../record.ts';
import type {Row} from '../../record.ts';
import type {EntraContext, Fate} from './context.ts';
import {ENTRA_CODES} from './findings.ts';
import {addDirectory, isGuid, tenantRootId, UNKNOWN} from './ids.ts';

/** The organisation's own record: the tenant, and whether an AD synchronises into it. */
export function mapOrganization(context: EntraContext, row: Row, at: string): Fate {
  const id = text(row, 'id') ?? text(row, 'tenantId');
  if (!isGuid(id)) return {reject: 'organization without tenant id'};
  addDirectory(context.draft, id.toLowerCase(), at, {
    name: text(row, 'displayName') ?? id,
    tags: known<string>({
      onPremisesSyncEnabled: asText(flag(row, 'onPremisesSyncEnabled')),
      onPremisesLastSyncDateTime: text(row, 'onPremisesLastSyncDateTime'),
      tenantType: text(row, 'tenantType'),
      partnerTenantType: text(row, 'partnerTenantType'),
    }),
  });
  return {word: 'organization'};
}

function asText(value: boolean | null): string | null {
  return value === null ? null : String(value);
}

/** A domain of the directory; one that signs its users in elsewhere is an identity provider. */
export function mapDomain(context: EntraContext, row: Row, at: string): Fate {
  const name = text(row, 'id') ?? text(row, 'name');
  if (name === null) return {reject: 'domain without name'};
  const authentication = text(row, 'authenticationType') ?? text(row, 'authentication');
  for (const [i, settings] of list(row, 'federationConfiguration').entries())
    federation(context, settings, pointer(at, 'federationConfiguration', i), name);
  if (!/^federated$/i.test(authentication ?? '')) return {word: 'domain'};
  provider(context, at, name, {
    attributes: known<string | number | boolean>({
      domain: name.toLowerCase(),
      authenticationType: authentication,
      isVerified: flag(row, 'isVerified'),
      isRoot: flag(row, 'isRoot'),
    }),
  });
  return {word: 'federated domain'};
}

/** `domains/{id}/federationConfiguration`, or federation with a partner's domains. */
export function mapDomainFederation(context: EntraContext, row: Row, at: string): Fate {
  const domains = [
    ...list(row, 'domains').flatMap((one) => text(one, 'id') ?? []),
    ...(context.subject?.kind === 'domain' ? [context.subject.id] : []),
  ];
  if (domains.length === 0) {
    context.draft.find({
      code: ENTRA_CODES.subjectMissing,
      severity: 'medium',
      message: 'A federation configuration does not say which domain it is of: its users cannot be found.',
      where: context.draft.place(at),
      remedy: 'Name the file after the domain (`federation-contoso.com.json`).',
    });
    federation(context, row, at, text(row, 'id') ?? text(row, 'issuerUri') ?? 'domain', false);
  }
  for (const domain of domains) federation(context, row, at, domain);
  return {word: 'domain federation'};
}

function federation(
  context: EntraContext,
  row: unknown,
  at: string,
  domain: string,
  domainIsKnown = true,
): void {
  const keys: string[] = [];
  for (const field of ['signingCertificate', 'nextSigningCertificate']) {
    const certificate = text(row, field);
    if (certificate === null) continue;
    const key = publicKeySha256(certificate);
    if (key !== null) keys.push(key);
    else
      context.draft.find({
        code: ENTRA_CODES.certificate,
        severity: 'low',
        message: `The ${field} of ${domain} cannot be read: whether another cloud trusts the same key is not known.`,
        where: context.draft.place(pointer(at, field)),
        remedy: 'Export the configuration again with the whole certificate.',
      });
  }
  const federationType = text(row, '@odata.type')?.split('.').at(-1) ?? null;
  provider(context, at, domain, {
    issuer: text(row, 'issuerUri'),
    publicKeySha256: [...new Set(keys)],
    attributes: known<string | number | boolean>({
      domain: domainIsKnown ? domain.toLowerCase() : null,
      authenticationType: /^samlOrWsFedExternal/i.test(federationType ?? '') ? 'External' : 'Federated',
      displayName: text(row, 'displayName'),
      federatedIdpMfaBehavior: text(row, 'federatedIdpMfaBehavior'),
      preferredAuthenticationProtocol: text(row, 'preferredAuthenticationProtocol'),
      passiveSignInUri: text(row, 'passiveSignInUri'),
      promptLoginBehavior: text(row, 'promptLoginBehavior'),
    }),
  });
}

function provider(
  context: EntraContext,
  at: string,
  domain: string,
  facts: Pick<IdentityProvider, 'attributes'> & Partial<IdentityProvider>,
): void {
  context.draft.identity(
    'identityProviders',
    {
      id: `azure-domain:${domain.toLowerCase()}@${context.tenant ?? UNKNOWN}`,
      kind: 'saml',
      name: domain,
      cloud: 'azure',
      container: tenantRootId(context.tenant),
      issuer: null,
      publicKeySha256: [],
      audiences: [],
      condition: null,
      disabled: false,
      ...facts,
    },
    at,
  );
}

/** Social and custom identity providers (`identityProviders`): their users sign in as guests or customers. */
export function mapIdentityProvider(context: EntraContext, row: Row, at: string): Fate {
  const id = text(row, 'id');
  if (id === null) return {reject: 'identity provider without id'};
  const kind = text(row, 'identityProviderType') ?? text(row, 'type') ?? id;
  context.draft.identity(
    'identityProviders',
    {
      id: `azure-idp:${id.toLowerCase()}@${context.tenant ?? UNKNOWN}`,
      kind: /saml/i.test(kind) ? 'saml' : 'oidc',
      name: text(row, 'displayName') ?? text(row, 'name') ?? id,
      cloud: 'azure',
      container: tenantRootId(context.tenant),
      issuer: text(row, 'issuer') ?? text(row, 'metadataUrl') ?? kind,
      publicKeySha256: [],
      audiences: [text(row, 'clientId') ?? ''].filter((one) => one !== ''),
      condition: null,
      disabled: false,
      attributes: known<string | number | boolean>({identityProviderType: kind}),
    },
    at,
  );
  return {word: 'identity provider'};
}
