import type {Principal} from '../../../model/estate.ts';
import {text} from '../../record.ts';

/**
 * How Active Directory facts are named: accounts, groups, computers and domains `ad-principal:<SID>` (well-known SIDs carry
 * their domain: `ad-principal:CORP.EXAMPLE-S-1-5-32-544`), units, containers and policies `ad-object:<GUID>`, the domain as
 * a root `ad:<fqdn>`.
 */
export function adPrincipal(sid: string): string {
  return `ad-principal:${sid.toUpperCase()}`;
}

/** Organisational unit, container or group policy by GUID. */
export function adObject(guid: string): string {
  return `ad-object:${guid.toUpperCase()}`;
}

export function domainRootId(fqdn: string): string {
  return `ad:${fqdn.toLowerCase()}`;
}

/** Id of whatever a typed reference names. */
export function adReference(id: string, type: string | null): string {
  return CONTAINERS.has(type?.toLowerCase() ?? '') ? adObject(id) : adPrincipal(id);
}

const CONTAINERS: ReadonlySet<string> = new Set(['ou', 'container', 'gpo']);

/** Principal kind of an object type. */
export function kindOfType(type: string | null): Principal['kind'] {
  switch (type?.toLowerCase()) {
    case 'user':
      return 'user';
    case 'computer':
      return 'computer';
    case 'group':
    case 'localgroup':
      return 'adGroup';
    case 'domain':
      return 'domain';
    default:
      return 'unknown';
  }
}

/** FQDN of the domain an object belongs to, from its properties or from the name (`NAME@CORP.EXAMPLE`). */
export function domainOf(object: unknown): string | null {
  const stated = text(object, 'Properties', 'domain');
  if (stated !== null) return stated.toLowerCase();
  const name = text(object, 'Properties', 'name');
  const at = name?.lastIndexOf('@') ?? -1;
  return name === null || at < 0 ? null : name.slice(at + 1).toLowerCase();
}

/** Relative identifier of a SID: `…-512` → 512. */
export function ridOf(sid: string): number | null {
  const rid = /-(\d{1,10})$/.exec(sid)?.[1];
  return rid === undefined ? null : Number(rid);
}
