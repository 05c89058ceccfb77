import {byText} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Container, Workload} from '../model/estate.ts';

const SHOWN = 5;

/**
 * Checks that the container hierarchy hangs together. Parents no file describes keep their id (rights they pass down
 * are then unseen, which a finding tells); loops, which no provider has, are cut at their smallest member.
 */
export function checkHierarchy(containers: Container[], workloads: Workload[]): Outcome<Container[]> {
  const byId = new Map(containers.map((container) => [container.id, container]));
  const missing = new Map<string, Set<string>>();
  for (const {parent, cloud} of containers)
    if (parent !== null && !byId.has(parent)) note(missing, cloud, parent);
  for (const {container, cloud} of workloads) {
    if (container !== null && !byId.has(container)) note(missing, cloud, container);
  }
  const findings = [...missing]
    .sort(([a], [b]) => byText(a, b))
    .map(([cloud, ids]) => incomplete(cloud, ids));
  const cuts = loopHeads(containers, byId);
  if (cuts.length === 0) return {value: containers, findings};
  const cut = new Set(cuts);
  return {
    value: containers.map((container) => (cut.has(container.id) ? {...container, parent: null} : container)),
    findings: [...findings, ...cuts.map(loop)],
  };
}

/** Smallest id of each loop of the parent relation. Each container is visited once. */
function loopHeads(containers: Container[], byId: Map<string, Container>): string[] {
  const walkOf = new Map<string, number>();
  const heads: string[] = [];
  for (const [walk, start] of containers.entries()) {
    const path: string[] = [];
    let at: Container | undefined = start;
    while (at && !walkOf.has(at.id)) {
      walkOf.set(at.id, walk);
      path.push(at.id);
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
    if (at && walkOf.get(at.id) === walk) heads.push(path.slice(path.indexOf(at.id)).sort(byText)[0]!);
  }
  return heads.sort(byText);
}

function note(missing: Map<string, Set<string>>, cloud: string, id: string): void {
  let ids = missing.get(cloud);
  if (!ids) missing.set(cloud, (ids = new Set()));
  ids.add(id);
}

function incomplete(cloud: string, ids: Set<string>): Finding {
  const sorted = [...ids].sort(byText);
  const more = sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : '';
  return {
    code: 'BH-EST-010',
    severity: 'low',
    message: `the ${cloud} hierarchy is incomplete: ${sorted.slice(0, SHOWN).join(', ')}${more} ${sorted.length === 1 ? 'is' : 'are'} named as parent but described by no file, so what is inherited from there is unknown`,
    where: {id: sorted[0]!},
    remedy: 'Add the export that lists the containers (management groups, organisation, folders, projects).',
  };
}

function loop(id: string): Finding {
  return {
    code: 'BH-EST-011',
    severity: 'medium',
    message: `the parents of container ${id} lead back to itself; it is treated as a top container`,
    where: {id},
    remedy: 'Check the parent fields in the export.',
  };
}
