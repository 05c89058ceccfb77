import {emptyFacts} from '../model/facts.ts';
import type {Cloud, Finding, Place} from '../model/common.ts';
import type {InputFile} from '../model/decoded.ts';
import type {
  Container,
  ControlEdge,
  Facts,
  IdentityRoot,
  Intake,
  PolicyDocument,
  Principal,
  Provenance,
  RoleAssignment,
  RoleDefinition,
  Source,
  Workload,
} from '../model/estate.ts';
import type {IntakeHints} from './shape.ts';
import {
  findDuplicates,
  findIncomplete,
  findRejects,
  findSecrets,
  findUnknownTypes,
} from './draft-findings.ts';
import type {Collision, Spots} from './draft-findings.ts';
import {redactNamed, redactText} from './redact.ts';
import {sameJson} from './record.ts';
import {mergeContainers, mergePrincipals} from './merge-mentions.ts';
import {createTally} from './tally.ts';
import type {Tally} from './tally.ts';

/** What a draft needs to know about the file it is drawn from. */
interface DraftOptions {
  /** Format id of the shape. */
  format: string;
  cloud: Cloud;
  /** API call the ledger names, e.g. `az graph query`. */
  api: string;
  file: InputFile;
  hints: IntakeHints;
  /** Pointer or place of row `i`, when rows are not addressed by JSON pointer (NDJSON lines). */
  locate?: (pointer: string) => Place;
}

/** Kinds of facts a draft takes through {@link Draft.identity}. */
export type IdentityFactKind =
  | 'credentials'
  | 'identityProviders'
  | 'federatedTrusts'
  | 'ssoAssignments'
  | 'permissionSets'
  | 'denyRules'
  | 'accessBoundaries'
  | 'appRegistrations'
  | 'classifications';

/**
 * Collects what one file says. Mappers hand over facts and count rows; the draft keeps ids unique,
 * remembers where each fact came from, withholds secrets, and turns everything odd into findings.
 */
export interface Draft {
  readonly facts: Facts;
  /** Id of the source, for {@link Workload.source}. */
  readonly source: string;
  place(pointer: string, id?: string): Place;
  tally(scope: string): Tally;
  /**
   * Registers a record by its id. False = the file holds this id already: the row is then counted as
   * `duplicate` (same content) or `collision` (other content) and must not become a fact again.
   */
  claim(id: string, record: unknown, pointer: string, scope: string): boolean;
  /** A claimed record became a workload; counts the row as kept. */
  keep(workload: Workload, pointer: string, scope: string): void;
  classify(scope: string, word: string): void;
  reject(scope: string, reason: string, pointer: string): void;
  /** Containers and principals may be mentioned often: mentions merge, and what a record says itself wins. */
  container(container: Container, pointer: string): void;
  principal(principal: Principal, pointer: string): void;
  /** All principals so far, merged; they enter `facts` when the draft is finished. */
  principals(): Iterable<Principal>;
  roleDefinition(role: RoleDefinition, pointer: string): void;
  assignment(assignment: RoleAssignment, pointer: string): void;
  policy(document: PolicyDocument, pointer: string): void;
  root(root: IdentityRoot, pointer: string): void;
  /** Adds a fact about sign-in or limits (credential, provider, deny rule …); the first of an id wins. */
  identity<K extends IdentityFactKind>(
    kind: K,
    record: Facts[K][number] & {id: string},
    pointer: string,
  ): void;
  edge(edge: ControlEdge): void;
  /** Free text with credentials withheld. */
  clean(text: string, pointer: string): string;
  /** Tags with credentials withheld; values that are not text are written as text. */
  tags(pairs: Iterable<readonly [string, unknown]>, pointer: string): Record<string, string>;
  unknownType(type: string, pointer: string): void;
  find(finding: Finding): void;
  /** The file is cut short (left-over page token …): every scope in it becomes partial. */
  incomplete(evidence: string, remedy: string, pointer: string): void;
  finish(): Intake;
}

