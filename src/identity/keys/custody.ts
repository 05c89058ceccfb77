import type {WorkloadType} from '../../model/estate.ts';
import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {KeyManager} from '../../model/identity-sections.ts';
import type {BuildContext} from '../context.ts';
import {keyRoot} from '../issuers.ts';
import {addOperatedBy} from '../onprem/operators.ts';
import {reference} from '../references.ts';
import {providerRoot} from '../root-ids.ts';
import {workloadsUnder} from '../scopes.ts';
import {tellUndeclaredCustody} from './undeclared.ts';

/** Root id of a key manager by its name. */
export function keyManagerRoot(name: string): string {
  return name.startsWith('kms:') ? name : `kms:${name}`;
}

export function addKeyManagerRoots({graph}: BuildContext, {keyManagers = []}: IdentityDeclaration): void {
  for (const {name} of keyManagers) graph.root(keyManagerRoot(name), `key manager ${name}`, 'keyManager');
}

/** Workloads that hold their key in memory while they run: encryption guards their disks, not them. */
const MACHINES: ReadonlySet<WorkloadType> = new Set([
  'vm',
  'cluster',
  'function',
  'container-service',
  'app-service',
]);

/**
 * Who holds the keys, and what that is worth. A key in the hands of the data's own provider (or vCenter) is no gate: whoever
 * controls the platform controls the key. A key outside is a gate before reading only where its manager decides by itself
 * who may use it; otherwise it answers whoever reaches the data. Nothing of this stops destruction, and whoever has the
 * key manager can withhold or destroy the keys and with them the data.
 */
export function addCustody(context: BuildContext): void {
  const managers = context.estate.identity.flatMap(({keyManagers}) => keyManagers ?? []);
  const gates = new Map<string, KeyManager[]>();
  const open = new Set<string>();
  for (const manager of managers) {
    const covered = addManager(context, manager);
    for (const id of covered) {
      if (isGate(manager)) gates.set(id, [...(gates.get(id) ?? []), manager]);
      else open.add(id);
    }
    tellNoGate(context, manager, covered.length);
  }
  for (const [id, by] of gates) if (!open.has(id)) guard(context, id, by);
  const covered = new Set([...gates.keys(), ...open]);
  tellUndeclaredCustody(context, covered);
}

/** Node of whoever may use the manager's keys. */
function useNode(name: string): string {
  return `${keyManagerRoot(name)}#use`;
}

function isGate({kind, independentAuthorisation}: KeyManager): boolean {
  return (kind === 'external' || kind === 'trust-authority') && independentAuthorisation === true;
}

/** Roots and rights of a manager; returns what it protects. */
function addManager(context: BuildContext, manager: KeyManager): string[] {
  const {graph} = context;
  const {name, kind, provider, protects, servers, operatedBy, authorises, keySha256, place} = manager;
  const root = graph.root(keyManagerRoot(name));
  const use = graph.node(useNode(name), 'key', 'keyUse', `use of keys of ${name}`);
  graph.edge(root, use, 'GIVES_KEY', {evidence: `key manager ${name}`, bound: 'workload', place});
  for (const id of reference(context, servers, 'keyManagers.servers', place))
    graph.edge(id, root, 'HOSTS_ROOT', {
      evidence: `servers of key manager ${name}`,
      bound: 'workload',
      place,
    });
  addOperatedBy(context, operatedBy, root, place);
  if (kind === 'provider' && provider !== null)
    graph.edge(graph.root(providerRoot(provider)), root, 'CONTROL_PLANE', {
      evidence: `key manager ${name}: kind = provider, provider = ${provider}`,
      level: 2,
      bound: 'workload',
      place,
    });
  if (keySha256 !== null) {
    const key = keyRoot(graph, keySha256, `root of trust of ${name}`);
    graph.edge(root, key, 'HOLDS_KEY', {evidence: `keySha256 of ${name}`, bound: 'workload', place});
    graph.edge(key, use, 'GIVES_KEY', {evidence: `keySha256 of ${name}`, bound: 'workload', place});
  }
  for (const id of reference(context, authorises, 'keyManagers.authorises', place))
    graph.edge(id, use, 'GIVES_KEY', {evidence: `authorises of ${name}`, bound: 'workload', place});
  const covered = workloadsUnder(context, protects, 'keyManagers.protects', place);
  for (const id of covered)
    graph.edge(root, id, 'KEYS_OF', {
      evidence: `protects of ${name}: without its keys the data cannot be read, with them destroyed it is gone`,
      caps: ['deny-service', 'destroy'],
      place,
    });
  return covered;
}

/** The gate before a data store, or before the disks of a machine. */
function guard(context: BuildContext, id: string, by: KeyManager[]): void {
  const {graph, workloads} = context;
  const workload = workloads.get(id);
  if (!workload) return;
  const names = by.map(({name}) => name).sort();
  const [first] = by;
  const evidence = `keys of ${names.join(' or ')}: outside the platform, independentAuthorisation = true`;
  let key = useNode(names[0]!);
  if (names.length > 1) {
    // Which of them holds the key of this data is not stated: either may open it.
    key = graph.node(`${id}#keys`, 'key', 'keyUse', `keys of ${workload.name}`);
    for (const name of names) graph.edge(useNode(name), key, 'GIVES_KEY', {evidence, place: first!.place});
  }
  const machine = MACHINES.has(workload.type);
  const manager = keyManagerRoot(names[0]!);
  graph.guard(id, {
    leaves: machine ? ['deny-service', 'destroy'] : ['deny-service', 'destroy', 'write'],
    key,
    evidence,
    place: first!.place,
    ...(machine
      ? {
          gap: {
            id: `gap:machine-memory:${manager}`,
            question: `Can whoever controls the platform read the memory of running machines whose disks are encrypted with keys of ${names[0]}, or run commands in them?`,
            about: manager,
            input: 'confidential computing, memory snapshots, guest agents',
            remedy:
              'Check whether memory encryption is on and snapshots with memory and guest operations are barred for these machines.',
            certainty: 'conditional' as const,
          },
        }
      : {}),
  });
}

/** A manager that guards nothing is said to do so, because its owner believes otherwise. */
function tellNoGate({graph}: BuildContext, manager: KeyManager, covered: number): void {
  const {name, kind, independentAuthorisation, place} = manager;
  if (isGate(manager) || covered === 0) return;
  const outside = kind === 'external' || kind === 'trust-authority';
  const why = outside
    ? `independentAuthorisation is ${independentAuthorisation === false ? 'false' : 'not stated'}, so whoever reaches the data is also given the key: a kill switch and an audit point, no gate`
    : kind === 'native'
      ? 'vCenter holds the keys itself, so whoever controls vCenter has them'
      : 'the provider of the data runs it, whoever owns the keys, so whoever controls the platform has them';
  graph.findings.push({
    code: 'BH-ID-440',
    severity: outside && independentAuthorisation === null ? 'low' : 'info',
    message: `key manager \`${name}\` guards ${covered} workload(s) against nobody: ${why}`,
    where: place,
    remedy: outside
      ? 'State `independentAuthorisation: true` only where the manager checks by itself who asks and for what.'
      : 'Nothing to do where this is meant; data that must be kept from the provider needs keys outside it.',
  });
}
