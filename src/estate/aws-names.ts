import type {Facts, Principal} from '../model/estate.ts';
import type {Credential} from '../model/identity-facts.ts';

/**
 * AWS answers name users and roles in two ways: by ARN, which holds their path, and by name alone, which is unique in the
 * account whatever the path. Statements by name join the principal they mean, and keys known by slot the key they are.
 */
export function joinAwsNames(facts: Facts): Facts {
  const principals = byPlainName(facts.principals);
  const renamed = new Map<string, string>();
  for (const {id, implied} of facts.principals) {
    const full = implied === true ? principals.get(plainName(id) ?? '') : undefined;
    if (full !== undefined && full !== id) renamed.set(id, full);
  }
  const name = (id: string): string => renamed.get(id) ?? id;
  return {
    ...facts,
    principals:
      renamed.size === 0 ? facts.principals : facts.principals.map((one) => ({...one, id: name(one.id)})),
    workloads:
      renamed.size === 0
        ? facts.workloads
        : facts.workloads.map((one) =>
            one.identities.some((id) => renamed.has(id))
              ? {...one, identities: one.identities.map(name)}
              : one,
          ),
    credentials: joinKeys(
      facts.credentials.map((one) => {
        const principal = name(one.principal);
        return principal === one.principal
          ? one
          : {...one, principal, id: principal + one.id.slice(one.principal.length)};
      }),
    ),
  };
}

/** Ids of principals a source lists itself, by account, kind and name; names that two of them bear are left out. */
function byPlainName(principals: readonly Principal[]): Map<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const {id, implied} of principals) {
    const plain = implied === true ? null : plainName(id);
    if (plain === null) continue;
    const known = found.get(plain);
    if (known !== undefined && known !== id) twice.add(plain);
    found.set(plain, id);
  }
  for (const plain of twice) found.delete(plain);
  return found;
}

function plainName(id: string): string | null {
  const parts = /^(aws:arn:[\w-]+:iam::\d{12}:(?:user|role)\/)(?:.*\/)?([^/]+)$/.exec(id);
  return parts === null ? null : `${parts[1]}${parts[2]}`;
}

/** `…#accessKey1` of the credential report is the key of the same user made at the same time in list-access-keys. */
function joinKeys(credentials: Credential[]): Credential[] {
  const named = new Map<string, string[]>();
  for (const {id, principal, kind, created} of credentials) {
    if (kind !== 'accessKey' || created === null || isSlot(id)) continue;
    const key = `${principal} ${created}`;
    const ids = named.get(key);
    if (!ids) named.set(key, [id]);
    else if (!ids.includes(id)) ids.push(id);
  }
  if (named.size === 0) return credentials;
  return credentials.map((one) => {
    const ids = isSlot(one.id) ? named.get(`${one.principal} ${one.created}`) : undefined;
    return ids?.length === 1 ? {...one, id: ids[0]!} : one;
  });
}

function isSlot(id: string): boolean {
  return /#accessKey[12]$/.test(id);
}
