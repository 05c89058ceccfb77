import type {IdentityGraph} from '../model/exposure.ts';
import {findSubject} from './subject.ts';

/** A node a person named, or what to say when the name fits none or several. */
export type NodeMatch = {id: string} | {problem: string; remedy: string};

/**
 * Finds a node of the identity graph by id, name or unique end of an id, optionally with `workload:`, `root:` or
 * `principal:` before it.
 */
export function findNode(graph: IdentityGraph, text: string): NodeMatch {
  const known = graph.nodes.map(({id, kind, name}) => ({
    kind: kind === 'workload' || kind === 'root' ? kind : ('principal' as const),
    id,
    name,
  }));
  // Ids begin with words like the prefixes: an exact one is never taken apart.
  if (known.some(({id}) => id === text)) return {id: text};
  const match = findSubject(text, known);
  if ('subject' in match) return {id: match.subject.id};
  if ('candidates' in match)
    return {
      problem: `\`${text}\` is ambiguous: ${match.candidates.length} nodes are called that`,
      remedy: `Name one of: ${match.candidates
        .slice(0, 10)
        .map(({id}) => id)
        .join(', ')}`,
    };
  return {
    problem: `no node of the identity graph is called \`${text}\``,
    remedy: match.near
      ? `Did you mean \`${match.near}\`?`
      : 'Take an id of `bulkhead roots`, `bulkhead inventory` or `bulkhead explain`.',
  };
}
