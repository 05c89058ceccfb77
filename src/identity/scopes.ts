import type {Place} from '../model/common.ts';
import type {Host} from '../model/estate.ts';
import type {BuildContext} from './context.ts';
import {siteNode} from './node-ids.ts';
import {reference} from './references.ts';
import {canonicalRoot} from './root-ids.ts';

/**
 * Ids of the workloads that references cover: workloads themselves, everything in a container, a site or under a root.
 * What stands for nothing becomes a finding. Sorted.
 */
export function workloadsUnder(
  context: BuildContext,
  written: readonly string[],
  field: string,
  place: Place,
): string[] {
  const {estate, sites, siteOf, workloads} = context;
  const found = new Set<string>();
  for (const word of written) {
    const container = containerOf(context, word);
    if (container !== null) for (const id of workloadsIn(context, [container])) found.add(id);
    else {
      for (const id of reference(context, [word], field, place)) {
        const site = sites.findIndex((candidate) => siteNode(candidate.id) === id);
        if (workloads.has(id)) found.add(id);
        else if (site >= 0) {
          estate.workloads.forEach((workload, index) => {
            if (siteOf[index] === site) found.add(workload.id);
          });
        } else {
          const under = containersUnderRoot(context, id);
          for (const workload of workloadsIn(context, under)) found.add(workload);
        }
      }
    }
  }
  return [...found].sort();
}

/** Hosts that references cover: by id or name, or all of a container or site. What stands for nothing becomes a finding. */
export function hostsUnder(
  context: BuildContext,
  written: readonly string[],
  field: string,
  place: Place,
): Host[] {
  const {estate, sites, siteOf} = context;
  const found = new Set<Host>();
  for (const word of written) {
    const folded = word.trim().toLowerCase();
    const named = estate.hosts.filter(({id, name}) => id === word || name.toLowerCase() === folded);
    const container = containerOf(context, word);
    const site = sites.findIndex(({id, name}) => id === word || name === word);
    if (container !== null) {
      const inside = new Set(descendants(context, [container]));
      for (const host of estate.hosts)
        if (host.container !== null && inside.has(host.container)) found.add(host);
    } else if (site >= 0) {
      const used = new Set(
        estate.workloads.filter((_, index) => siteOf[index] === site).map(({host}) => host),
      );
      for (const host of estate.hosts) if (used.has(host.id)) found.add(host);
    } else if (named.length > 0) for (const host of named) found.add(host);
    else {
      context.graph.findings.push({
        code: 'BH-ID-431',
        severity: 'medium',
        message: `\`${field}\`: \`${word}\` is no host, container or site of the inventory; the statement is left out`,
        where: place,
        remedy: 'Write the name of the host, cluster, vCenter or site as the inventory has it.',
      });
    }
  }
  return estate.hosts.filter((host) => found.has(host));
}

/** Id of the container a text names by id, alias, name or end of its id; null = none or several. */
function containerOf({containers, estate}: BuildContext, word: string): string | null {
  if (containers.has(word)) return word;
  const folded = word.trim().toLowerCase();
  const named = estate.containers.filter(
    ({id, name, aliases}) =>
      name.toLowerCase() === folded ||
      id.toLowerCase().endsWith(`/${folded}`) ||
      id.toLowerCase().endsWith(`:${folded}`) ||
      (aliases ?? []).some((alias) => alias.toLowerCase() === folded),
  );
  return named.length === 1 ? named[0]!.id : null;
}

function containersUnderRoot({estate}: BuildContext, root: string): string[] {
  return estate.containers.flatMap((container) =>
    container.root !== null && canonicalRoot(container.root) === root ? [container.id] : [],
  );
}

function workloadsIn(context: BuildContext, tops: readonly string[]): string[] {
  return descendants(context, tops).flatMap((id) =>
    (context.workloadsIn.get(id) ?? []).map((workload) => workload.id),
  );
}

/** The containers and all below them, each once. */
function descendants({children}: BuildContext, tops: readonly string[]): string[] {
  const seen = new Set(tops);
  for (const id of seen) for (const child of children.get(id) ?? []) seen.add(child.id);
  return [...seen];
}
