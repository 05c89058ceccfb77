import {byText, canonicalJson} from '../document/canonical.ts';
import {nearest} from '../document/nearest.ts';
import type {Finding, Outcome, Place} from '../model/common.ts';
import type {Container, Facts, Workload} from '../model/estate.ts';
import type {IdentityDeclaration} from '../model/identity-declaration.ts';
import {byFinding} from './finding-order.ts';
import {indexNodes, type NodeIndex} from './node-index.ts';
import type {ReferenceIndex} from './reference-index.ts';
import {resolveSections} from './resolve-identity-sections.ts';
import {collectUnresolved, type Unresolved} from './unresolved.ts';

/** The parts of the estate that an identity declaration can point at. */
export interface IdentityTargets {
  workloads: Workload[];
  facts: Facts;
}

/**
 * Identity declarations with workload references as ids. A sign-in of an application or tag becomes one per workload.
 * vCenter and operator references become container ids where they name one; what is left may be a site's name.
 * Declared edges may join anything; ends that are nothing known are left out with a finding.
 */
export function resolveIdentity(
  declarations: IdentityDeclaration[],
  targets: IdentityTargets,
  index: ReferenceIndex,
): Outcome<IdentityDeclaration[]> {
  const unresolved = collectUnresolved({code: 'BH-EST-050', severity: 'high', noun: 'reference'});
  const nodes = indexNodes(targets.facts, declarations);
  const findings: Finding[] = [];
  const ids = (texts: string[], place: Place): string[] => {
    const found = new Set(texts.flatMap((text) => unresolved.workloads(text, place, index)));
    return [...found].sort((a, b) => a - b).map((at) => targets.workloads[at]!.id);
  };
  const value = declarations.toSorted(byFirstPlace).map((declaration): IdentityDeclaration => ({
    adDomains: declaration.adDomains.map((domain) => ({
      ...domain,
      domainControllers: ids(domain.domainControllers, domain.place),
      members: ids(domain.members, domain.place),
      ...(domain.certificateAuthorities
        ? {
            certificateAuthorities: domain.certificateAuthorities.map((authority) => ({
              ...authority,
              servers: ids(authority.servers, domain.place),
            })),
          }
        : {}),
    })),
    adfs: declaration.adfs.map((farm) => ({...farm, servers: ids(farm.servers, farm.place)})),
    entraConnect: declaration.entraConnect.map((sync) => ({
      ...sync,
      servers: ids(sync.servers, sync.place),
      ...(sync.agentServers ? {agentServers: ids(sync.agentServers, sync.place)} : {}),
      ...(sync.stagingServers ? {stagingServers: ids(sync.stagingServers, sync.place)} : {}),
    })),
    vcenterSso: declaration.vcenterSso.map((sso) => ({
      ...sso,
      appliances: ids(sso.appliances, sso.place),
      vcenters: sso.vcenters.map((text) => vcenterId(text, sso.place, targets.facts.containers, findings)),
    })),
    operators: declaration.operators.map((operator) => ({
      ...operator,
      operates: operator.operates.map((text) => nodes.container(text) ?? text),
    })),
    signIns: declaration.signIns.flatMap((link) =>
      ids([link.workload], link.place).map((workload) => ({...link, workload})),
    ),
    edges: declaration.edges.flatMap((edge) => {
      const from = ends(edge.from, edge.place, nodes, targets.workloads, index, unresolved);
      const to = ends(edge.to, edge.place, nodes, targets.workloads, index, unresolved);
      return from.flatMap((u) => to.filter((v) => v !== u).map((v) => ({...edge, from: u, to: v})));
    }),
    roots: declaration.roots,
    ...(declaration.workspace ? {workspace: declaration.workspace} : {}),
    ...resolveSections(declaration, {ids, targets: targetsOf(nodes, targets.workloads, index, unresolved)}),
  }));
  return {value, findings: [...unresolved.findings(index), ...findings.sort(byFinding)]};
}

/**
 * Ids of whatever references name: a node, workloads, a container, a principal. Sites are not known here: a text that is
 * nothing known stays as it is.
 */
function targetsOf(
  nodes: NodeIndex,
  workloads: Workload[],
  index: ReferenceIndex,
  unresolved: Unresolved,
): (texts: string[], place: Place) => string[] {
  return (texts, place) => [
    ...new Set(
      texts.flatMap((text) => {
        const exact = nodes.exact(text);
        if (exact !== null) return [exact];
        const resolution = index.resolve(text);
        if (resolution.kind === 'found') return resolution.workloads.map((at) => workloads[at]!.id);
        const named = nodes.container(text) ?? nodes.principal(text);
        if (named !== null) return [named];
        if (resolution.kind === 'ambiguous' || /^(app|tag):/i.test(text)) {
          unresolved.note(text, resolution, place);
          return [];
        }
        return [text];
      }),
    ),
  ];
}

function ends(
  text: string,
  place: Place,
  nodes: NodeIndex,
  workloads: Workload[],
  index: ReferenceIndex,
  unresolved: Unresolved,
): string[] {
  const exact = nodes.exact(text);
  if (exact !== null) return [exact];
  const resolution = index.resolve(text);
  if (resolution.kind === 'found') return resolution.workloads.map((at) => workloads[at]!.id);
  const named = nodes.container(text) ?? nodes.principal(text);
  if (named !== null) return [named];
  unresolved.note(
    text,
    resolution.kind === 'unknown'
      ? {kind: 'unknown', what: `root, container, principal or workload \`${text}\``}
      : resolution,
    place,
  );
  return [];
}

/** Site names are unknown here, so a text that is no vCenter stays as it is; a near miss is told. */
function vcenterId(text: string, place: Place, containers: Container[], findings: Finding[]): string {
  const vcenters = containers.filter((container) => container.kind === 'vcenter');
  const folded = text.trim().toLowerCase();
  const found = vcenters.filter(
    ({id, name, aliases}) =>
      [id, name, ...(aliases ?? [])].some((known) => known.toLowerCase() === folded) ||
      id.toLowerCase().endsWith(`:${folded}`) ||
      id.toLowerCase().endsWith(`/${folded}`),
  );
  if (found.length === 1) return found[0]!.id;
  const near = nearest(
    text,
    vcenters.map(({name}) => name),
  );
  if (found.length > 1 || near) {
    findings.push({
      code: 'BH-EST-051',
      severity: 'medium',
      message:
        found.length > 1
          ? `\`${text}\` could be several vCenters: ${found.map(({id}) => id).join(', ')}; it is taken as the name of a site`
          : `no vCenter \`${text}\` in this inventory; did you mean \`${near}\`? It is taken as the name of a site`,
      where: place,
      remedy: 'Write the vCenter’s UUID or server name as the inventory has it.',
    });
  }
  return text;
}

function byFirstPlace(a: IdentityDeclaration, b: IdentityDeclaration): number {
  const first = (declaration: IdentityDeclaration): string =>
    Object.values(declaration)
      .flat()
      .map(({place}: {place: Place}) => `${place.file ?? ''}\n${String(place.line ?? 0).padStart(9, '0')}`)
      .sort(byText)[0] ?? '';
  return byText(first(a), first(b)) || byText(canonicalJson(a), canonicalJson(b));
}
