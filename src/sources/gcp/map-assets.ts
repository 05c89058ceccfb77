import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text} from '../record.ts';
import {classifyAsset} from './asset-types.ts';
import {learnFromAsset, readAsset} from './asset.ts';
import type {Asset} from './asset.ts';
import {mapFolder, mapOrganization, mapProject, mentionChain, stateAliases} from './map-hierarchy.ts';
import {mapPolicy, publicScopes} from './map-policy.ts';
import type {PolicyContext} from './map-policy.ts';
import {mapWorkload} from './map-workload.ts';
import {mapAccount, mapCustomRole, mapKey, mapPool, mapProvider} from './identity-records.ts';
import {keyProtections} from './key-protection.ts';
import {mapBoundary, mapPolicyBinding} from './limits.ts';
import {containerId, createProjectNames, organizationRoot, shortName} from './names.ts';

const HIERARCHY = 'cloudresourcemanager.googleapis.com/';

/** Rows of search results, asset lists and exports; each row is counted exactly once. */
export function mapAssets(draft: Draft, rows: unknown[], base: string, fallbackScope: string): void {
  const projects = createProjectNames();
  const accountEmails = new Map<string, string>();
  const assets = rows.map((row) => (isRow(row) ? readAsset(unwrap(row)) : null));
  // First all names, then all facts: a row may use the name another row explains.
  for (const asset of assets) {
    if (asset === null) continue;
    learnFromAsset(asset, projects);
    const email = text(asset.data, 'email') ?? text(asset.extra, 'email');
    const unique = text(asset.data, 'uniqueId') ?? shortName(asset.name);
    if (asset.type === 'iam.googleapis.com/ServiceAccount' && email !== null)
      accountEmails.set(unique, email);
  }
  const context = {
    draft,
    projects,
    accountEmails,
    chains: new Map<string, string | null>(),
    protections: keyProtections(assets),
  };
  const prefix = `${base}/`;
  for (const [i, asset] of assets.entries()) {
    const at = `${prefix}${i}`;
    if (asset === null)
      draft.reject(fallbackScope, isRow(rows[i]) ? 'no name or asset type' : 'not an object', at);
    else mapAsset(context, asset, at, fallbackScope);
  }
  stateAliases(draft, projects);
  openByPolicy(draft);
}

/** Feeds wrap each asset with the window it is valid in. */
function unwrap(row: unknown): unknown {
  const inner = field(row, 'asset');
  return isRow(inner) ? inner : row;
}

interface AssetContext extends PolicyContext {
  /** Ancestry chains already mentioned → nearest container. */
  chains: Map<string, string | null>;
  /** How encryption keys of the file are protected. */
  protections: ReadonlyMap<string, string>;
}

function mapAsset(context: AssetContext, asset: Asset, at: string, fallbackScope: string): void {
  const {draft, projects} = context;
  const container = home(context, asset, at);
  const scope = scopeName(container) ?? fallbackScope;
  if (isRow(asset.policy))
    mapPolicy(
      context,
      asset.name,
      asset.policy,
      pointer(at, field(asset.row, 'iam_policy') === undefined ? 'iamPolicy' : 'iam_policy'),
    );
  const content = contentWord(asset);
  if (content !== null) return draft.classify(scope, content);
  const id = asset.type.startsWith(HIERARCHY) ? containerId(asset.name) : `gcp:${asset.name}`;
  if (id === null)
    return draft.reject(scope, 'name is no project, folder or organization', pointer(at, 'name'));
  if (!draft.claim(asset.type.startsWith(HIERARCHY) ? projects.canonical(id) : id, asset.row, at, scope))
    return;
  if (asset.type.startsWith(HIERARCHY)) return mapContainer(context, asset, at, scope, id);
  const kind = classifyAsset(asset.type);
  if (!kind.known) draft.unknownType(asset.type, at);
  if (kind.workload !== null)
    return draft.keep(
      mapWorkload(draft, asset, at, {
        id,
        type: kind.workload,
        container,
        projects,
        protections: context.protections,
      }),
      at,
      scope,
    );
  mapIdentityAsset(context, asset, at, container);
  draft.classify(scope, kind.word);
}

/** Assets that say who may sign in and what limits rights. */
function mapIdentityAsset(context: AssetContext, asset: Asset, at: string, container: string | null): void {
  const {draft, projects, accountEmails} = context;
  switch (asset.type) {
    case 'iam.googleapis.com/ServiceAccount':
      return mapServiceAccount(context, asset, at, container);
    case 'iam.googleapis.com/ServiceAccountKey':
      return void mapKey(draft, asset.name, asset.data ?? asset.extra, at, {projects, accountEmails});
    case 'iam.googleapis.com/Role':
      return void mapCustomRole(draft, asset.name, asset.data, at);
    case 'iam.googleapis.com/WorkloadIdentityPool':
    case 'iam.googleapis.com/WorkforcePool':
      return void mapPool(draft, asset.name, asset.data, at, projects);
    case 'iam.googleapis.com/WorkloadIdentityPoolProvider':
    case 'iam.googleapis.com/WorkforcePoolProvider':
      return void mapProvider(draft, asset.name, asset.data, at, projects);
    case 'iam.googleapis.com/PrincipalAccessBoundaryPolicy':
      return void mapBoundary(draft, plainly(asset), at);
    case 'iam.googleapis.com/PolicyBinding':
      return void mapPolicyBinding(draft, plainly(asset), at);
    default:
  }
}

