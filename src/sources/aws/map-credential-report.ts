import type {Credential} from '../../model/identity-facts.ts';
import {bytesOfBase64} from '../base64.ts';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {rowsOfCsv} from '../csv-text.ts';
import {known} from '../record.ts';
import {accountOf, parseArn} from './arn.ts';
import {lastPart, mentionAccount} from './mentions.ts';
import {timeOf} from './time.ts';

/** A row of the report by column name. */
export type ReportRow = Record<string, string>;

/** Columns without which a table is no credential report. */
export const REPORT_COLUMNS = ['user', 'arn', 'password_enabled', 'mfa_active', 'access_key_1_active'];

/** True when the content begins like a report, as text or as base64; the whole is decoded only once. */
export function isReport(content: string): boolean {
  const start = content.slice(0, 200).trim();
  return start.startsWith('user,') || textOf(start.slice(0, 40))?.startsWith('user,') === true;
}

function textOf(base64: string): string | null {
  const bytes = bytesOfBase64(base64);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** `Content` of iam get-credential-report. */
export function mapCredentialReport(draft: Draft, content: string, scope: string): void {
  const text = content.trimStart().startsWith('user,') ? content : textOf(content);
  if (text?.trimStart().startsWith('user,') !== true) {
    draft.reject(scope, 'Content is no credential report', '/Content');
    draft.find({
      code: CODES.policyUnreadable,
      severity: 'medium',
      message: 'The content of the credential report is neither base64 of a table nor the table itself.',
      where: draft.place('/Content'),
      remedy: 'Export again: `aws iam generate-credential-report`, then `aws iam get-credential-report`.',
    });
    return;
  }
  for (const [i, row] of rowsOfCsv(text).rows.entries())
    mapReportRow(draft, row, `/Content#row=${i + 2}`, scope);
}

/** One user, or the root user of the account. */
export function mapReportRow(draft: Draft, row: ReportRow | null, at: string, fallback: string): void {
  if (row === null) return draft.reject(fallback, 'row with another number of columns', at);
  const arn = row['arn'] ?? '';
  const account = accountOf(arn);
  const scope = account ?? fallback;
  if (parseArn(arn) === null) return draft.reject(scope, 'user without arn', at);
  if (!draft.claim(`report ${arn}`, row, at, scope)) return;
  const root = row['user'] === '<root_account>' || arn.endsWith(':root');
  const id = `aws:${arn}`;
  const mfa = truth(row['mfa_active']);
  const password = truth(row['password_enabled']);
  draft.principal(
    {
      id,
      kind: 'iamUser',
      name: root ? `root user of ${account ?? 'the account'}` : lastPart(arn),
      cloud: 'aws',
      container: account === null ? null : mentionAccount(draft, account, at),
      person: !root,
      memberOf: [],
      implied: true,
      attributes: known<string | number | boolean>({
        created: timeOf(row['user_creation_time']),
        passwordEnabled: password,
        mfaEnabled: mfa,
        lastUsed: timeOf(row['password_last_used']),
        rootUser: root ? true : null,
      }),
    },
    at,
  );
  // The root user always has a password; the report says `not_supported` for it.
  if (password !== false || root) passwordOf(draft, row, id, root, mfa, at);
  for (const slot of ['1', '2'] as const) accessKey(draft, row, id, slot, at);
  for (const slot of ['1', '2'] as const) signingCertificate(draft, row, id, slot, at);
  draft.classify(scope, root ? 'root user' : 'user');
}

function passwordOf(
  draft: Draft,
  row: ReportRow,
  id: string,
  root: boolean,
  mfa: boolean | null,
  at: string,
): void {
  const expires = timeOf(row['password_next_rotation']);
  draft.identity(
    'credentials',
    {
      ...credential(id, 'password', 'password'),
      created: timeOf(row['password_last_changed']),
      expires,
      neverExpires: row['password_next_rotation'] === 'N/A' ? true : null,
      lastUsed: timeOf(row['password_last_used']),
      active: root ? true : truth(row['password_enabled']),
      mfa,
    },
    at,
  );
}

/** A slot that was never filled has no rotation date and is not active. */
function accessKey(draft: Draft, row: ReportRow, id: string, slot: '1' | '2', at: string): void {
  const active = truth(row[`access_key_${slot}_active`]);
  const created = timeOf(row[`access_key_${slot}_last_rotated`]);
  if (active !== true && created === null) return;
  draft.identity(
    'credentials',
    {
      ...credential(id, `accessKey${slot}`, `access key ${slot}`),
      kind: 'accessKey',
      created,
      neverExpires: true,
      lastUsed: timeOf(row[`access_key_${slot}_last_used_date`]),
      active,
    },
    at,
  );
}

/** X.509 certificates users sign SOAP requests with; rare, but as good as a key. */
function signingCertificate(draft: Draft, row: ReportRow, id: string, slot: '1' | '2', at: string): void {
  const active = truth(row[`cert_${slot}_active`]);
  if (active !== true) return;
  draft.identity(
    'credentials',
    {
      ...credential(id, `certificate${slot}`, `signing certificate ${slot}`),
      kind: 'certificate',
      created: timeOf(row[`cert_${slot}_last_rotated`]),
      active,
    },
    at,
  );
}

/** A credential of an AWS principal with everything else unknown. */
export function credential(principal: string, key: string, name: string): Credential {
  return {
    id: `${principal}#${key}`,
    principal,
    kind: 'password',
    name,
    cloud: 'aws',
    created: null,
    expires: null,
    neverExpires: null,
    lastUsed: null,
    active: null,
    mfa: null,
    publicKeySha256: null,
    managedBy: 'customer',
  };
}

function truth(text: string | undefined): boolean | null {
  if (text === undefined) return null;
  if (/^true$/i.test(text)) return true;
  return /^false$/i.test(text) ? false : null;
}
