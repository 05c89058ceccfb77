/**
 * Facts about Microsoft's own applications, as Microsoft publishes them (first-party application ids, Microsoft 365 service
 * plan names). Only what decides something is listed.
 */

/** Microsoft 365 services that count as workloads. */
export type SaasService = 'exchange-online' | 'sharepoint' | 'teams' | 'onedrive' | 'intune';

/** Tenants in which Microsoft registers its own applications. */
const MICROSOFT_TENANTS: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
  'cdc5aeea-15c5-4db6-b079-fcadd2505dc2',
]);

/** True for a tenant of Microsoft itself. */
export function isMicrosoft(tenant: string | null): boolean {
  return tenant !== null && MICROSOFT_TENANTS.has(tenant.toLowerCase());
}

/** Service by the client id of its application. */
const SERVICE_APPS: ReadonlyMap<string, SaasService> = new Map([
  ['00000002-0000-0ff1-ce00-000000000000', 'exchange-online'],
  ['00000003-0000-0ff1-ce00-000000000000', 'sharepoint'],
  ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', 'teams'],
  ['48ac35b8-9aa8-4d74-927d-1f4a14a0b239', 'teams'],
  ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'teams'],
  ['ab9b8c07-8f02-4f72-87fa-80105867a763', 'onedrive'],
  ['0000000a-0000-0000-c000-000000000000', 'intune'],
  ['c161e42e-d4df-4a3d-9b42-e7a3c31f59d4', 'intune'],
]);

/** Service by the display name of its resource application, as permission grants write it. */
const SERVICE_NAMES: ReadonlyMap<string, SaasService> = new Map([
  ['office 365 exchange online', 'exchange-online'],
  ['office 365 sharepoint online', 'sharepoint'],
  ['skype and teams tenant admin api', 'teams'],
  ['microsoft teams services', 'teams'],
  ['microsoft intune api', 'intune'],
  ['microsoft intune', 'intune'],
]);

/** Names people know the services by. */
export const SERVICE_TITLES: Readonly<Record<SaasService, string>> = {
  'exchange-online': 'Exchange Online',
  sharepoint: 'SharePoint Online',
  teams: 'Microsoft Teams',
  onedrive: 'OneDrive for Business',
  intune: 'Microsoft Intune',
};

/** Microsoft 365 service behind an application; null = another application. */
export function serviceOfApp(appId: string | null): SaasService | null {
  return appId === null ? null : (SERVICE_APPS.get(appId.toLowerCase()) ?? null);
}

/** Microsoft 365 service whose API a resource application is, by its display name. */
export function serviceOfResource(displayName: string | null): SaasService | null {
  return displayName === null ? null : (SERVICE_NAMES.get(displayName.toLowerCase()) ?? null);
}

/**
 * Services a service plan of a licence gives. Plan names carry suffixes for editions and governments
 * (`EXCHANGE_S_ENTERPRISE_GOV`), so they are told by their beginning. SharePoint plans bring OneDrive.
 */
export function servicesOfPlan(planName: string): SaasService[] {
  const name = planName.toUpperCase();
  // Foundation plans hold the directory entry of a mailbox that is not there.
  if (name.startsWith('EXCHANGE_S_FOUNDATION')) return [];
  if (/^EXCHANGE_(?:S_|B_|L_|ONLINE)/.test(name)) return ['exchange-online'];
  if (name.startsWith('ONEDRIVE')) return ['onedrive'];
  if (/^SHAREPOINT(?:ENTERPRISE|STANDARD|DESKLESS|ONLINE|_S_|_PROJECT|LITE)/.test(name))
    return name.startsWith('SHAREPOINT_PROJECT') ? ['sharepoint'] : ['sharepoint', 'onedrive'];
  if (/^TEAMS(?:1|_|$)/.test(name)) return ['teams'];
  if (name.startsWith('INTUNE_')) return name.startsWith('INTUNE_O365') ? [] : ['intune'];
  return [];
}
