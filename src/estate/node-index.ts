import type {Facts} from '../model/estate.ts';
import type {IdentityDeclaration} from '../model/identity-declaration.ts';

/** Prefixes of root ids: a text that begins with one names a root, whether or not a source has seen it. */
const ROOT =
  /^(entra|aws-org|aws-account|gcp-org|workspace|vcenter-sso|ad|adfs|operator|provider|cpu|key|oidc|saml|vendor|backup|git-org|idp|pki|kms):/;

/** Finds what is not a workload: roots, containers, principals, hosts. */
export interface NodeIndex {
  /** The id itself, when it is one. */
  exact(text: string): string | null;
  /** Id of the only container of that id, alias or name. */
  container(text: string): string | null;
  /** Id of the only principal of that id or name. */
  principal(text: string): string | null;
}

export function indexNodes(facts: Facts, declarations: IdentityDeclaration[]): NodeIndex {
  const exact = new Map<string, string>();
  for (const {id} of facts.roots) exact.set(id, id);
  for (const {roots} of declarations) for (const {id} of roots) exact.set(id, id);
  for (const {id} of facts.principals) exact.set(id, id);
  for (const {id} of facts.hosts) exact.set(id, id);
  for (const {id, aliases} of facts.containers) {
    exact.set(id, id);
    for (const alias of aliases ?? []) exact.set(alias, id);
  }
  const containers = byName(facts.containers);
  const principals = byName(facts.principals);
  const unique = (names: Map<string, string[]>, text: string): string | null => {
    const ids = names.get(text.trim().toLowerCase());
    return ids?.length === 1 ? ids[0]! : null;
  };
  return {
    exact: (text) => exact.get(text) ?? (ROOT.test(text) ? text : null),
    container: (text) => (ROOT.test(text) ? null : unique(containers, text)),
    principal: (text) => unique(principals, text),
  };
}

/** Ids by every name they go by, folded: name, id, alias and the last part of the id. */
function byName(records: {id: string; name: string; aliases?: string[]}[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const {id, name, aliases} of records) {
    const all = [
      id,
      name,
      id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1),
      ...(aliases ?? []),
    ];
    for (const text of new Set(all.map((part) => part.toLowerCase()))) {
      const known = names.get(text);
      if (known) known.push(id);
      else names.set(text, [id]);
    }
  }
  return names;
}
