import type {Certainty, Place} from '../model/common.ts';
import type {Capability} from '../model/exposure.ts';
import type {IdentityGap} from '../model/identity-facts.ts';
import type {BuildContext} from './context.ts';
import type {Facets} from './facets.ts';
import {containerNode} from './node-ids.ts';
import {isOfSort} from './sorts.ts';

/**
 * What a role lets its holder take over below a scope:
 * `control` everything including who else has rights · `content` every workload · `identities` every identity that lives
 * there · a sort of workload: only workloads of that sort (`isOfSort`).
 */
export interface Right {
  over: 'control' | 'content' | 'identities' | (string & {});
  certainty: Certainty;
  level: 0 | 1;
  /** The deciding field and value. */
  because: string;
  /** Access to the workloads without control of them; absent = control. Not for `control` and `identities`. */
  caps?: readonly Capability[];
  /** The missing input the right hangs on, where one question would settle it. */
  gap?: IdentityGap;
}

/** Draws the edges of one holder's rights on one scope (container, workload or principal node). */
export function grant(
  context: BuildContext,
  facets: Facets,
  holder: string,
  scope: string,
  rights: Right[],
  place?: Place,
): void {
  const {graph, workloads, containers} = context;
  for (const right of rights) {
    const facts = {
      evidence: right.because,
      level: right.level,
      certainty: right.certainty,
      ...(place ? {place} : {}),
      ...(right.gap ? {gap: right.gap} : {}),
    };
    const {caps} = right;
    const workload = workloads.get(scope);
    if (workload) {
      const covered = right.over === 'control' || isOfSort(workload, right.over);
      if (covered) graph.edge(holder, scope, 'HAS_ROLE', caps ? {...facts, caps} : facts);
      continue;
    }
    if (!containers.has(scope)) {
      // A principal or root: only rights over it as an identity, or over all of it, count.
      if (right.over === 'control' || right.over === 'identities')
        graph.edge(holder, scope, 'HAS_ROLE', facts);
      continue;
    }
    if (right.over === 'control') {
      graph.edge(holder, containerNode(scope), 'HAS_ROLE', facts);
      graph.edge(holder, facets.of(scope, 'identities'), 'HAS_ROLE', facts);
      continue;
    }
    // All that lies in it is less than the container: who holds only the content cannot say who else may.
    graph.edge(holder, facets.of(scope, right.over, caps), 'HAS_ROLE', facts);
  }
}

/** Case-blind glob match of a provider's action pattern; `*` is the only wildcard besides AWS's `?`. */
export function actionMatches(pattern: string, action: string): boolean {
  const p = pattern.toLowerCase();
  const text = action.toLowerCase();
  let i = 0;
  let star = -1;
  let resume = 0;
  let j = 0;
  while (j < text.length) {
    if (i < p.length && p[i] === '*') {
      star = i++;
      resume = j;
    } else if (i < p.length && (p[i] === text[j] || p[i] === '?')) {
      i++;
      j++;
    } else if (star >= 0) {
      i = star + 1;
      j = ++resume;
    } else return false;
  }
  while (p[i] === '*') i++;
  return i === p.length;
}
