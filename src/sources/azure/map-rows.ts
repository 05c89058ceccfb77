import type {Draft} from '../draft.ts';
import {isRow, pointer, text} from '../record.ts';
import {parseArmId} from './arm-id.ts';
import type {ArmId} from './arm-id.ts';
import {finishSignIns} from './map-app-settings.ts';
import {impliedContainers, tenantRoot} from './map-container.ts';
import {mapDataPlane} from './map-data-plane.ts';
import {managedPrincipal} from './map-identity.ts';
import {finishDelegations, noDelegations} from './map-lighthouse.ts';
import {mapResource} from './map-resource.ts';
import {finishResources, noteResource} from './resolve-references.ts';
import {classifyType} from './resource-types.ts';
import {MANAGED_IDENTITY, RESOURCE_GROUP, SPECIAL, SUBSCRIPTION} from './special-rows.ts';
import type {Seen} from './special-rows.ts';

/** What a whole file of ARM-like rows is read with. */
interface RowsContext {
  draft: Draft;
  /** Scope of rows that name none. */
  fallbackScope: string;
  /** Pointer of row `i`, where rows do not follow each other in one list. */
  at?(i: number): string;
}

/** Maps any mixture of ARM and Resource Graph rows; each row is counted exactly once. */
export function mapRows(context: RowsContext, rows: unknown[], base: string): void {
  const seen: Seen = {
    notes: new Map(),
    homes: new Set(),
    assignable: assignableIdentities(rows),
    delegations: noDelegations(),
    signIns: new Map(),
  };
  const prefix = `${base}/`;
  for (const [i, row] of rows.entries()) mapRow(context, row, context.at?.(i) ?? `${prefix}${i}`, seen);
  finishResources(context.draft, seen.notes);
  finishDelegations(context.draft, seen.delegations);
  finishSignIns(context.draft, seen.signIns);
}

/** Principals of the user-assigned identities in the file, by lower-case ARM id. */
function assignableIdentities(rows: unknown[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const row of rows) {
    if (text(row, 'type')?.toLowerCase() !== MANAGED_IDENTITY) continue;
    const arm = parseArmId(text(row, 'id') ?? '');
    const principal = managedPrincipal(row);
    if (arm !== null && principal !== null) found.set(arm.id, principal);
  }
  return found;
}

function mapRow(context: RowsContext, row: unknown, at: string, seen: Seen): void {
  const {draft, fallbackScope} = context;
  if (!isRow(row)) return draft.reject(fallbackScope, 'not an object', at);
  const raw = text(row, 'id');
  if (raw === null)
    return draft.reject(scopeOf(row, null) ?? fallbackScope, 'no resource id', pointer(at, 'id'));
  const arm = parseArmId(raw);
  const scope = scopeOf(row, arm) ?? fallbackScope;
  if (arm === null) return draft.reject(scope, 'id is no resource id', pointer(at, 'id'));
  const type = typeOf(row, arm);
  if (type === null) return draft.reject(scope, 'no resource type', pointer(at, 'type'));
  const tenant = text(row, 'tenantId');
  const root = tenantRoot(draft, tenant, at);
  const special = SPECIAL.get(type);
  if (!draft.claim(`azure:${arm.id}`, row, at, scope)) return;
  if (special !== undefined) {
    const reason = special.map(draft, row, at, {arm, root, tenant, seen});
    if (reason === null) draft.classify(scope, special.word);
    else draft.reject(scope, reason, at);
    return;
  }
  const home = `${root ?? ''} ${arm.subscription ?? ''} ${arm.resourceGroup ?? ''}`;
  if (!seen.homes.has(home)) {
    seen.homes.add(home);
    impliedContainers(draft, arm, root, at);
  }
  const kind = classifyType(type);
  if (!kind.known) draft.unknownType(type, at);
  noteResource(seen.notes, type, row, arm, at);
  if (kind.workload === null || isSystemDatabase(type, row)) {
    draft.classify(scope, kind.workload === null ? kind.word : 'system database');
    return;
  }
  const workload = mapResource(draft, row, at, arm, {
    type,
    workloadType: kind.workload,
    tenant,
    assignable: seen.assignable,
  });
  mapDataPlane(draft, row, at, workload, tenant);
  draft.keep(workload, at, scope);
}

/** Every SQL server has a `master`; nobody places it. */
function isSystemDatabase(type: string, row: unknown): boolean {
  return type === 'microsoft.sql/servers/databases' && /(?:^|,)system(?:$|,)/i.test(text(row, 'kind') ?? '');
}

/** The `type` field when it has the form of one; else what the id itself says. */
function typeOf(row: unknown, arm: ArmId): string | null {
  const stated =
    text(row, 'type')
      ?.toLowerCase()
      .replace(/^\/providers\//, '') ?? null;
  if (stated !== null && /^[a-z0-9.]+\.[a-z0-9.]+\/./.test(stated)) return normalType(stated);
  if (arm.type !== null) return normalType(arm.type);
  if (/^\/subscriptions\/[^/]+$/.test(arm.id)) return SUBSCRIPTION;
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/.test(arm.id)) return RESOURCE_GROUP;
  return stated;
}

function normalType(type: string): string {
  return type === 'microsoft.resources/resourcegroups' ? RESOURCE_GROUP : type;
}

function scopeOf(row: unknown, arm: ArmId | null): string | null {
  return (
    arm?.subscription ??
    text(row, 'subscriptionId')?.toLowerCase() ??
    text(row, 'tenantId')?.toLowerCase() ??
    null
  );
}
