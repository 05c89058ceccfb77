import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {withTables} from './directory-tables.ts';
import {type GcpShape, has, shape} from './gcp-shape.ts';
import {identityShapes} from './identity-shapes.ts';
import {mapAssets} from './map-assets.ts';
import {
  mapFolder,
  mapOrganization,
  mapProject,
  mentionChain,
  projectNumber,
  stateAliases,
} from './map-hierarchy.ts';
import {mapPolicy} from './map-policy.ts';
import {containerId, createProjectNames} from './names.ts';

/** Google Cloud exports, the most specific first. */
export const shapes: Shape[] = [
  shape({
    id: 'gcp.search-iam-policies',
    title: 'gcloud asset search-all-iam-policies --scope=… --format=json',
    api: 'asset search-all-iam-policies',
    wrapper: 'results',
    matches: (row) => text(row, 'resource')?.startsWith('//') === true && isRow(row['policy']),
    read: readPolicies,
  }),
  shape({
    id: 'gcp.search-resources',
    title: 'gcloud asset search-all-resources --scope=… --format=json',
    api: 'asset search-all-resources',
    wrapper: 'results',
    matches: (row) => isCamelAsset(row) && !isListedAsset(row),
    read: (draft, rows, base, hints) => mapAssets(draft, rows, base, hints.scope ?? '*'),
  }),
  shape({
    id: 'gcp.asset-export',
    title: 'gcloud asset export --content-type=resource|iam-policy|… (also gcloud asset list --format=json)',
    api: 'asset export',
    wrapper: 'assets',
    matches: (row) => isSnakeAsset(row) || (isCamelAsset(row) && isListedAsset(row)),
    read: (draft, rows, base, hints) => mapAssets(draft, rows, base, hints.scope ?? '*'),
  }),
  shape({
    id: 'gcp.projects',
    title: 'gcloud projects list --format=json',
    api: 'projects list',
    wrapper: 'projects',
    matches: (row) =>
      text(row, 'projectId') !== null &&
      (projectNumber(row) !== null || has(row, 'lifecycleState') || has(row, 'parent')),
    read: readProjects,
  }),
  shape({
    id: 'gcp.folders',
    title: 'gcloud resource-manager folders list --organization=… --format=json',
    api: 'resource-manager folders list',
    wrapper: 'folders',
    matches: (row) => /^folders\/\d+$/.test(text(row, 'name') ?? '') && has(row, 'parent'),
    read: readNamed('folders', 'folder', (draft, row, at, id) => mapFolder(draft, row, at, id)),
  }),
  shape({
    id: 'gcp.organizations',
    title: 'gcloud organizations list --format=json',
    api: 'organizations list',
    wrapper: 'organizations',
    matches: (row) => /^organizations\/\d+$/.test(text(row, 'name') ?? '') && !has(row, 'asset_type'),
    read: readNamed('organizations', 'organization', mapOrganization),
  }),
  ...withTables(identityShapes),
];

function isCamelAsset(row: Row): boolean {
  return text(row, 'name')?.startsWith('//') === true && text(row, 'assetType') !== null;
}

function isSnakeAsset(row: Row): boolean {
  const asset = isRow(row['asset']) ? row['asset'] : row;
  return text(asset, 'name')?.startsWith('//') === true && text(asset, 'asset_type') !== null;
}

/** `gcloud asset list` shares names with search results but nests the configuration and lists ancestors. */
function isListedAsset(row: Row): boolean {
  return has(row, 'ancestors') || has(row, 'iamPolicy') || isRow(field(row, 'resource', 'data'));
}

function readPolicies(draft: Draft, rows: unknown[], base: string, hints: IntakeHints): void {
  const projects = createProjectNames();
  for (const row of rows) {
    const named = containerId(text(row, 'resource'));
    const home = containerId(text(row, 'project'));
    if (named?.startsWith('gcp:projects/') === true && home !== null) projects.learn(named, home);
  }
  const context = {draft, projects, accountEmails: new Map<string, string>()};
  for (const [i, row] of rows.entries()) {
    const at = pointer(base, i);
    const fallback = hints.scope ?? '*';
    if (!isRow(row)) {
      draft.reject(fallback, 'not an object', at);
      continue;
    }
    const chain = [
      text(row, 'project'),
      ...list(row, 'folders').map((folder) => text(folder)),
      text(row, 'organization'),
    ];
    const nearest = mentionChain(
      draft,
      chain.flatMap((name) => containerId(name) ?? []),
      projects,
      at,
    );
    const scope = nearest?.slice('gcp:'.length) ?? fallback;
    const resource = text(row, 'resource');
    if (resource === null) draft.reject(scope, 'policy without resource', pointer(at, 'resource'));
    else if (!isRow(row['policy'])) draft.reject(scope, 'no policy', pointer(at, 'policy'));
    else {
      // Results of one resource may be split; their bindings add up, so repeats are no collision.
      mapPolicy(context, resource, row['policy'], pointer(at, 'policy'));
      draft.classify(scope, 'iam policy');
    }
  }
  stateAliases(draft, projects);
}

function readProjects(draft: Draft, rows: unknown[], base: string, hints: IntakeHints): void {
  const projects = createProjectNames();
  for (const row of rows) {
    const id = text(row, 'projectId');
    const number = projectNumber(row);
    if (id !== null && number !== null) projects.learn(`gcp:projects/${id}`, `gcp:projects/${number}`);
  }
  for (const [i, row] of rows.entries()) {
    const at = pointer(base, i);
    const name = projectNumber(row) ?? text(row, 'projectId');
    const scope = hints.scope ?? '*';
    if (name === null) draft.reject(scope, isRow(row) ? 'no project id' : 'not an object', at);
    else if (draft.claim(`gcp:projects/${name}`, row, at, scope)) {
      mapProject(draft, row, at, {id: `gcp:projects/${name}`, projects});
      draft.classify(scope, 'project');
    }
  }
  stateAliases(draft, projects);
}

/** Folders and organisations: `name` is the id. */
function readNamed(
  plural: string,
  word: string,
  map: (draft: Draft, row: unknown, at: string, id: string) => void,
): GcpShape['read'] {
  return (draft, rows, base, hints) => {
    const scope = hints.scope ?? '*';
    for (const [i, row] of rows.entries()) {
      const at = pointer(base, i);
      const name = text(row, 'name');
      const id = name?.startsWith(`${plural}/`) === true ? containerId(name) : null;
      if (id === null) draft.reject(scope, isRow(row) ? `name is no ${word}` : 'not an object', at);
      else if (draft.claim(id, row, at, scope)) {
        map(draft, row, at, id);
        draft.classify(scope, word);
      }
    }
  };
}
