import {DEFAULT_PARAMETERS} from '../../../src/exposure/default-parameters.ts';
import {scoreExposure} from '../../../src/exposure/score.ts';
import {siteNode} from '../../../src/identity/node-ids.ts';
import type {Level} from '../../../src/model/common.ts';
import type {Dependency, Estate, Workload} from '../../../src/model/estate.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../../../src/model/exposure.ts';
import {emptyFacts} from '../../../src/model/facts.ts';
import type {
  Effect,
  PolicyEvaluation,
  Portability,
  RuleInfo,
  RuleOutcome,
} from '../../../src/model/policy.ts';
import type {SensitivityResult} from '../../../src/model/sensitivity.ts';
import type {Site} from '../../../src/model/site.ts';
import type {PlanRun} from '../../../src/model/plan.ts';
import {planPlacement, type PlanCore, type PlanRequest} from '../../../src/placement/plan.ts';

/** A workload by name: where it stands, its need (null = unknown), its size, what it belongs to. */
export interface Thing {
  at: string | null;
  need: Level | null;
  vcpu?: number;
  application?: string | null;
  tags?: Record<string, string>;
}

export interface RuleSketch {
  id: string;
  effect: Effect;
  weight?: number;
  onUnknown?: RuleInfo['onUnknown'];
  /** Outcome for a workload at a site; default `pass`. */
  outcome: (workload: string, site: string) => RuleOutcome;
}

export interface Sketch {
  things: Record<string, Thing>;
  sites: Record<string, Partial<Site> & {class: Site['class']}>;
  /** `[root, to]`: to = site id, workload name or another root; level 0 unless given. */
  control: [from: string, to: string, level?: 0 | 1 | 2 | 3, bound?: 'workload'][];
  rootKinds?: Record<string, string>;
  rules?: RuleSketch[];
  dependencies?: [from: string, to: string, kind: Dependency['kind'], gib?: number | null, maxMs?: number][];
  portability?: (workload: string, site: string) => Portability;
  register?: Estate['register'];
  settings?: PlanRequest['settings'];
}

const PLACE = {file: 'policies/test.yaml', line: 7};

/** A whole estate through the real exposure code, from a few lines. */
export function request(sketch: Sketch): PlanRequest {
  const names = Object.keys(sketch.things).sort();
  const sites = Object.keys(sketch.sites).map((id) => site(id, sketch.sites[id]!));
  const estate = estateOf(sketch, names);
  const siteOf = Int32Array.from(names, (name) =>
    sites.findIndex((one) => one.id === sketch.things[name]!.at),
  );
  const graph = graphOf(sketch, names, sites);
  const sensitivity = sensitivityOf(sketch, names);
  return {
    estate,
    sensitivity,
    graph,
    exposure: scoreExposure(graph, estate.workloads, sensitivity, DEFAULT_PARAMETERS),
    sites,
    siteOf,
    policy: policyOf(sketch, names, sites),
    ...(sketch.settings ? {settings: sketch.settings} : {}),
  };
}

export function plan(sketch: Sketch): PlanCore {
  return planPlacement(request(sketch)).value;
}

/** The written document, as a reader gets it. */
export function written(core: PlanCore): PlanRun {
  const run: PlanRun = {
    apiVersion: 'bulkhead.dev/v1alpha1',
    kind: 'PlanRun',
    tool: {name: 'bulkhead', version: '0.0.0'},
    generatedAt: '2026-01-01T00:00:00.000Z',
    workspace: {name: 'test', client: null},
    inputs: [],
    ...core,
    outcome: {exitCode: 0, reasons: []},
  };
  return JSON.parse(JSON.stringify(run)) as PlanRun;
}

export function decision(core: PlanCore, name: string) {
  return core.decisions.find((one) => one.name === name)!;
}

function site(id: string, given: Partial<Site> & {class: Site['class']}): Site {
  return {
    id,
    name: id,
    kind: given.class,
    receives: true,
    provider: id,
    providerGroup: id,
    region: null,
    country: null,
    jurisdictions: [],
    tenancy: null,
    identityRoots: [{root: 'own', sharedWithOtherTenants: null}],
    logRetentionDays: null,
    externalKeys: null,
    certifications: [],
    services: [],
    capacity: null,
    cost: null,
    matches: [],
    place: {file: 'sites.yaml', line: 1},
    ...given,
  };
}

