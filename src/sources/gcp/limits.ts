import type {Draft} from '../draft.ts';
import {field, list, pointer, text, texts} from '../record.ts';
import {either} from './identity-records.ts';
import type {ProjectNames} from './names.ts';

/**
 * A principal as deny rules write it → the id bindings know it by. Sets of directories, containers and pools stay as written;
 * deleted accounts are left out (null).
 */
export function limitPrincipal(written: string): string | null {
  if (written.startsWith('deleted:')) return null;
  if (written === 'principalSet://goog/public:all') return '*';
  const user = /^principal:\/\/goog\/subject\/(.+)$/.exec(written)?.[1];
  if (user !== undefined) return `gcp:user:${user}`;
  const group = /^principalSet:\/\/goog\/group\/(.+)$/.exec(written)?.[1];
  if (group !== undefined) return `gcp:group:${group}`;
  const account = /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/serviceAccounts\/(.+)$/.exec(
    written,
  )?.[1];
  if (account !== undefined) return `gcp:serviceAccount:${account}`;
  return /^principal(?:Set)?:\/\/iam\.googleapis\.com\//.test(written) ? `gcp:${written}` : written;
}

/** Container a policy is attached to, from its name (`policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/x`). */
export function attachmentPoint(name: string, projects: ProjectNames): string | null {
  const encoded = /^policies\/(.+)\/denypolicies\/[^/]+$/.exec(name)?.[1];
  if (encoded === undefined) return null;
  let plain: string;
  try {
    // gcloud prints it once, logs of the raw API twice encoded.
    plain = decodeURIComponent(decodeURIComponent(encoded));
  } catch {
    return null;
  }
  const container =
    /^cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)$/.exec(plain)?.[1];
  return container === undefined ? null : projects.canonical(`gcp:${container}`);
}

/** One deny policy; each rule is a fact of its own. */
export function mapDenyPolicy(
  draft: Draft,
  row: unknown,
  at: string,
  projects: ProjectNames,
): 'deny policy' | 'deny policy without rules' | null {
  const name = text(row, 'name');
  const scope = name === null ? null : attachmentPoint(name, projects);
  if (name === null || scope === null) return null;
  const rules = list(row, 'rules');
  if (rules.length === 0) return 'deny policy without rules';
  const title = text({value: either(row, 'displayName')}, 'value') ?? name.slice(name.lastIndexOf('/') + 1);
  for (const [i, rule] of rules.entries()) {
    const where = pointer(at, 'rules', i);
    const denied = either(rule, 'denyRule');
    if (denied === undefined) {
      draft.find({
        code: 'BH-SRC-321',
        severity: 'low',
        message: `Rule ${i + 1} of the deny policy ${title} is of a kind that is not known; it limits nobody here.`,
        where: draft.place(where),
        remedy: 'Check the export; rules of deny policies hold `denyRule`.',
      });
      continue;
    }
    const members = (key: string) =>
      texts({value: either(denied, key)}, 'value').flatMap((written) => limitPrincipal(written) ?? []);
    const permissions = (key: string) => texts({value: either(denied, key)}, 'value');
    const condition = either(denied, 'denialCondition');
    draft.identity(
      'denyRules',
      {
        id: `gcp:${decoded(name)}#${i}`,
        name: rules.length === 1 ? title : `${title} rule ${i + 1}`,
        cloud: 'gcp',
        scope,
        inherited: true,
        principals: members('deniedPrincipals'),
        exceptPrincipals: members('exceptionPrincipals'),
        actions: permissions('deniedPermissions'),
        exceptActions: permissions('exceptionPermissions'),
        dataActions: [],
        exceptDataActions: [],
        condition:
          condition === undefined || condition === null
            ? null
            : (text(condition, 'expression') ?? 'unreadable'),
      },
      where,
    );
  }
  return 'deny policy';
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A principal access boundary policy: the resources it leaves. */
export function mapBoundary(draft: Draft, row: unknown, at: string): string | null {
  const name = text(row, 'name')?.replace(/^\/\/iam\.googleapis\.com\//, '') ?? null;
  if (name === null) return null;
  const details = field(row, 'details');
  const version = text({value: either(details, 'enforcementVersion')}, 'value');
  draft.identity(
    'accessBoundaries',
    {
      id: `gcp:${name}`,
      name: text({value: either(row, 'displayName')}, 'value') ?? name.slice(name.lastIndexOf('/') + 1),
      cloud: 'gcp',
      principals: [],
      resources: list(details, 'rules').flatMap((rule) => texts(rule, 'resources')),
      condition: null,
      ...(version === null ? {} : {enforcementVersion: version}),
    },
    at,
  );
  return name;
}

/** A binding of a boundary to a set of principals. */
export function mapPolicyBinding(draft: Draft, row: unknown, at: string): string | null {
  const name = text(row, 'name')?.replace(/^\/\/iam\.googleapis\.com\//, '') ?? null;
  const target = text({value: either(field(row, 'target'), 'principalSet')}, 'value');
  const policy = text(row, 'policy')?.replace(/^\/\/iam\.googleapis\.com\//, '') ?? null;
  if (name === null || target === null || policy === null) return null;
  const condition = field(row, 'condition');
  draft.identity(
    'accessBoundaries',
    {
      id: `gcp:${name}`,
      name: text({value: either(row, 'displayName')}, 'value') ?? name.slice(name.lastIndexOf('/') + 1),
      cloud: 'gcp',
      principals: [target],
      resources: [],
      condition:
        condition === undefined || condition === null
          ? null
          : (text(condition, 'expression') ?? 'unreadable'),
      policy: `gcp:${policy}`,
    },
    at,
  );
  return name;
}
