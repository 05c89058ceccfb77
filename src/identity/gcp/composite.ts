import type {Certainty} from '../../model/common.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import {type BuildContext, groupBy} from '../context.ts';
import type {Area} from './areas.ts';
import type {Membership} from './membership.ts';
import type {Placer} from './place-right.ts';
import type {Record, Records} from './records.ts';
import type {Scopes} from './scopes.ts';
import {ACT_AS, COMPOSITE_RULES} from './tables/composite-rules.ts';

interface World {
  context: BuildContext;
  scopes: Scopes;
  membership: Membership;
  placer: Placer;
  records: Records;
}

/** A right to start something, in a part of the hierarchy. */
interface Start {
  area: Pick<Area, 'at' | 'reach'>;
  certainty: Certainty;
  level: 0 | 1;
  text: string;
  sources: ReadonlySet<string>;
  /** Sort of existing workloads it takes over; null = it starts something new. */
  over: string | null;
}

/** Pairs looked at per principal; beyond, every account it may act as counts as conditional. */
const MOST_PAIRS = 50_000;

/**
 * Acting as an account and starting something that carries it: each alone is nothing, both on the same project are the account.
 * Both halves may come from different bindings and through different groups.
 */
export function drawComposites(world: World): void {
  const {context, membership, records} = world;
  const joint = new Set(records.holders());
  for (const {id, cloud} of context.estate.principals)
    if (cloud === 'gcp' && membership.groupsOf(id).length > 0) joint.add(id);
  for (const holder of joint) {
    const sources = [holder, ...membership.groupsOf(holder)];
    const halves = sources.flatMap((source) =>
      records.of(source, 'half').map((record) => ({source, record})),
    );
    const acts = halves.filter(({record}) => record.permission === ACT_AS);
    if (acts.length === 0 || acts.length === halves.length) continue;
    // What one group can do by itself is drawn at the group.
    const givers = new Set(halves.map(({source}) => source));
    if (givers.size === 1 && !givers.has(holder)) continue;
    const starts = startsOf(halves, world);
    let pairs = 0;
    const joined = new Map<string, Joined>();
    for (const {source, record} of acts) {
      for (const start of starts) {
        if ((pairs += 1) > MOST_PAIRS) {
          joinUnread(record, joined);
          break;
        }
        // What a group can do by itself is drawn at the group.
        if (holder !== source && start.sources.size === 1 && start.sources.has(source)) continue;
        join(world, holder, record, start, joined);
      }
    }
    for (const {target, over, gap, ...facts} of joined.values())
      world.placer.draw(holder, target, over, {...facts, caps: null, ...(gap === null ? {} : {gap})});
  }
}

/** Where each rule's permissions are held together. The surest per place is enough. */
function startsOf(halves: {source: string; record: Record}[], {scopes}: World): Start[] {
  const best = new Map<string, Start>();
  const byPermission = groupBy(halves, ({record}) => record.permission);
  for (const {id, needs, starts, over = null} of COMPOSITE_RULES) {
    let found: Start[] | null = null;
    for (const need of needs) {
      const having = (byPermission.get(need) ?? []).map(({source, record}) => startOf(source, record));
      found =
        found === null
          ? having
          : found.flatMap((a) => having.flatMap((b) => both(a, b, scopes) ?? [])).slice(0, 500);
    }
    for (const start of found ?? []) {
      const key = `${start.area.at}\n${start.area.reach}\n${[...start.sources].sort().join()}\n${over ?? ''}`;
      const before = best.get(key);
      if (before && !isSurer(start, before)) continue;
      best.set(key, {...start, over, text: `${needs.join(' and ')} (${id}: starts ${starts})`});
    }
  }
  return [...best.values()];
}

function startOf(source: string, {area, certainty, level}: Record): Start {
  return {area, certainty, level, text: '', sources: new Set([source]), over: null};
}

function both(a: Start, b: Start, scopes: Scopes): Start | null {
  const area = inner(a.area, b.area, scopes);
  if (area === null) return null;
  return {
    area,
    certainty: a.certainty === 'certain' && b.certainty === 'certain' ? 'certain' : 'conditional',
    level: a.level === 1 || b.level === 1 ? 1 : 0,
    text: '',
    sources: new Set([...a.sources, ...b.sources]),
    over: null,
  };
}

