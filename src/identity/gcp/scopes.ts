import type {BuildContext} from '../context.ts';

/** Where things lie in the hierarchy of organisations, folders and projects. */
export interface Scopes {
  /** Container id of any of its spellings (`projects/shop`, `//cloudresourcemanager.googleapis.com/projects/1`); null = none. */
  container(name: string): string | null;
  /** The container and all above it, nearest first; loops end. */
  chain(container: string): readonly string[];
  /** Container a workload, principal or container lies in (a container lies in itself). */
  home(id: string): string | null;
  /** Whether `id` is `above` or lies below it. */
  within(id: string, above: string): boolean;
}

/** Looks the hierarchy up once; chains are kept, so repeated questions cost nothing. */
export function createScopes({containers, workloads, principals, estate}: BuildContext): Scopes {
  const aliases = new Map<string, string>();
  for (const {id, aliases: others} of estate.containers)
    for (const other of others ?? []) aliases.set(other, id);
  const chains = new Map<string, readonly string[]>();
  const container = (name: string): string | null => {
    const bare = name.replace(/^gcp:/, '').replace(/^\/\/cloudresourcemanager\.googleapis\.com\//, '');
    const id = `gcp:${bare}`;
    return containers.has(id) ? id : (aliases.get(id) ?? null);
  };
  const chain = (id: string): readonly string[] => {
    let found = chains.get(id);
    if (found === undefined) {
      const seen = new Set<string>();
      let at: string | null | undefined = id;
      while (at !== null && at !== undefined && !seen.has(at)) {
        seen.add(at);
        at = containers.get(at)?.parent;
      }
      chains.set(id, (found = [...seen]));
    }
    return found;
  };
  const home = (id: string): string | null =>
    containers.has(id) ? id : (workloads.get(id)?.container ?? principals.get(id)?.container ?? null);
  return {
    container,
    chain,
    home,
    within(id, above) {
      if (id === above) return true;
      const at = home(id);
      return at !== null && chain(at).includes(above);
    },
  };
}
