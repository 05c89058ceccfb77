import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, known, list, number, pointer, text} from '../record.ts';
import {accountId, accountOf, parseArn, partitionOf, regionOfZone} from './arn.ts';
import {awsTags, lastPart, mentionAccount, mentionInstanceProfile, mentionRole} from './mentions.ts';
import {plainSecrets, settings} from './plain-secrets.ts';

const INSTANCE_STATES: ReadonlyMap<string, Workload['state']> = new Map([
  ['running', 'running'],
  ['stopped', 'stopped'],
  ['stopping', 'stopped'],
]);

/** `Reservations[].Instances[]` of ec2 describe-instances. */
export function mapInstance(
  draft: Draft,
  row: unknown,
  at: string,
  reservationOwner: string | null,
  hint: string | null,
): void {
  const profile = text(row, 'IamInstanceProfile', 'Arn');
  const account =
    reservationOwner ?? text(list(row, 'NetworkInterfaces')[0], 'OwnerId') ?? accountOf(profile) ?? hint;
  const scope = account ?? '*';
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  const instance = text(row, 'InstanceId');
  if (instance === null) return draft.reject(scope, 'instance without InstanceId', pointer(at, 'InstanceId'));
  const region = regionOfZone(text(row, 'Placement', 'AvailabilityZone'));
  const id = `aws:arn:${partitionOf(region)}:ec2:${region ?? ''}:${account ?? ''}:instance/${instance}`;
  if (!draft.claim(id, row, at, scope)) return;
  const state = text(row, 'State', 'Name') ?? '';
  if (state === 'terminated' || state === 'shutting-down')
    return draft.classify(scope, 'terminated instance');
  const tags = awsTags(draft, field(row, 'Tags'), pointer(at, 'Tags'));
  const identity = mentionInstanceProfile(draft, profile, pointer(at, 'IamInstanceProfile'));
  draft.keep(
    {
      ...blank(draft, id, account, region, at),
      name: tags['Name'] || instance,
      type: 'vm',
      nativeType: 'AWS::EC2::Instance',
      state: INSTANCE_STATES.get(state) ?? 'unknown',
      tags,
      os: text(row, 'PlatformDetails') ?? text(row, 'Platform'),
      vcpu: vcpus(row),
      identities: identity === null ? [] : [identity],
      internetExposed: publicAddress(row),
      attributes: known<string | number | boolean>({
        size: text(row, 'InstanceType'),
        tenancy: text(row, 'Placement', 'Tenancy'),
        primaryIp: text(row, 'PrivateIpAddress'),
        dnsName: text(row, 'PrivateDnsName'),
      }),
    },
    at,
    scope,
  );
}

function vcpus(row: unknown): number | null {
  const cores = number(row, 'CpuOptions', 'CoreCount');
  return cores === null ? null : cores * (number(row, 'CpuOptions', 'ThreadsPerCore') ?? 1);
}

/** A public address is proof; its absence is none (load balancers publish instances without one). */
function publicAddress(row: unknown): Workload['internetExposed'] {
  const address = text(row, 'PublicIpAddress');
  if (address !== null) return {value: true, field: `PublicIpAddress = ${address}`};
  for (const card of list(row, 'NetworkInterfaces')) {
    const found = text(card, 'Association', 'PublicIp');
    if (found !== null) return {value: true, field: `NetworkInterfaces[].Association.PublicIp = ${found}`};
  }
  return null;
}

/** `Functions[]` of lambda list-functions. Of environment variables only the names of those with secrets are kept. */
export function mapFunction(draft: Draft, row: unknown, at: string, hint: string | null): void {
  const arn = text(row, 'FunctionArn');
  const parsed = parseArn(arn);
  const account = accountOf(arn) ?? hint;
  const scope = account ?? '*';
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  if (arn === null || parsed === null)
    return draft.reject(scope, 'function without FunctionArn', pointer(at, 'FunctionArn'));
  const version = text(row, 'Version');
  if (!draft.claim(`aws:${arn}`, row, at, scope)) return;
  if (version !== null && version !== '$LATEST') return draft.classify(scope, 'function version');
  // `function:name:$LATEST` names the same function as `function:name`.
  const id = `aws:${arn.replace(/:\$LATEST$/, '')}`;
  const role = mentionRole(draft, text(row, 'Role'), pointer(at, 'Role'));
  draft.keep(
    {
      ...blank(draft, id, account, parsed.region, at),
      name: text(row, 'FunctionName') ?? lastPart(id),
      type: 'function',
      nativeType: 'AWS::Lambda::Function',
      state: text(row, 'State') === 'Active' ? 'running' : 'unknown',
      memoryMiB: number(row, 'MemorySize'),
      identities: role === null ? [] : [role],
      attributes: known<string | number | boolean>({
        runtime: text(row, 'Runtime'),
        kmsKey: text(row, 'KMSKeyArn'),
        plainSecrets: plainSecrets(
          draft,
          'Environment.Variables',
          settings(field(row, 'Environment', 'Variables')),
          pointer(at, 'Environment', 'Variables'),
        ),
      }),
    },
    at,
    scope,
  );
}

/** The fields every AWS workload shares, with everything else unknown. */
export function blank(
  draft: Draft,
  id: string,
  account: string | null,
  region: string | null,
  at: string,
): Workload {
  if (account !== null) mentionAccount(draft, account, at);
  return {
    id,
    name: '',
    type: 'other',
    cloud: 'aws',
    nativeType: '',
    source: draft.source,
    container: account === null ? null : accountId(account),
    application: null,
    region,
    state: 'unknown',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  };
}
