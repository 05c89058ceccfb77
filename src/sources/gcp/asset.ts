import {field, isRow, list, text, texts} from '../record.ts';
import {containerId, projectInName, shortName} from './names.ts';
import type {ProjectNames} from './names.ts';

/**
 * One asset in any of its spellings: search results and `gcloud asset list` in camel case, exports in
 * snake case. All parts are as given; nothing is resolved yet.
 */
export interface Asset {
  /** Full resource name, `//service/path`. */
  name: string;
  type: string;
  /** Configuration of the resource, when the content type carries it. */
  data: unknown;
  /** Search results: `additionalAttributes`. */
  extra: unknown;
  /** The record itself. */
  row: unknown;
  /** Project it lies in, by number where the record says, as container id. */
  project: string | null;
  /** Project as its own name spells it. */
  projectInName: string | null;
  /** Containers from the nearest to the organisation, as container ids. */
  ancestors: string[];
  location: string | null;
  labels: unknown;
  displayName: string | null;
  state: string | null;
  policy: unknown;
}

/** Reads a row of search results, asset lists or exports; null when it has no name or type. */
export function readAsset(row: unknown): Asset | null {
  const name = text(row, 'name');
  const type = text(row, 'assetType') ?? text(row, 'asset_type');
  if (name === null || type === null) return null;
  const resource = field(row, 'resource');
  const versioned = list(row, 'versionedResources').find((one) => isRow(field(one, 'resource')));
  const inner = isRow(resource) ? field(resource, 'data') : field(versioned, 'resource');
  const parent = text(resource, 'parent') ?? text(row, 'parentFullResourceName');
  const ancestors = ancestorsOf(row);
  const project =
    containerId(text(row, 'project')) ??
    ancestors.find((id) => id.startsWith('gcp:projects/')) ??
    (containerId(parent)?.startsWith('gcp:projects/') === true ? containerId(parent) : null);
  const location =
    text(row, 'location') ?? text(resource, 'location') ?? text(inner, 'location') ?? text(inner, 'region');
  return {
    name,
    type,
    data: inner,
    extra: field(row, 'additionalAttributes'),
    row,
    project,
    projectInName: projectInName(name),
    ancestors: ancestors.length > 0 ? ancestors : parentChain(containerId(parent)),
    location: location === null ? zoneInName(name, inner) : shortName(location),
    labels:
      field(row, 'labels') ??
      field(inner, 'labels') ??
      field(inner, 'settings', 'userLabels') ??
      field(inner, 'resourceLabels'),
    displayName: text(row, 'displayName') ?? text(inner, 'displayName') ?? text(inner, 'name'),
    state:
      text(row, 'state') ?? text(inner, 'status') ?? text(inner, 'state') ?? text(inner, 'lifecycleState'),
    policy: field(row, 'iam_policy') ?? field(row, 'iamPolicy'),
  };
}

/** `ancestors` of exports; `project`, `folders`, `organization` of search results; `ancestry_path` of older tools. */
function ancestorsOf(row: unknown): string[] {
  const stated = texts(row, 'ancestors');
  if (stated.length > 0) return stated.flatMap((name) => containerId(name) ?? []);
  const searched = [text(row, 'project'), ...texts(row, 'folders'), text(row, 'organization')];
  const found = searched.flatMap((name) => containerId(name) ?? []);
  if (found.length > 0) return found;
  const path = (text(row, 'ancestry_path') ?? '').split('/').filter((part) => part !== '');
  const pairs: string[] = [];
  for (let i = 0; i + 1 < path.length; i += 2) {
    const id = containerId(`${PLURALS.get(path[i] ?? '') ?? path[i] ?? ''}/${path[i + 1] ?? ''}`);
    if (id !== null) pairs.unshift(id);
  }
  return pairs;
}

const PLURALS: ReadonlyMap<string, string> = new Map([
  ['organization', 'organizations'],
  ['folder', 'folders'],
  ['project', 'projects'],
]);

function parentChain(parent: string | null): string[] {
  return parent === null ? [] : [parent];
}

function zoneInName(name: string, data: unknown): string | null {
  const inName = /\/(?:zones|regions|locations)\/([^/]+)\//.exec(name)?.[1];
  const stated =
    text(data, 'zone') ?? text(data, 'region') ?? text(data, 'gceZone') ?? text(data, 'locationId');
  return inName ?? (stated === null ? null : shortName(stated));
}

/** Learns which number belongs to which project id from one asset: its own name uses the id, its ancestry the number. */
export function learnFromAsset(asset: Asset, projects: ProjectNames): void {
  if (
    asset.projectInName !== null &&
    asset.project !== null &&
    asset.type !== 'cloudresourcemanager.googleapis.com/Project'
  )
    projects.learn(asset.projectInName, asset.project);
  if (asset.type !== 'cloudresourcemanager.googleapis.com/Project') return;
  const id = text(asset.data, 'projectId') ?? text(asset.extra, 'projectId');
  const own = containerId(asset.name);
  const number =
    text(asset.data, 'projectNumber') ?? (own !== null && /\/\d+$/.test(own) ? shortName(own) : null);
  const byNumber = number === null ? asset.project : `gcp:projects/${number}`;
  const byId = id === null ? own : `gcp:projects/${id}`;
  if (byId !== null && byNumber !== null) projects.learn(byId, byNumber);
}
