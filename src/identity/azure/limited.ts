import type {RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {containerNode, facetNode} from '../node-ids.ts';
import {type Right, grant} from '../rights.ts';
import type {GivenRole, Touching} from './rights.ts';
import type {Scopes} from './scopes.ts';

interface Draw {
  assignment: RoleAssignment;
  holder: string;
  scope: string;
  role: GivenRole;
  level: 0 | 1;
  above: Touching[];
  below: Touching[];
  rights(role: GivenRole, touching: Touching[]): Right[];
}

/** Draws rights over a scope below which denies take some of them away. */
export interface Limited {
  draw(what: Draw): void;
}

/**
 * Where a deny lies below the scope of a role, the rights differ down the tree. The containers on the way to denies are walked
 * one by one, everything beside them is granted whole. All holders of the same role bound by the same denies share one chain
 * of nodes, so edges do not grow with their number.
 */
export function createLimited(parts: {context: BuildContext; facets: Facets; scopes: Scopes}): Limited {
  const {context, facets, scopes} = parts;
  const {graph, containers, children, workloadsIn, principalsIn} = context;
  const made = new Set<string>();

  const walk = (top: string, sort: string, what: Draw): void => {
    const onTheWay = new Set(
      what.below.flatMap(({deny: {rule}}) => scopes.chain(rule.scope).filter((id) => id !== rule.scope)),
    );
    const open: {id: string; active: Touching[]}[] = [{id: top, active: what.above}];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const {id, active} = at;
      const node = facetNode(id, sort);
      if (made.has(node)) continue;
      made.add(node);
      const rights = what.rights(what.role, active);
      for (const workload of workloadsIn.get(id) ?? []) {
        const here = what.below.filter(({deny}) => hits(deny.rule, workload.id, scopes, containers));
        const own = here.length === 0 ? rights : what.rights(what.role, join(active, here));
        grant(context, facets, node, workload.id, own);
      }
      const identities =
        rights.find(({over}) => over === 'identities') ?? rights.find(({over}) => over === 'control');
      for (const principal of identities ? (principalsIn.get(id) ?? []) : []) {
        const {because, certainty} = identities!;
        graph.edge(node, principal.id, 'HAS_ROLE', {evidence: because, certainty});
      }
      for (const child of children.get(id) ?? []) {
        const here = what.below.filter(({deny}) => deny.rule.scope === child.id);
        const inherited = join(active, here);
        if (!onTheWay.has(child.id)) {
          grant(context, facets, node, child.id, what.rights(what.role, inherited));
          continue;
        }
        const below = facetNode(child.id, sort);
        graph.node(below, 'container', 'limited', `${what.role.name} over ${child.name}, less denies`);
        graph.edge(node, below, 'CONTAINS', {evidence: `parent = ${id}`});
        open.push({id: child.id, active: inherited});
      }
    }
  };

  return {
    draw(what) {
      const {holder, scope, role, level, below, above, assignment} = what;
      const eligible = level === 1 ? ', eligible' : '';
      const cut = below.map(({deny}) => deny.label).join(', ');
      if (!containers.has(scope)) {
        // A workload with denies on its parts: what is left of it is not decided.
        const rights = what.rights(role, above).map((right) => ({
          ...right,
          level,
          certainty: 'conditional' as const,
          because: `${right.because}; deny ${cut} takes a part${eligible}`,
        }));
        grant(context, facets, holder, scope, rights, {id: assignment.id});
        return;
      }
      const sort = `limited:${hash([role.key, ...[...above, ...below].map(({deny, binds}) => `${deny.rule.id} ${binds}`)])}`;
      const node = graph.node(
        facetNode(scope, sort),
        'container',
        'limited',
        `${role.name} over ${containers.get(scope)!.name}, less denies`,
      );
      walk(scope, sort, what);
      const because = `roleAssignment ${role.name}: all but what deny ${cut} takes below${eligible}`;
      graph.edge(holder, node, 'HAS_ROLE', {evidence: because, level, place: {id: assignment.id}});
      // What the denies take can be given to somebody they spare, or the denies can be lifted with what made them.
      const control = what.rights(role, above).find(({over}) => over === 'control');
      if (!control) return;
      graph.edge(holder, containerNode(scope), 'HAS_ROLE', {
        evidence: `${control.because}; what deny ${cut} takes could be given to somebody it spares${eligible}`,
        level,
        certainty: 'conditional',
        place: {id: assignment.id},
      });
    },
  };
}

/** Whether a rule below the role's scope binds at this workload by itself (rules at containers are walked to). */
function hits(
  rule: {scope: string; inherited: boolean},
  workload: string,
  scopes: Scopes,
  containers: BuildContext['containers'],
): boolean {
  if (rule.scope === workload) return true;
  return rule.inherited && !containers.has(rule.scope) && scopes.chain(workload).includes(rule.scope);
}

function join(a: Touching[], b: Touching[]): Touching[] {
  return b.length === 0 ? a : [...new Map([...a, ...b].map((one) => [one.deny.rule.id, one])).values()];
}

/** Short name of a list of texts that does not depend on a run: two 32-bit FNV-1a hashes. */
function hash(texts: string[]): string {
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (const text of texts) {
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 0x10000;
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ (code + i), 0x01000193);
    }
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
