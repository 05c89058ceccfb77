import type {IdentityProvider} from '../../model/identity-facts.ts';
import {readCertificate} from '../certificate.ts';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {field, known, list, pointer, text, texts} from '../record.ts';
import type {Row} from '../record.ts';
import {readSamlMetadata} from '../saml-metadata.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountId, accountOf, parseArn} from './arn.ts';
import {lastPart, mentionAccount} from './mentions.ts';
import {rejectNameless} from './subject.ts';
import {timeOf} from './time.ts';

/** `SAMLProviderList[]` and `OpenIDConnectProviderList[]`: what an account accepts, by ARN. */
export function mapProviderList(draft: Draft, value: Row, key: string, {scope}: AnswerContext): void {
  for (const [i, row] of list(value, key).entries()) {
    const at = `/${key}/${i}`;
    const arn = text(row, 'Arn');
    const account = accountOf(arn);
    const line = account ?? scope.account ?? '*';
    if (arn === null || account === null) {
      draft.reject(line, 'provider without Arn', pointer(at, 'Arn'));
      continue;
    }
    if (!draft.claim(arn, row, at, line)) continue;
    mentionAccount(draft, account, at);
    draft.identity('identityProviders', blankProvider(arn, account), at);
    draft.classify(line, key.startsWith('SAML') ? 'saml provider' : 'oidc provider');
  }
}

/** iam get-saml-provider: the metadata is in the answer, the provider's ARN is not. */
export function mapSamlProvider(draft: Draft, value: Row, context: AnswerContext): void {
  const arn = samlArn(value, context);
  const account = accountOf(arn);
  if (arn === null || account === null)
    return rejectNameless(
      draft,
      context.scope.account ?? '*',
      'SAML provider',
      'SAMLProviderArn',
      '111122223333/saml-provider-corp.json',
    );
  const metadata = readSamlMetadata(text(value, 'SAMLMetadataDocument') ?? '');
  const at = '/SAMLMetadataDocument';
  const keys: string[] = [];
  for (const [i, base64] of metadata.signingCertificates.entries()) {
    const certificate = readCertificate(base64);
    if (certificate === null) {
      unreadable(draft, arn, `certificate ${i + 1} of its metadata cannot be read`, at);
      continue;
    }
    if (keys.includes(certificate.publicKeySha256)) continue;
    keys.push(certificate.publicKeySha256);
    draft.identity('credentials', signingKey(arn, certificate, i), at);
  }
  if (metadata.entityId === null || metadata.signingCertificates.length === 0)
    unreadable(draft, arn, 'its metadata names no entityID or no signing certificate', at);
  if (metadata.suspicious)
    unreadable(draft, arn, 'its metadata holds a document type or entities, which are not expanded', at);
  mentionAccount(draft, account, at);
  draft.identity(
    'identityProviders',
    {
      ...blankProvider(arn, account),
      issuer: metadata.entityId,
      publicKeySha256: keys.toSorted(),
      attributes: known<string | number | boolean>({validUntil: timeOf(field(value, 'ValidUntil'))}),
    },
    at,
  );
  draft.classify(arn, 'saml provider');
}

/** iam get-open-id-connect-provider: with the account, its URL is its ARN. */
export function mapOidcProvider(draft: Draft, value: Row, {scope}: AnswerContext): void {
  const url = text(value, 'Url') ?? '';
  const stated = text(value, 'OpenIDConnectProviderArn');
  const account = accountOf(stated) ?? scope.account;
  if (account === null)
    return rejectNameless(
      draft,
      '*',
      'account',
      'OpenIDConnectProviderArn',
      '111122223333/oidc-provider-github.json',
    );
  const bare = url.replace(/^https?:\/\//i, '');
  const arn = stated ?? `arn:aws:iam::${account}:oidc-provider/${bare}`;
  mentionAccount(draft, account, '');
  draft.identity(
    'identityProviders',
    {
      ...blankProvider(arn, account),
      issuer: `https://${bare}`,
      audiences: texts(value, 'ClientIDList').toSorted(),
      attributes: known<string | number | boolean>({
        thumbprints: texts(value, 'ThumbprintList').toSorted().join(' ') || null,
      }),
    },
    '',
  );
  draft.classify(arn, 'oidc provider');
}

/** A provider of which only the ARN is known; that of an OIDC provider holds its URL. */
function blankProvider(arn: string, account: string): IdentityProvider {
  const resource = parseArn(arn)?.resource ?? '';
  const oidc = resource.startsWith('oidc-provider/');
  const name = oidc ? resource.slice('oidc-provider/'.length) : lastPart(resource);
  return {
    id: `aws:${arn}`,
    kind: oidc ? 'oidc' : 'saml',
    name,
    cloud: 'aws',
    container: accountId(account),
    issuer: oidc ? `https://${name}` : null,
    publicKeySha256: [],
    audiences: [],
    condition: null,
    disabled: false,
    attributes: {},
  };
}

function samlArn(value: Row, {hints, file, scope}: AnswerContext): string | null {
  const stated = text(value, 'SAMLProviderArn') ?? text(value, 'Arn');
  if (stated !== null) return stated;
  if (parseArn(hints.scope ?? null)?.resource.startsWith('saml-provider/') === true)
    return hints.scope ?? null;
  // `saml-provider-corp.json`, `get-saml-provider__corp.json`, `saml-provider/corp.json`
  const name = /saml[-_]provider[-_/]+([\w+=,.@-]+?)(?:\.json)?$/i.exec(file.display)?.[1];
  return name === undefined || scope.account === null
    ? null
    : `arn:aws:iam::${scope.account}:saml-provider/${name}`;
}

function signingKey(
  arn: string,
  {publicKeySha256, notBefore, notAfter}: NonNullable<ReturnType<typeof readCertificate>>,
  i: number,
) {
  return {
    id: `aws:${arn}#${publicKeySha256.slice(0, 16)}`,
    principal: `aws:${arn}`,
    kind: 'signingCertificate' as const,
    name: `signing certificate ${i + 1} of ${lastPart(arn)}`,
    cloud: 'aws' as const,
    created: notBefore,
    expires: notAfter,
    neverExpires: false,
    lastUsed: null,
    active: true,
    mfa: null,
    publicKeySha256,
    managedBy: 'customer' as const,
  };
}

function unreadable(draft: Draft, arn: string, because: string, at: string): void {
  draft.find({
    code: CODES.policyUnreadable,
    severity: 'medium',
    message: `SAML provider ${lastPart(arn)}: ${because}. Who can sign in through it is not fully known.`,
    where: draft.place(at, `aws:${arn}`),
    remedy: 'Export again with `aws iam get-saml-provider --output json`.',
  });
}
