import type {Level} from '../../../src/model/common.ts';
import type {RegisterEntry, Workload} from '../../../src/model/estate.ts';
import type {RootExposure, WorkloadExposure} from '../../../src/model/exposure.ts';
import type {Operator} from '../../../src/model/identity-declaration.ts';
import type {RuleOutcome} from '../../../src/model/policy.ts';
import type {SensitivityValue} from '../../../src/model/sensitivity.ts';
import type {Site} from '../../../src/model/site.ts';
import {parseYaml} from '../../../src/document/yaml.ts';
import type {PolicyContext, SiteRoot} from '../../../src/policy/context.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {parsePolicies, type PolicyFile, type PolicySet} from '../../../src/policy/parse.ts';

/** A workload with everything a rule may ask about; sensitivity `null` = unknown between 1 and 3. */
export interface TestWorkload extends Partial<Workload> {
  c?: Level | null | SensitivityValue;
  i?: Level | null;
  a?: Level | null;
  categories?: string[];
  sibr?: number;
  register?: Partial<RegisterEntry>;
  /** Index of its site; default -1, unknown. */
  at?: number;
}

export interface TestSite extends Partial<Site> {
  roots?: SiteRoot[];
}

export interface Extras {
  operators?: Operator[];
  rootReach?: Record<string, number>;
  unknownAs?: Level;
  logRetentionDays?: number;
}

export function need(value: Level | null | SensitivityValue | undefined): SensitivityValue {
  if (typeof value === 'object' && value !== null) return value;
  if (value === null || value === undefined) return {level: null, lo: 1, hi: 3, confidence: 0};
  return {level: value, lo: value, hi: value, confidence: 1};
}

export function workload(given: TestWorkload, index = 0): Workload {
  return {
    id: `vmware:test/vm-${index}`,
    name: `vm-${index}`,
    type: 'vm',
    cloud: 'vmware',
    nativeType: 'VirtualMachine',
    source: 'test',
    container: null,
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
    ...given,
  };
}

export function site(given: TestSite, index = 0): Site {
  return {
    id: `site-${index}`,
    name: `Site ${index}`,
    kind: 'public',
    class: 'public',
    receives: true,
    provider: 'provider',
    providerGroup: 'provider',
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
    place: {file: 'sites.yaml', line: 1, col: 1},
    ...given,
  };
}

export function context(workloads: TestWorkload[], sites: TestSite[], extras: Extras = {}): PolicyContext {
  const estate = workloads.map((given, index) => workload(given, index));
  return {
    estate: {
      workloads: estate,
      identity: extras.operators
        ? [
            {
              adDomains: [],
              adfs: [],
              entraConnect: [],
              vcenterSso: [],
              operators: extras.operators,
              signIns: [],
              edges: [],
              roots: [],
            },
          ]
        : [],
    },
    sensitivity: {
      workloads: workloads.map((given, index) => ({
        workload: estate[index]!.id,
        c: need(given.c),
        i: need(given.i),
        a: need(given.a),
        categories: given.categories ?? [],
        weight: 0.6,
        criticality: 1,
        evidence: [],
      })),
      inflation: 0,
    },
    exposure: {
      roots: Object.entries(extras.rootReach ?? {}).map(([id, reach]): RootExposure => {
        const zero = {value: 0, lo: 0, hi: 0};
        return {
          id,
          kind: 'other',
          name: id,
          blastRadius: zero,
          value: zero,
          share: zero,
          workloads: reach,
          byLevel: [0, 0, reach, 0],
        };
      }),
      workloads: workloads.map((given, index): WorkloadExposure | undefined => {
        if (given.sibr === undefined) return undefined;
        const interval = {value: given.sibr, lo: given.sibr, hi: given.sibr};
        return {
          workload: estate[index]!.id,
          sibr: interval,
          inbound: interval,
          sharedFate: interval,
          outbound: interval,
          priority: 0,
          topRoot: null,
          contributions: [],
        };
      }),
    },
    sites: sites.map((given, index) => site(given, index)),
    siteOf: Int32Array.from(workloads, (given) => given.at ?? -1),
    siteRoots: sites.map((given) => given.roots ?? []),
    registerOf: (index) => {
      const entry = workloads[index]?.register;
      if (!entry) return null;
      return {
        id: 'f',
        function: 'f',
        owner: null,
        criticality: 1,
        rtoHours: null,
        rpoHours: null,
        provider: null,
        exitPlan: null,
        dataCategories: [],
        sensitivity: null,
        covers: [],
        place: {},
        ...entry,
      };
    },
    now: new Date('2026-11-22T12:00:00Z'),
    unknownAs: extras.unknownAs ?? 2,
    ...(extras.logRetentionDays === undefined ? {} : {logRetentionDays: extras.logRetentionDays}),
  };
}

export function file(text: string, name = 'policies/test.yaml', pack: string | null = null): PolicyFile {
  const {documents, findings} = parseYaml(text, name);
  const errors = findings.filter(({code}) => code !== 'BH-YAML-004');
  if (errors.length > 0) throw new Error(errors[0]!.message);
  return {file: name, pack, documents};
}

/** A policy text around rules written in YAML flow style, one per line. */
export function policyText(rules: string[], spec = ''): string {
  const frame = 'apiVersion: bulkhead.dev/v1alpha1\nkind: PlacementPolicy\nmetadata: {name: test}\nspec:\n';
  return `${frame}${spec}  rules:\n${rules.map((rule) => `    - ${rule}\n`).join('')}`;
}

/** Parses policies that must be free of problems. */
export function policies(...texts: string[]): PolicySet {
  const {value, findings} = parsePolicies(texts.map((text, index) => file(text, `policies/${index}.yaml`)));
  if (findings.length > 0) throw new Error(`${findings[0]!.code} ${findings[0]!.message}`);
  return value;
}

/** Outcome of the only rule with `body` for one workload at one site. */
export function outcome(body: string, one: TestWorkload, at: TestSite, extras: Extras = {}) {
  const set = policies(policyText([`{id: r, title: t, severity: high, ${body}}`]));
  const evaluation = evaluatePolicies(set, context([one], [at], extras));
  const {tupleOf, tuples} = evaluation.rules[0]!;
  const tuple = tuples[tupleOf[0]!]!;
  return {
    outcome: tuple.outcomes[0] as RuleOutcome,
    planned: tuple.planned![0] as RuleOutcome,
    score: tuple.scores[0]!,
    missing: tuple.missing[0]!,
    message: evaluation.message(0, 0, 0),
    findings: evaluation.findings,
  };
}
