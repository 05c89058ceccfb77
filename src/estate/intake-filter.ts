import type {Container, Facts, Intake} from '../model/estate.ts';

/** An intake without the records of some of its scopes. Records whose scope cannot be told stay: they may be others'. */
export function withoutScopes(intake: Intake, scopes: string[]): Intake {
  const folded = scopes.map((scope) => scope.toLowerCase());
  const known = new Map<string, Container>();
  for (const container of intake.facts.containers) {
    for (const id of [container.id, ...(container.aliases ?? [])]) known.set(id, container);
  }
  const memo = new Map<string, boolean>();
  const names = (id: string): boolean => {
    let found = memo.get(id);
    if (found === undefined) {
      const text = id.toLowerCase();
      memo.set(id, (found = folded.some((scope) => holdsToken(text, scope))));
    }
    return found;
  };
  /** The id itself, or a container it is in, names the scope. */
  const inScope = (id: string, container: string | null): boolean => {
    if (names(id)) return true;
    const seen = new Set<string>();
    for (let at = container; at !== null && !seen.has(at); at = known.get(at)?.parent ?? null) {
      if (names(at) || containerNames(known.get(at))) return true;
      seen.add(at);
    }
    return false;
  };
  /** A container may be known by the scope's name in an alias or in the root it belongs to. */
  const containerNames = (container: Container | undefined): boolean =>
    container !== undefined &&
    (names(container.id) ||
      (container.root !== null && names(container.root)) ||
      (container.aliases ?? []).some(names));
  const {facts} = intake;
  const kept: Facts = {
    ...facts,
    workloads: facts.workloads.filter(({id, container}) => !inScope(id, container)),
    containers: facts.containers.filter(({id}) => !inScope(id, id)),
    hosts: facts.hosts.filter(({id, container}) => !inScope(id, container)),
    principals: facts.principals.filter(({id, container}) => !inScope(id, container)),
    assignments: facts.assignments.filter(({id, scope}) => !inScope(id, scope)),
    policyDocuments: facts.policyDocuments.filter(({id}) => !names(id)),
    edges: facts.edges.filter(({from, to}) => !names(from) && !names(to)),
    credentials: facts.credentials.filter(({id}) => !names(id)),
    identityProviders: facts.identityProviders.filter(({id, container}) => !inScope(id, container)),
    federatedTrusts: facts.federatedTrusts.filter(({id}) => !names(id)),
    ssoAssignments: facts.ssoAssignments.filter(({account}) => !inScope(account, account)),
    denyRules: facts.denyRules.filter(({id, scope}) => !inScope(id, scope)),
    appRegistrations: facts.appRegistrations.filter(({tenant}) => tenant === null || !names(tenant)),
    classifications: facts.classifications.filter(({subject}) => !names(subject)),
  };
  const {source} = intake;
  return withFacts(
    {
      ...intake,
      source: {...source, scopes: source.scopes.filter((scope) => !scopes.includes(scope))},
      ledger: intake.ledger.filter((line) => !scopes.includes(line.scope)),
    },
    kept,
  );
}

/** An intake without the records that a newer one states itself. */
export function withoutIds(intake: Intake, newer: Intake): Intake {
  const {facts} = intake;
  const not = <T extends {id: string}>(earlier: T[], later: T[]): T[] => {
    const ids = new Set(later.map(({id}) => id));
    return earlier.filter(({id}) => !ids.has(id));
  };
  return withFacts(intake, {
    ...facts,
    workloads: not(facts.workloads, newer.facts.workloads),
    containers: not(facts.containers, newer.facts.containers),
    hosts: not(facts.hosts, newer.facts.hosts),
    principals: not(facts.principals, newer.facts.principals),
    roleDefinitions: not(facts.roleDefinitions, newer.facts.roleDefinitions),
    assignments: not(facts.assignments, newer.facts.assignments),
    policyDocuments: not(facts.policyDocuments, newer.facts.policyDocuments),
    register: not(facts.register, newer.facts.register),
    credentials: not(facts.credentials, newer.facts.credentials),
    identityProviders: not(facts.identityProviders, newer.facts.identityProviders),
    federatedTrusts: not(facts.federatedTrusts, newer.facts.federatedTrusts),
    ssoAssignments: not(facts.ssoAssignments, newer.facts.ssoAssignments),
    permissionSets: not(facts.permissionSets, newer.facts.permissionSets),
    denyRules: not(facts.denyRules, newer.facts.denyRules),
    accessBoundaries: not(facts.accessBoundaries, newer.facts.accessBoundaries),
    appRegistrations: not(facts.appRegistrations, newer.facts.appRegistrations),
    classifications: not(facts.classifications, newer.facts.classifications),
  });
}

/** New facts, and only the provenance that still belongs to one. */
function withFacts(intake: Intake, facts: Facts): Intake {
  const before = idsOf(intake.facts);
  const after = idsOf(facts);
  return {
    ...intake,
    facts,
    provenance: intake.provenance.filter(({fact}) => after.has(fact) || !before.has(fact)),
  };
}

function idsOf(facts: Facts): Set<string> {
  const ids = new Set<string>();
  for (const list of Object.values(facts) as {id?: string}[][]) {
    for (const {id} of list) if (id !== undefined) ids.add(id);
  }
  return ids;
}

/** True when `text` holds `token` as a whole: no letter or digit directly before or after it. */
function holdsToken(text: string, token: string): boolean {
  if (token === '') return false;
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + token.length])) return true;
  }
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}-]/u.test(character);
}
