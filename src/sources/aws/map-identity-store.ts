import type {Draft} from '../draft.ts';
import {field, isRow, known, list, text} from '../record.ts';
import type {Row} from '../record.ts';
import {mentionAccount} from './mentions.ts';
import {mentionPrincipal} from './map-permission-sets.ts';

/** `Instances[]` of sso-admin list-instances: the account that owns the instance can change who gets in anywhere. */
export function mapInstances(draft: Draft, value: Row): void {
  for (const [i, row] of list(value, 'Instances').entries()) {
    const at = `/Instances/${i}`;
    const arn = text(row, 'InstanceArn');
    const owner = text(row, 'OwnerAccountId');
    if (arn === null) {
      draft.reject(owner ?? '*', 'instance without InstanceArn', at);
      continue;
    }
    const line = owner ?? '*';
    if (!draft.claim(arn, row, at, line)) continue;
    if (owner !== null) {
      const id = mentionAccount(draft, owner, at);
      draft.container(
        {
          id,
          kind: 'account',
          name: owner,
          cloud: 'aws',
          parent: null,
          root: null,
          tags: {},
          implied: true,
          attributes: known<string>({identityCenter: arn, identityStore: text(row, 'IdentityStoreId')}),
        },
        at,
      );
    }
    draft.classify(line, 'identity center instance');
  }
}

/** `Users[]` and `Groups[]` of identitystore list-users and list-groups. */
export function mapStorePrincipals(draft: Draft, value: Row, kind: 'user' | 'group'): void {
  const [key, idKey] = kind === 'user' ? (['Users', 'UserId'] as const) : (['Groups', 'GroupId'] as const);
  for (const [i, row] of list(value, key).entries()) {
    const at = `/${key}/${i}`;
    const id = text(row, idKey);
    const line = text(row, 'IdentityStoreId') ?? '*';
    if (!isRow(row) || id === null) {
      draft.reject(line, `${kind} without ${idKey}`, at);
      continue;
    }
    if (!draft.claim(`${kind} ${id}`, row, at, line)) continue;
    const external = list(row, 'ExternalIds')[0];
    draft.principal(
      {
        id: `identity-center:${kind}/${id}`,
        kind,
        name: text(row, 'UserName') ?? text(row, 'DisplayName') ?? id,
        cloud: 'aws',
        container: null,
        person: kind === 'user',
        memberOf: [],
        attributes: known<string | boolean>({
          externalId: text(external, 'Id'),
          externalIssuer: text(external, 'Issuer'),
          accountEnabled: statusOf(row),
        }),
      },
      at,
    );
    draft.classify(line, kind);
  }
}

function statusOf(row: Row): boolean | null {
  const status = text(row, 'UserStatus');
  return status === null ? null : status === 'ENABLED';
}

/** `GroupMemberships[]` of identitystore list-group-memberships. */
export function mapGroupMemberships(draft: Draft, value: Row): void {
  for (const [i, row] of list(value, 'GroupMemberships').entries()) {
    const at = `/GroupMemberships/${i}`;
    const group = text(row, 'GroupId');
    const member = text(field(row, 'MemberId'), 'UserId');
    // Memberships of one group are one answer: a newer one replaces it, and not those of other groups.
    const line = group ?? '*';
    if (!isRow(row) || group === null || member === null) {
      draft.reject(line, 'membership without GroupId or MemberId.UserId', at);
      continue;
    }
    if (!draft.claim(`${member} ${group}`, row, at, line)) continue;
    const id = mentionPrincipal(draft, group, 'group', at);
    mentionPrincipal(draft, member, 'user', at, [id]);
    draft.classify(line, 'group membership');
  }
}
