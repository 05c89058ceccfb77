import type {BuildContext} from '../context.ts';

/** Answers what lies above a scope: ARM ids by their parts, management groups by parent. */
export interface Scopes {
  /** The scope itself and everything above it, nearest first. */
  chain(scope: string): readonly string[];
}

/** `azure:/` lies above every Azure scope. Unknown scopes have the parts of their id and what is known above those. */
export function createScopes({containers, workloads}: BuildContext): Scopes {
  const known = new Map<string, readonly string[]>();
  return {
    chain(scope) {
      const cached = known.get(scope);
      if (cached) return cached;
      const seen = new Set<string>();
      const climb = (from: string | null | undefined): void => {
        for (let at = from; at !== null && at !== undefined && !seen.has(at);) {
          seen.add(at);
          at = containers.get(at)?.parent ?? workloads.get(at)?.container ?? above(at);
        }
      };
      climb(scope);
      // A workload's container is not always a part of its id, and the parts between may carry rights of their own.
      for (let at = above(scope); at !== null; at = above(at)) climb(at);
      seen.add('azure:/');
      const chain = [...seen];
      known.set(scope, chain);
      return chain;
    },
  };
}

function above(id: string): string | null {
  const cut = id.lastIndexOf('/');
  return cut <= 'azure:/'.length - 1 ? null : id.slice(0, cut);
}
