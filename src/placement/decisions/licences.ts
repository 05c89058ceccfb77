import type {Finding} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {Site} from '../../model/site.ts';
import type {Answer} from './answer.ts';
import type {DataGap, OwnerOf} from './data-gaps.ts';
import {listed} from './together-reasons.ts';

/** Tag keys that name licences, in lower case. */
const TAGS = new Set(['licence', 'licences', 'license', 'licenses', 'lizenz', 'lizenzen']);

/** Licences a workload is stated to need, in lower case: its attribute and tags, several separated by commas. */
export function licencesOf({attributes, tags}: Pick<Workload, 'attributes' | 'tags'>): string[] {
  const stated = [
    attributes['licences'],
    ...Object.entries(tags).flatMap(([key, value]) => (TAGS.has(key.toLowerCase()) ? [value] : [])),
  ];
  const names = stated.flatMap((value) => (typeof value === 'string' ? value.split(/[,;]/) : []));
  const known = names
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'none');
  return [...new Set(known)].sort();
}

/** Licences a move needs at its target of which nobody said that they may be used there. */
function openAt({problem: {input}, moves, siteFor}: Answer, w: number): {site: Site; names: string[]} | null {
  if (!moves(w)) return null;
  const site = input.sites[siteFor(w)]!;
  const usable = new Set((site.licences ?? []).map((name) => name.toLowerCase()));
  const names = licencesOf(input.estate.workloads[w]!).filter((name) => !usable.has(name));
  return names.length === 0 ? null : {site, names};
}

/** The right to use is asked for before the move, by whoever answers for the workload. */
export function licenceGaps(answer: Answer, ownerOf: OwnerOf, w: number): DataGap[] {
  const open = openAt(answer, w);
  if (!open) return [];
  const names = open.names.join(', ');
  return [
    {
      field: 'site.licences',
      owner: ownerOf(w),
      remedy: `Check the right to use ${names} at ${open.site.id}, and what it costs there; neither is known.`,
    },
  ];
}

/** One finding per site: what is to be checked there, and that its cost is not in the plan. */
export function licenceFindings(answer: Answer): Finding[] {
  const {input} = answer.problem;
  const bySite = new Map<Site, {names: Set<string>; workloads: Workload[]}>();
  input.estate.workloads.forEach((workload, w) => {
    const open = openAt(answer, w);
    if (!open) return;
    const known = bySite.get(open.site) ?? {names: new Set(), workloads: []};
    for (const name of open.names) known.names.add(name);
    known.workloads.push(workload);
    bySite.set(open.site, known);
  });
  return [...bySite].map(([site, {names, workloads}]): Finding => {
    const {file, line} = site.place;
    const said = site.licences === undefined ? 'nothing is stated about' : 'the site does not list';
    return {
      code: 'BH-PLACE-027',
      severity: 'low',
      message: `check the right to use licences at ${site.id} before ${workloads.length} ${workloads.length === 1 ? 'workload moves' : 'workloads move'} there (for example ${workloads[0]!.name}): ${said} ${listed([...names].sort())}; what they cost there is not known and not part of the plan's cost`,
      where: {...(file ? {file} : {}), ...(line ? {line} : {}), id: site.id},
      remedy: 'Ask the licensor or the provider, then list what may be used in `licences` of the site.',
    };
  });
}
