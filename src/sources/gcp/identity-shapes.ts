import type {Draft} from '../draft.ts';
import {field, isRow, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {isDelegation, isUser, mapDelegation, mapGroup, mapMembership, mapUser} from './directory.ts';
import {type GcpShape, has, shape} from './gcp-shape.ts';
import {
  either,
  mapAccount,
  mapCustomRole,
  mapHmacKey,
  mapKey,
  mapPool,
  mapProvider,
} from './identity-records.ts';
import {mapBoundary, mapDenyPolicy, mapPolicyBinding} from './limits.ts';
import {createProjectNames} from './names.ts';
import type {ProjectNames} from './names.ts';

/** What a record became: a word of the ledger, or why nothing could be made of it. */
type Result = {word: string} | {reject: string};

interface RecordReader {
  id: string;
  title: string;
  api: string;
  wrapper: string | readonly string[];
  matches(row: Row): boolean;
  map(draft: Draft, row: Row, at: string, world: {projects: ProjectNames; scope: string | null}): Result;
}

const got = (found: string | null, word: string, reject: string): Result =>
  found === null ? {reject} : {word};

const READERS: readonly RecordReader[] = [
  {
    id: 'gcp.deny-policies',
    title:
      'gcloud iam policies get NAME --attachment-point=… --kind=denypolicies --format=json (listings leave the rules out)',
    api: 'iam policies',
    wrapper: 'policies',
    matches: (row) => /^policies\/.+\/denypolicies\/[^/]+$/.test(text(row, 'name') ?? ''),
    map(draft, row, at, {projects}) {
      const word = mapDenyPolicy(draft, row, at, projects);
      if (word === 'deny policy without rules')
        draft.find({
          code: 'BH-SRC-320',
          severity: 'low',
          message: `The deny policy ${text(row, 'displayName') ?? text(row, 'name') ?? ''} comes without its rules; what it takes away is not known, so rights may show that it stops.`,
          where: draft.place(at),
          remedy: 'Export each policy with `gcloud iam policies get`: listings leave the rules out.',
        });
      return word === null ? {reject: 'no attachment point'} : {word};
    },
  },
  {
    id: 'gcp.access-boundaries',
    title:
      'gcloud iam principal-access-boundary-policies list --organization=… --location=global --format=json',
    api: 'iam principal-access-boundary-policies',
    wrapper: 'principalAccessBoundaryPolicies',
    matches: (row) => /\/principalAccessBoundaryPolicies\/[^/]+$/.test(text(row, 'name') ?? ''),
    map: (draft, row, at) => got(mapBoundary(draft, row, at), 'access boundary', 'no name'),
  },
  {
    id: 'gcp.policy-bindings',
    title: 'gcloud iam policy-bindings list --organization=… --location=global --format=json',
    api: 'iam policy-bindings',
    wrapper: 'policyBindings',
    matches: (row) => /\/policyBindings\/[^/]+$/.test(text(row, 'name') ?? ''),
    map: (draft, row, at) => got(mapPolicyBinding(draft, row, at), 'policy binding', 'no target or policy'),
  },
  {
    id: 'gcp.roles',
    title:
      'gcloud iam roles describe ROLE --project=… --format=json (a list of these; listings leave the permissions out)',
    api: 'iam roles',
    wrapper: 'roles',
    matches: (row) =>
      /^(?:(?:projects|organizations)\/[^/]+\/)?roles\/[^/]+$/.test(text(row, 'name') ?? '') &&
      (has(row, 'title') || has(row, 'stage') || has(row, 'includedPermissions')),
    map(draft, row, at) {
      const word = mapCustomRole(draft, text(row, 'name') ?? '', row, at);
      if (word === 'role without permissions' && !(text(row, 'name') ?? '').startsWith('roles/'))
        draft.find({
          code: 'BH-SRC-322',
          severity: 'low',
          message: `The custom role ${text(row, 'name') ?? ''} comes without its permissions; whoever has it counts in the upper end only.`,
          where: draft.place(at),
          remedy:
            'Export it with `gcloud iam roles describe`, or all at once with `gcloud asset export --content-type=resource --asset-types=iam.googleapis.com/Role`.',
        });
      return {word};
    },
  },
  {
    id: 'gcp.service-account-keys',
    title: 'gcloud iam service-accounts keys list --iam-account=… --format=json',
    api: 'iam service-accounts keys list',
    wrapper: 'keys',
    matches: (row) =>
      /\/serviceAccounts\/[^/]+\/keys\/[^/]+$/.test(text(row, 'name') ?? '') &&
      !has(row, 'asset_type') &&
      !has(row, 'assetType'),
    map: (draft, row, at, {projects}) =>
      got(
        mapKey(draft, text(row, 'name') ?? '', row, at, {projects, accountEmails: new Map()}),
        'service account key',
        'no address of an account',
      ),
  },
  {
    id: 'gcp.service-accounts',
    title: 'gcloud iam service-accounts list --project=… --format=json',
    api: 'iam service-accounts list',
    wrapper: 'accounts',
    matches: (row) => text(row, 'email') !== null && has(row, 'uniqueId') && !has(row, 'primaryEmail'),
    map: (draft, row, at, {projects}) =>
      got(mapAccount(draft, row, at, projects, null), 'service account', 'no address'),
  },
  {
    id: 'gcp.hmac-keys',
    title: 'gcloud storage hmac list --long --format=json',
    api: 'storage hmac list',
    wrapper: 'items',
    matches: (row) => hmacFields(isRow(row['metadata']) ? row['metadata'] : row),
    map: (draft, row, at, {projects}) =>
      got(mapHmacKey(draft, row, at, projects), 'HMAC key', 'no key or account'),
  },
  {
    id: 'gcp.pool-providers',
    title:
      'gcloud iam workload-identity-pools providers list --workload-identity-pool=… --location=global --format=json (also workforce-pools)',
    api: 'iam pool providers list',
    wrapper: ['workloadIdentityPoolProviders', 'workforcePoolProviders'],
    matches: (row) =>
      /Pools\/[^/]+\/providers\/[^/]+$/.test(text(row, 'name') ?? '') &&
      !has(row, 'asset_type') &&
      !has(row, 'assetType'),
    map: (draft, row, at, {projects}) =>
      got(
        mapProvider(draft, text(row, 'name') ?? '', row, at, projects),
        'identity provider',
        'no pool in its name',
      ),
  },
  {
    id: 'gcp.identity-pools',
    title: 'gcloud iam workload-identity-pools list --location=global --format=json (also workforce-pools)',
    api: 'iam pools list',
    wrapper: ['workloadIdentityPools', 'workforcePools'],
    matches: (row) =>
      /(?:workloadIdentity|workforce)Pools\/[^/]+$/.test(text(row, 'name') ?? '') &&
      !has(row, 'asset_type') &&
      !has(row, 'assetType'),
    map: (draft, row, at, {projects}) =>
      got(mapPool(draft, text(row, 'name') ?? '', row, at, projects), 'identity pool', 'name is no pool'),
  },
  {
    id: 'gcp.group-memberships',
    title:
      'gcloud identity groups memberships list --group-email=… --format=json; or a table group,email,type',
    api: 'identity groups memberships list',
    wrapper: ['memberships', 'members'],
    matches: (row) =>
      /^groups\/[^/]+\/memberships\//.test(text(row, 'name') ?? '') ||
      ((text(row, 'group')?.includes('@') ?? false) && text(row, 'email') !== null),
    map(draft, row, at, world) {
      const result = mapMembership(draft, row, at, world);
      return result === 'membership' ? {word: result} : {reject: result};
    },
  },
  {
    id: 'gcp.groups',
    title: 'gcloud identity groups search --organization=… --format=json',
    api: 'identity groups search',
    wrapper: 'groups',
    matches: (row) => /^groups\/[^/]+$/.test(text(row, 'name') ?? '') && isRow(either(row, 'groupKey')),
    map: (draft, row, at) => got(mapGroup(draft, row, at), 'group', 'no address'),
  },
  {
    id: 'gcp.directory-users',
    title: 'Workspace users (Admin SDK users.list, or a table primaryEmail,isAdmin,suspended,customerId)',
    api: 'directory users',
    wrapper: 'users',
    matches: isUser,
    map: (draft, row, at, {scope}) => got(mapUser(draft, row, at, scope), 'user', 'no address'),
  },
  {
    id: 'gcp.delegation',
    title: 'Workspace domain-wide delegation: a list of clientId, scopes[, customer], JSON or table',
    api: 'domain-wide delegation',
    wrapper: ['domainWideDelegation', 'clients'],
    matches: isDelegation,
    map(draft, row, at, {scope}) {
      const result = mapDelegation(draft, row, at, scope);
      return result === 'delegation' ? {word: 'domain-wide delegation'} : {reject: result};
    },
  },
];

function hmacFields(row: unknown): boolean {
  return (
    text({value: either(row, 'accessId')}, 'value') !== null &&
    text({value: either(row, 'serviceAccountEmail')}, 'value') !== null
  );
}

/** Exports about who may sign in, what limits rights, and the directory; in the order they are asked. */
export const identityShapes: Shape[] = READERS.map((reader) =>
  shape({
    id: reader.id,
    title: reader.title,
    api: reader.api,
    wrapper: reader.wrapper,
    single: true,
    matches: (row) => reader.matches(row),
    read: (draft, rows, base, hints) => readRecords(reader, draft, rows, base, hints),
  } satisfies GcpShape),
);

function readRecords(
  reader: RecordReader,
  draft: Draft,
  rows: unknown[],
  base: string,
  hints: IntakeHints,
): void {
  const scope = hints.scope ?? null;
  const world = {projects: createProjectNames(), scope};
  for (const [i, row] of rows.entries()) {
    const at = pointer(base, i);
    const result: Result = isRow(row) ? reader.map(draft, row, at, world) : {reject: 'not an object'};
    const home = isRow(row) ? homeOf(row) : null;
    if ('word' in result) draft.classify(home ?? scope ?? '*', result.word);
    else draft.reject(home ?? scope ?? '*', result.reject, at);
  }
}

/** Project or organisation a record names itself by, as ledger scope. */
function homeOf(row: Row): string | null {
  const name = text(row, 'name') ?? '';
  const project = text({value: field(row, 'projectId')}, 'value');
  const inName = /(?:^|\/)((?:projects|folders|organizations)\/[^/%]+)(?:\/|$)/.exec(name)?.[1];
  const encoded = /(projects|folders|organizations)%2F([^/%]+)/i.exec(name);
  return (
    inName ??
    (encoded === null ? null : `${encoded[1]!}/${encoded[2]!}`) ??
    (project === null ? null : `projects/${project}`)
  );
}
