import {text} from '../record.ts';
import {answerShape, has, isListOf, isListOfNamed} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {mapGroupMemberships, mapInstances, mapStorePrincipals} from './map-identity-store.ts';
import {
  customerPolicies,
  inlinePolicy,
  managedPolicies,
  mapAssignments,
  mapPermissionSet,
  mapPermissionSetList,
  mapPermissionSetPart,
  permissionsBoundary,
} from './map-permission-sets.ts';

/** Identity Center: who may take which permission set in which account. */
export const IDENTITY_CENTER: AnswerShape[] = [
  answerShape({
    id: 'aws.sso-instances',
    title: 'aws sso-admin list-instances',
    api: 'sso-admin list-instances',
    matches: (value, file) =>
      isListOfNamed(
        value,
        'Instances',
        (row) => text(row, 'InstanceArn')?.includes(':sso:') === true,
        file,
        /sso/i,
      ),
    read: mapInstances,
  }),
  answerShape({
    id: 'aws.permission-sets',
    title: 'aws sso-admin list-permission-sets --instance-arn …',
    api: 'sso-admin list-permission-sets',
    matches: (value) => Array.isArray(value['PermissionSets']),
    read: mapPermissionSetList,
  }),
  answerShape({
    id: 'aws.permission-set',
    title: 'aws sso-admin describe-permission-set --instance-arn … --permission-set-arn …',
    api: 'sso-admin describe-permission-set',
    matches: (value) => has(value['PermissionSet'], 'PermissionSetArn'),
    read: mapPermissionSet,
  }),
  answerShape({
    id: 'aws.permission-set-inline-policy',
    title: 'aws sso-admin get-inline-policy-for-permission-set',
    api: 'sso-admin get-inline-policy-for-permission-set',
    matches: (value) => has(value, 'InlinePolicy'),
    read: (draft, value, context) =>
      mapPermissionSetPart(draft, value, context, (arn) => inlinePolicy(draft, value, arn)),
  }),
  answerShape({
    id: 'aws.permission-set-managed-policies',
    title: 'aws sso-admin list-managed-policies-in-permission-set',
    api: 'sso-admin list-managed-policies-in-permission-set',
    matches: (value) => isListOf(value, 'AttachedManagedPolicies', (row) => has(row, 'Arn')),
    read: (draft, value, context) =>
      mapPermissionSetPart(draft, value, context, () => managedPolicies(value)),
  }),
  answerShape({
    id: 'aws.permission-set-customer-policies',
    title: 'aws sso-admin list-customer-managed-policy-references-in-permission-set',
    api: 'sso-admin list-customer-managed-policy-references-in-permission-set',
    matches: (value) => Array.isArray(value['CustomerManagedPolicyReferences']),
    read: (draft, value, context) =>
      mapPermissionSetPart(draft, value, context, () => customerPolicies(value)),
  }),
  answerShape({
    id: 'aws.permission-set-boundary',
    title: 'aws sso-admin get-permissions-boundary-for-permission-set',
    api: 'sso-admin get-permissions-boundary-for-permission-set',
    matches: (value) =>
      has(value['PermissionsBoundary'], 'ManagedPolicyArn') ||
      has(value['PermissionsBoundary'], 'CustomerManagedPolicyReference'),
    read: (draft, value, context) =>
      mapPermissionSetPart(draft, value, context, () => permissionsBoundary(value)),
  }),
  answerShape({
    id: 'aws.account-assignments',
    title: 'aws sso-admin list-account-assignments (or list-account-assignments-for-principal)',
    api: 'sso-admin list-account-assignments',
    matches: (value) => Array.isArray(value['AccountAssignments']),
    read: mapAssignments,
  }),
  answerShape({
    id: 'aws.identity-store-users',
    title: 'aws identitystore list-users --identity-store-id …',
    api: 'identitystore list-users',
    matches: (value, file) => isListOfNamed(value, 'Users', isStored('UserId'), file, /identity[-_]?store/i),
    read: (draft, value) => mapStorePrincipals(draft, value, 'user'),
  }),
  answerShape({
    id: 'aws.identity-store-groups',
    title: 'aws identitystore list-groups --identity-store-id …',
    api: 'identitystore list-groups',
    matches: (value, file) =>
      isListOfNamed(value, 'Groups', isStored('GroupId'), file, /identity[-_]?store/i),
    read: (draft, value) => mapStorePrincipals(draft, value, 'group'),
  }),
  answerShape({
    id: 'aws.identity-store-memberships',
    title: 'aws identitystore list-group-memberships --identity-store-id … --group-id …',
    api: 'identitystore list-group-memberships',
    matches: (value) => Array.isArray(value['GroupMemberships']),
    read: mapGroupMemberships,
  }),
];

/** IAM's own users and groups have ARNs. */
function isStored(idKey: string): (row: unknown) => boolean {
  return (row) => has(row, idKey) && !has(row, 'Arn');
}
