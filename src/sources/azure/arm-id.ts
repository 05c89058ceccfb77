/** The parts of an ARM resource id; ids compare without case, so all parts but `raw` names are lower-case. */
export interface ArmId {
  /** Whole id, lower-case, with leading and without trailing slash. */
  id: string;
  subscription: string | null;
  resourceGroup: string | null;
  /** Resource group name as written. */
  resourceGroupName: string | null;
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
  const parts = raw.split('/').filter((part) => part !== '');
  const lower = parts.map((part) => part.toLowerCase());
  if (lower[0] !== 'subscriptions' && lower[0] !== 'providers' && lower[0] !== 'tenants') return null;
  if (parts.length < 2) return null;
  const inSubscription = lower[0] === 'subscriptions';
  const inGroup = inSubscription && lower[2] === 'resourcegroups' && parts.length > 3;
  return {
    id: `/${lower.join('/')}`,
    subscription: inSubscription ? (lower[1] ?? null) : null,
    resourceGroup: inGroup ? (lower[3] ?? null) : null,
    resourceGroupName: inGroup ? (parts[3] ?? null) : null,
    type: typeOf(lower),
    name: parts.at(-1) ?? '',
  };
}

/** `providers/<namespace>/<type>/<name>[/<type>/<name>…]`: every second part after the namespace. */
function typeOf(lower: string[]): string | null {
  const at = lower.lastIndexOf('providers');
  const namespace = lower[at + 1];
  if (at < 0 || namespace === undefined || lower.length < at + 3) return null;
  const kinds: string[] = [];
  for (let i = at + 2; i < lower.length; i += 2) kinds.push(lower[i] ?? '');
  return [namespace, ...kinds].join('/');
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
