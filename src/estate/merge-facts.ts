import {byText, canonicalJson} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {
  Container,
  ControlEdge,
  Host,
  IdentityRoot,
  PolicyDocument,
  Principal,
  RoleDefinition,
} from '../model/estate.ts';
import {mergeById, sortedUnion} from './merge.ts';

/** One container per id: what a source lists itself wins over a mention, and each fills the other's blanks. */
export function mergeContainers(lists: Container[][]): Container[] {
  return mergeById(
    lists,
    (container) => (container.implied ? 0 : 100) + filled(container),
    (lead, other) => {
      const attributes = united(lead.attributes, other.attributes);
      const aliases = sortedUnion(lead.aliases ?? [], other.aliases ?? []);
      return {
        ...lead,
        ...(attributes ? {attributes} : {}),
        name: isBare(lead) && !isBare(other) ? other.name : lead.name,
        parent: lead.parent ?? other.parent,
        root: lead.root ?? other.root,
        tags: {...other.tags, ...lead.tags},
        ...(aliases.length > 0 ? {aliases} : {}),
      };
    },
  );
}

/** One host per id, blanks filled. */
export function mergeHosts(lists: Host[][]): Host[] {
  return mergeById(lists, filled, (lead, other) => ({
    ...lead,
    container: lead.container ?? other.container,
    cpuModel: lead.cpuModel ?? other.cpuModel,
    hyperThreadingActive: lead.hyperThreadingActive ?? other.hyperThreadingActive,
    version: lead.version ?? other.version,
    biosDate: lead.biosDate ?? other.biosDate,
    domain: lead.domain ?? other.domain,
    ...optional('dnsDomain', lead.dnsDomain ?? other.dnsDomain),
    ...optional('esxAdminsGroup', lead.esxAdminsGroup ?? other.esxAdminsGroup),
  }));
}

function optional<K extends string, V>(key: K, value: V | undefined): {[P in K]?: V} {
  return (value === undefined ? {} : {[key]: value}) as {[P in K]?: V};
}

/** How much a principal's kind says. */
const KIND_WEIGHT: Partial<Record<Principal['kind'], number>> = {unknown: 0, servicePrincipal: 1};

/** One principal per id: listed before mentioned, the more specific kind, memberships and policies united. */
export function mergePrincipals(lists: Principal[][]): Principal[] {
  const weight = (kind: Principal['kind']) => KIND_WEIGHT[kind] ?? 2;
  return mergeById(
    lists,
    (principal) => (principal.implied ? 0 : 100) + filled(principal),
    (lead, other) => {
      const policies = sortedUnion(lead.policies ?? [], other.policies ?? []);
      const owners = sortedUnion(lead.owners ?? [], other.owners ?? []);
      const {implied: _mention, ...rest} = other;
      return {
        ...rest,
        ...lead,
        kind: weight(other.kind) > weight(lead.kind) ? other.kind : lead.kind,
        name: isBare(lead) && !isBare(other) ? other.name : lead.name,
        container: lead.container ?? other.container,
        person: lead.person || other.person,
        memberOf: sortedUnion(lead.memberOf, other.memberOf),
        ...(policies.length > 0 ? {policies} : {}),
        ...(owners.length > 0 ? {owners} : {}),
        ...(lead.attributes || other.attributes
          ? {attributes: {...other.attributes, ...lead.attributes}}
          : {}),
        ...(lead.tags || other.tags ? {tags: {...other.tags, ...lead.tags}} : {}),
      };
    },
  );
}

/** One role per id; the definition that allows most wins, so that no right is lost. */
export function mergeRoles(lists: RoleDefinition[][]): RoleDefinition[] {
  return mergeById(
    lists,
    (role) => role.actions.length + role.dataActions.length,
    (lead) => lead,
  );
}

/** One root per id; a speaking name wins over the bare id. */
export function mergeRoots(lists: IdentityRoot[][]): IdentityRoot[] {
  return mergeById(
    lists,
    () => 0,
    (lead, other) => ({
      ...lead,
      kind: lead.kind === 'other' ? other.kind : lead.kind,
      name: isBare(lead) && !isBare(other) ? other.name : lead.name,
    }),
  );
}

/**
 * One document per id; two different texts under one id are a finding and the longer one is used. Where a policy is
 * attached and what it says often come in different answers: neither contradicts the other.
 */
export function mergePolicies(lists: PolicyDocument[][]): Outcome<PolicyDocument[]> {
  const findings: Finding[] = [];
  const size = (policy: PolicyDocument) =>
    (policy.document === null ? 0 : 10 + canonicalJson(policy.document).length * 10) +
    (isBare(policy) ? 0 : 1);
  const value = mergeById(lists, size, (lead, other) => {
    const stated = lead.document !== null && other.document !== null;
    if (stated && canonicalJson(lead.document) !== canonicalJson(other.document))
      findings.push(twoTexts(lead));
    return {
      ...other,
      ...lead,
      name: isBare(lead) ? other.name : lead.name,
      ...attachments(lead, other),
    };
  });
  return {value, findings: findings.sort((a, b) => byText(a.message, b.message))};
}

function attachments(lead: PolicyDocument, other: PolicyDocument): Pick<PolicyDocument, 'attachedTo'> {
  if (lead.attachedTo === undefined && other.attachedTo === undefined) return {};
  if (!lead.attachedTo && !other.attachedTo) return {attachedTo: null};
  return {attachedTo: sortedUnion(lead.attachedTo ?? [], other.attachedTo ?? [])};
}

/** Control edges without repetitions; the first place of several statements is kept. */
export function mergeEdges(lists: ControlEdge[][]): ControlEdge[] {
  const edges = new Map<string, {edge: ControlEdge; place: string}>();
  for (const list of lists) {
    for (const edge of list) {
      const key = `${edge.from}\n${edge.to}\n${edge.kind}\n${edge.level}\n${edge.certainty}\n${edge.evidence}`;
      const known = edges.get(key);
      const place = known ? canonicalJson(edge.place) : '';
      if (!known) edges.set(key, {edge, place: canonicalJson(edge.place)});
      else if (place < known.place) edges.set(key, {edge, place});
    }
  }
  return [...edges].sort(([a], [b]) => byText(a, b)).map(([, {edge}]) => edge);
}

/** Named facts of both, the lead's first; nothing where neither has any. */
function united<V>(
  lead: Record<string, V> | undefined,
  other: Record<string, V> | undefined,
): Record<string, V> | undefined {
  return lead === undefined || other === undefined ? (lead ?? other) : {...other, ...lead};
}

/** Number of fields that say something. */
export function filled(record: object): number {
  let count = 0;
  for (const value of Object.values(record)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    count += typeof value === 'object' ? Object.keys(value).length : 1;
  }
  return count;
}

/** A name that only repeats the end of the id says nothing. */
function isBare(record: {id: string; name: string}): boolean {
  return record.id.toLowerCase().endsWith(record.name.toLowerCase());
}

function twoTexts(policy: PolicyDocument): Finding {
  return {
    code: 'BH-EST-004',
    severity: 'medium',
    message: `two different texts of policy ${policy.name} (${policy.id}); the longer one is used`,
    where: {id: policy.id},
    remedy: 'Export again at one time, so that only the current text is in the files.',
  };
}
