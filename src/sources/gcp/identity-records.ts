import {readCertificate} from '../certificate.ts';
import type {Draft} from '../draft.ts';
import {field, flag, idText, isRow, known, list, text, texts} from '../record.ts';
import {homeProject, serviceAccountId} from './members.ts';
import type {ProjectNames} from './names.ts';

/** A value under its API name or the same name in snake case, as exports write it. */
export function either(row: unknown, camel: string): unknown {
  return (
    field(row, camel) ??
    field(
      row,
      camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  );
}

function eitherText(row: unknown, camel: string): string | null {
  return text({value: either(row, camel)}, 'value');
}

/** A service account by its own record. */
export function mapAccount(
  draft: Draft,
  row: unknown,
  at: string,
  projects: ProjectNames,
  home: string | null,
): string | null {
  const email = text(row, 'email');
  if (email === null) return null;
  const id = serviceAccountId(email);
  draft.principal(
    {
      id,
      kind: 'serviceAccount',
      name: email,
      cloud: 'gcp',
      container: home ?? homeProject(email, projects) ?? stated(row, projects),
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        uniqueId: idText(row, 'uniqueId') ?? idText(row, 'unique_id'),
        disabled: flag(row, 'disabled'),
      }),
    },
    at,
  );
  return id;
}

function stated(row: unknown, projects: ProjectNames): string | null {
  const project = eitherText(row, 'projectId');
  return project === null || project === '-' ? null : projects.canonical(`gcp:projects/${project}`);
}

/** A key of a service account; `name` is its resource name with or without the service in front. Null = not such a name. */
export function mapKey(
  draft: Draft,
  name: string,
  row: unknown,
  at: string,
  world: {projects: ProjectNames; accountEmails: ReadonlyMap<string, string>},
): string | null {
  const parts = /(?:^|\/)serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(name);
  if (parts === null) return null;
  const account = parts[1]!;
  const email = account.includes('@') ? account : world.accountEmails.get(account);
  if (email === undefined) return null;
  const principal = serviceAccountId(email);
  const expires = eitherText(row, 'validBeforeTime');
  const type = eitherText(row, 'keyType');
  const certificate = eitherText(row, 'publicKeyData') ?? text(row, 'publicKey');
  const id = `${principal}#${parts[2]!}`;
  draft.principal(mention(email, world.projects), at);
  draft.identity(
    'credentials',
    {
      id,
      principal,
      kind: 'saKey',
      name: parts[2]!,
      cloud: 'gcp',
      created: eitherText(row, 'validAfterTime'),
      expires: expires?.startsWith('9999-') === true ? null : expires,
      neverExpires: expires === null ? null : expires.startsWith('9999-'),
      lastUsed: null,
      active: flag(row, 'disabled') === null ? null : flag(row, 'disabled') === false,
      mfa: null,
      publicKeySha256:
        certificate === null ? null : (readCertificate(decoded(certificate))?.publicKeySha256 ?? null),
      managedBy: type === 'USER_MANAGED' ? 'customer' : type === 'SYSTEM_MANAGED' ? 'provider' : null,
    },
    at,
  );
  return id;
}

/** Key data arrives as base64 of a PEM text. */
function decoded(data: string): string {
  if (data.includes('-----BEGIN') || !/^[A-Za-z0-9+/=\s]+$/.test(data)) return data;
  try {
    const plain = atob(data.replaceAll(/\s/g, ''));
    return plain.includes('-----BEGIN') ? plain : data;
  } catch {
    return data;
  }
}

/** A service account that another record names. */
export function mention(email: string, projects: ProjectNames) {
  return {
    id: serviceAccountId(email),
    kind: 'serviceAccount' as const,
    name: email,
    cloud: 'gcp' as const,
    container: homeProject(email, projects),
    person: false,
    memberOf: [],
    implied: true,
  };
}

/** An HMAC key of Cloud Storage. */
export function mapHmacKey(draft: Draft, row: unknown, at: string, projects: ProjectNames): string | null {
  const data = isRow(field(row, 'metadata')) ? field(row, 'metadata') : row;
  const key = eitherText(data, 'accessId');
  const email = eitherText(data, 'serviceAccountEmail');
  if (key === null || email === null) return null;
  const state = text(data, 'state');
  const principal = serviceAccountId(email);
  draft.principal(mention(email, projects), at);
  draft.identity(
    'credentials',
    {
      id: `${principal}#${key}`,
      principal,
      kind: 'hmacKey',
      name: key,
      cloud: 'gcp',
      created: eitherText(data, 'timeCreated'),
      expires: null,
      neverExpires: true,
      lastUsed: null,
      active: state === null ? null : state === 'ACTIVE',
      mfa: null,
      publicKeySha256: null,
      managedBy: 'customer',
    },
    at,
  );
  return `${principal}#${key}`;
}

const POOL_NAME =
  /^(?:\/\/iam\.googleapis\.com\/)?((?:projects\/[^/]+\/)?locations\/[^/]+\/(?:workloadIdentity|workforce)Pools\/[^/]+)/;

