import type {Decision} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import {isHard, type Removal} from '../problem/eligibility.ts';
import {isUnknown} from '../problem/need-weights.ts';
import {CLOSED, STAYS} from '../problem/representatives.ts';
import {controlUnknown} from '../problem/site-profiles.ts';
import type {Answer} from './answer.ts';

const NEED_WORDS = ['none', 'normal', 'high', 'very high'];

export type DataGap = Decision['dataGaps'][number];

/** Who can answer questions about a workload: the register's owner, else an `owner` tag. */
export type OwnerOf = (workload: number) => string | null;

export function owners({estate}: PlacementInput): OwnerOf {
  const covered = new Map<string, string>();
  for (const entry of estate.register) {
    if (entry.owner === null) continue;
    for (const id of entry.covers) if (!covered.has(id)) covered.set(id, entry.owner);
  }
  return (w) => {
    const workload = estate.workloads[w]!;
    return covered.get(workload.id) ?? workload.tags['owner'] ?? workload.tags['Owner'] ?? null;
  };
}

/** What is not known about a workload and bears on its decision, with who can tell and what to do. */
export function dataGaps(answer: Answer, ownerOf: OwnerOf, removals: Removal[], w: number): DataGap[] {
  const {input} = answer.problem;
  const owner = ownerOf(w);
  const gaps: DataGap[] = [];
  if (isUnknown(input.sensitivity.workloads[w]!)) {
    gaps.push({
      field: 'workload.sensitivity',
      owner,
      remedy: `Decide its need for protection in the register; planned as ${NEED_WORDS[input.settings.unknownAs]} until then.`,
    });
  }
  if (input.siteOf[w] === STAYS) {
    gaps.push({
      field: 'workload.site',
      owner: null,
      remedy: 'Add a `matches` entry to the site it is at today.',
    });
  }
  const target = answer.siteFor(w);
  if (landsInTheDark(answer, w)) {
    gaps.push({
      field: 'site.identityRoots',
      owner: null,
      remedy: `List under identityRoots of ${input.sites[target]!.id} the directory, SSO domain or tenant that controls it; until then no gain is counted there.`,
    });
  }
  for (const [field, sites] of missingFields(answer, removals, w)) {
    if (gaps.some((gap) => gap.field === field)) continue;
    const ofSite = field.startsWith('site.');
    gaps.push({
      field,
      owner: ofSite ? null : owner,
      remedy: ofSite ? `State ${field.slice(5)} of ${sites.join(', ')}.` : `State ${field}.`,
    });
  }
  if (answer.moves(w) && input.policy.portability(w, target).verdict === 'unknown') {
    gaps.push({
      field: 'portability',
      owner,
      remedy: `Check how it can be moved: ${input.policy.portability(w, target).reason}.`,
    });
  }
  return gaps;
}

/** Fields whose absence left a hard rule open where it matters for this workload, with the sites they are missing at. */
function missingFields(answer: Answer, removals: Removal[], w: number): Map<string, string[]> {
  const {input} = answer.problem;
  const relevant = sitesInQuestion(answer, removals, w);
  const fields = new Map<string, string[]>();
  for (const {rule, tupleOf, tuples} of input.policy.rules) {
    if (!isHard({rule})) continue;
    if (rule.onUnknown === 'ignore') continue;
    const tuple = tuples[tupleOf[w]!]!;
    for (const s of relevant) {
      if ((tuple.planned ?? tuple.outcomes)[s] !== 'unknown') continue;
      const field = tuple.missing[s] ?? `rule ${rule.id}`;
      fields.set(field, [...new Set([...(fields.get(field) ?? []), input.sites[s]!.id])]);
    }
  }
  return fields;
}

/** A move to a site nobody said who controls. */
function landsInTheDark(answer: Answer, w: number): boolean {
  return answer.moves(w) && controlUnknown(answer.problem.input.sites[answer.siteFor(w)]!);
}

/**
 * Where an open hard rule matters: at the chosen site, and where nothing but open rules took away today's site or a
 * site of a class that is closed.
 */
function sitesInQuestion(answer: Answer, removals: Removal[], w: number): number[] {
  const {input} = answer.problem;
  const chosen = answer.siteFor(w);
  const current = input.siteOf[w]!;
  const closed = answer.otherSite(w) === CLOSED;
  const own = input.sites[chosen]?.class;
  return input.sites.flatMap((site, s) => {
    if (s === chosen) return [s];
    if (s !== current && !(closed && site.class !== own)) return [];
    const here = removals.filter((removal) => removal.site === site.id);
    return here.length > 0 && here.every((removal) => removal.outcome === 'unknown') ? [s] : [];
  });
}

/** True when a hard rule could not be decided at a site that matters, or nobody said who controls the chosen site. */
export function hardRuleOpen(answer: Answer, removals: Removal[], w: number): boolean {
  return landsInTheDark(answer, w) || missingFields(answer, removals, w).size > 0;
}
