import type {Account, Organization, OrganizationalUnit, Root} from '@aws-sdk/client-organizations';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, known, pointer, text, textOf, texts} from '../record.ts';
import type {Row} from '../record.ts';
import {accountId, parseArn} from './arn.ts';
import {mentionAccount} from './mentions.ts';
import {timeOf} from './time.ts';

/** `o-…` as trust root and top container; Organizations' own root (`r-…`) is one per organisation and the same thing. */
export function organization(draft: Draft, org: string, name: string | null, at: string): string {
  const id = `aws-org:${org}`;
  draft.root({id, kind: 'awsOrg', name: name ?? org}, at);
  draft.container(
    {
      id,
      kind: 'organization',
      name: name ?? org,
      cloud: 'aws',
      parent: null,
      root: id,
      tags: {},
      ...(name === null ? {implied: true} : {}),
    },
    at,
  );
  return id;
}

/** The management account controls the organisation; service control policies do not bind it. */
function managementEdge(draft: Draft, account: string, org: string, evidence: string, at: string): void {
  mentionAccount(draft, account, at);
  draft.edge({
    from: accountId(account),
    to: org,
    kind: 'MANAGES',
    level: 0,
    certainty: 'certain',
    evidence,
    place: draft.place(at, org),
  });
}

/** Organizations ARNs carry the management account and the organisation: `arn:aws:organizations::<account>:account/o-…/<id>`. */
function membership(draft: Draft, arn: string | null, at: string): string | null {
  const parsed = parseArn(arn);
  const org = /(?:^|\/)(o-[a-z0-9]+)(?:\/|$)/.exec(parsed?.resource ?? '')?.[1] ?? null;
  if (org === null) return null;
  const id = organization(draft, org, null, at);
  if (parsed?.account !== null && parsed?.account !== undefined && /^\d{12}$/.test(parsed.account))
    managementEdge(draft, parsed.account, id, `Arn = ${arn ?? ''}`, pointer(at, 'Arn'));
  return id;
}

/**
 * The container a path ends in, one step above its last part. Paths look like
 * `o-org/r-root/ou-a/ou-b/<account>/`; units on the way are mentioned.
 */
function parentInPath(draft: Draft, path: string | null, at: string): string | null {
  const parts = (path ?? '').split('/').filter((part) => part !== '');
  const org = parts[0];
  if (org === undefined || !org.startsWith('o-') || parts.length < 2) return null;
  let parent = organization(draft, org, null, at);
  for (const unit of parts.slice(1, -1)) {
    if (!unit.startsWith('ou-')) continue;
    const id = unitId(unit);
    draft.container(
      {
        id,
        kind: 'organizationalUnit',
        name: unit,
        cloud: 'aws',
        parent,
        root: `aws-org:${org}`,
        tags: {},
        implied: true,
      },
      at,
    );
    parent = id;
  }
  return parent;
}

/** Unit ids carry the id of their root, so they are unique without the organisation. */
export function unitId(unit: string): string {
  return `aws-ou:${unit}`;
}

