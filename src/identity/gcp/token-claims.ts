import type {TextFact} from './condition/decide.ts';
import type {Expression} from './condition/parse.ts';

/** What is known of a token: claims by name (`sub`, `repository`). */
export type Claims = ReadonlyMap<string, string>;

/** Pools call claims `assertion.x`; attributes and the subject are mapped from them. */
export function claimOf(path: string, mapping: ReadonlyMap<string, string>): string | null {
  if (path.startsWith('assertion.')) return path.slice('assertion.'.length);
  const source = mapping.get(path);
  const plain =
    source === undefined
      ? null
      : (/^assertion\.([\w-]+)$/.exec(source)?.[1] ?? /^assertion\[['"]([^'"]+)['"]\]$/.exec(source)?.[1]);
  return plain ?? null;
}

/** Looks attributes of a condition up in the claims. */
export function lookUp(
  claims: Claims,
  mapping: ReadonlyMap<string, string>,
): (path: string) => TextFact | null {
  return (path) => {
    const claim = claimOf(path, mapping);
    const value = claim === null ? undefined : claims.get(claim);
    return value === undefined ? null : {spellings: [value]};
  };
}

/** Claims that follow from others on build platforms: the repository from the subject, its owner from the repository. */
export function complete(claims: Claims): Claims {
  const all = new Map(claims);
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && !all.has(name)) all.set(name, value);
  };
  const sub = all.get('sub') ?? '';
  add('repository', /^repo:([^/:]+\/[^/:]+):/.exec(sub)?.[1]);
  add('project_path', /^project_path:([^:]+):/.exec(sub)?.[1]);
  add('repository_owner', /^([^/*]+)\//.exec(all.get('repository') ?? '')?.[1]);
  const path = all.get('project_path');
  if (path !== undefined && !path.endsWith('*')) add('namespace_path', /^(.+)\/[^/]+$/.exec(path)?.[1]);
  return all;
}

/** Subject pattern of tokens with these claims; null = the claims pin no customer of the issuer. */
export function subjectOf(claims: Claims): string | null {
  const sub = claims.get('sub');
  if (sub !== undefined) return sub;
  const repository = claims.get('repository');
  if (repository !== undefined)
    return repository.endsWith('*') ? `repo:${repository}` : `repo:${repository}:*`;
  const owner = claims.get('repository_owner');
  if (owner !== undefined) return `repo:${owner}/*`;
  const project = claims.get('project_path');
  if (project !== undefined)
    return project.endsWith('*') ? `project_path:${project}` : `project_path:${project}:*`;
  const namespace = claims.get('namespace_path');
  if (namespace !== undefined) return `project_path:${namespace}/*`;
  const organisation = claims.get('terraform_organization_name') ?? claims.get('organization_slug');
  return organisation === undefined ? null : `organization:${organisation}:*`;
}

/**
 * The combinations of claims a condition admits at most, where it says so plainly: equality, lists, and beginnings of subject
 * and repository, joined by "and", alternatives by "or". Null = it leaves the claims open.
 */
export function pins(tree: Expression, mapping: ReadonlyMap<string, string>): Claims[] | null {
  if (tree.kind === 'and') {
    const each = tree.items.flatMap((item) => {
      const found = pins(item, mapping);
      return found === null ? [] : [found];
    });
    if (each.length === 0) return null;
    return each.reduce((all, next) =>
      all.flatMap((a) => next.flatMap((b) => merge(a, b) ?? [])).slice(0, 200),
    );
  }
  if (tree.kind === 'or') {
    const all: Claims[] = [];
    for (const item of tree.items) {
      const found = pins(item, mapping);
      if (found === null) return null;
      all.push(...found);
    }
    return all;
  }
  if (tree.kind === 'compare') return pinned(tree, mapping);
  if (tree.kind === 'call' && tree.name === 'startsWith' && tree.on?.kind === 'path') {
    const claim = claimOf(tree.on.path, mapping);
    const [start] = tree.args;
    if (start?.kind !== 'literal' || typeof start.value !== 'string' || start.value === '') return null;
    if (claim === 'sub' || claim === 'repository' || claim === 'project_path')
      return [new Map([[claim, `${start.value}*`]])];
  }
  return null;
}

function pinned(
  {sign, left, right}: Extract<Expression, {kind: 'compare'}>,
  mapping: ReadonlyMap<string, string>,
): Claims[] | null {
  const [path, value] = left.kind === 'path' ? [left, right] : [right, left];
  const claim = path.kind === 'path' ? claimOf(path.path, mapping) : null;
  if (claim === null) return null;
  if (sign === '==' && value.kind === 'literal' && typeof value.value === 'string')
    return [new Map([[claim, value.value]])];
  if (sign !== 'in' || value.kind !== 'list') return null;
  const values = value.items.flatMap((item) =>
    item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : [],
  );
  return values.length === value.items.length ? values.map((one) => new Map([[claim, one]])) : null;
}

function merge(a: Claims, b: Claims): Claims | null {
  const all = new Map(a);
  for (const [name, value] of b) {
    const other = all.get(name);
    if (other !== undefined && other !== value) return null;
    all.set(name, value);
  }
  return all;
}
