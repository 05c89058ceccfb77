import type {Facts, Intake} from '../model/estate.ts';

/**
 * Directory exports seldom say which tenant they come from, and name one thing in two ways. Before records are joined:
 *
 * - places that hold `unknown` for the tenant get the tenant, where the inventory knows exactly one of its own
 * - an application asked for by object id (owners, federated credentials) becomes the application by client id
 * - a user-assigned identity named by its resource becomes its principal
 *
 * Intakes with nothing of the kind are returned as they are.
 */
export function resolveEntraIds(intakes: Intake[]): Intake[] {
  const aliases = aliasesOf(intakes);
  const tenant = onlyTenant(intakes);
  if (tenant === null && aliases.size === 0) return intakes;
  const known = (id: string): string => aliases.get(id) ?? (tenant === null ? id : filled(id, tenant));
  return intakes.map((intake) => (concerned(intake) ? renamed(intake, known, tenant) : intake));
}

/** Only these kinds of source speak of directory objects; a million virtual machines need not be copied. */
function concerned({facts}: Intake): boolean {
  return (
    facts.principals.some(({cloud}) => cloud === 'azure') ||
    facts.assignments.some(({cloud}) => cloud === 'azure') ||
    facts.identityProviders.some(({cloud}) => cloud === 'azure') ||
    facts.federatedTrusts.some(({cloud}) => cloud === 'azure') ||
    facts.containers.some(({id}) => id.startsWith(DIRECTORY)) ||
    facts.workloads.some(({id}) => id.startsWith(SERVICE))
  );
}

const DIRECTORY = 'azure:entra/';
const SERVICE = 'azure:saas/';

function filled(id: string, tenant: string): string {
  if (id === 'entra:unknown') return `entra:${tenant}`;
  if (id.startsWith(`${DIRECTORY}unknown`)) return `${DIRECTORY}${tenant}${id.slice(DIRECTORY.length + 7)}`;
  if (id.startsWith(`${SERVICE}unknown/`)) return `${SERVICE}${tenant}${id.slice(SERVICE.length + 7)}`;
  return id.endsWith('@unknown') ? `${id.slice(0, -7)}${tenant}` : id;
}

/** The one tenant whose directory or subscriptions were read; null = none or several. */
function onlyTenant(intakes: Intake[]): string | null {
  const found = new Set<string>();
  for (const {facts} of intakes) {
    for (const {id, root, cloud} of facts.containers) {
      if (id.startsWith(DIRECTORY) && !id.startsWith(`${DIRECTORY}unknown`))
        found.add(id.slice(DIRECTORY.length).split('/')[0] ?? '');
      else if (cloud === 'azure' && root?.startsWith('entra:') === true)
        found.add(root.slice(6).toLowerCase());
      if (found.size > 1) return null;
    }
  }
  return [...found][0] ?? null;
}

/** Other names of applications and identities, from the records that list them. */
function aliasesOf(intakes: Intake[]): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const {facts} of intakes) {
    for (const {id, kind, attributes} of facts.principals) {
      const objectId = attributes?.['objectId'];
      if (kind === 'application' && typeof objectId === 'string' && id.startsWith('azure-app:'))
        aliases.set(`azure-principal:${objectId.toLowerCase()}`, id);
      const resource = attributes?.['resourceId'];
      if (typeof resource === 'string' && /\/userassignedidentities\/[^/]+$/.test(resource))
        aliases.set(resource, id);
    }
  }
  return aliases;
}

function renamed(intake: Intake, known: (id: string) => string, tenant: string | null): Intake {
  const {facts} = intake;
  const orNull = (id: string | null): string | null => (id === null ? null : known(id));
  /** Ids made of a principal's and a key. */
  const keyed = (id: string): string => {
    const cut = id.indexOf('#');
    return cut < 0 ? known(id) : `${known(id.slice(0, cut))}${id.slice(cut)}`;
  };
  const all = (ids: string[]): string[] => ids.map(known);
  const changes: Partial<Facts> = {
    // Most workloads have neither; they are not copied.
    workloads: facts.workloads.map((one) =>
      one.identities.length === 0 && !one.id.startsWith(SERVICE)
        ? one
        : {...one, id: known(one.id), container: orNull(one.container), identities: all(one.identities)},
    ),
    containers: facts.containers.map((one) =>
      one.id.startsWith(DIRECTORY)
        ? {...one, id: known(one.id), root: one.root ?? (tenant === null ? null : `entra:${tenant}`)}
        : one,
    ),
    principals: facts.principals.map((one) => ({
      ...one,
      id: known(one.id),
      // A principal a directory lists lives there; one that is only mentioned may be another's.
      container:
        one.container === null && one.cloud === 'azure' && one.implied !== true && tenant !== null
          ? `entra:${tenant}`
          : orNull(one.container),
      memberOf: all(one.memberOf),
      ...(one.owners ? {owners: all(one.owners)} : {}),
    })),
    assignments: facts.assignments.map((one) => ({
      ...one,
      principal: known(one.principal),
      scope: known(one.scope),
    })),
    edges: facts.edges.map((one) => ({...one, from: known(one.from), to: known(one.to)})),
    credentials: facts.credentials.map((one) => ({
      ...one,
      id: keyed(one.id),
      principal: known(one.principal),
    })),
    identityProviders: facts.identityProviders.map((one) => ({
      ...one,
      id: known(one.id),
      container: known(one.container),
    })),
    federatedTrusts: facts.federatedTrusts.map((one) => ({
      ...one,
      id: keyed(one.id),
      principal: known(one.principal),
    })),
    denyRules: facts.denyRules.map((one) => ({
      ...one,
      principals: all(one.principals),
      exceptPrincipals: all(one.exceptPrincipals),
    })),
    appRegistrations: facts.appRegistrations.map((one) => ({
      ...one,
      tenant: orNull(one.tenant),
      owners: all(one.owners),
    })),
  };
  return {
    ...intake,
    facts: {...facts, ...changes},
    provenance: intake.provenance.map((one) => ({...one, fact: keyed(one.fact)})),
  };
}
