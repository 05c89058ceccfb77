import type {Container, Estate, Principal, RoleAssignment, Workload} from '../../../../src/model/estate.ts';
import type {IdentityProvider} from '../../../../src/model/identity-facts.ts';
import {type Built, assignment, built, container, principal, workload} from '../estate.ts';

export const ORG = 'gcp:organizations/1';
export const FOLDER = 'gcp:folders/2';
export const P1 = 'gcp:projects/11';
export const P2 = 'gcp:projects/22';
export const ALICE = 'gcp:user:alice@x.example';
export const APP = 'gcp:serviceAccount:app@p1.iam.gserviceaccount.com';
export const OPS = 'gcp:serviceAccount:ops@p2.iam.gserviceaccount.com';
export const VM = 'gcp://compute.googleapis.com/projects/p1/zones/z/instances/vm';
export const VM2 = 'gcp://compute.googleapis.com/projects/p2/zones/z/instances/vm2';
export const BUCKET = 'gcp://storage.googleapis.com/data';
export const BUCKET2 = 'gcp://storage.googleapis.com/data2';
export const SECRET = 'gcp://secretmanager.googleapis.com/projects/11/secrets/s';
export const SQL = 'gcp://cloudsql.googleapis.com/projects/p1/instances/db';

export function google(
  id: string,
  home: string | null,
  nativeType: string,
  more: Partial<Workload> = {},
): Workload {
  return workload(id, home, {cloud: 'gcp', nativeType, ...more});
}

export function member(
  id: string,
  kind: Principal['kind'],
  home: string | null,
  more: Partial<Principal> = {},
): Principal {
  return principal(id, kind, home, {cloud: 'gcp', ...more});
}

export function bind(
  who: string,
  role: string,
  scope: string,
  more: Partial<RoleAssignment> = {},
): RoleAssignment {
  const condition = more.condition ?? null;
  return assignment(who, `gcp:${role}`, scope, {
    cloud: 'gcp',
    roleName: role,
    id: `${who} ${role} ${scope} ${condition ?? ''}`,
    ...more,
  });
}

export function provider(id: string, more: Partial<IdentityProvider>): IdentityProvider {
  return {
    id,
    kind: 'oidc',
    name: id.slice(id.lastIndexOf('/') + 1),
    cloud: 'gcp',
    container: P1,
    issuer: 'https://token.actions.githubusercontent.com',
    publicKeySha256: [],
    audiences: [],
    condition: '',
    disabled: false,
    attributes: {
      'mapping:google.subject': 'assertion.sub',
      'mapping:attribute.repository': 'assertion.repository',
    },
    ...more,
  };
}

/** An organisation with two projects, a machine, data and two service accounts, and what the test adds. */
export function estate(part: Partial<Estate>): Built {
  const {containers = [], workloads = [], principals = [], ...rest} = part;
  const standing: Container[] = [
    container(ORG, 'organization', null, 'gcp-org:1', 'gcp'),
    container(FOLDER, 'folder', ORG, 'gcp-org:1', 'gcp'),
    {...container(P1, 'project', ORG, 'gcp-org:1', 'gcp'), aliases: ['gcp:projects/p1']},
    {...container(P2, 'project', FOLDER, 'gcp-org:1', 'gcp'), aliases: ['gcp:projects/p2']},
  ];
  const things: Workload[] = [
    google(VM, P1, 'compute.googleapis.com/Instance', {identities: [APP]}),
    google(VM2, P2, 'compute.googleapis.com/Instance'),
    google(BUCKET, P1, 'storage.googleapis.com/Bucket', {type: 'bucket'}),
    google(BUCKET2, P2, 'storage.googleapis.com/Bucket', {type: 'bucket'}),
    google(SECRET, P1, 'secretmanager.googleapis.com/Secret', {type: 'key-vault'}),
    google(SQL, P1, 'sqladmin.googleapis.com/Instance', {type: 'database'}),
  ];
  const known = new Set([...workloads, ...principals].map(({id}) => id));
  const people: Principal[] = [
    member(ALICE, 'user', null),
    member(APP, 'serviceAccount', P1),
    member(OPS, 'serviceAccount', P2),
  ];
  return built({
    containers: [...standing, ...containers],
    workloads: [...things.filter(({id}) => !known.has(id)), ...workloads],
    principals: [...people.filter(({id}) => !known.has(id)), ...principals],
    ...rest,
  });
}

/** Capabilities of the edges that reach a node from another one, `control` for all. */
export function capsOf({index}: Built, from: string, to: string): string {
  const {edges} = index.graph;
  const caps = new Set<string>();
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const edge of edges) {
      if (edge.from !== at) continue;
      if (edge.to === to) for (const cap of edge.caps ?? ['control']) caps.add(cap);
      if (edge.caps !== undefined || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  return [...caps].sort().join();
}
