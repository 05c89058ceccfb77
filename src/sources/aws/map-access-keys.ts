import type {Draft} from '../draft.ts';
import {field, isRow, list, number, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountOf, parseArn} from './arn.ts';
import {credential} from './map-credential-report.ts';
import {lastPart, mentionAccount} from './mentions.ts';
import {rejectNameless} from './subject.ts';
import {timeOf} from './time.ts';

/** `AccessKeyMetadata[]` of iam list-access-keys: users by name, the account is not in the answer. */
export function mapAccessKeys(draft: Draft, value: Row, {scope}: AnswerContext): void {
  const rows = list(value, 'AccessKeyMetadata');
  if (scope.account === null && rows.length > 0) {
    for (const [i] of rows.entries())
      draft.reject('*', 'access key of an unnamed account', `/AccessKeyMetadata/${i}`);
    return rejectNameless(draft, '*', 'account', 'AccountId', '111122223333/list-access-keys-ann.json');
  }
  const account = scope.account ?? '*';
  for (const [i, row] of rows.entries()) {
    const at = `/AccessKeyMetadata/${i}`;
    const key = text(row, 'AccessKeyId');
    const user = text(row, 'UserName');
    const line = `${account}/user/${user ?? ''}`;
    if (key === null || user === null) {
      draft.reject(line, 'access key without AccessKeyId or UserName', at);
      continue;
    }
    if (!draft.claim(key, row, at, line)) continue;
    const principal = mentionUser(draft, account, user, at);
    const status = text(row, 'Status');
    draft.identity(
      'credentials',
      {
        // The id of a key is no secret, but nobody needs to read it: the last four signs tell keys of one user apart.
        ...credential(principal, key, `access key …${key.slice(-4)}`),
        kind: 'accessKey',
        created: timeOf(field(row, 'CreateDate')),
        neverExpires: true,
        active: status === null ? null : status === 'Active',
      },
      at,
    );
    draft.classify(line, 'access key');
  }
}

/** `MFADevices[]` of list-mfa-devices and `VirtualMFADevices[]` of list-virtual-mfa-devices. */
export function mapMfaDevices(draft: Draft, value: Row, key: string, {scope}: AnswerContext): void {
  for (const [i, row] of list(value, key).entries()) {
    const at = `/${key}/${i}`;
    const serial = text(row, 'SerialNumber');
    const arn = text(row, 'User', 'Arn');
    const account = accountOf(arn) ?? accountOf(serial) ?? scope.account;
    const line = account ?? '*';
    const user = text(row, 'UserName') ?? (arn === null ? null : lastPart(arn));
    if (!isRow(row) || user === null) {
      // A virtual device nobody has enabled yet.
      if (isRow(row) && serial !== null) draft.classify(line, 'unassigned mfa device');
      else draft.reject(line, 'mfa device without user', at);
      continue;
    }
    if (account === null) {
      draft.reject(line, 'mfa device of an unnamed account', at);
      continue;
    }
    if (!draft.claim(`mfa ${serial ?? user}`, row, at, line)) continue;
    const id = arn === null ? `aws:arn:aws:iam::${account}:user/${user}` : `aws:${arn}`;
    mention(draft, id, account, arn?.endsWith(':root') === true, at);
    draft.classify(line, 'mfa device');
  }
}

/** `SummaryMap` of get-account-summary: whether the root user has access keys and a second factor. */
export function mapAccountSummary(draft: Draft, value: Row, {scope}: AnswerContext): void {
  const {account} = scope;
  if (account === null)
    return rejectNameless(draft, '*', 'account', 'AccountId', '111122223333/iam-get-account-summary.json');
  const keys = number(value, 'SummaryMap', 'AccountAccessKeysPresent');
  const mfa = number(value, 'SummaryMap', 'AccountMFAEnabled');
  const id = `aws:arn:aws:iam::${account}:root`;
  mention(draft, id, account, true, '/SummaryMap', mfa === null ? null : mfa > 0);
  if (keys !== null && keys > 0) {
    draft.identity(
      'credentials',
      {
        // The slot the credential report would give it: both answers then speak of one key.
        ...credential(id, 'accessKey1', 'access key 1'),
        kind: 'accessKey',
        neverExpires: true,
        active: null,
      },
      pointer('/SummaryMap', 'AccountAccessKeysPresent'),
    );
  }
  draft.classify(account, 'account summary');
}

function mentionUser(draft: Draft, account: string, name: string, at: string): string {
  const id = `aws:arn:aws:iam::${account}:user/${name}`;
  mention(draft, id, account, false, at, null);
  return id;
}

function mention(
  draft: Draft,
  id: string,
  account: string,
  root: boolean,
  at: string,
  mfaEnabled: boolean | null = true,
): void {
  draft.principal(
    {
      id,
      kind: 'iamUser',
      name: root ? `root user of ${account}` : lastPart(parseArn(id.slice('aws:'.length))?.resource ?? id),
      cloud: 'aws',
      container: mentionAccount(draft, account, at),
      person: !root,
      memberOf: [],
      implied: true,
      attributes: {
        ...(mfaEnabled === null ? {} : {mfaEnabled}),
        ...(root ? {rootUser: true} : {}),
      },
    },
    at,
  );
}