/** A pool: its whole set as principal, so that a disabled one can be told. */
export function mapPool(
  draft: Draft,
  name: string,
  row: unknown,
  at: string,
  projects: ProjectNames,
): string | null {
  const pool = POOL_NAME.exec(name)?.[1];
  if (pool === undefined) return null;
  draft.principal(
    {
      id: `gcp:principalSet://iam.googleapis.com/${canonicalPool(pool, projects)}/*`,
      kind: 'principalSet',
      name: `pool ${eitherText(row, 'displayName') ?? pool.slice(pool.lastIndexOf('/') + 1)}`,
      cloud: 'gcp',
      container: null,
      person: false,
      memberOf: [],
      attributes: {disabled: flag(row, 'disabled') === true || text(row, 'state') === 'DELETED'},
    },
    at,
  );
  return pool;
}

/** Pools are named by project number in members; a listing may name the project by id. */
function canonicalPool(pool: string, projects: ProjectNames): string {
  const project = /^projects\/([^/]+)\//.exec(pool)?.[1];
  if (project === undefined) return pool;
  const canonical = projects.canonical(`gcp:projects/${project}`).replace(/^gcp:/, '');
  return `${canonical}${pool.slice(`projects/${project}`.length)}`;
}

/** A provider of a workload identity or workforce pool. */
export function mapProvider(
  draft: Draft,
  name: string,
  row: unknown,
  at: string,
  projects: ProjectNames,
): string | null {
  const pool = POOL_NAME.exec(name)?.[1];
  const short = /\/providers\/([^/]+)$/.exec(name)?.[1];
  if (pool === undefined || short === undefined) return null;
  const project = /^projects\/([^/]+)\//.exec(pool)?.[1];
  const oidc = field(row, 'oidc');
  const aws = field(row, 'aws');
  const metadata = text({value: either(field(row, 'saml'), 'idpMetadataXml')}, 'value');
  const anchors = list(either(field(row, 'x509'), 'trustStore'), 'trustAnchors').flatMap(
    (anchor) => eitherText(anchor, 'pemCertificate') ?? [],
  );
  const certificates = metadata === null ? anchors : certificatesIn(metadata);
  const condition = either(row, 'attributeCondition');
  const mapping = either(row, 'attributeMapping');
  // Exports leave empty fields out, so an absent condition of a provider that is shown in full is an empty one.
  const whole = isRow(oidc) || isRow(aws) || metadata !== null || anchors.length > 0;
  const id = `gcp:${canonicalPool(pool, projects)}/providers/${short}`;
  const parent = text(row, 'parent');
  draft.identity(
    'identityProviders',
    {
      id,
      kind: isRow(aws)
        ? 'aws'
        : isRow(oidc)
          ? 'oidc'
          : metadata !== null || anchors.length > 0
            ? 'saml'
            : 'oidc',
      name: eitherText(row, 'displayName') ?? short,
      cloud: 'gcp',
      container:
        project === undefined
          ? parent === null
            ? ''
            : `gcp:${parent}`
          : projects.canonical(`gcp:projects/${project}`),
      issuer:
        eitherText(oidc, 'issuerUri') ??
        idText({value: either(aws, 'accountId')}, 'value') ??
        (metadata === null ? null : entityId(metadata)),
      publicKeySha256: [
        ...new Set(certificates.flatMap((pem) => readCertificate(pem)?.publicKeySha256 ?? [])),
      ].toSorted(),
      audiences: texts({value: either(oidc, 'allowedAudiences')}, 'value'),
      condition: typeof condition === 'string' ? condition.trim() : whole ? '' : null,
      disabled: flag(row, 'disabled') === true || text(row, 'state') === 'DELETED',
      attributes: Object.fromEntries(
        Object.entries(isRow(mapping) ? mapping : {}).flatMap(([key, value]) =>
          typeof value === 'string' ? [[`mapping:${key}`, value]] : [],
        ),
      ),
    },
    at,
  );
  return id;
}

function entityId(xml: string): string | null {
  return /\bentityID\s*=\s*["']([^"']+)["']/.exec(xml)?.[1] ?? null;
}

/** Signing certificates of SAML metadata; those for encryption only are left out. */
function certificatesIn(xml: string): string[] {
  const found: string[] = [];
  for (const descriptor of xml.split(/<(?:\w+:)?KeyDescriptor/).slice(1, 40)) {
    if (/^[^>]*\buse\s*=\s*["']encryption["']/.test(descriptor)) continue;
    const certificate = /<(?:\w+:)?X509Certificate>([A-Za-z0-9+/=\s]+)</.exec(descriptor)?.[1];
    if (certificate !== undefined) found.push(certificate);
  }
  return found;
}

/** A custom role with what it includes. A disabled or deleted role allows nothing; a listing without permissions says nothing. */
export function mapCustomRole(
  draft: Draft,
  name: string,
  row: unknown,
  at: string,
): 'role' | 'disabled role' | 'role without permissions' {
  const role = name.replace(/^\/\/iam\.googleapis\.com\//, '');
  const gone = text(row, 'stage') === 'DISABLED' || flag(row, 'deleted') === true;
  const actions = texts({value: either(row, 'includedPermissions')}, 'value');
  if (actions.length === 0 && !gone) return 'role without permissions';
  draft.roleDefinition(
    {
      id: `gcp:${role}`,
      name: text(row, 'title') ?? role,
      cloud: 'gcp',
      actions: gone ? [] : actions,
      notActions: [],
      dataActions: [],
      notDataActions: [],
    },
    at,
  );
  return gone ? 'disabled role' : 'role';
}
