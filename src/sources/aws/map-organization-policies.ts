import type {
  DelegatedAdministrator,
  DelegatedService,
  EnabledServicePrincipal,
  PolicySummary,
  PolicyTargetSummary,
} from '@aws-sdk/client-organizations';
import type {InputFile} from '../../model/decoded.ts';
import type {Container, PolicyDocument} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, flag, idText, isRow, list, pointer, text, textOf} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountId} from './arn.ts';
import {organization, unitId} from './map-organization.ts';
import {mentionAccount} from './mentions.ts';
import {policyDocument} from './policy-document.ts';
import {rejectNameless, subjectOf} from './subject.ts';

/** Kinds of organisation policies that decide about access; the others (tags, backup …) do not. */
const KINDS: ReadonlyMap<string, PolicyDocument['kind']> = new Map([
  ['SERVICE_CONTROL_POLICY', 'scp'],
  ['RESOURCE_CONTROL_POLICY', 'rcp'],
]);

/** AWS's own policies are attached everywhere at first and seldom exported: each allows everything. */
const ALLOWS_ALL: ReadonlyMap<string, object> = new Map([
  ['p-FullAWSAccess', {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}],
  [
    'p-RCPFullAWSAccess',
    {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: '*', Action: '*', Resource: '*'}]},
  ],
]);

const TARGET = /(?<![A-Za-z0-9])(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})(?![0-9a-z])/;
const POLICY = /(?<![A-Za-z0-9])p-[0-9a-zA-Z_]{8,128}/;

/** Id of an organisation policy: answers about targets know no more than its `p-…`. */
function policyId(id: string): string {
  return `aws-org-policy:${id}`;
}

/** Container id of a root, unit or account, as a target names it. */
function targetId(id: string): string {
  return /^\d{12}$/.test(id) ? accountId(id) : unitId(id);
}

/** `Policies[]` of list-policies and, with a target, of list-policies-for-target. */
export function mapPolicySummaries(draft: Draft, row: unknown, at: string, target: string | null): void {
  const id = textOf<PolicySummary>(row, 'Id');
  const scope = orgOf(row);
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  if (id === null) return draft.reject(scope, 'policy without Id', pointer(at, 'Id'));
  if (!draft.claim(policyId(id), row, at, scope)) return;
  const type = textOf<PolicySummary>(row, 'Type') ?? '';
  const kind = KINDS.get(type);
  if (kind === undefined) return draft.classify(scope, `policy of type ${type.toLowerCase() || 'unknown'}`);
  draft.policy(
    {
      id: policyId(id),
      name: textOf<PolicySummary>(row, 'Name') ?? id,
      kind,
      document: ALLOWS_ALL.get(id) ?? null,
      attachedTo: target === null ? null : [targetId(target)],
    },
    at,
  );
  draft.classify(scope, kind === 'scp' ? 'service control policy' : 'resource control policy');
}

/** `Policy` of describe-policy: its `Content` is JSON text. */
export function mapStatedPolicy(draft: Draft, value: unknown, at: string): void {
  const summary = field(value, 'PolicySummary');
  const id = textOf<PolicySummary>(summary, 'Id');
  const scope = orgOf(summary);
  if (id === null) return draft.reject(scope, 'policy without Id', pointer(at, 'PolicySummary', 'Id'));
  const type = textOf<PolicySummary>(summary, 'Type') ?? '';
  const kind = KINDS.get(type);
  if (kind === undefined) return draft.classify(scope, `policy of type ${type.toLowerCase() || 'unknown'}`);
  const where = pointer(at, 'Content');
  draft.policy(
    {
      id: policyId(id),
      name: textOf<PolicySummary>(summary, 'Name') ?? id,
      kind,
      document: policyDocument(
        draft,
        field(value, 'Content'),
        where,
        policyId(id),
        'organizations describe-policy',
      ),
      attachedTo: null,
    },
    at,
  );
  draft.classify(scope, kind === 'scp' ? 'service control policy' : 'resource control policy');
}

/** True when an answer (or its file) names the root, unit or account it was asked for. */
export function saysTarget(value: Row, file: InputFile): boolean {
  return (
    text(value, 'TargetId') !== null || /for[-_ ]target/i.test(file.display) || TARGET.test(file.display)
  );
}

/** list-policies-for-target: the target itself is not in the answer. */
export function mapPoliciesForTarget(draft: Draft, value: Row, context: AnswerContext): void {
  const target =
    subjectOf(value, context, {parameters: ['TargetId'], pattern: TARGET}) ?? context.scope.account;
  if (target === null) {
    eachOf(value, 'Policies', (row, at) => mapPolicySummaries(draft, row, at, null));
    return rejectNameless(draft, '*', 'target', 'TargetId', 'policies-for-target-ou-ab12-cdef3456.json');
  }
  draft.tally(target);
  eachOf(value, 'Policies', (row, at) => mapPolicySummaries(draft, row, at, target));
}

