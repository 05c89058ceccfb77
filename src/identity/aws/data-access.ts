import type {Capability} from '../../model/exposure.ts';
import {chanceOnAll, chanceOnPattern, chanceOnStore, type Seeker, storePart} from './data-chances.ts';
import {accessNode} from './data-nodes.ts';
import {type StoreAccess, type StoreSort, STORE_SORTS} from './data-stores.ts';
import {type Store, type Stores, namedIn} from './data-subjects.ts';
import {callerOf} from './classes.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {type ResourceIndex, indexResourceNames, matching} from './policy/index.ts';
import {type Chance, isSure} from './ways.ts';

/**
 * Who can read, write, destroy or take over each store of data.
 *
 * How it is called: once `const stores = createStores(context, documents, limitsOf)` and
 * `const data = createDataAccess(stores)`; for each holder `data.named(aws, holder)` first, also for administrators, then
 * `data.own(aws, holder)` in the place of `addDataRights`; and once `addStatedAccess(aws, stores)` (data-policies.ts) for what
 * resource policies give to the public and to foreign accounts.
 */
export interface DataAccess {
  /** What a holder's policies let it do with the data of its account. */
  own(aws: Aws, holder: Holder): void;
  /** What policies of stores, of other accounts too, give to a holder they name, or to everyone. */
  named(aws: Aws, holder: Holder): void;
}

export function createDataAccess(stores: Stores): DataAccess {
  const known = new Map<string, Plain>();
  const plainOf = (account: string, sort: StoreSort, all: readonly Store[]): Plain => {
    const key = `${account} ${sort.id}`;
    let found = known.get(key);
    if (!found) {
      const plain = all.filter((store) => store.plain);
      const byArn = new Map(plain.map((store) => [store.arn, store]));
      known.set(key, (found = {plain, byArn, index: indexResourceNames(byArn.keys())}));
    }
    return found;
  };
  return {
    own(aws, holder) {
      const naming = new Set(stores.naming(holder.number));
      for (const sort of STORE_SORTS) {
        const all = stores.of(holder.account, sort);
        if (all.length === 0) continue;
        const seeker = seekerOf(holder, all[0]!);
        const plain = plainOf(holder.account, sort, all);
        // Those whose policy names the account or its principals are asked one by one below `named`.
        const special = all.filter(
          (store) => !store.plain && (holder.members.length === 0 || !naming.has(store)),
        );
        const parts = createParts();
        for (const access of sort.access) {
          if (!speaksOf(aws, holder, access)) continue;
          if (plain.plain.length > 0) addPlain(aws, seeker, sort, access, plain, parts);
          for (const store of special)
            parts.add(chanceOnStore(aws.asking, stores.keyPolicy, seeker, store, access), access, [store]);
        }
        parts.draw(aws, holder, plain.plain);
      }
    },
    named(aws, holder) {
      if (holder.members.length === 0) return;
      for (const store of stores.naming(holder.number)) addNamed(aws, holder, stores, store);
    },
  };
}

function seekerOf({group, number, population}: Holder, {rcps}: Store): Seeker {
  return {group, number, partition: population.partition, rcps};
}

/** Whether some allow speaks of every action the access needs; else only the store's own policy could give it. */
function speaksOf({asking}: Aws, {group}: Holder, {needs}: StoreAccess): boolean {
  return needs.every(({actions}) =>
    actions.some((action) => asking.patterns(group, action).patterns.length > 0),
  );
}

/** Above this many stores a condition is taken as one for all of them. */
const EACH = 64;

interface Plain {
  plain: readonly Store[];
  index: ResourceIndex;
  byArn: ReadonlyMap<string, Store>;
}

function addPlain(
  {asking}: Aws,
  seeker: Seeker,
  sort: StoreSort,
  access: StoreAccess,
  {plain, index, byArn}: Plain,
  parts: Parts,
): void {
  const whole = chanceOnAll(asking, seeker, sort, access);
  if (isSure(whole) || (whole.ways.length > 0 && plain.length > EACH)) return parts.add(whole, access, plain);
  const open = new Set<Store>(whole.ways.length > 0 ? plain : []);
  const done = new Set<Store>();
  const need = access.needs.find((one) => one.on === 'store' || one.on === 'inside');
  for (const action of need?.actions ?? []) {
    for (const {pattern, except} of asking.patterns(seeker.group, action).patterns) {
      const found = [...matching(index, storePart(pattern, need!))].map((arn) => byArn.get(arn)!);
      const fresh = found.filter((store) => !done.has(store));
      if (fresh.length === 0) continue;
      const together =
        except.length === 0 && fresh.length > 1 ? chanceOnPattern(asking, seeker, access, pattern) : null;
      if (together && (isSure(together) || (together.ways.length > 0 && fresh.length > EACH))) {
        for (const store of fresh) done.add(store);
        parts.add(together, access, fresh);
      } else for (const store of fresh) open.add(store);
    }
  }
  for (const store of open)
    if (!done.has(store))
      parts.add(
        chanceOnStore(asking, () => null, seeker, store, access),
        access,
        [store],
      );
}