/** The configuration under the name the API gives it. */
function plainly({name, data}: Asset): Record<string, unknown> {
  return {...(isRow(data) ? data : {}), name: name.replace(/^\/\/iam\.googleapis\.com\//, '')};
}

/** Innermost container: the project in the asset's ancestry, else the one in its name. */
function home(context: AssetContext, asset: Asset, at: string): string | null {
  const {draft, projects, chains} = context;
  const inName = asset.projectInName;
  const chain = asset.ancestors.length > 0 ? asset.ancestors : asset.project !== null ? [asset.project] : [];
  const whole = chain.length === 0 && inName !== null ? [inName] : chain;
  const key = whole.join(' ');
  let nearest = chains.get(key);
  if (nearest === undefined) chains.set(key, (nearest = mentionChain(draft, whole, projects, at)));
  return nearest;
}

/** Native scope of the ledger: project number or id, folder or organisation. */
function scopeName(container: string | null): string | null {
  return container === null ? null : container.slice('gcp:'.length);
}

/** Records that describe something about an asset rather than the asset; null = the asset itself. */
function contentWord(asset: Asset): string | null {
  const {row} = asset;
  if (isRow(field(row, 'resource')) || list(row, 'versionedResources').length > 0) return null;
  if (isRow(asset.policy)) return 'iam policy';
  for (const [key, word] of CONTENT_KEYS) if (field(row, key) !== undefined) return word;
  return null;
}

const CONTENT_KEYS: readonly (readonly [string, string])[] = [
  ['org_policy', 'organisation policy'],
  ['orgPolicy', 'organisation policy'],
  ['access_policy', 'access policy'],
  ['accessPolicy', 'access policy'],
  ['access_level', 'access level'],
  ['accessLevel', 'access level'],
  ['service_perimeter', 'service perimeter'],
  ['servicePerimeter', 'service perimeter'],
  ['os_inventory', 'os inventory'],
  ['osInventory', 'os inventory'],
  ['related_asset', 'relationship'],
  ['relatedAsset', 'relationship'],
  ['related_assets', 'relationship'],
  ['relatedAssets', 'relationship'],
];

function mapContainer(context: AssetContext, asset: Asset, at: string, scope: string, id: string): void {
  const {draft, projects} = context;
  const self = projects.canonical(id);
  const chain = asset.ancestors
    .map((ancestor) => projects.canonical(ancestor))
    .filter((ancestor) => ancestor !== self);
  const root = organizationRoot(asset.ancestors.at(-1) ?? null);
  const record = {
    ...(isRow(asset.extra) ? asset.extra : {}),
    ...(isRow(asset.data) ? asset.data : {}),
    ...named(asset),
  };
  if (asset.type === `${HIERARCHY}Organization`) mapOrganization(draft, record, at, id);
  else if (asset.type === `${HIERARCHY}Folder`) mapFolder(draft, record, at, id, chain[0] ?? null, root);
  else if (asset.type === `${HIERARCHY}Project`)
    mapProject(draft, record, at, {id, projects, parent: chain[0] ?? null, root});
  draft.classify(scope, asset.type.slice(HIERARCHY.length).toLowerCase());
}

/** Fields of the search result that name the container better than its configuration. */
function named(asset: Asset): Record<string, unknown> {
  return {
    ...(asset.displayName === null ? {} : {displayName: asset.displayName}),
    ...(isRow(asset.labels) ? {labels: asset.labels} : {}),
    ...(asset.state === null ? {} : {state: asset.state}),
  };
}

function mapServiceAccount(context: AssetContext, asset: Asset, at: string, container: string | null): void {
  const {draft, projects} = context;
  const last = shortName(asset.name);
  const given = {...(isRow(asset.extra) ? asset.extra : {}), ...(isRow(asset.data) ? asset.data : {})};
  const email = text(given, 'email') ?? (last.includes('@') ? last : null);
  const number = /^\d+$/.test(last) ? {uniqueId: last} : {};
  if (email !== null) mapAccount(draft, {...number, ...given, email}, at, projects, container);
}

/** A policy in the same file that lets everybody in is evidence its resource's own configuration lacks. */
function openByPolicy(draft: Draft): void {
  const open = publicScopes(draft);
  if (open.size === 0) return;
  for (const [i, workload] of draft.facts.workloads.entries()) {
    const evidence = open.get(workload.id);
    if (evidence !== undefined && workload.internetExposed === null)
      draft.facts.workloads[i] = {...workload, internetExposed: {value: true, field: evidence}};
  }
}
