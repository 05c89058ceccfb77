import type {Estate} from '../../model/estate.ts';

/**
 * Memberships are listed under a group's name (`groups/0abc`), rights under its address; the record of the group holds both.
 * Returns the estate with addresses throughout, the same estate where nothing is to be done.
 */
export function nameGroups(estate: Estate): Estate {
  const addresses = new Map<string, string>();
  for (const {id, cloud, attributes} of estate.principals) {
    const name = attributes?.['uniqueName'];
    if (cloud === 'gcp' && typeof name === 'string' && name.startsWith('groups/'))
      addresses.set(`gcp:${name}`, id);
  }
  if (addresses.size === 0) return estate;
  const principals = estate.principals.map((principal) =>
    principal.cloud === 'gcp' && principal.memberOf.some((group) => addresses.has(group))
      ? {...principal, memberOf: principal.memberOf.map((group) => addresses.get(group) ?? group)}
      : principal,
  );
  return {...estate, principals};
}
