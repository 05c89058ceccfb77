import {list, pointer, text} from '../record.ts';
import {answerShape, has, isListOf} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {accountOf} from './arn.ts';
import {mapAccessKeys, mapAccountSummary, mapMfaDevices} from './map-access-keys.ts';
import {instanceProfileRole, mapAuthorizationDetails} from './map-authorization.ts';
import {isReport, mapCredentialReport} from './map-credential-report.ts';
import {mapOidcProvider, mapProviderList, mapSamlProvider} from './map-identity-providers.ts';
import {mentionRole} from './mentions.ts';

/** IAM: principals with their policies, keys, and the outside issuers an account accepts. */
export const IAM: AnswerShape[] = [
  answerShape({
    id: 'aws.authorization-details',
    title: 'aws iam get-account-authorization-details',
    api: 'iam get-account-authorization-details',
    matches: (value) =>
      ['UserDetailList', 'RoleDetailList', 'GroupDetailList'].some((key) => Array.isArray(value[key])),
    read: (draft, value, {hints, scope}) =>
      mapAuthorizationDetails(draft, value, scope.account ?? hints.scope),
  }),
  answerShape({
    id: 'aws.credential-report',
    title: 'aws iam get-credential-report',
    api: 'iam get-credential-report',
    matches: (value) => {
      const content = text(value, 'Content');
      return content !== null && (has(value, 'ReportFormat') || isReport(content));
    },
    read: (draft, value, {scope}) =>
      mapCredentialReport(draft, text(value, 'Content') ?? '', scope.account ?? '*'),
  }),
  answerShape({
    id: 'aws.access-keys',
    title: 'aws iam list-access-keys --user-name …',
    api: 'iam list-access-keys',
    matches: (value) => Array.isArray(value['AccessKeyMetadata']),
    read: mapAccessKeys,
  }),
  answerShape({
    id: 'aws.mfa-devices',
    title: 'aws iam list-mfa-devices --user-name …',
    api: 'iam list-mfa-devices',
    matches: (value) => Array.isArray(value['MFADevices']),
    read: (draft, value, context) => mapMfaDevices(draft, value, 'MFADevices', context),
  }),
  answerShape({
    id: 'aws.virtual-mfa-devices',
    title: 'aws iam list-virtual-mfa-devices',
    api: 'iam list-virtual-mfa-devices',
    matches: (value) => Array.isArray(value['VirtualMFADevices']),
    read: (draft, value, context) => mapMfaDevices(draft, value, 'VirtualMFADevices', context),
  }),
  answerShape({
    id: 'aws.account-summary',
    title: 'aws iam get-account-summary',
    api: 'iam get-account-summary',
    matches: (value) => has(value['SummaryMap'], 'AccountAccessKeysPresent'),
    read: mapAccountSummary,
  }),
  answerShape({
    id: 'aws.instance-profiles',
    title: 'aws iam list-instance-profiles',
    api: 'iam list-instance-profiles',
    matches: (value) => isListOf(value, 'InstanceProfiles', (row) => has(row, 'Arn') && has(row, 'Roles')),
    read(draft, value, {scope}) {
      for (const [i, row] of list(value, 'InstanceProfiles').entries()) {
        const at = `/InstanceProfiles/${i}`;
        const arn = text(row, 'Arn');
        const line = accountOf(arn) ?? scope.account ?? '*';
        if (arn === null) draft.reject(line, 'instance profile without Arn', at);
        else if (draft.claim(arn, row, at, line)) {
          for (const [j, role] of list(row, 'Roles').entries()) {
            const id = mentionRole(draft, text(role, 'Arn'), pointer(at, 'Roles', j));
            if (id !== null) instanceProfileRole(draft, arn, id, at);
          }
          draft.classify(line, 'instance profile');
        }
      }
    },
  }),
  answerShape({
    id: 'aws.saml-providers',
    title: 'aws iam list-saml-providers',
    api: 'iam list-saml-providers',
    matches: (value) => Array.isArray(value['SAMLProviderList']),
    read: (draft, value, context) => mapProviderList(draft, value, 'SAMLProviderList', context),
  }),
  answerShape({
    id: 'aws.saml-provider',
    title: 'aws iam get-saml-provider --saml-provider-arn …',
    api: 'iam get-saml-provider',
    matches: (value) => text(value, 'SAMLMetadataDocument') !== null,
    read: mapSamlProvider,
  }),
  answerShape({
    id: 'aws.oidc-providers',
    title: 'aws iam list-open-id-connect-providers',
    api: 'iam list-open-id-connect-providers',
    matches: (value) => Array.isArray(value['OpenIDConnectProviderList']),
    read: (draft, value, context) => mapProviderList(draft, value, 'OpenIDConnectProviderList', context),
  }),
  answerShape({
    id: 'aws.oidc-provider',
    title: 'aws iam get-open-id-connect-provider --open-id-connect-provider-arn …',
    api: 'iam get-open-id-connect-provider',
    matches: (value) =>
      text(value, 'Url') !== null && Array.isArray(value['ClientIDList']) && has(value, 'ThumbprintList'),
    read: mapOidcProvider,
  }),
];