function estateOf({things, dependencies = [], register = []}: Sketch, names: string[]): Estate {
  const workloads = names.map((name): Workload => ({
    id: `azure:${name}`,
    name,
    type: 'vm',
    cloud: 'azure',
    nativeType: 'vm',
    source: 's',
    container: null,
    application: things[name]!.application ?? null,
    region: null,
    state: 'running',
    tags: things[name]!.tags ?? {},
    os: null,
    vcpu: things[name]!.vcpu ?? null,
    memoryMiB: things[name]!.vcpu === undefined ? null : 1024,
    storageMiB: things[name]!.vcpu === undefined ? null : 1024,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  }));
  return {
    ...emptyFacts(),
    workloads,
    register,
    dependencies: dependencies.map(([from, to, kind, gib, maxMs]) => ({
      from: `azure:${from}`,
      to: `azure:${to}`,
      kind,
      gibPerMonth: gib ?? null,
      maxLatencyMs: maxMs ?? null,
      place: {},
    })),
    sources: [],
    ledger: [],
    applications: [],
  };
}

function graphOf(sketch: Sketch, names: string[], sites: Site[]): IdentityGraph {
  const isSite = (id: string): boolean => sites.some((one) => one.id === id);
  const node = (id: string): string => (isSite(id) ? siteNode(id) : names.includes(id) ? `azure:${id}` : id);
  const roots = new Set(sketch.control.flatMap(([from, to]) => [from, to]).filter((id) => node(id) === id));
  const nodes: GraphNode[] = [
    ...[...roots].map((id): GraphNode => ({
      id,
      kind: 'root',
      subKind: sketch.rootKinds?.[id] ?? 'other',
      name: id,
    })),
    ...sites.map((one): GraphNode => ({id: siteNode(one.id), kind: 'site', subKind: one.kind, name: one.id})),
    ...names.map((name): GraphNode => ({id: `azure:${name}`, kind: 'workload', subKind: 'vm', name})),
  ];
  const edge = (
    from: string,
    to: string,
    level: GraphEdge['level'],
    bound: GraphEdge['bound'],
  ): GraphEdge => ({
    from: node(from),
    to: node(to),
    kind: 'CONTROLS',
    level,
    certainty: 'certain',
    evidence: 'test',
    bound,
  });
  const edges = sketch.control.map(([from, to, level, bound]) =>
    edge(from, to, level ?? 0, bound ?? 'place'),
  );
  for (const name of names) {
    const {at} = sketch.things[name]!;
    if (at !== null) edges.push(edge(at, name, 0, 'place'));
  }
  return {nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)), edges, gaps: []};
}

const WEIGHTS = [0, 0.2, 0.6, 1];

function sensitivityOf({things}: Sketch, names: string[]): SensitivityResult {
  return {
    inflation: 0,
    workloads: names.map((name) => {
      const {need} = things[name]!;
      const value = {level: need, lo: need ?? 1, hi: need ?? 3, confidence: need === null ? 0 : 1};
      return {
        workload: `azure:${name}`,
        c: value,
        i: value,
        a: value,
        categories: [],
        weight: WEIGHTS[need ?? 2]!,
        criticality: 1,
        evidence: [],
      };
    }),
  };
}

function policyOf({rules = [], portability}: Sketch, names: string[], sites: Site[]): PolicyEvaluation {
  return {
    rules: rules.map((rule) => ({
      rule: {
        id: rule.id,
        title: rule.id,
        policy: 'test',
        pack: null,
        effect: rule.effect,
        severity: 'high',
        weight: rule.weight ?? 0,
        onUnknown: rule.onUnknown ?? 'warn',
        source: null,
        verification: null,
        place: PLACE,
        broken: false,
      },
      tupleOf: Uint32Array.from(names, (_, w) => w),
      tuples: names.map((name) => {
        const outcomes = sites.map((one) => rule.outcome(name, one.id));
        const scored = rule.effect === 'avoid' ? 'fail' : 'pass';
        const soft = rule.effect === 'avoid' || rule.effect === 'prefer';
        return {
          outcomes,
          scores: outcomes.map((outcome) => (soft && outcome === scored ? 1 : 0)),
          missing: outcomes.map((outcome) => (outcome === 'unknown' ? 'site.logRetentionDays' : null)),
        };
      }),
    })),
    message: (rule, w, s) => `${rules[rule]!.id} on ${names[w]} at ${sites[s]!.id}`,
    portability: (w, s) => ({verdict: portability?.(names[w]!, sites[s]!.id) ?? 'rehost', reason: 'test'}),
    findings: [],
  };
}
