/** The parts of an ARM resource id; ids compare without case, so all parts but the written ones are lower-case. */
export interface ArmId {
  /** Whole id, lower-case, with leading and without trailing slash. */
  id: string;
  /** The same as written. */
  written: string;
  subscription: string | null;
  resourceGroup: string | null;
  /** `microsoft.compute/virtualmachines`; null for subscriptions, groups and malformed ids. */
  type: string | null;
  /** Last segment as written. */
  name: string;
}

/** Id of the container for a subscription. */
export function subscriptionId(subscription: string): string {
  return `azure:/subscriptions/${subscription.toLowerCase()}`;
}

/** Id of the container for a management group, by name (not display name). */
export function managementGroupId(name: string): string {
  return `azure:/providers/microsoft.management/managementgroups/${name.toLowerCase()}`;
}

/** Splits an ARM id; null when the text is none. Extension resources take the type of their last provider. */
export function parseArmId(raw: string): ArmId | null {
  const written = tidy(raw);
  const id = written.toLowerCase();
  if (!/^\/(?:subscriptions|providers|tenants)\/./.test(id)) return null;
  const parts = id.split('/');
  const inSubscription = parts[1] === 'subscriptions';
  const inGroup = inSubscription && parts[3] === 'resourcegroups';
  return {
    id,
    written,
    subscription: inSubscription ? (parts[2] ?? null) : null,
    resourceGroup: inGroup ? (parts[4] ?? null) : null,
    type: typeOf(parts),
    name: written.slice(written.lastIndexOf('/') + 1),
  };
}

/** One leading slash, none trailing, none doubled; the usual id passes untouched. */
function tidy(raw: string): string {
  if (raw.startsWith('/') && !raw.endsWith('/') && !raw.includes('//')) return raw;
  return `/${raw
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}

/** Name of the resource group as written; null outside one. */
export function groupName(arm: ArmId): string | null {
  return arm.resourceGroup === null ? null : (arm.written.split('/', 5)[4] ?? null);
}

/** `providers/<namespace>/<type>/<name>[/<type>/<name>…]`: every second part after the namespace. */
function typeOf(lower: string[]): string | null {
  const at = lower.lastIndexOf('providers');
  const namespace = lower[at + 1];
  if (at < 0 || namespace === undefined || lower.length < at + 3) return null;
  let type = namespace;
  for (let i = at + 2; i < lower.length; i += 2) type += `/${lower[i] ?? ''}`;
  return type;
}

/** The innermost container of a resource id: its group, else its subscription, else null. */
export function containerOf(arm: ArmId): string | null {
  if (arm.subscription === null) return null;
  const subscription = subscriptionId(arm.subscription);
  return arm.resourceGroup === null ? subscription : `${subscription}/resourcegroups/${arm.resourceGroup}`;
}

/** Role scope → id of the container or workload it names. `/` is the tenant's root management group. */
export function scopeId(scope: string, tenant: string | null): string {
  const parts = scope.split('/').filter((part) => part !== '');
  if (parts.length === 0) return tenant === null ? 'azure:/' : managementGroupId(tenant);
  return `azure:/${parts.join('/').toLowerCase()}`;
}
