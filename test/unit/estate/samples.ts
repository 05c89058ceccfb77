import {emptyFacts} from '../../../src/model/facts.ts';
import type {
  Container,
  Dependency,
  Facts,
  Intake,
  RegisterEntry,
  Workload,
} from '../../../src/model/estate.ts';
import type {LedgerStatus} from '../../../src/model/ledger.ts';

/** A workload with everything unknown except what is given. */
export function workload(id: string, given: Partial<Workload> = {}): Workload {
  return {
    id,
    name: id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1),
    type: 'vm',
    cloud: 'vmware',
    nativeType: 'VirtualMachine',
    source: 'test:a',
    container: null,
    application: null,
    region: null,
    state: 'unknown',
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

export function container(id: string, given: Partial<Container> = {}): Container {
  return {id, kind: 'subscription', name: id, cloud: 'azure', parent: null, root: null, tags: {}, ...given};
}

export function dependency(from: string, to: string, given: Partial<Dependency> = {}): Dependency {
  return {
    from,
    to,
    kind: 'data-flow',
    gibPerMonth: null,
    maxLatencyMs: null,
    place: {file: 'deps.csv', line: 2},
    ...given,
  };
}

export function register(id: string, given: Partial<RegisterEntry> = {}): RegisterEntry {
  return {
    id,
    function: id,
    owner: null,
    criticality: 1,
    rtoHours: null,
    rpoHours: null,
    provider: null,
    exitPlan: null,
    dataCategories: [],
    sensitivity: null,
    covers: [],
    place: {file: 'register.yaml', line: 7},
    ...given,
  };
}

/** One intake; workloads get its source id. */
export function intake(
  id: string,
  facts: Partial<Facts>,
  given: {sha256?: string; scopes?: string[]; status?: LedgerStatus; file?: string} = {},
): Intake {
  const [format = 'test'] = id.split(':');
  const workloads = (facts.workloads ?? []).map((entry) => ({...entry, source: id}));
  const scopes = given.scopes ?? [];
  return {
    source: {
      id,
      format,
      cloud: 'vmware',
      file: given.file ?? `${id}.json`,
      sha256: given.sha256 ?? id.padEnd(64, '0'),
      scopes,
    },
    facts: {...emptyFacts(), ...facts, workloads},
    provenance: workloads.map((entry, index) => ({
      fact: entry.id,
      source: id,
      place: {file: given.file ?? `${id}.json`, row: index + 2},
    })),
    ledger: (scopes.length > 0 ? scopes : ['*']).map((scope, index) => ({
      source: id,
      scope,
      api: 'list',
      status: given.status ?? 'complete',
      rowsIn: index === 0 ? workloads.length : 0,
      kept: index === 0 ? workloads.length : 0,
      classified: 0,
      rejected: 0,
      classifiedBy: {},
      rejectedBy: {},
    })),
    findings: [],
  };
}
