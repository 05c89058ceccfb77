import {CASELESS_ROOTS, PROVIDER_ALIASES, ROOT_KINDS} from './tables/root-kinds.ts';

/** Kind of a root by its id's prefix; `other` when the prefix says nothing. */
export function rootKindOf(id: string): string {
  return ROOT_KINDS[prefixOf(id)] ?? 'other';
}

/** One spelling per root: prefixes, GUIDs and DNS names in lower case. */
export function canonicalRoot(id: string): string {
  const trimmed = id.trim();
  const prefix = prefixOf(trimmed);
  if (CASELESS_ROOTS.has(prefix)) return trimmed.toLowerCase();
  return prefix === '' ? trimmed : prefix + trimmed.slice(prefix.length);
}

/** True when the text has the form of a root id. */
export function looksLikeRoot(id: string): boolean {
  return prefixOf(id) in ROOT_KINDS;
}

/** Root id of a provider's control plane from the name a site or cloud uses. */
export function providerRoot(name: string): string {
  const key = name.trim().toLowerCase();
  return `provider:${PROVIDER_ALIASES[key] ?? key.replaceAll(/\s+/g, '-')}`;
}

/** AWS account number in an ARN or a container id; null when there is none. */
export function awsAccountOf(text: string): string | null {
  return /(?<!\d)\d{12}(?!\d)/.exec(text)?.[0] ?? null;
}

function prefixOf(id: string): string {
  const colon = id.indexOf(':');
  return colon < 0 ? '' : id.slice(0, colon).toLowerCase();
}
