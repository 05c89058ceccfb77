import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {facetNode} from '../node-ids.ts';
import type {Membership} from './membership.ts';
import type {Placer} from './place-right.ts';
import {nameOf} from './role-permissions.ts';
import type {Records} from './records.ts';
import type {Scopes} from './scopes.ts';

interface World {
  context: BuildContext;
  facets: Facets;
  scopes: Scopes;
  membership: Membership;
  placer: Placer;
  records: Records;
}

/**
 * `implicitDelegation`: the right to have an account mint tokens of accounts *it* may mint tokens for. It does not give the account
 * itself, so what the account can pass on is a node of its own, and nodes chain as accounts delegate to each other.
 */
export function drawDelegation({context, scopes, placer, records}: World): void {
  const {graph, principals} = context;
  const tokens = records.tokens();
  const delegates = [...new Set([...tokens.keys(), ...records.holders()])]
    .filter(
      (id) =>
        id.startsWith('gcp:serviceAccount:') && (tokens.has(id) || records.of(id, 'delegation').length > 0),
    )
    .sort();
  const holders = [...records.holders()].filter((id) => records.of(id, 'delegation').length > 0);
  if (holders.length === 0 || delegates.length === 0) return;
  for (const id of delegates) {
    const node = graph.node(
      facetNode(id, 'delegation'),
      'principal',
      'delegation',
      `what ${principals.get(id)?.name ?? id} can mint tokens for`,
    );
    for (const {area, certainty} of tokens.get(id) ?? [])
      placer.draw(node, area, 'identities', {
        evidence: `${id.replace(/^gcp:serviceAccount:/, '')} has iam.serviceAccounts.getAccessToken`,
        certainty,
        level: 0,
        caps: null,
      });
  }
  const made = new Set<string>();
  for (const holder of holders) {
    for (const {area, certainty, level, notes, role} of records.of(holder, 'delegation')) {
      const group = facetNode(area.at, `delegation:${area.reach}`);
      if (!made.has(group)) {
        made.add(group);
        graph.node(group, 'container', 'delegation', `what accounts of ${area.at} can mint tokens for`);
        for (const id of delegates)
          if (
            id === area.at ||
            (area.reach === 'whole' ? scopes.within(id, area.at) : scopes.home(id) === area.at)
          )
            graph.edge(group, facetNode(id, 'delegation'), 'CONTAINS', {evidence: `container = ${area.at}`});
      }
      const from =
        holder.startsWith('gcp:serviceAccount:') && delegates.includes(holder)
          ? [holder, facetNode(holder, 'delegation')]
          : [holder];
      for (const tail of from)
        graph.edge(tail, group, 'HAS_ROLE', {
          evidence: [`binding role = ${role} with iam.serviceAccounts.implicitDelegation`, ...notes].join(
            '; ',
          ),
          certainty,
          level,
        });
    }
  }
}

/** `iam.roles.update` on a custom role one holds: whatever is written into it, one then has wherever it is bound. */
export function drawRoleUpdates({context, scopes, membership, placer, records}: World): void {
  const {estate} = context;
  const custom = new Map<string, {role: string; home: string; scope: string}[]>();
  for (const {cloud, effect, principal, role, roleName, scope} of estate.assignments) {
    if (cloud !== 'gcp' || effect !== 'allow') continue;
    const name = nameOf(role, roleName);
    const parent = /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(name)?.[1];
    const home = parent === undefined ? null : scopes.container(parent);
    const bound = scopes.container(scope) ?? (context.graph.has(scope) ? scope : null);
    if (home === null || bound === null) continue;
    const list = custom.get(principal);
    const entry = {role: name, home, scope: bound};
    if (list) list.push(entry);
    else custom.set(principal, [entry]);
  }
  if (custom.size === 0) return;
  const candidates = new Set(records.holders());
  for (const {id, cloud} of estate.principals)
    if (cloud === 'gcp' && membership.groupsOf(id).length > 0) candidates.add(id);
  for (const holder of candidates) {
    const sources = [holder, ...membership.groupsOf(holder)];
    const updates = sources.flatMap((source) => records.of(source, 'roles'));
    if (updates.length === 0) continue;
    for (const {role, home, scope} of sources.flatMap((source) => custom.get(source) ?? [])) {
      const update = updates.find(({area}) => area.at === role || scopes.within(home, area.at));
      if (update === undefined) continue;
      const facts = {
        evidence: [
          `may change the custom role ${role} it holds on ${scope} (iam.roles.update by ${update.role})`,
          ...update.notes,
        ].join('; '),
        certainty: update.certainty,
        level: update.level,
        caps: null,
      };
      if (context.containers.has(scope)) placer.draw(holder, {at: scope, reach: 'whole'}, 'control', facts);
      else placer.drawOne(holder, scope, facts);
    }
  }
}

/** Services that work as an account of their own: whoever gives them orders acts with that account's rights. */
export function drawAgents({context, scopes, placer, records}: World): void {
  const agents = context.estate.principals.flatMap(({id}) => {
    const address = /^gcp:serviceAccount:(\d+)@(cloudservices|cloudbuild)\.gserviceaccount\.com$/.exec(id);
    const home = address === null ? null : scopes.container(`projects/${address[1]}`);
    return address === null || home === null ? [] : [{id, home, sort: `agent:${address[2]}`}];
  });
  for (const holder of agents.length === 0 ? [] : records.holders()) {
    const orders = ['agent:cloudservices', 'agent:cloudbuild'].flatMap((sort) => records.of(holder, sort));
    for (const {area, notes, permission, level, role, sort: ordered} of orders)
      for (const {id, home, sort} of agents)
        if (sort !== ordered) continue;
        else if (area.reach === 'whole' ? scopes.within(home, area.at) : home === area.at)
          placer.drawOne(holder, id, {
            evidence: [`binding role = ${role} with ${permission}`, ...notes].join('; '),
            certainty: 'conditional',
            level,
            caps: null,
          });
  }
}
