import type {Principal, Workload} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot, looksLikeRoot} from '../root-ids.ts';
import type {SaasService} from './tables/gifts.ts';
import {MICROSOFT_TENANTS} from './tables/well-known.ts';

/** Tenant a principal is stated to live in; null = the source does not say. */
export function homeTenant({containers}: BuildContext, {container}: Principal): string | null {
  if (container === null) return null;
  if (looksLikeRoot(container)) return canonicalRoot(container);
  const root = containers.get(container)?.root ?? null;
  return root === null ? null : canonicalRoot(root);
}

/** Whether a principal lives in the tenant; `maybe` when it names none. */
export function livesIn(context: BuildContext, principal: Principal, tenant: string): 'yes' | 'maybe' | 'no' {
  const home = homeTenant(context, principal);
  return home === null || home === UNKNOWN_TENANT ? 'maybe' : home === tenant ? 'yes' : 'no';
}

/** Where a source could not say which tenant it is about. */
export const UNKNOWN_TENANT = 'entra:unknown';

/** True for the root of one of Microsoft's own tenants. */
export function isMicrosoftTenant(root: string): boolean {
  return MICROSOFT_TENANTS.has(root.replace(/^entra:/, ''));
}

/** Root of a tenant outside the inventory. */
export function outsideTenant({graph}: BuildContext, tenant: string, name?: string): string {
  return graph.root(`entra:${tenant.replace(/^entra:/i, '')}`, name);
}

/** Workloads that are a Microsoft 365 service of a tenant; `sure` false when the workload names no tenant. */
export type Services = (tenant: string, service: SaasService) => {id: string; sure: boolean}[];

/** Looks the services up once for all who ask. */
export function createServices(context: BuildContext): Services {
  const found = context.estate.workloads.flatMap((workload) => {
    const service = serviceOf(workload);
    return service === null ? [] : [{id: workload.id, service, home: tenantOfWorkload(context, workload)}];
  });
  return (tenant, wanted) =>
    found.flatMap(({id, service, home}) =>
      service === wanted && (home === null || home === tenant) ? [{id, sure: home !== null}] : [],
    );
}

/** Microsoft 365 service a workload is, by `attributes.saas` or its native type. */
export function serviceOf({attributes, nativeType, type}: Workload): string | null {
  const stated = attributes['saas'];
  if (typeof stated === 'string') return stated.toLowerCase();
  const native = /^microsoft365\/(.+)$/i.exec(nativeType)?.[1];
  if (native !== undefined) return native.toLowerCase();
  const kind = attributes['kind'];
  return type === 'saas' && typeof kind === 'string' ? kind.toLowerCase() : null;
}

/** Root of the tenant whose directory or subscription holds the workload; null = not in the source. */
export function tenantOfWorkload({containers}: BuildContext, {container}: Workload): string | null {
  const root = container === null ? null : (containers.get(container)?.root ?? null);
  const home = root === null ? null : canonicalRoot(root);
  return home === UNKNOWN_TENANT ? null : home;
}
