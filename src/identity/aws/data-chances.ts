import type {Asking} from './asking.ts';
import type {StoreAccess, StoreNeed, StoreSort} from './data-stores.ts';
import {type Store, probeOf} from './data-subjects.ts';
import {
  ANY,
  type Caller,
  type ParsedPolicy,
  type PrincipalClass,
  type Request,
  indexResourceNames,
  matching,
} from './policy/index.ts';
import {ALWAYS, type Chance, all, atBest, both, chanceOf, surer} from './ways.ts';

/** Whose access is looked at, and where the things lie that it picks itself. */
export interface Seeker {
  group: PrincipalClass;
  caller?: Caller;
  number: string;
  partition: string;
  /** Resource control policies of the account the stores lie in, for questions about all of them. */
  rcps: NonNullable<Request['rcps']>;
}

const NONE: Chance = {ways: [], because: []};

/** One kind of access to every store of the sort in the seeker's account. */
export function chanceOnAll(asking: Asking, seeker: Seeker, sort: StoreSort, access: StoreAccess): Chance {
  const probe = probeOf(sort.arn, seeker.number, seeker.partition);
  return finish(
    access,
    access.needs.map((need) => needed(asking, seeker, need, probe, {rcps: seeker.rcps}).chance),
  );
}

/** One kind of access to all stores a pattern (as in a policy) stands for. */
export function chanceOnPattern(
  asking: Asking,
  seeker: Seeker,
  access: StoreAccess,
  pattern: string,
): Chance {
  const arn = storePart(pattern, access.needs[0]!).replaceAll('*', ANY);
  return finish(
    access,
    access.needs.map((need) => needed(asking, seeker, need, arn, {rcps: seeker.rcps}).chance),
  );
}

/** One kind of access to one store, with its own policy, tags and key. */
export function chanceOnStore(
  asking: Asking,
  keyPolicy: (arn: string) => ParsedPolicy | null,
  seeker: Seeker,
  store: Store,
  access: StoreAccess,
): Chance {
  const {facts} = store;
  const chances = access.needs.map((need) => {
    const found = needed(
      asking,
      seeker,
      need,
      store.arn,
      need.on === 'store' || need.on === 'inside' ? facts : {},
    );
    return found.chance.ways.length > 0 || !found.some
      ? found.chance
      : onPart(asking, seeker, need, store.arn, facts);
  });
  const chance = finish(access, chances);
  if (chance.ways.length === 0 || store.key === null || !(access.caps?.includes('read') ?? false))
    return chance;
  const decrypt = asking.ask(seeker.group, {
    action: 'kms:Decrypt',
    resource: store.key,
    resourcePolicy: keyPolicy(store.key),
    ...(seeker.caller ? {caller: seeker.caller} : {}),
  });
  return both(chance, chanceOf(decrypt));
}

/** A pattern for the stores in which a pattern may name something: for objects the part that names the bucket. */
export function storePart(pattern: string, need: StoreNeed): string {
  if (need.on !== 'inside') return pattern;
  const slash = pattern.indexOf('/');
  const star = pattern.indexOf('*');
  // A star may stand for the end of the bucket's name and the beginning of the object's.
  if (star >= 0 && (slash < 0 || star < slash)) return `${pattern.slice(0, star)}*`;
  return slash < 0 ? pattern : pattern.slice(0, slash);
}

function finish({caveat}: StoreAccess, chances: readonly Chance[]): Chance {
  const chance = all(chances.length > 0 ? chances : [ALWAYS]);
  return caveat === undefined || chance.ways.length === 0 ? chance : atBest(chance, 'conditional', caveat);
}

/** The surest of the actions that do; `some` = policies speak of a part of what was asked for. */
function needed(
  asking: Asking,
  {group, caller, number, partition}: Seeker,
  {actions, on}: StoreNeed,
  arn: string,
  facts: Omit<Request, 'action' | 'resource'>,
): {chance: Chance; some: boolean} {
  const picked = on !== 'store' && on !== 'inside';
  const resource = picked ? probeOf(on, number, partition) : on === 'inside' ? `${arn}/${ANY}` : arn;
  let chance = NONE;
  let some = false;
  for (const action of actions) {
    const answer = asking.ask(group, {...facts, ...(caller ? {caller} : {}), action, resource});
    some ||= answer.some;
    chance = surer(chance, chanceOf(answer));
    const [way] = chance.ways;
    if (way?.certainty === 'certain' && way.level === 0) break;
  }
  // The holder picks the snapshot or volume, so a part of them may do.
  if (picked && chance.ways.length === 0 && some)
    chance = {
      ways: [{level: 0, certainty: 'conditional'}],
      because: [`${actions[0]!} on some of what it needs`],
    };
  return {chance, some};
}

/** Access to some of what lies in a store: whether that is the part that matters is not known. */
function onPart(
  asking: Asking,
  {group, caller}: Seeker,
  {actions, on}: StoreNeed,
  arn: string,
  facts: Omit<Request, 'action' | 'resource'>,
): Chance {
  if (on !== 'inside') return NONE;
  let found = NONE;
  for (const action of actions) {
    for (const {pattern} of asking.patterns(group, action).patterns.slice(0, MOST_PATTERNS)) {
      const inside = within(pattern, arn);
      if (inside === null) continue;
      const answer = asking.ask(group, {
        ...facts,
        ...(caller ? {caller} : {}),
        action,
        resource: inside.replaceAll('*', ANY),
      });
      found = surer(found, atBest(chanceOf(answer), 'conditional', `only on ${inside}`));
    }
  }
  return found;
}

const MOST_PATTERNS = 64;

/** The pattern narrowed to what lies in the bucket; null = it speaks of none of that. */
function within(pattern: string, arn: string): string | null {
  const slash = pattern.indexOf('/');
  const index = indexResourceNames([arn]);
  const holds = (bucket: string): boolean => !matching(index, bucket).next().done;
  if (slash >= 0) return holds(pattern.slice(0, slash)) ? arn + pattern.slice(slash) : null;
  const star = pattern.indexOf('*');
  if (star < 0 || !arn.startsWith(pattern.slice(0, star).split('?')[0]!)) return null;
  return `${arn}/*${pattern.slice(pattern.lastIndexOf('*') + 1)}`;
}
