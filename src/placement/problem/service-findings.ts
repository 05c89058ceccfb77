import {nearest} from '../../document/nearest.ts';
import type {Finding, Place} from '../../model/common.ts';
import type {PlacementProblem} from './problem.ts';

/** What shared services loosen, what they do not, and names nothing has. */
export function serviceFindings(problem: PlacementProblem): Finding[] {
  const {input, facts, groups} = problem;
  const {services} = facts;
  const {sites, estate} = input;
  if (!sites.some((site) => (site.sharedServices ?? []).length > 0)) return [];
  const workloadOf = new Map(estate.workloads.map(({id}, w) => [id, w]));
  const groupOf = new Uint32Array(estate.workloads.length);
  groups.forEach((members, g) => members.forEach((w) => (groupOf[w] = g)));
  const count = {answered: 0, loose: 0};
  const kept: {service: string; consumer: string; place: Place}[] = [];
  for (const {from, to, kind, place} of estate.dependencies) {
    if (kind === 'trust' || kind === 'must-apart') continue;
    const [a, b] = [workloadOf.get(from) ?? -1, workloadOf.get(to) ?? -1];
    const somewhere = (service: number, consumer: number): boolean =>
      sites.some((_, s) => services.ready(service, consumer, s));
    const forward = somewhere(b, a);
    if (!forward && !somewhere(a, b)) continue;
    const [service, consumer] = forward ? [b, a] : [a, b];
    if (kind !== 'must-together') count.answered++;
    else if (groupOf[a] !== groupOf[b]) count.loose++;
    else
      kept.push({
        service: estate.workloads[service]!.name,
        consumer: estate.workloads[consumer]!.name,
        place,
      });
  }
  return [...told(count), ...keptFindings(kept), ...unknownNames(problem)];
}

function told({answered, loose}: {answered: number; loose: number}): Finding[] {
  if (answered + loose === 0) return [];
  const parts = [
    ...(answered > 0 ? [`${answered} ${answered === 1 ? 'dependency ends' : 'dependencies end'} there`] : []),
    ...(loose > 0 ? [`${loose} ${loose === 1 ? 'bond holds' : 'bonds hold'} nothing together`] : []),
  ];
  return [
    {
      code: 'BH-PLACE-023',
      severity: 'info',
      message: `shared services count where a site states that they stand ready: ${parts.join(', ')}`,
      where: {},
      remedy: 'Check that each of these sites really offers the service; who controls it counts as before.',
    },
  ];
}

function keptFindings(kept: {service: string; consumer: string; place: Place}[]): Finding[] {
  const [first] = kept;
  if (!first) return [];
  return [
    {
      code: 'BH-PLACE-025',
      severity: 'low',
      message: `${kept.length} ${kept.length === 1 ? 'bond' : 'bonds'} to shared services still hold together (for example ${first.consumer} with ${first.service}): the service does not stand ready at every site open to the other end`,
      where: first.place,
      remedy:
        'Name the service in `sharedServices` of the sites that are missing, or state a data flow instead of the bond.',
    },
  ];
}

function unknownNames({input, facts}: PlacementProblem): Finding[] {
  const {unknown} = facts.services;
  if (unknown.size === 0) return [];
  const names = new Set(
    input.estate.workloads.flatMap(({name, application}) =>
      application === null ? [name] : [name, application],
    ),
  );
  return [...unknown].map(([name, at]): Finding => {
    const near = nearest(name, names);
    const {file, line} = input.sites[at[0]!]!.place;
    return {
      code: 'BH-PLACE-026',
      severity: near === null ? 'info' : 'low',
      message: `no workload and no application is called \`${name}\`, the shared service of ${at.map((s) => input.sites[s]!.id).join(', ')}${near === null ? '' : ` (did you mean \`${near}\`?)`}: it loosens nothing`,
      where: {...(file ? {file} : {}), ...(line ? {line} : {}), id: input.sites[at[0]!]!.id},
      remedy: 'Write the name of the application that provides it, as the estate knows it.',
    };
  });
}