/** A store whose policy names the account, a principal of it, or everyone: each principal it names is asked by itself. */
function addNamed(aws: Aws, holder: Holder, {keyPolicy}: Stores, store: Store): void {
  const entries = (store.policy?.statements ?? []).flatMap(({principal}) => principal?.entries ?? []);
  const names = new Set(entries.map(({value}) => value));
  const named = holder.members.filter((member) => {
    const {arn, uniqueId} = callerOf(member, holder.number);
    return (arn !== null && names.has(arn)) || (uniqueId !== undefined && names.has(uniqueId));
  });
  const others =
    named.length === 0 ? holder.members : holder.members.filter((member) => !named.includes(member));
  const direct = store.policy === null || namedIn(store.policy).everyone;
  const foreign = store.account !== holder.account;
  // Naming the own account grants nothing by itself.
  const withOthers = others.length > 0 && (direct || foreign || !store.plain);
  // Rights in its own account say nothing about stores of others.
  const asked = foreign ? {...holder, control: []} : holder;
  for (const members of [...named.map((member) => [member]), ...(withOthers ? [others] : [])]) {
    const isNamed = named.includes(members[0]!);
    const seeker = {...seekerOf(holder, store), caller: callerOf(members[0]!, holder.number)};
    const parts = createParts();
    for (const access of store.sort.access) {
      if (!isNamed && !direct && !speaksOf(aws, holder, access)) continue;
      parts.add(chanceOnStore(aws.asking, keyPolicy, seeker, store, access), access, [store]);
    }
    parts.draw(
      aws,
      asked,
      [],
      members.map(({id}) => id),
    );
  }
}

interface Parts {
  add(chance: Chance, access: StoreAccess, stores: readonly Store[]): void;
  /** @param plain the stores of the account that make up the whole of their sort */
  draw(aws: Aws, holder: Holder, plain: readonly Store[], nodes?: readonly string[]): void;
}

type Kind = Capability | 'control';

/** Accesses that are equally sure to the same stores, put together. */
function createParts(): Parts {
  const parts = new Map<string, Part>();
  const note = <K>(map: Map<K, Set<Kind>>, key: K, {caps}: StoreAccess): void => {
    const kinds = map.get(key) ?? new Set();
    for (const kind of caps ?? (['control'] as const)) kinds.add(kind);
    map.set(key, kinds);
  };
  return {
    add(chance, access, stores) {
      if (chance.ways.length === 0) return;
      const key = JSON.stringify([chance.ways, chance.because]);
      let part = parts.get(key);
      if (!part) parts.set(key, (part = {chance, lists: new Map(), single: new Map()}));
      if (stores.length > EACH) note(part.lists, stores, access);
      else for (const store of stores) note(part.single, store, access);
    },
    draw(aws, holder, plain, nodes) {
      for (const part of parts.values()) {
        const {chance} = part;
        for (const {kinds, members} of [...byKinds(part.lists), ...byKinds(part.single)]) {
          // Control of a store is every access to it.
          const caps = kinds.has('control') ? [] : [...kinds].filter((kind) => kind !== 'control').toSorted();
          const whole =
            plain.length > 1 &&
            members.length === plain.length &&
            (members === plain || members.every((store) => store.plain));
          const node = accessNode(aws.context, members, caps, whole);
          const id = caps.length === 0 ? 'control of data' : `${caps.join(', ')} data`;
          obtain(aws, holder, node, {id, edge: 'HAS_ROLE'}, chance, nodes ? {nodes} : {});
        }
      }
    },
  };
}

interface Part {
  chance: Chance;
  /** Long lists are taken as one. */
  lists: Map<readonly Store[], Set<Kind>>;
  single: Map<Store, Set<Kind>>;
}

function byKinds(
  stores: ReadonlyMap<Store | readonly Store[], Set<Kind>>,
): Iterable<{kinds: Set<Kind>; members: readonly Store[]}> {
  const groups = new Map<string, {kinds: Set<Kind>; lists: (readonly Store[])[]; single: Store[]}>();
  for (const [key, kinds] of stores) {
    const name = [...kinds].toSorted().join();
    let group = groups.get(name);
    if (!group) groups.set(name, (group = {kinds, lists: [], single: []}));
    if (isList(key)) group.lists.push(key);
    else group.single.push(key);
  }
  return [...groups.values()].flatMap(({kinds, lists, single}) =>
    [...lists, ...(single.length > 0 ? [single] : [])].map((members) => ({kinds, members})),
  );
}

function isList(key: Store | readonly Store[]): key is readonly Store[] {
  return Array.isArray(key);
}
