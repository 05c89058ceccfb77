import type {Capability} from '../../../model/exposure.ts';

/** What a right in a directory reaches: the tenant itself, a sort of its objects, or a Microsoft 365 service. */
export type Reach =
  | 'tenant'
  | 'applications'
  /** Users without an administrative role. */
  | 'users'
  /** All users, administrators too. */
  | 'allUsers'
  /** Groups that cannot hold directory roles. */
  | 'groups'
  | 'allGroups'
  | 'devices'
  | SaasService;

/** Microsoft 365 services, as `attributes.saas` of their workloads names them. */
export type SaasService = 'exchange-online' | 'sharepoint' | 'teams' | 'onedrive' | 'intune';

/** One thing a directory role or application permission gives. */
export interface Gift {
  reach: Reach;
  /** Conditional: it depends on settings no export shows, which `why` names. */
  certainty: 'certain' | 'conditional';
  /** Access without control, for services only. */
  caps?: readonly Capability[];
  why?: string;
}

/** Surely gives control. */
export function sure(...reaches: Reach[]): Gift[] {
  return reaches.map((reach) => ({reach, certainty: 'certain'}));
}

/** Gives control under the condition named. */
export function perhaps(why: string, ...reaches: Reach[]): Gift[] {
  return reaches.map((reach) => ({reach, certainty: 'conditional', why}));
}

/** Gives access to services without control of them. */
export function access(caps: readonly Capability[], ...reaches: SaasService[]): Gift[] {
  return reaches.map((reach) => ({reach, certainty: 'certain', caps}));
}

const SERVICES: ReadonlySet<string> = new Set<SaasService>([
  'exchange-online',
  'sharepoint',
  'teams',
  'onedrive',
  'intune',
]);

/** True when what is reached is a Microsoft 365 service. */
export function isService(reach: Reach): reach is SaasService {
  return SERVICES.has(reach);
}
