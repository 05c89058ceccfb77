import type {Certainty, Place} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import type {Capability} from '../../model/exposure.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {containerNode} from '../node-ids.ts';
import {isOfSort} from '../sorts.ts';
import type {Area} from './areas.ts';

/** How a right came to be. */
export interface RightFacts {
  evidence: string;
  certainty: Certainty;
  level: 0 | 1;
  caps: readonly Capability[] | null;
  place?: Place;
  gap?: IdentityGap;
}

/** Draws rights over parts of the hierarchy. */
export interface Placer {
  /** Whether any workload of the inventory is of this sort: others need no nodes. */
  exists(sort: string): boolean;
  /** Workloads of the sort in the area. */
  workloads(area: Pick<Area, 'at' | 'reach'>, sort: string): readonly Workload[];
  draw(holder: string, area: Pick<Area, 'at' | 'reach'>, over: string, facts: RightFacts): void;
  drawOne(holder: string, head: string, facts: RightFacts, kind?: string): void;
}

/** Edges to one node per container and sort where a right covers a container, to single heads otherwise. */
export function createPlacer(context: BuildContext, facets: Facets): Placer {
  const {graph, containers, workloads, children, workloadsIn, principalsIn} = context;
  const sorts = new Map<string, boolean>();
  const found = new Map<string, readonly Workload[]>();
  const google = context.estate.workloads.filter(({cloud}) => cloud === 'gcp');
  const placer: Placer = {
    exists(sort) {
      let answer = sorts.get(sort);
      if (answer === undefined)
        sorts.set(sort, (answer = google.some((workload) => isOfSort(workload, sort))));
      return answer;
    },
    workloads({at, reach}, sort) {
      const key = `${at}\n${reach}\n${sort}`;
      let list = found.get(key);
      if (list === undefined) {
        const one = workloads.get(at);
        list = (one ? [one] : below(at, reach)).filter((workload) => isOfSort(workload, sort));
        found.set(key, list);
      }
      return list;
    },
    drawOne(holder, head, facts, kind = 'HAS_ROLE') {
      const {caps, gap, place, ...rest} = facts;
      graph.edge(holder, head, kind, {
        ...rest,
        ...(caps === null ? {} : {caps}),
        ...(place === undefined ? {} : {place}),
        ...(gap === undefined ? {} : {gap}),
      });
    },
    draw(holder, area, over, facts) {
      const {at, reach} = area;
      if (!containers.has(at)) {
        const workload = workloads.get(at);
        if (workload ? isOfSort(workload, over) : over === 'control' || over === 'identities')
          placer.drawOne(holder, at, facts);
        return;
      }
      if (over === 'control') {
        placer.drawOne(holder, containerNode(at), {...facts, caps: null});
        placer.drawOne(holder, facets.of(at, 'identities'), {...facts, caps: null});
      } else if (over === 'identities') {
        if (reach === 'whole') placer.drawOne(holder, facets.of(at, 'identities'), {...facts, caps: null});
        else
          for (const {id} of principalsIn.get(at) ?? []) placer.drawOne(holder, id, {...facts, caps: null});
      } else if (reach === 'direct') {
        for (const {id} of placer.workloads(area, over)) placer.drawOne(holder, id, facts);
      } else if (placer.exists(over)) {
        // The capabilities are those of the node the edge ends in.
        placer.drawOne(holder, facets.of(at, over, facts.caps ?? []), {...facts, caps: null});
      }
    },
  };
  return placer;

  function below(at: string, reach: Area['reach']): Workload[] {
    if (reach === 'direct') return workloadsIn.get(at) ?? [];
    const list: Workload[] = [];
    const seen = new Set<string>();
    const open = [at];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      list.push(...(workloadsIn.get(id) ?? []));
      for (const child of children.get(id) ?? []) open.push(child.id);
    }
    return list;
  }
}
