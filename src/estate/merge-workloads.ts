import {byText} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import {mergeById, ranked, sortedUnion} from './merge.ts';

/** Fields where two sources can contradict each other; the first to know wins. */
const FIELDS = [
  'name', 'type', 'cloud', 'nativeType', 'container', 'region', 'state', 'os', 'vcpu', 'memoryMiB', 'storageMiB', 'host',
] as const; // prettier-ignore

type Field = (typeof FIELDS)[number];

/** How often two sources contradict each other in one field, with the first cases. */
interface Difference {
  field: string;
  kept: string;
  other: string;
  count: number;
  examples: string[];
  id: string;
}

const EXAMPLES = 3;

/**
 * One workload per id, sorted. Statements of several sources complete each other; where they differ the richer record
 * wins and one finding per field and pair of sources tells. Within one source the same id on two different things is a
 * collision: both are kept, the second as `<id>#2`.
 */
export function mergeWorkloads(lists: Workload[][]): Outcome<Workload[]> {
  const findings: Finding[] = [];
  const differences = new Map<string, Difference>();
  const apart = separateCollisions(lists, findings);
  const value = mergeById(apart, richness, (lead, other) => complete(lead, other, differences));
  for (const key of [...differences.keys()].sort(byText)) findings.push(differs(differences.get(key)!));
  return {value, findings};
}

/** Number of things a record knows: the measure of "richer". */
function richness(workload: Workload): number {
  let known = 0;
  for (const field of FIELDS) if (isKnown(field, workload[field])) known++;
  known += Object.keys(workload.tags).length + Object.keys(workload.attributes).length;
  return known + workload.identities.length + (workload.internetExposed ? 1 : 0);
}

function isKnown(field: Field, value: unknown): boolean {
  if (value === null || value === '') return false;
  if (field === 'state') return value !== 'unknown';
  return field !== 'type' || value !== 'other';
}

function complete(lead: Workload, other: Workload, differences: Map<string, Difference>): Workload {
  const merged: Workload = {...lead};
  const put = <F extends Field>(field: F) => {
    if (!isKnown(field, other[field])) return;
    if (!isKnown(field, lead[field])) merged[field] = other[field];
    else if (lead[field] !== other[field]) note(differences, field, lead, other, lead[field], other[field]);
  };
  for (const field of FIELDS) put(field);
  merged.tags = {...other.tags, ...lead.tags};
  merged.attributes = {...other.attributes, ...lead.attributes};
  merged.identities = sortedUnion(lead.identities, other.identities);
  merged.internetExposed = moreExposed(lead, other, differences);
  return merged;
}

/** "Reachable" beats "not reachable": two views of one thing must never add up to a false safe. */
function moreExposed(
  lead: Workload,
  other: Workload,
  differences: Map<string, Difference>,
): Workload['internetExposed'] {
  const [a, b] = [lead.internetExposed, other.internetExposed];
  if (a === null || b === null) return a ?? b;
  if (a.value === b.value) return a;
  const [kept, dropped] = a.value ? [lead, other] : [other, lead];
  note(differences, 'internetExposed', kept, dropped, true, false);
  return kept.internetExposed;
}

function note(
  differences: Map<string, Difference>,
  field: string,
  lead: Workload,
  other: Workload,
  kept: unknown,
  dropped: unknown,
): void {
  const key = `${field}\n${lead.source}\n${other.source}`;
  let entry = differences.get(key);
  if (!entry) {
    entry = {field, kept: lead.source, other: other.source, count: 0, examples: [], id: lead.id};
    differences.set(key, entry);
  }
  entry.count++;
  entry.examples.push(`${lead.id} (${String(kept)} / ${String(dropped)})`);
  if (lead.id < entry.id) entry.id = lead.id;
}

function differs(difference: Difference): Finding {
  const {field, count, kept, other} = difference;
  const shown = difference.examples.sort(byText).slice(0, EXAMPLES).join(', ');
  // Two exports of one format that disagree are of different days; nothing in them says which is the newer.
  const twice = kept.split(':')[0] === other.split(':')[0];
  return {
    code: 'BH-EST-002',
    severity: twice ? 'medium' : 'info',
    message: `\`${field}\` differs for ${count} workload${count === 1 ? '' : 's'} between ${kept} (kept) and ${other}: ${shown}${count > EXAMPLES ? ' …' : ''}`,
    where: {id: difference.id},
    remedy: twice
      ? 'Leave the older export out, or take them in one after the other with `bulkhead import`: the later replaces the earlier.'
      : 'Export both at the same time, or leave the poorer one out.',
  };
}

/** Gives the second and later of different things that share an id within one source an id of their own. */
function separateCollisions(lists: Workload[][], findings: Finding[]): Workload[][] {
  const seen = new Map<string, number>();
  let repeated: Set<string> | null = null;
  for (const list of lists) {
    for (const workload of list) {
      const count = (seen.get(workload.id) ?? 0) + 1;
      seen.set(workload.id, count);
      if (count > 1) (repeated ??= new Set()).add(workload.id);
    }
  }
  if (!repeated) return lists;
  const bySource = new Map<string, Workload[]>();
  const untouched = lists.map((list) =>
    list.filter((workload) => {
      if (!repeated.has(workload.id)) return true;
      const key = `${workload.id}\n${workload.source}`;
      const group = bySource.get(key);
      if (group) group.push(workload);
      else bySource.set(key, [workload]);
      return false;
    }),
  );
  const apart: Workload[] = [];
  for (const key of [...bySource.keys()].sort(byText)) {
    for (const workload of tellApart(bySource.get(key)!, findings)) apart.push(workload);
  }
  return [...untouched, apart];
}

/** Same name and type = the same thing listed twice; anything else stays a thing of its own. */
function tellApart(group: Workload[], findings: Finding[]): Workload[] {
  if (group.length === 1) return group;
  const things = new Map<string, Workload[]>();
  for (const workload of ranked(group, richness)) {
    const thing = `${workload.name.toLowerCase()}\n${workload.nativeType}`;
    things.set(thing, [...(things.get(thing) ?? []), workload]);
  }
  if (things.size > 1) findings.push(collision([...things.values()].map((list) => list[0]!)));
  return [...things.values()].flatMap((list, index) =>
    list.map((workload) => (index === 0 ? workload : {...workload, id: `${workload.id}#${index + 1}`})),
  );
}

function collision(things: Workload[]): Finding {
  const {id, source} = things[0]!;
  return {
    code: 'BH-EST-003',
    severity: 'medium',
    message: `${things.length} different workloads of ${source} share the id ${id}: ${things.map((thing) => thing.name).join(', ')}; all are kept, from the second on as ${id}#2 …`,
    where: {id},
    remedy: 'Check the export: ids should be unique within one source.',
  };
}
