import type {Credential} from '../../../model/identity-facts.ts';
import {readCertificate} from '../../certificate.ts';
import type {Draft} from '../../draft.ts';
import {list, pointer, text} from '../../record.ts';

/**
 * Secrets and certificates of an application or service principal (`passwordCredentials`, `keyCredentials`). The hint and
 * the secret's text are never read. A key with usage `Sign` signs tokens for a SAML application; nobody signs in with it.
 */
export function mapCredentials(
  draft: Draft,
  row: unknown,
  at: string,
  owner: {principal: string; name: string; active: boolean | null; managedBy: Credential['managedBy']},
): void {
  for (const [i, secret] of list(row, 'passwordCredentials').entries()) {
    const id = text(secret, 'keyId') ?? String(i);
    draft.identity(
      'credentials',
      credential(secret, `${owner.principal}#${id.toLowerCase()}`, 'clientSecret', owner, null),
      pointer(at, 'passwordCredentials', i),
    );
  }
  for (const [i, key] of list(row, 'keyCredentials').entries()) {
    const id = text(key, 'keyId') ?? `key-${i}`;
    const kind = /^sign$/i.test(text(key, 'usage') ?? '') ? 'signingCertificate' : 'certificate';
    const read = readCertificate(text(key, 'key') ?? '');
    draft.identity(
      'credentials',
      credential(key, `${owner.principal}#${id.toLowerCase()}`, kind, owner, read?.publicKeySha256 ?? null),
      pointer(at, 'keyCredentials', i),
    );
  }
}

function credential(
  row: unknown,
  id: string,
  kind: Credential['kind'],
  owner: {principal: string; name: string; active: boolean | null; managedBy: Credential['managedBy']},
  publicKeySha256: string | null,
): Credential {
  const expires = text(row, 'endDateTime') ?? text(row, 'endDate');
  return {
    id,
    principal: owner.principal,
    kind,
    name: text(row, 'displayName') ?? `${kind} of ${owner.name}`,
    cloud: 'azure',
    created: text(row, 'startDateTime') ?? text(row, 'startDate'),
    expires,
    neverExpires: expires === null ? null : false,
    lastUsed: null,
    active: owner.active,
    mfa: null,
    publicKeySha256,
    managedBy: owner.managedBy,
  };
}

/** A user's password, where the answer says when it was set, whether it ages, or when it was last used. */
export function mapPassword(
  draft: Draft,
  row: unknown,
  at: string,
  principal: string,
  active: boolean | null,
): void {
  const created = text(row, 'lastPasswordChangeDateTime');
  const policies = text(row, 'passwordPolicies');
  const lastUsed =
    text(row, 'signInActivity', 'lastSuccessfulSignInDateTime') ??
    text(row, 'signInActivity', 'lastSignInDateTime');
  if (created === null && policies === null && lastUsed === null) return;
  draft.identity(
    'credentials',
    {
      id: `${principal}#password`,
      principal,
      kind: 'password',
      name: 'password',
      cloud: 'azure',
      created,
      expires: null,
      neverExpires: policies === null ? null : policies.includes('DisablePasswordExpiration'),
      lastUsed,
      active,
      mfa: null,
      publicKeySha256: null,
      managedBy: 'customer',
    },
    at,
  );
}
