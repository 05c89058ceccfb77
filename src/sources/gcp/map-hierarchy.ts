import type {protos} from '@google-cloud/resource-manager';
import type {Container} from '../../model/estate.ts';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, pointer, text, textOf} from '../record.ts';
import {containerId, organizationRoot, shortName} from './names.ts';
import type {ProjectNames} from './names.ts';

type Project = protos.google.cloud.resourcemanager.v3.IProject;
type Folder = protos.google.cloud.resourcemanager.v3.IFolder;
type Organization = protos.google.cloud.resourcemanager.v3.IOrganization;

/** Parent as `folders/1` (v3) or `{type: 'folder', id: '1'}` (v1) → container id. */
export function parentOf(row: unknown): string | null {
  const stated = field(row, 'parent');
  if (typeof stated === 'string') return containerId(stated);
  const type = text(stated, 'type');
  const id = idText(stated, 'id');
  return type === null || id === null ? null : containerId(`${type}s/${id}`);
}

/** Number of a project record in its v1 (`projectNumber`) or v3 (`name: projects/<number>`) form. */
export function projectNumber(row: unknown): string | null {
  const number = idText(row, 'projectNumber');
  if (number !== null) return number;
  return /^projects\/(\d+)$/.exec(textOf<Project>(row, 'name') ?? '')?.[1] ?? null;
}

/** A project by its own record. */
export function mapProject(
  draft: Draft,
  row: unknown,
  at: string,
  options: {id: string; projects: ProjectNames; parent?: string | null; root?: string | null},
): void {
  const projectId = textOf<Project>(row, 'projectId');
  const name =
    textOf<Project>(row, 'displayName') ?? plainName(text(row, 'name')) ?? projectId ?? shortName(options.id);
  const labels = field(row, 'labels');
  const parent = options.parent ?? parentOf(row);
  mentionParent(draft, parent, options.root ?? null, at);
  draft.container(
    {
      id: options.projects.canonical(options.id),
      kind: 'project',
      name,
      cloud: 'gcp',
      parent,
      root: options.root ?? organizationRoot(parent),
      tags: isRow(labels) ? draft.tags(Object.entries(labels), pointer(at, 'labels')) : {},
    },
    at,
  );
  noteState(draft, row, `Project ${projectId ?? name}`, at);
}

/** A folder by its own record (`name: folders/<number>`). */
export function mapFolder(
  draft: Draft,
  row: unknown,
  at: string,
  id: string,
  above?: string | null,
  root?: string | null,
): void {
  const parent = above ?? parentOf(row);
  mentionParent(draft, parent, root ?? null, at);
  draft.container(
    {
      id,
      kind: 'folder',
      name: textOf<Folder>(row, 'displayName') ?? shortName(id),
      cloud: 'gcp',
      parent,
      root: root ?? organizationRoot(parent),
      tags: {},
    },
    at,
  );
  noteState(draft, row, `Folder ${textOf<Folder>(row, 'displayName') ?? id}`, at);
}

/** An organisation by its own record; its directory customer is the Workspace or Cloud Identity account above it. */
export function mapOrganization(draft: Draft, row: unknown, at: string, id: string): void {
  const root = organizationRoot(id);
  if (root === null) return;
  const name = textOf<Organization>(row, 'displayName') ?? shortName(id);
  draft.root({id: root, kind: 'gcpOrg', name}, at);
  draft.container({id, kind: 'organization', name, cloud: 'gcp', parent: null, root, tags: {}}, at);
  const customer =
    textOf<Organization>(row, 'directoryCustomerId') ?? text(row, 'owner', 'directoryCustomerId');
  if (customer === null) return;
  draft.root({id: `workspace:${customer}`, kind: 'workspaceCustomer', name: `${name} directory`}, at);
  draft.edge({
    from: `workspace:${customer}`,
    to: root,
    kind: 'ADMINISTERS',
    level: 0,
    certainty: 'certain',
    evidence: `directoryCustomerId = ${customer}: a super administrator can make itself organisation administrator`,
    place: draft.place(at, root),
  });
}

const KINDS: ReadonlyMap<string, Container['kind']> = new Map([
  ['projects', 'project'],
  ['folders', 'folder'],
  ['organizations', 'organization'],
]);

/** Mentions a chain of containers, nearest first, as ancestry fields give it. Returns the nearest. */
export function mentionChain(
  draft: Draft,
  chain: string[],
  projects: ProjectNames,
  at: string,
): string | null {
  const ids = chain.map((id) => projects.canonical(id));
  const top = ids.at(-1) ?? null;
  const root = organizationRoot(top);
  if (root !== null) draft.root({id: root, kind: 'gcpOrg', name: shortName(top ?? '')}, at);
  for (const [i, id] of ids.entries()) {
    const kind = KINDS.get(id.slice('gcp:'.length).split('/')[0] ?? '');
    if (kind === undefined) continue;
    draft.container(
      {
        id,
        kind,
        name: shortName(id),
        cloud: 'gcp',
        parent: ids[i + 1] ?? null,
        root,
        tags: {},
        implied: true,
      },
      at,
    );
  }
  return ids[0] ?? null;
}

/** Binds each project id to its number, and tells about ids seen with several numbers. */
export function stateAliases(draft: Draft, projects: ProjectNames): void {
  for (const {byId, byNumber} of projects.pairs()) {
    draft.container(
      {
        id: byNumber,
        kind: 'project',
        name: shortName(byId),
        cloud: 'gcp',
        parent: null,
        root: null,
        tags: {},
        aliases: [byId],
        implied: true,
      },
      '',
    );
  }
  const conflicts = projects.conflicts().map((id) => shortName(id));
  if (conflicts.length === 0) return;
  draft.find({
    code: CODES.aliasConflict,
    severity: 'low',
    message: `The project id ${conflicts.slice(0, 5).join(', ')}${conflicts.length > 5 ? ' …' : ''} appears with several project numbers, so id and number are not joined there.`,
    where: draft.place(''),
    remedy: 'Import `gcloud projects list --format=json`, which states both names of each project.',
  });
}

function mentionParent(draft: Draft, parent: string | null, root: string | null, at: string): void {
  if (parent === null) return;
  const kind = KINDS.get(parent.slice('gcp:'.length).split('/')[0] ?? '');
  if (kind === undefined) return;
  const own = root ?? organizationRoot(parent);
  if (own !== null) draft.root({id: own, kind: 'gcpOrg', name: own.slice('gcp-org:'.length)}, at);
  draft.container(
    {
      id: parent,
      kind,
      name: shortName(parent),
      cloud: 'gcp',
      parent: null,
      root: own,
      tags: {},
      implied: true,
    },
    at,
  );
}

function noteState(draft: Draft, row: unknown, what: string, at: string): void {
  const state = text(row, 'lifecycleState') ?? text(row, 'state');
  if (state === null || state === 'ACTIVE' || state === 'STATE_UNSPECIFIED') return;
  draft.find({
    code: CODES.notActive,
    severity: 'info',
    message: `${what} is ${state}: its resources are normally not collected.`,
    where: draft.place(at),
    remedy: 'Nothing to do if that is expected; until it is deleted for good, its data may still exist.',
  });
}

/** v1 projects keep their display name in `name`; v3 keeps the resource name there. */
function plainName(name: string | null): string | null {
  return name === null || name.startsWith('projects/') ? null : name;
}
