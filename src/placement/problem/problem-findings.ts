import type {Finding, Place} from '../../model/common.ts';
import type {CostGaps} from './levels.ts';
import type {PlacementProblem} from './problem.ts';
import {createRemovals} from './eligibility.ts';
import {NO_ROOT} from './profiles.ts';
import {serviceFindings} from './service-findings.ts';

/** Blocked workloads are told one by one up to this many, then as a count. */
const MOST_BLOCKED = 50;

/** Everything about the question that a human must know before believing the answer. */
export function problemFindings(
  problem: PlacementProblem,
  measured: {lost: number; gaps: CostGaps},
): Finding[] {
  return [
    ...blockedFindings(problem),
    ...siteFindings(problem),
    ...homelessFindings(problem),
    ...costFindings(problem, measured.gaps),
    ...lostFindings(measured.lost),
    ...serviceFindings(problem),
  ];
}

function blockedFindings({input, units}: PlacementProblem): Finding[] {
  const blocked = units.filter((unit) => unit.blocked).map((unit) => unit.members[0]!);
  const removalsOf = createRemovals(input);
  const findings = blocked.slice(0, MOST_BLOCKED).map((w): Finding => {
    const workload = input.estate.workloads[w]!;
    const rules = new Map(removalsOf(w).map((removal) => [`${removal.by}${removal.where ?? ''}`, removal]));
    const names = [...rules.values()].map(({by, where}) => (where ? `${by} (${where})` : by));
    const reason =
      names.length > 0
        ? `removed by ${names.join(', ')}`
        : 'no one site is open to all that must stay together';
    return {
      code: 'BH-PLACE-001',
      severity: 'high',
      message: `${workload.name} cannot be placed: every site is out, ${reason}; it stays where it is in this plan`,
      where: {id: workload.id},
      remedy: 'Relax one of these rules for this workload, or add a site that satisfies all of them.',
    };
  });
  if (blocked.length > MOST_BLOCKED) {
    findings.push({
      code: 'BH-PLACE-001',
      severity: 'high',
      message: `${blocked.length - MOST_BLOCKED} more workloads cannot be placed; their decisions name the rules`,
      where: {},
    });
  }
  return findings;
}

/** A site nobody seems to control would look like a safe harbour only because nothing was said about it. */
function siteFindings({input, model}: PlacementProblem): Finding[] {
  return input.sites.flatMap((site, s) => {
    if (!site.receives || model.sites[s] !== NO_ROOT) return [];
    return [
      {
        code: 'BH-PLACE-002',
        severity: 'medium',
        message: `no identity root is known for site ${site.id}: moves to it look as if they had no exposure`,
        where: {...placeOf(site.place), id: site.id},
        remedy: 'Name the roots that control it in `identityRoots`, with its operator.',
      },
    ];
  });
}

function homelessFindings({input}: PlacementProblem): Finding[] {
  const homeless = input.estate.workloads.filter((_, w) => input.siteOf[w] === -1);
  if (homeless.length === 0) return [];
  return [
    {
      code: 'BH-PLACE-003',
      severity: 'medium',
      message: `${homeless.length} workload${homeless.length === 1 ? ' stands' : 's stand'} at no known site (for example ${homeless[0]!.name})`,
      where: {id: homeless[0]!.id},
      remedy: 'Add a `matches` entry to the site they are at today.',
    },
  ];
}

function costFindings({input, units}: PlacementProblem, gaps: CostGaps): Finding[] {
  const findings: Finding[] = [];
  if (gaps.units > 0) {
    const unpriced = input.sites.filter((site) => site.cost === null).map((site) => site.id);
    const why = unpriced.length > 0 ? `no prices for ${unpriced.join(', ')}` : 'a size or price is not known';
    findings.push({
      code: 'BH-PLACE-004',
      severity: 'low',
      message: `cost was left out for ${gaps.units} of ${units.filter(({members}) => members.length > 0).length} placements: ${why}`,
      where: {},
      remedy:
        'Add prices per vCPU, GiB memory and GiB storage to the sites, and a rate where they are in another currency.',
    });
  }
  if (gaps.traffic > 0) {
    findings.push({
      code: 'BH-PLACE-005',
      severity: 'low',
      message: `egress was left out for ${gaps.traffic} ${gaps.traffic === 1 ? 'dependency' : 'dependencies'}: traffic or the price per GiB is not known`,
      where: {},
      remedy: 'Fill gib_per_month of the dependencies and `egressPerGiB` of the sites.',
    });
  }
  return findings;
}

function lostFindings(lost: number): Finding[] {
  if (lost === 0) return [];
  return [
    {
      code: 'BH-PLACE-006',
      severity: 'info',
      message: `${(lost / 1000).toFixed(1)} points of exposure over credentials inside one class do not fit a two-class cut and were left out`,
      where: {},
      remedy: 'The numbers of the rebuilt graph hold them; read those.',
    },
  ];
}

function placeOf(place: Place): Place {
  const {file, line, col} = place;
  return {...(file ? {file} : {}), ...(line ? {line} : {}), ...(col ? {col} : {})};
}
