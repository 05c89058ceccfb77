import {byText} from '../document/canonical.ts';
import type {Container, Facts} from '../model/estate.ts';

/**
 * Containers that records name in several ways (`aliases`) get one id each, and every reference to another name is
 * rewritten to it. Facts without aliases are returned as they are.
 */
export function rewriteAliases(facts: Facts): Facts {
  const idOf = aliasTable(facts.containers);
  if (idOf.size === 0) return facts;
  const known = (id: string): string => idOf.get(id) ?? id;
  const knownOrNull = (id: string | null): string | null => (id === null ? null : known(id));
  return {
    ...facts,
    containers: facts.containers.map((container) => rename(container, known, knownOrNull)),
    workloads: facts.workloads.map((workload) => ({...workload, container: knownOrNull(workload.container)})),
    hosts: facts.hosts.map((host) => ({...host, container: knownOrNull(host.container)})),
    principals: facts.principals.map((principal) => ({
      ...principal,
      container: knownOrNull(principal.container),
    })),
    assignments: facts.assignments.map((assignment) => ({...assignment, scope: known(assignment.scope)})),
    edges: facts.edges.map((edge) => ({...edge, from: known(edge.from), to: known(edge.to)})),
    identityProviders: facts.identityProviders.map((provider) => ({
      ...provider,
      container: known(provider.container),
    })),
    ssoAssignments: facts.ssoAssignments.map((row) => ({...row, account: known(row.account)})),
    denyRules: facts.denyRules.map((rule) => ({...rule, scope: known(rule.scope)})),
  };
}

function rename(
  container: Container,
  known: (id: string) => string,
  knownOrNull: (id: string | null) => string | null,
): Container {
  const id = known(container.id);
  const others = new Set(container.aliases ?? []);
  if (id !== container.id) others.add(container.id);
  others.delete(id);
  const aliases = [...others].sort(byText);
  const {aliases: _before, ...rest} = container;
  return {...rest, id, parent: knownOrNull(container.parent), ...(aliases.length > 0 ? {aliases} : {})};
}

/** Every other name → the id of its container. Of several ids that name one container the smallest stays. */
function aliasTable(containers: Container[]): Map<string, string> {
  const parent = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    while (parent.has(root)) root = parent.get(root)!;
    return root;
  };
  const ids = new Set<string>();
  const naming = containers.filter((container) => (container.aliases?.length ?? 0) > 0);
  for (const container of naming) ids.add(container.id);
  /** An id that lists aliases stays before a name that is only an alias; then the smaller text. */
  const before = (a: string, b: string): boolean => {
    if (ids.has(a) !== ids.has(b)) return ids.has(a);
    return a < b;
  };
  for (const container of naming) {
    for (const alias of container.aliases ?? []) {
      const [a, b] = [find(container.id), find(alias)];
      if (a === b) continue;
      const [stays, goes] = before(a, b) ? [a, b] : [b, a];
      parent.set(goes, stays);
    }
  }
  return new Map([...parent.keys()].map((name) => [name, find(name)]));
}
