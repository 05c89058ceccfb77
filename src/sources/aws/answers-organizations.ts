import {field, isRow, text} from '../record.ts';
import {answerShape, eachRow, has, isListOf, isListOfNamed} from './answer-shape.ts';
import type {AnswerShape} from './answer-shape.ts';
import {mapAccountRow, mapOrganization, mapRootRow, mapUnitRow, parentFromHint} from './map-organization.ts';
import {
  mapDelegatedAdministrators,
  mapDelegatedServices,
  mapPoliciesForTarget,
  mapPolicySummaries,
  mapPolicyTargets,
  mapStatedPolicy,
  mapTrustedAccess,
  saysTarget,
} from './map-organization-policies.ts';

/** Organizations: the tree, what limits it (service and resource control policies), and who else runs parts of it. */
export const ORGANIZATIONS: AnswerShape[] = [
  answerShape({
    id: 'aws.organization-accounts',
    title: 'aws organizations list-accounts (or list-accounts-for-parent)',
    api: 'organizations list-accounts',
    matches: (value) => isListOf(value, 'Accounts', (row) => text(row, 'Id') !== null && has(row, 'Arn')),
    read(draft, value, {hints}) {
      const parent = parentFromHint(hints.scope);
      eachRow(value, 'Accounts', (row, at) =>
        isRow(row)
          ? mapAccountRow(draft, row, at, orgScope(row), parent)
          : draft.reject('*', 'not an object', at),
      );
    },
  }),
  answerShape({
    id: 'aws.organizational-units',
    title: 'aws organizations list-organizational-units-for-parent',
    api: 'organizations list-organizational-units-for-parent',
    matches: (value) => Array.isArray(value['OrganizationalUnits']),
    read(draft, value, {hints}) {
      const parent = parentFromHint(hints.scope);
      eachRow(value, 'OrganizationalUnits', (row, at) =>
        isRow(row)
          ? mapUnitRow(draft, row, at, orgScope(row), parent)
          : draft.reject('*', 'not an object', at),
      );
    },
  }),
  answerShape({
    id: 'aws.organization-roots',
    title: 'aws organizations list-roots',
    api: 'organizations list-roots',
    matches: (value) => isListOf(value, 'Roots', (row) => text(row, 'Id')?.startsWith('r-') === true),
    read: (draft, value) =>
      eachRow(value, 'Roots', (row, at) =>
        isRow(row) ? mapRootRow(draft, row, at, orgScope(row)) : draft.reject('*', 'not an object', at),
      ),
  }),
  answerShape({
    id: 'aws.organization',
    title: 'aws organizations describe-organization',
    api: 'organizations describe-organization',
    matches: (value) => text(value, 'Organization', 'Id')?.startsWith('o-') === true,
    read: (draft, value) =>
      mapOrganization(
        draft,
        field(value, 'Organization'),
        '/Organization',
        text(value, 'Organization', 'Id') ?? '*',
      ),
  }),
  answerShape({
    id: 'aws.organization-policy',
    title: 'aws organizations describe-policy',
    api: 'organizations describe-policy',
    matches: (value) => text(value, 'Policy', 'PolicySummary', 'Id') !== null,
    read: (draft, value) => mapStatedPolicy(draft, field(value, 'Policy'), '/Policy'),
  }),
  answerShape({
    id: 'aws.organization-policies',
    title: 'aws organizations list-policies --filter SERVICE_CONTROL_POLICY (or RESOURCE_CONTROL_POLICY)',
    api: 'organizations list-policies',
    matches: (value, file) =>
      isListOfNamed(
        value,
        'Policies',
        isPolicySummary,
        file,
        /organizations.*list-policies|list-policies.*organizations/i,
      ) &&
      !has(value, 'RoleDetailList') &&
      !has(value, 'UserDetailList') &&
      !saysTarget(value, file),
    read: (draft, value) => eachRow(value, 'Policies', (row, at) => mapPolicySummaries(draft, row, at, null)),
  }),
  answerShape({
    id: 'aws.organization-policies-for-target',
    title: 'aws organizations list-policies-for-target --target-id …',
    api: 'organizations list-policies-for-target',
    matches: (value, file) =>
      Array.isArray(value['Policies']) &&
      isListOf(value, 'Policies', isPolicySummary) &&
      !has(value, 'RoleDetailList') &&
      !has(value, 'UserDetailList') &&
      saysTarget(value, file),
    read: (draft, value, context) => mapPoliciesForTarget(draft, value, context),
  }),
  answerShape({
    id: 'aws.organization-policy-targets',
    title: 'aws organizations list-targets-for-policy --policy-id …',
    api: 'organizations list-targets-for-policy',
    matches: (value, file) =>
      isListOfNamed(value, 'Targets', (row) => has(row, 'TargetId'), file, /p-[0-9A-Za-z_]{8,128}/) ||
      (Array.isArray(value['Targets']) && text(value, 'PolicyId')?.startsWith('p-') === true),
    read: (draft, value, context) => mapPolicyTargets(draft, value, context),
  }),
  answerShape({
    id: 'aws.delegated-administrators',
    title: 'aws organizations list-delegated-administrators',
    api: 'organizations list-delegated-administrators',
    matches: (value) => Array.isArray(value['DelegatedAdministrators']),
    read: (draft, value) =>
      eachRow(value, 'DelegatedAdministrators', (row, at) =>
        mapDelegatedAdministrators(draft, row, at, orgScope(row)),
      ),
  }),
  answerShape({
    id: 'aws.delegated-services',
    title: 'aws organizations list-delegated-services-for-account --account-id …',
    api: 'organizations list-delegated-services-for-account',
    matches: (value) => Array.isArray(value['DelegatedServices']),
    read: (draft, value, context) => mapDelegatedServices(draft, value, context),
  }),
  answerShape({
    id: 'aws.trusted-access',
    title: 'aws organizations list-aws-service-access-for-organization',
    api: 'organizations list-aws-service-access-for-organization',
    matches: (value) => Array.isArray(value['EnabledServicePrincipals']),
    read: (draft, value, context) => mapTrustedAccess(draft, value, context),
  }),
];

/** Organizations' policies have ids of their own kind; IAM's lists of policies look alike otherwise. */
function isPolicySummary(row: unknown): boolean {
  return text(row, 'Id')?.startsWith('p-') === true && text(row, 'Type') !== null;
}

/** Scope of Organizations rows: the organisation in the ARN. */
function orgScope(row: unknown): string {
  return /\/(o-[a-z0-9]+)\//.exec(text(row, 'Arn') ?? '')?.[1] ?? '*';
}
