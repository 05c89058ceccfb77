import {CASELESS_ROOTS, PROVIDER_ALIASES, ROOT_KINDS} from './tables/root-kinds.ts';

/** Kind of a root by its id's prefix; `other` when the prefix says nothing. */
export function rootKindOf(id: string): string {
  return looksLikeRoot(id) ? ROOT_KINDS[prefixOf(id)]! : 'other';
}

/**
 * One spelling per root: prefixes, GUIDs and DNS names in lower case, account numbers without dashes, providers by their
 * short name, issuers as URL, organisations by number.
 */
export function canonicalRoot(id: string): string {
  const trimmed = id.trim();
  const prefix = prefixOf(trimmed);
  if (prefix === '') return trimmed;
  const rest = trimmed.slice(prefix.length + 1).trim();
  const text = CASELESS_ROOTS.has(prefix) ? rest.toLowerCase() : rest;
  const spelling = Object.hasOwn(SPELLINGS, prefix) ? SPELLINGS[prefix] : undefined;
  return `${prefix}:${spelling?.(text) ?? text}`;
}

const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  provider: (name) => providerRoot(name).slice('provider:'.length),
  'aws-account': (number) => (/^[\d -]+$/.test(number) ? number.replaceAll(/[ -]/g, '') : number),
  'gcp-org': (name) => name.replace(/^organizations\//, ''),
  // Exports leave the scheme out, people copy it with a slash at the end.
  oidc: (issuer) =>
    /^[^/]*\.[^/]*(?:\/|$)/.test(issuer) ? `https://${trimSlash(issuer)}` : trimSlash(issuer),
};

function trimSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

/** True when the text has the form of a root id. */
export function looksLikeRoot(id: string): boolean {
  return Object.hasOwn(ROOT_KINDS, prefixOf(id));
}

/** Root id of a provider's control plane from the name a site or cloud uses. */
export function providerRoot(name: string): string {
  const key = name.trim().toLowerCase();
  const alias = Object.hasOwn(PROVIDER_ALIASES, key) ? PROVIDER_ALIASES[key] : undefined;
  return `provider:${alias ?? key.replaceAll(/\s+/g, '-')}`;
}

/** AWS account number in an ARN or a container id; null when there is none. */
export function awsAccountOf(text: string): string | null {
  return /(?<!\d)\d{12}(?!\d)/.exec(text)?.[0] ?? null;
}

function prefixOf(id: string): string {
  const colon = id.indexOf(':');
  return colon < 0 ? '' : id.slice(0, colon).toLowerCase();
}
