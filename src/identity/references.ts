import type {Place} from '../model/common.ts';
import type {BuildContext} from './context.ts';
import {siteNode} from './node-ids.ts';
import {canonicalRoot, looksLikeRoot} from './root-ids.ts';

/**
 * Nodes for declared references: node ids, site ids or names, root ids (made when new), container names. What stands
 * for nothing becomes a finding.
 */
export function reference(context: BuildContext, written: string[], field: string, place: Place): string[] {
  return written.flatMap((word) => {
    const found = find(context, word);
    if (found.length > 0) return found;
    context.graph.findings.push({
      code: 'BH-ID-040',
      severity: 'medium',
      message: `\`${field}\`: \`${word}\` is no workload, container, site or root of the inventory; its edges are missing`,
      where: place,
      remedy: 'Correct the reference, or import the source that lists it.',
    });
    return [];
  });
}

function find({graph, sites, estate}: BuildContext, word: string): string[] {
  if (graph.has(word)) return [word];
  if (looksLikeRoot(word)) return [graph.root(canonicalRoot(word))];
  const site = sites.find(({id, name}) => id === word || name === word);
  if (site) return [siteNode(site.id)];
  const named = estate.containers.filter(
    ({id, name}) => name === word || id.endsWith(`:${word}`) || id.endsWith(`/${word}`),
  );
  if (named.length === 1) return [named[0]!.id];
  const app = estate.applications.find(({id, name}) => word === id || word === `app:${name}`);
  if (app) return app.workloads;
  const workloads = estate.workloads.filter(({name}) => name === word);
  return workloads.length === 1 ? [workloads[0]!.id] : [];
}
