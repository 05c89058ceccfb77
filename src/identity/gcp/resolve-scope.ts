import type {BindingWorld} from './bindings.ts';

/**
 * The node a binding's resource stands for. What lies in a known workload (a key in its ring, a table in its dataset) stands for a
 * part of it. Null = nothing known.
 */
export function resolveScope(
  {context, scopes, records}: Pick<BindingWorld, 'context' | 'scopes' | 'records'>,
  scope: string,
): {id: string; exact: boolean} | null {
  const {graph} = context;
  const container = scopes.container(scope);
  if (container !== null) return {id: container, exact: true};
  const account = /\/serviceAccounts\/([^/]+)$/.exec(scope)?.[1];
  const known = account === undefined ? undefined : records.accountByUniqueId(account);
  if (known !== undefined) return {id: known, exact: true};
  if (graph.has(scope)) return {id: scope, exact: true};
  for (let cut = scope.lastIndexOf('/'); cut > 0; cut = scope.lastIndexOf('/', cut - 1)) {
    const above = scope.slice(0, cut);
    if (graph.has(above)) return {id: above, exact: false};
  }
  return null;
}