/** `Accounts[]` of list-accounts and list-accounts-for-parent. Returns the ledger word, or null after a reject. */
export function mapAccountRow(
  draft: Draft,
  row: Row,
  at: string,
  scope: string,
  parentHint: string | null,
): void {
  const account = idText(row, 'Id' satisfies keyof Account);
  if (account === null) return draft.reject(scope, 'account without Id', pointer(at, 'Id'));
  if (!draft.claim(accountId(account), row, at, scope)) return;
  const root = membership(draft, textOf<Account>(row, 'Arn'), at);
  const state = textOf<Account>(row, 'State') ?? textOf<Account>(row, 'Status');
  const name = textOf<Account>(row, 'Name') ?? account;
  draft.root({id: accountId(account), kind: 'awsAccount', name}, at);
  draft.container(
    {
      id: accountId(account),
      kind: 'account',
      name,
      cloud: 'aws',
      parent:
        parentInPath(draft, texts(row, 'Paths' satisfies keyof Account)[0] ?? null, pointer(at, 'Paths')) ??
        parentHint,
      root,
      tags: {},
      attributes: known<string | number | boolean>({
        status: state,
        joinedMethod: textOf<Account>(row, 'JoinedMethod'),
        joined: timeOf(field(row, 'JoinedTimestamp' satisfies keyof Account)),
      }),
    },
    at,
  );
  if (state !== null && state !== 'ACTIVE') {
    draft.find({
      code: CODES.notActive,
      severity: 'info',
      message: `Account ${name} is ${state}: its resources are normally not collected.`,
      where: draft.place(at, accountId(account)),
      remedy: 'Nothing to do if that is expected; until it is closed for good, its data may still exist.',
    });
  }
  draft.classify(scope, 'account');
}

/** `OrganizationalUnits[]` of list-organizational-units-for-parent. */
export function mapUnitRow(
  draft: Draft,
  row: Row,
  at: string,
  scope: string,
  parentHint: string | null,
): void {
  const unit = textOf<OrganizationalUnit>(row, 'Id');
  if (unit === null) return draft.reject(scope, 'organizational unit without Id', pointer(at, 'Id'));
  if (!draft.claim(unitId(unit), row, at, scope)) return;
  const root = membership(draft, textOf<OrganizationalUnit>(row, 'Arn'), at);
  draft.container(
    {
      id: unitId(unit),
      kind: 'organizationalUnit',
      name: textOf<OrganizationalUnit>(row, 'Name') ?? unit,
      cloud: 'aws',
      parent: parentInPath(draft, text(row, 'Path'), pointer(at, 'Path')) ?? parentHint,
      root,
      tags: {},
    },
    at,
  );
  draft.classify(scope, 'organizational unit');
}

/** `Roots[]` of list-roots: the same node as the organisation. */
export function mapRootRow(draft: Draft, row: Row, at: string, scope: string): void {
  const id = textOf<Root>(row, 'Id');
  if (id === null) return draft.reject(scope, 'root without Id', pointer(at, 'Id'));
  if (!draft.claim(`root ${id}`, row, at, scope)) return;
  const org = membership(draft, textOf<Root>(row, 'Arn'), at);
  if (org === null) return draft.reject(scope, 'root without organization in its Arn', pointer(at, 'Arn'));
  draft.container(
    {
      id: org,
      kind: 'organization',
      name: org.slice('aws-org:'.length),
      cloud: 'aws',
      parent: null,
      root: org,
      tags: {},
      aliases: [`aws-ou:${id}`],
    },
    at,
  );
  draft.classify(scope, 'organization root');
}

/** `Organization` of describe-organization. */
export function mapOrganization(draft: Draft, value: unknown, at: string, scope: string): void {
  if (!isRow(value)) return draft.reject(scope, 'not an object', at);
  const org = textOf<Organization>(value, 'Id');
  if (org === null) return draft.reject(scope, 'organization without Id', pointer(at, 'Id'));
  const id = organization(draft, org, org, at);
  const featureSet = textOf<Organization>(value, 'FeatureSet');
  if (featureSet !== null)
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
        attributes: {featureSet},
      },
      at,
    );
  const management = idText(value, 'MasterAccountId' satisfies keyof Organization);
  if (management !== null)
    managementEdge(draft, management, id, `MasterAccountId = ${management}`, pointer(at, 'MasterAccountId'));
  draft.classify(scope, 'organization');
}

/** A parent id the workspace gives for `…-for-parent` answers, which do not repeat it. */
export function parentFromHint(hint: string | undefined): string | null {
  if (hint === undefined) return null;
  if (hint.startsWith('ou-') || hint.startsWith('r-')) return unitId(hint);
  return hint.startsWith('o-') ? `aws-org:${hint}` : null;
}