/** Starts the draft of one file. */
export function createDraft(options: DraftOptions): Draft {
  const {format, cloud, api, file, hints} = options;
  const sourceId = `${format}:${hints.scope ?? stem(file.display)}`;
  const facts = emptyFacts();
  const findings: Finding[] = [];
  const provenance: Provenance[] = [];
  const tallies = new Map<string, Tally>();
  const claims = new Map<string, {record: unknown; pointer: string}>();
  const containers = new Map<string, Container>();
  const principals = new Map<string, Principal>();
  const once = new Set<string>();
  const rejects = new Map<string, Spots>();
  const unknownTypes = new Map<string, Spots>();
  const secrets: Spots = {count: 0, pointers: []};
  const duplicates: Spots = {count: 0, pointers: []};
  const collisions: Collision[] = [];
  const incompleteBecause: {evidence: string; remedy: string; pointer: string}[] = [];

  const {locate} = options;
  const place = (pointer: string, id?: string): Place => {
    const where: Place =
      locate === undefined ? {file: file.display, pointer} : {file: file.display, ...locate(pointer)};
    if (id !== undefined) where.id = id;
    return where;
  };
  const from = (fact: string, pointer: string): void => {
    provenance.push({fact, source: sourceId, place: place(pointer)});
  };
  const tally = (scope: string): Tally => {
    let line = tallies.get(scope);
    if (line === undefined) tallies.set(scope, (line = createTally(sourceId, scope, api)));
    return line;
  };
  /** First statement of an id per kind wins; a claim has already told the reader about the second. */
  const firstOf = (kind: string, id: string): boolean => {
    const key = `${kind} ${id}`;
    if (once.has(key)) return false;
    once.add(key);
    return true;
  };

  const draft: Draft = {
    facts,
    source: sourceId,
    place,
    tally,
    claim(id, record, pointer, scope) {
      const first = claims.get(id);
      if (first === undefined) {
        claims.set(id, {record, pointer});
        return true;
      }
      if (sameJson(first.record, record)) {
        tally(scope).classify('duplicate');
        spot(duplicates, pointer);
      } else {
        tally(scope).classify('collision');
        collisions.push({id, first: first.pointer, second: pointer});
      }
      return false;
    },
    keep(workload, pointer, scope) {
      tally(scope).kept();
      facts.workloads.push(workload);
      from(workload.id, pointer);
    },
    classify: (scope, word) => tally(scope).classify(word),
    reject(scope, reason, pointer) {
      tally(scope).reject(reason);
      spotIn(rejects, reason, pointer);
    },
    container(next, pointer) {
      const known = containers.get(next.id);
      if (known === undefined) from(next.id, pointer);
      containers.set(next.id, known === undefined ? next : mergeContainers(known, next));
    },
    principal(next, pointer) {
      const known = principals.get(next.id);
      if (known === undefined) from(next.id, pointer);
      principals.set(next.id, known === undefined ? next : mergePrincipals(known, next));
    },
    principals: () => principals.values(),
    roleDefinition(role, pointer) {
      if (!firstOf('role', role.id)) return;
      facts.roleDefinitions.push(role);
      from(role.id, pointer);
    },
    assignment(assignment, pointer) {
      if (!firstOf('assignment', assignment.id)) return;
      facts.assignments.push(assignment);
      from(assignment.id, pointer);
    },
    policy(document, pointer) {
      if (!firstOf('policy', document.id)) return;
      facts.policyDocuments.push(document);
      from(document.id, pointer);
    },
    root(root, pointer) {
      if (!firstOf('root', root.id)) return;
      facts.roots.push(root);
      from(root.id, pointer);
    },
    identity(kind, record, pointer) {
      if (!firstOf(kind, record.id)) return;
      (facts[kind] as (typeof record)[]).push(record);
      from(record.id, pointer);
    },
    edge(edge) {
      if (edge.from !== edge.to && firstOf(edge.kind, `${edge.from} ${edge.to}`)) facts.edges.push(edge);
    },
    clean(text, pointer) {
      const {text: clean, hits} = redactText(text);
      if (hits > 0) spot(secrets, pointer);
      return clean;
    },
    tags(pairs, pointer) {
      const kept: [string, string][] = [];
      for (const [key, value] of pairs) {
        const clean = redactNamed(key, tagText(value));
        if (clean.hits > 0) spot(secrets, `${pointer} (${key})`);
        // `__proto__` as a tag name would reach object prototypes in whoever copies tags by assignment.
        kept.push([key === '__proto__' ? '[__proto__]' : key, clean.text]);
      }
      return Object.fromEntries(kept);
    },
    unknownType: (type, pointer) => spotIn(unknownTypes, type, pointer),
    find: (finding) => {
      findings.push(finding);
    },
    incomplete: (evidence, remedy, pointer) => {
      incompleteBecause.push({evidence, remedy, pointer});
    },
    finish() {
      facts.containers = [...containers.values()];
      facts.principals = [...principals.values()];
      if (tallies.size === 0) tally(hints.scope ?? '*');
      const status = incompleteBecause.length > 0 ? 'partial' : 'complete';
      const scopes = [...tallies.keys()].toSorted();
      const source: Source = {
        id: sourceId,
        format,
        cloud,
        file: file.display,
        sha256: file.sha256,
        scopes: scopes.filter((scope) => scope !== '*'),
      };
      return {
        source,
        facts,
        provenance,
        ledger: scopes.map((scope) => tally(scope).done(status)),
        findings: [
          ...findIncomplete(incompleteBecause, api, place),
          ...findRejects(rejects, place),
          ...findDuplicates(duplicates, collisions, place),
          ...findSecrets(secrets, place),
          ...findUnknownTypes(unknownTypes, place),
          ...findings,
        ],
      };
    },
  };
  return draft;
}

function stem(display: string): string {
  const name = display.slice(Math.max(display.lastIndexOf('/'), display.lastIndexOf('\\')) + 1);
  return name.replace(/(?:\.(?:json|ndjson|jsonl|gz))+$/i, '') || name;
}

function tagText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}

function spot(spots: Spots, pointer: string): void {
  spots.count += 1;
  if (spots.pointers.length < 5) spots.pointers.push(pointer);
}

function spotIn(all: Map<string, Spots>, key: string, pointer: string): void {
  let spots = all.get(key);
  if (spots === undefined) all.set(key, (spots = {count: 0, pointers: []}));
  spot(spots, pointer);
}
