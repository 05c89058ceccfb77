import type {BuildContext} from '../context.ts';
import type {Denies, Deny} from './denies.ts';
import type {Touching} from './rights.ts';
import type {Scopes} from './scopes.ts';

/** Denies by place, so that an assignment looks only at those around its scope. */
export interface DenyIndex {
  /** Denies at the node or above it that bind the holder. */
  at(holder: string, node: string): Touching[];
  /** Denies strictly below the node that bind the holder. */
  below(holder: string, node: string): Touching[];
}

/** Denies that touch no known workload are left out: those on other resources, and those on a container alone. */
export function indexDenies(
  {containers, workloads}: BuildContext,
  denies: Denies,
  scopes: Scopes,
): DenyIndex {
  const parts = new Set<string>();
  const wanted = new Set(denies.all.flatMap(({rule}) => (containers.has(rule.scope) ? [] : [rule.scope])));
  if (wanted.size > 0) {
    for (const id of workloads.keys())
      for (const above of scopes.chain(id)) if (wanted.has(above)) parts.add(above);
  }
  const byScope = new Map<string, Deny[]>();
  const belowOf = new Map<string, Deny[]>();
  for (const deny of denies.all) {
    const {scope, inherited} = deny.rule;
    const container = containers.has(scope) || scope === 'azure:/';
    if (!container && !parts.has(scope)) continue;
    if (container && !inherited) continue;
    if (!container && !inherited && !workloads.has(scope)) continue;
    push(byScope, scope, deny);
    for (const above of scopes.chain(scope)) if (above !== scope) push(belowOf, above, deny);
  }
  const binding = (holder: string, found: readonly Deny[]): Touching[] =>
    found.flatMap((deny) => {
      const binds = denies.binds(deny, holder);
      return binds === 'no' ? [] : [{deny, binds}];
    });
  return {
    at: (holder, node) =>
      byScope.size === 0
        ? []
        : binding(
            holder,
            scopes
              .chain(node)
              .flatMap((above) =>
                (byScope.get(above) ?? []).filter(({rule}) => rule.inherited || above === node),
              ),
          ),
    below: (holder, node) => binding(holder, belowOf.get(node) ?? []),
  };
}

function push(map: Map<string, Deny[]>, key: string, deny: Deny): void {
  const known = map.get(key);
  if (known) known.push(deny);
  else map.set(key, [deny]);
}
