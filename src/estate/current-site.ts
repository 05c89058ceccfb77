import {byText} from '../document/canonical.ts';
import {compileGlob, type Glob} from '../document/glob.ts';
import type {Finding} from '../model/common.ts';
import type {Container, Estate, Workload} from '../model/estate.ts';
import type {Site} from '../model/site.ts';

export interface CurrentSites {
  /** Per workload, in the order of `estate.workloads`: index into `sites`, −1 = not known. */
  siteOf: Int32Array;
  findings: Finding[];
}

/** One entry of `Site.matches`, compiled. */
interface Matcher {
  site: number;
  cloud: string | null;
  region: Glob | null;
  container: Glob | null;
  source: Glob | null;
  /** Compared part by part, larger = more specific: parts given, exact parts, literal characters per part. */
  rank: number[];
}

const SHOWN = 3;

/**
 * Where each workload is today. All given parts of a match must hold; a container also matches by its name and by any
 * container above it. The most specific match wins; two equally specific matches of different sites leave the
 * workload without a site and are told.
 */
export function currentSites(estate: Estate, sites: Site[]): CurrentSites {
  const matchers = sites.flatMap((site, index) => site.matches.map((match) => compile(match, index)));
  matchers.sort((a, b) => compareRank(b.rank, a.rank) || a.site - b.site);
  const names = containerNames(estate.containers);
  const siteOf = new Int32Array(estate.workloads.length).fill(-1);
  const known = new Map<string, {site: number; rivals: number[]}>();
  const conflicts = new Map<string, {rivals: number[]; workloads: Workload[]}>();
  const homeless = new Map<string, Workload[]>();
  for (const [index, workload] of estate.workloads.entries()) {
    const key = `${workload.cloud}\n${workload.region}\n${workload.container}\n${workload.source}`;
    let answer = known.get(key);
    if (!answer) known.set(key, (answer = choose(workload, matchers, names)));
    siteOf[index] = answer.site;
    if (answer.rivals.length > 0) {
      const rivals = answer.rivals.join(' ');
      const entry = conflicts.get(rivals) ?? {rivals: answer.rivals, workloads: []};
      entry.workloads.push(workload);
      conflicts.set(rivals, entry);
    } else if (answer.site < 0) {
      const place = `${workload.cloud}${workload.region === null ? '' : ` ${workload.region}`}`;
      const list = homeless.get(place);
      if (list) list.push(workload);
      else homeless.set(place, [workload]);
    }
  }
  return {
    siteOf,
    findings: [
      ...[...conflicts].sort(([a], [b]) => byText(a, b)).map(([, entry]) => conflict(entry, sites)),
      ...[...homeless].sort(([a], [b]) => byText(a, b)).map(([place, list]) => noSite(place, list)),
    ],
  };
}

function compile(match: Site['matches'][number], site: number): Matcher {
  const glob = (text: string | undefined): Glob | null => (text === undefined ? null : compileGlob(text));
  const [region, container, source] = [glob(match.region), glob(match.container), glob(match.source)];
  const globs = [container, region, source].filter((part) => part !== null);
  const cloud = match.cloud ?? null;
  const rank = [
    globs.length + (cloud === null ? 0 : 1),
    globs.filter((part) => part.exact).length,
    container?.literal ?? 0,
    region?.literal ?? 0,
    source?.literal ?? 0,
  ];
  return {site, cloud, region, container, source, rank};
}

function choose(
  workload: Workload,
  matchers: Matcher[],
  names: (container: string) => string[],
): {site: number; rivals: number[]} {
  const hits = matchers.filter((matcher) => holds(matcher, workload, names));
  const best = hits[0];
  if (!best) return {site: -1, rivals: []};
  const equal = hits.filter((hit) => compareRank(hit.rank, best.rank) === 0);
  const rivals = [...new Set(equal.map((hit) => hit.site))].sort((a, b) => a - b);
  return rivals.length > 1 ? {site: -1, rivals} : {site: best.site, rivals: []};
}

function holds(matcher: Matcher, workload: Workload, names: (container: string) => string[]): boolean {
  const {cloud, region, container, source} = matcher;
  if (cloud !== null && cloud !== workload.cloud) return false;
  if (region && (workload.region === null || !region.test(workload.region))) return false;
  if (source && !source.test(workload.source)) return false;
  if (!container) return true;
  return workload.container !== null && names(workload.container).some((name) => container.test(name));
}

/** Ids, aliases and names of a container and of everything above it. */
function containerNames(containers: Container[]): (container: string) => string[] {
  const byId = new Map(containers.map((container) => [container.id, container]));
  const memo = new Map<string, string[]>();
  return (id) => {
    let names = memo.get(id);
    if (names) return names;
    names = [id];
    const seen = new Set<string>();
    for (
      let at = byId.get(id);
      at && !seen.has(at.id);
      at = at.parent === null ? undefined : byId.get(at.parent)
    ) {
      seen.add(at.id);
      names.push(at.id, at.name, ...(at.aliases ?? []));
      // A parent no file describes still has an id that a match may name.
      if (at.parent !== null) names.push(at.parent);
    }
    memo.set(id, names);
    return names;
  };
}

function compareRank(a: number[], b: number[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return 0;
}

function conflict(entry: {rivals: number[]; workloads: Workload[]}, sites: Site[]): Finding {
  const names = entry.rivals.map((index) => sites[index]!.id);
  const first = sites[entry.rivals[0]!]!;
  return {
    code: 'BH-SITE-010',
    severity: 'medium',
    message: `${some(entry.workloads)} match the sites ${names.join(' and ')} equally well; where they are today is unknown`,
    where: {...first.place, id: entry.workloads[0]!.id},
    remedy: 'Make one of the `matches` more specific.',
  };
}

function noSite(place: string, workloads: Workload[]): Finding {
  return {
    code: 'BH-SITE-011',
    severity: 'low',
    message: `no site matches ${some(workloads)} in ${place}; where they are today is unknown`,
    where: {id: workloads[0]!.id},
    remedy: 'Add `matches` for them to a site.',
  };
}

function some(workloads: Workload[]): string {
  const names = workloads.slice(0, SHOWN).map(({name}) => name);
  return `${workloads.length} workload${workloads.length === 1 ? '' : 's'} (${names.join(', ')}${workloads.length > SHOWN ? ' …' : ''})`;
}
