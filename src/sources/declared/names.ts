const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Adds the `entra:` an author left out before a bare tenant id, and lower-cases it. */
export function tenantRoot(text: string): string {
  const trimmed = text.trim();
  if (GUID.test(trimmed)) return `entra:${trimmed.toLowerCase()}`;
  return rootId(trimmed);
}

/** Root ids whose native key has no case are lower-cased, so that one root is one id however it was typed. */
export function rootId(text: string): string {
  const trimmed = text.trim();
  return /^(ad|entra|vcenter-sso|adfs|operator):/i.test(trimmed) ? lowerAfterPrefix(trimmed) : trimmed;
}

/** Root of an AD or LDAP directory: a bare FQDN becomes `ad:<fqdn>`. */
export function directoryRoot(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes(':') ? rootId(trimmed) : `ad:${trimmed.toLowerCase()}`;
}

/** FQDN of an AD domain without prefix, trailing dot or capitals. */
export function domainName(text: string): string {
  return text.trim().replace(/^ad:/i, '').replace(/\.$/, '').toLowerCase();
}

/** Names of farms and operators keep their case: they are shown to people. Only directory keys are folded. */
function lowerAfterPrefix(text: string): string {
  const colon = text.indexOf(':');
  const prefix = text.slice(0, colon).toLowerCase();
  const key = text.slice(colon + 1);
  return `${prefix}:${prefix === 'adfs' || prefix === 'operator' ? key : key.toLowerCase()}`;
}
