import type {Principal} from '../../model/estate.ts';
import type {ProjectNames} from './names.ts';

/** Member types of an IAM binding → principal kinds. */
const KINDS: ReadonlyMap<string, Principal['kind']> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['serviceAccount', 'serviceAccount'],
  ['domain', 'domain'],
  ['principal', 'foreign'],
  ['principalSet', 'foreign'],
  // Holders of a basic role on a project, as old bucket policies name them.
  ['projectOwner', 'group'],
  ['projectEditor', 'group'],
  ['projectViewer', 'group'],
]);

/**
 * A member of a binding as principal. `allUsers` and `allAuthenticatedUsers` are the public; federated
 * identities (`principal://`, `principalSet://`) belong to another issuer; a `deleted:` member keeps its
 * place in the policy but can no longer sign in.
 */
export function memberPrincipal(member: string, projects: ProjectNames): Principal {
  const base = {
    id: `gcp:${member}`,
    cloud: 'gcp',
    container: null,
    person: false,
    memberOf: [],
    implied: true,
  } as const;
  if (member === 'allUsers' || member === 'allAuthenticatedUsers')
    return {...base, memberOf: [], kind: 'public', name: member};
  const [type = '', ...rest] = member.split(':');
  if (type === 'deleted')
    return {
      ...base,
      memberOf: [],
      kind: 'unknown',
      name: `deleted ${rest.slice(1).join(':') || rest.join(':')}`,
    };
  const name = rest.join(':').replace(/^\/\//, '');
  const kind = KINDS.get(type) ?? 'unknown';
  return {
    ...base,
    memberOf: [],
    kind,
    name: name === '' ? member : name,
    person: kind === 'user',
    container: kind === 'serviceAccount' ? homeProject(name, projects) : null,
  };
}

/** Principal id of a service account by its address. */
export function serviceAccountId(email: string): string {
  return `gcp:serviceAccount:${email}`;
}

/** The project a service account lives in, where its address says so. */
export function homeProject(email: string, projects: ProjectNames): string | null {
  const user = /^[^@]+@([^.@]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  const compute = /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1];
  const appEngine = /^([^@]+)@appspot\.gserviceaccount\.com$/.exec(email)?.[1];
  const project = user ?? compute ?? appEngine;
  // Google's own agents carry a service's name there (`service-1@compute-system.iam.gserviceaccount.com`).
  if (project === undefined || (user !== undefined && /^(?:service-\d+|\d+)@/.test(email))) return null;
  return projects.canonical(`gcp:projects/${project}`);
}