/** The part of the hierarchy both cover; null = none. */
function inner(
  a: Pick<Area, 'at' | 'reach'>,
  b: Pick<Area, 'at' | 'reach'>,
  scopes: Scopes,
): Pick<Area, 'at' | 'reach'> | null {
  if (a.at === b.at)
    return {at: a.at, reach: a.reach === 'direct' || b.reach === 'direct' ? 'direct' : 'whole'};
  if (a.reach === 'whole' && scopes.within(b.at, a.at)) return b;
  if (b.reach === 'whole' && scopes.within(a.at, b.at)) return a;
  // What lies directly in a container, without those below.
  if (a.reach === 'direct' && scopes.home(b.at) === a.at) return b;
  return b.reach === 'direct' && scopes.home(a.at) === b.at ? a : null;
}

/** What two halves make. */
interface Joined {
  target: Pick<Area, 'at' | 'reach'>;
  /** `identities`, or the sort of workloads that is taken over. */
  over: string;
  certainty: Certainty;
  level: 0 | 1;
  evidence: string;
  gap: IdentityGap | null;
}

/** Keeps the surest way per target; of equals the first by text. */
function join(world: World, holder: string, act: Record, start: Start, joined: Map<string, Joined>): void {
  const {context, records, scopes} = world;
  const area = inner(act.area, start.area, scopes);
  // The right to act as one account says nothing of machines that run as others.
  if (start.over !== null && (area === null || isAccount(area, context))) return;
  const target = area ?? act.area;
  const over = start.over ?? 'identities';
  if (over === 'identities' && records.isKnown(holder, target)) return;
  const sure = area !== null && act.certainty === 'certain' && start.certainty === 'certain';
  const next: Joined = {
    target,
    over,
    certainty: sure ? 'certain' : 'conditional',
    level: act.level === 1 || start.level === 1 ? 1 : 0,
    evidence: [
      `${ACT_AS} (role ${act.role}) with ${start.text}`,
      ...act.notes,
      ...(area === null ? [`the account lies outside ${start.area.at}`] : []),
    ].join('; '),
    gap: area === null ? crossProject(scopes.home(act.area.at) ?? act.area.at, context) : null,
  };
  const key = `${target.at}\n${target.reach}\n${over}\n${next.gap === null ? '' : next.gap.id}`;
  const before = joined.get(key);
  if (
    before === undefined ||
    isSurer(next, before) ||
    (!isSurer(before, next) && next.evidence < before.evidence)
  )
    joined.set(key, next);
}

/** Too many halves to join one by one. */
function joinUnread({area, role, level}: Record, joined: Map<string, Joined>): void {
  const key = `${area.at}\n${area.reach}\nidentities\n`;
  if (joined.has(key)) return;
  const evidence = `${ACT_AS} (role ${role}) with more rights to start things than are looked at one by one`;
  joined.set(key, {target: area, over: 'identities', certainty: 'conditional', level, evidence, gap: null});
}

function isAccount({at}: Pick<Area, 'at'>, {principals}: BuildContext): boolean {
  return principals.has(at);
}

function isSurer(a: {certainty: Certainty; level: 0 | 1}, b: {certainty: Certainty; level: 0 | 1}): boolean {
  if (a.certainty !== b.certainty) return a.certainty === 'certain';
  return a.level < b.level;
}

/** Whether accounts may be attached in another project is decided by an organisation policy no export of rights holds. */
function crossProject(about: string, {containers}: BuildContext): IdentityGap {
  const name = containers.get(about)?.name ?? about;
  return {
    id: `gap:gcp-cross-project-accounts:${about}`,
    question: `May resources of other projects run as service accounts of ${name}?`,
    about,
    input: 'organisation policy iam.disableCrossProjectServiceAccountUsage',
    remedy: `Look the policy up with \`gcloud org-policies describe iam.disableCrossProjectServiceAccountUsage --effective\` for ${name}; enforced (the default) means no.`,
    certainty: 'conditional',
  };
}
