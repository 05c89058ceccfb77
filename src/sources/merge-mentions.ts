import type {Container, Principal} from '../model/estate.ts';

/** Field by field: a record's own statement before a mention, anything before null. */
export function mergeContainers(known: Container, next: Container): Container {
  const [lead, other] = known.implied === true && next.implied !== true ? [next, known] : [known, next];
  const aliases = [...new Set([...(known.aliases ?? []), ...(next.aliases ?? [])])].toSorted();
  const attributes = united(lead.attributes, other.attributes);
  const merged: Container = {
    ...lead,
    ...(attributes ? {attributes} : {}),
    parent: lead.parent ?? other.parent,
    root: lead.root ?? other.root,
    tags: Object.keys(lead.tags).length > 0 ? lead.tags : other.tags,
    ...(aliases.length > 0 ? {aliases} : {}),
  };
  if (lead.implied === true && isBareName(lead) && !isBareName(other)) merged.name = other.name;
  return merged;
}

/** A mention often knows no better name than the last part of the id. */
function isBareName(container: Container): boolean {
  return container.id.toLowerCase().endsWith(container.name.toLowerCase());
}

/** How much a principal kind says; the higher one wins a merge. */
const KIND_WEIGHT: Partial<Record<Principal['kind'], number>> = {unknown: 0, servicePrincipal: 1};

/** Field by field: a record's own statement before a mention, the more specific kind, anything before null. */
export function mergePrincipals(known: Principal, next: Principal): Principal {
  const [lead, other] = known.implied === true && next.implied !== true ? [next, known] : [known, next];
  const weight = (kind: Principal['kind']): number => KIND_WEIGHT[kind] ?? 2;
  const nameIsId = lead.name === '' || lead.id.endsWith(lead.name);
  const {implied: _mention, ...rest} = other;
  return {
    ...rest,
    ...lead,
    kind: weight(other.kind) > weight(lead.kind) ? other.kind : lead.kind,
    name: nameIsId && other.name !== '' ? other.name : lead.name,
    container: lead.container ?? other.container,
    person: lead.person || other.person,
    memberOf: [...new Set([...lead.memberOf, ...other.memberOf])].toSorted(),
    ...both(lead, other),
  };
}

/** Named facts and owners of both statements; where they differ, the record's own wins. */
function both(lead: Principal, other: Principal): Partial<Principal> {
  const owners = [...new Set([...(lead.owners ?? []), ...(other.owners ?? [])])].toSorted();
  return {
    ...(lead.attributes || other.attributes ? {attributes: {...other.attributes, ...lead.attributes}} : {}),
    ...(lead.tags || other.tags ? {tags: {...other.tags, ...lead.tags}} : {}),
    ...(owners.length > 0 ? {owners} : {}),
  };
}

/** Named facts of both, the lead's first; nothing where neither has any. */
function united<V>(
  lead: Record<string, V> | undefined,
  other: Record<string, V> | undefined,
): Record<string, V> | undefined {
  return lead === undefined || other === undefined ? (lead ?? other) : {...other, ...lead};
}
