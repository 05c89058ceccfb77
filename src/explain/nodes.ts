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
  // A machine and its own identity share a name: whoever names a thing means the workload, then the root.
  const preferred = 'candidates' in match ? onlyOf(match.candidates) : null;
  if (preferred !== null) return {id: preferred};
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

function onlyOf(candidates: readonly {kind: string; id: string}[]): string | null {
  for (const kind of ['workload', 'root']) {
    const found = candidates.filter((candidate) => candidate.kind === kind);
    if (found.length > 0) return found.length === 1 ? found[0]!.id : null;
  }
  return null;
}
