import {type GraphIndex, indexGraph} from '../../../src/exposure/index-graph.ts';
import {reachOf} from '../../../src/exposure/reach.ts';
import {buildIdentityGraph} from '../../../src/identity/build.ts';
import type {Certainty, Cloud, Finding, Place} from '../../../src/model/common.ts';
import type {
  Container,
  Estate,
  PolicyDocument,
  Principal,
  RoleAssignment,
  Workload,
} from '../../../src/model/estate.ts';
import {emptyFacts} from '../../../src/model/facts.ts';
import type {IdentityDeclaration} from '../../../src/model/identity-declaration.ts';
import type {Site} from '../../../src/model/site.ts';
import {SHIPPED} from './aws/shipped.ts';

/** The time of every test run. */
export const NOW = '2026-11-22T00:00:00.000Z';

export const AT: Place = {file: 'identity.yaml', line: 1, col: 1};

export function estateOf(part: Partial<Estate>): Estate {
  return {...emptyFacts(), sources: [], ledger: [], applications: [], ...part};
}

export function container(
  id: string,
  kind: Container['kind'],
  parent: string | null,
  root: string | null = null,
  cloud: Cloud = 'azure',
): Container {
  return {id, kind, name: id, cloud, parent, root, tags: {}};
}

export function workload(id: string, home: string | null, more: Partial<Workload> = {}): Workload {
  return {
    id,
    name: id,
    type: 'vm',
    cloud: 'azure',
    nativeType: '',
    source: 's',
    container: home,
    application: null,
    region: null,
    state: 'running',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
    ...more,
  };
}

export function principal(
  id: string,
  kind: Principal['kind'],
  home: string | null,
  more: Partial<Principal> = {},
): Principal {
  return {id, kind, name: id, cloud: 'azure', container: home, person: false, memberOf: [], ...more};
}

export function assignment(
  who: string,
  role: string,
  scope: string,
  more: Partial<RoleAssignment> = {},
): RoleAssignment {
  return {
    id: `${who} ${role} ${scope}`,
    cloud: 'azure',
    principal: who,
    role,
    roleName: role,
    scope,
    effect: 'allow',
    condition: null,
    ...more,
  };
}

export function policy(id: string, ...statements: Record<string, unknown>[]): PolicyDocument {
  return {id, name: id, kind: 'managed', document: {Version: '2012-10-17', Statement: statements}};
}

export function declaration(part: Partial<IdentityDeclaration>): IdentityDeclaration {
  return {
    adDomains: [],
    adfs: [],
    entraConnect: [],
    vcenterSso: [],
    operators: [],
    signIns: [],
    edges: [],
    roots: [],
    ...part,
  };
}

export function site(id: string, more: Partial<Site> = {}): Site {
  return {
    id,
    name: id,
    kind: 'public',
    class: 'public',
    receives: true,
    provider: 'azure',
    providerGroup: 'azure',
    region: null,
    country: null,
    jurisdictions: [],
    tenancy: null,
    identityRoots: [],
    logRetentionDays: null,
    externalKeys: null,
    certifications: [],
    services: [],
    capacity: null,
    cost: null,
    matches: [],
    place: AT,
    ...more,
  };
}

/** A built graph with questions: what does this reach, at which level, under which mask? */
export interface Built {
  index: GraphIndex;
  findings: Finding[];
  /** `level certainty` of the best certainty at which `from` reaches `to`, or `no`. */
  reach: (from: string, to: string) => string;
}

const MASKS: Certainty[] = ['certain', 'conditional', 'unknown'];

export function built(part: Partial<Estate>, sites: Site[] = [], siteOf: number[] = []): Built {
  const estate = estateOf(part);
  const at = Int32Array.from(estate.workloads, (_, i) => siteOf[i] ?? -1);
  const {value, findings} = buildIdentityGraph(estate, sites, at, {now: NOW, aws: SHIPPED});
  const index = indexGraph(value);
  return {
    index,
    findings,
    reach(from, to) {
      const target = index.find(to);
      if (index.find(from) < 0 || target < 0) return 'no node';
      for (const mask of MASKS) {
        const delta = reachOf(index, [from], mask)[target]!;
        if (delta !== 255) return `${delta} ${mask}`;
      }
      return 'no';
    },
  };
}