/** `Targets[]` of list-targets-for-policy: the policy itself is not in the answer. */
export function mapPolicyTargets(draft: Draft, value: Row, context: AnswerContext): void {
  const id = subjectOf(value, context, {parameters: ['PolicyId'], pattern: POLICY});
  const targets = list(value, 'Targets');
  if (id === null) {
    for (const [i] of targets.entries()) draft.reject('*', 'target of an unnamed policy', `/Targets/${i}`);
    return rejectNameless(draft, '*', 'policy', 'PolicyId', 'targets-p-abc12345.json');
  }
  draft.tally(id);
  const attachedTo: string[] = [];
  for (const [i, row] of targets.entries()) {
    const target = idText(row, 'TargetId' satisfies keyof PolicyTargetSummary);
    if (target === null) {
      draft.reject(id, 'target without TargetId', `/Targets/${i}`);
      continue;
    }
    attachedTo.push(targetId(target));
    draft.classify(id, 'policy target');
  }
  // Which kind it is, only describe-policy and list-policies say; theirs wins when the estate is joined.
  draft.policy(
    {id: policyId(id), name: id, kind: 'scp', document: ALLOWS_ALL.get(id) ?? null, attachedTo},
    '/Targets',
  );
}

/** `DelegatedAdministrators[]`: accounts that run an organisation-wide feature. */
export function mapDelegatedAdministrators(draft: Draft, row: unknown, at: string, scope: string): void {
  const account = idText(row, 'Id' satisfies keyof DelegatedAdministrator);
  if (account === null) return draft.reject(scope, 'delegated administrator without Id', pointer(at, 'Id'));
  if (!draft.claim(`delegate ${account}`, row, at, scope)) return;
  annotateAccount(draft, account, {delegatedAdministrator: true}, at);
  draft.classify(scope, 'delegated administrator');
}

/** `DelegatedServices[]` of list-delegated-services-for-account: the account is not in the answer. */
export function mapDelegatedServices(draft: Draft, value: Row, context: AnswerContext): void {
  const account =
    subjectOf(value, context, {parameters: ['AccountId'], pattern: /(?<!\d)\d{12}(?!\d)/}) ??
    context.scope.account;
  if (account === null)
    return rejectNameless(draft, '*', 'account', 'AccountId', 'delegated-services-111122223333.json');
  draft.tally(account);
  const services: string[] = [];
  eachOf(value, 'DelegatedServices', (row, at) => {
    const service = textOf<DelegatedService>(row, 'ServicePrincipal');
    if (service === null) return draft.reject(account, 'service without ServicePrincipal', at);
    services.push(service);
    draft.classify(account, 'delegated service');
  });
  if (services.length === 0) return;
  const delegatedServices = [...new Set(services)].toSorted().join(' ');
  annotateAccount(draft, account, {delegatedAdministrator: true, delegatedServices}, '/DelegatedServices');
}

/** `EnabledServicePrincipals[]`: services that may act in every account. The organisation is not in the answer. */
export function mapTrustedAccess(draft: Draft, value: Row, context: AnswerContext): void {
  const org = subjectOf(value, context, {
    parameters: ['OrganizationId'],
    pattern: /(?<![A-Za-z0-9])o-[a-z0-9]{10,32}(?![a-z0-9])/,
  });
  if (org === null)
    return rejectNameless(draft, '*', 'organization', 'OrganizationId', 'service-access-o-exampleorgid.json');
  draft.tally(org);
  const services: string[] = [];
  eachOf(value, 'EnabledServicePrincipals', (row, at) => {
    const service = textOf<EnabledServicePrincipal>(row, 'ServicePrincipal');
    if (service === null) return draft.reject(org, 'service without ServicePrincipal', at);
    services.push(service);
    draft.classify(org, 'trusted service');
  });
  const id = organization(draft, org, null, '/EnabledServicePrincipals');
  draft.container(
    {
      id,
      kind: 'organization',
      name: org,
      cloud: 'aws',
      parent: null,
      root: id,
      tags: {},
      implied: true,
      attributes: {trustedAccess: [...new Set(services)].toSorted().join(' ')},
    },
    '/EnabledServicePrincipals',
  );
}

function annotateAccount(
  draft: Draft,
  account: string,
  attributes: NonNullable<Container['attributes']>,
  at: string,
): void {
  const id = mentionAccount(draft, account, at);
  draft.container(
    {
      id,
      kind: 'account',
      name: account,
      cloud: 'aws',
      parent: null,
      root: null,
      tags: {},
      implied: true,
      attributes,
    },
    at,
  );
}

function eachOf(value: Row, key: string, map: (row: unknown, at: string) => void): void {
  for (const [i, row] of list(value, key).entries()) map(row, `/${key}/${i}`);
}

/** Organisation in a policy's ARN; AWS's own policies belong to none. */
function orgOf(row: unknown): string {
  const managed = flag(row, 'AwsManaged') === true;
  return (managed ? null : /\/(o-[a-z0-9]+)\//.exec(text(row, 'Arn') ?? '')?.[1]) ?? '*';
}
