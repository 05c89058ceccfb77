import {describe, expect, test} from 'vitest';
import type {Estate, RoleDefinition} from '../../../../src/model/estate.ts';
import type {DenyRule} from '../../../../src/model/identity-facts.ts';
import {type Built, assignment, built, container, principal, workload} from '../estate.ts';
import {type Perms, type World, mayAssign, normal, truth} from './reference.ts';

const T = 'entra:t1';

/** Small seeded generator, so that a failing case can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ACTIONS = [
  '*',
  '*/write',
  '*/delete',
  '*/read',
  '*/action',
  'Microsoft.Compute/*',
  'Microsoft.Compute/virtualMachines/*',
  'microsoft.compute/virtualmachines/runcommand/action',
  'Microsoft.Compute/*/delete',
  'Microsoft.KeyVault/*',
  'Microsoft.KeyVault/vaults/write',
  'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
  'Microsoft.DocumentDB/*',
  '*/listKeys/*',
  'Microsoft.*/databaseAccounts/readonlykeys/action',
];
const DATA = [
  '*',
  'Microsoft.KeyVault/vaults/secrets/*',
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  '*/delete',
  'Microsoft.KeyVault/vaults/keys/*',
  'Microsoft.Compute/virtualMachines/login*/action',
];
const SORTS = {
  vm: ['vm', 'microsoft.compute/virtualmachines', {}],
  vault: ['key-vault', 'microsoft.keyvault/vaults', {rbac: true}],
  oldVault: ['key-vault', 'microsoft.keyvault/vaults', {rbac: false}],
  cosmos: ['database', 'microsoft.documentdb/databaseaccounts', {}],
} as const;

interface Drawn {
  world: World;
  estate: Partial<Estate>;
  users: string[];
  workloads: string[];
}

/**
 * A random estate. Plain: rights and denies of users and of everyone, no right to assign roles. Otherwise groups, nested in
 * rings too, denies on groups and exceptions for them, and rights to assign.
 */
function draw(seed: number, plain: boolean): Drawn {
  const next = random(seed);
  const pick = <V>(from: readonly V[]): V => from[Math.floor(next() * from.length)]!;
  const some = <V>(from: readonly V[], most: number): V[] =>
    Array.from({length: Math.floor(next() * (most + 1))}, () => pick(from));
  const parent = new Map<string, string | null>([['azure:/mg', null]]);
  for (let s = 0; s < 2; s++) {
    parent.set(`azure:/s${s}`, 'azure:/mg');
    for (let r = 0; r < 2; r++) parent.set(`azure:/s${s}/r${r}`, `azure:/s${s}`);
  }
  const containers = [...parent.keys()];
  const place: World['place'] = new Map();
  for (let i = 0; i < 6; i++) {
    const home = pick(containers.filter((id) => /\/r\d$/.test(id)));
    place.set(`${home}/w${i}`, {container: home, sort: pick(['vm', 'vault', 'oldVault', 'cosmos'] as const)});
  }
  const workloads = [...place.keys()];
  const users = ['u0', 'u1', 'u2'];
  const groups = plain ? [] : ['g0', 'g1', 'g2'];
  const groupsOf = new Map(
    [...users, ...groups].map((id) => [id, [...new Set(some(groups, 2))].filter((g) => g !== id)]),
  );
  // Every group has a listed member, so that nobody's membership is open.
  groups.forEach((group, i) => groupsOf.set(users[i]!, [...new Set([...groupsOf.get(users[i]!)!, group])]));
  const perms = (withoutAssigning: boolean): Perms => ({
    actions: some(ACTIONS, 3),
    notActions: [...some(ACTIONS.slice(1), 1), ...(withoutAssigning ? ['Microsoft.Authorization/*'] : [])],
    dataActions: some(DATA, 2),
    notDataActions: some(DATA.slice(1), 1),
  });
  const roles = Array.from({length: 4}, (): Perms => perms(plain || next() < 0.8));
  const places = [...containers, ...workloads];
  const assignments = Array.from({length: 5}, () => ({
    principal: pick([...users, ...groups]),
    scope: pick(places),
    role: pick(roles),
  }));
  const denies = Array.from({length: Math.floor(next() * 4)}, () => ({
    everyone: next() < 0.5,
    principals: some([...users, ...groups], 2),
    except: some([...users, ...groups], 1),
    scope: pick(places),
    inherited: next() < 0.8,
    takes: perms(false),
  }));
  return {world: {parent, place, groupsOf, assignments, denies}, estate: estateOf(), users, workloads};

  function estateOf(): Partial<Estate> {
    const definitions = roles.map((role, i): RoleDefinition => ({
      id: `role${i}`,
      name: `role${i}`,
      cloud: 'azure',
      ...role,
    }));
    return {
      containers: containers.map((id) =>
        container(id, id === 'azure:/mg' ? 'managementGroup' : 'resourceGroup', parent.get(id)!, T),
      ),
      workloads: [...place].map(([id, {container: home, sort}]) =>
        workload(id, home, {
          type: SORTS[sort][0],
          nativeType: SORTS[sort][1],
          attributes: SORTS[sort][2],
        }),
      ),
      principals: [...groupsOf].map(([id, memberOf]) =>
        principal(id, id.startsWith('g') ? 'group' : 'user', T, {memberOf}),
      ),
      roleDefinitions: definitions,
      assignments: assignments.map(({principal: who, scope, role}, i) =>
        assignment(who, `role${roles.indexOf(role)}`, scope, {id: `a${i}`}),
      ),
      denyRules: denies.map((deny, i): DenyRule => ({
        id: `d${i}`,
        name: `d${i}`,
        cloud: 'azure',
        scope: deny.scope,
        inherited: deny.inherited,
        principals: deny.everyone ? ['*'] : deny.principals,
        exceptPrincipals: deny.except,
        actions: deny.takes.actions,
        exceptActions: deny.takes.notActions,
        dataActions: deny.takes.dataActions,
        exceptDataActions: deny.takes.notDataActions,
        condition: null,
      })),
    };
  }
}

/** What the graph says a principal gets of a workload over edges of these certainties. */
function shown({index}: Built, from: string, to: string, certainties: string[]): string {
  const {edges} = index.graph;
  const held = new Set([from]);
  for (let grew = true; grew;) {
    grew = false;
    for (const edge of edges) {
      if (edge.caps || !held.has(edge.from) || held.has(edge.to) || !certainties.includes(edge.certainty))
        continue;
      held.add(edge.to);
      grew = true;
    }
  }
  if (held.has(to)) return 'whole';
  const caps = edges.flatMap((edge) =>
    edge.caps && edge.to === to && held.has(edge.from) && certainties.includes(edge.certainty)
      ? edge.caps
      : [],
  );
  return normal(new Set(caps));
}

const ANY = ['certain', 'conditional', 'unknown'];

describe('against the reference', () => {
  test('users and everyone: the same answer for every user and workload', () => {
    let compared = 0;
    let found = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const {world, estate, users, workloads} = draw(seed, true);
      const graph = built(estate);
      for (const user of users) {
        for (const id of workloads) {
          const expected = truth(world, user, id);
          const context = `seed ${seed}: ${user} on ${id} (${world.place.get(id)!.sort})`;
          expect(`${context}: ${shown(graph, user, id, ['certain'])}`).toBe(`${context}: ${expected}`);
          expect(`${context}: ${shown(graph, user, id, ANY)}`).toBe(`${context}: ${expected}`);
          compared++;
          if (expected !== '') found++;
        }
      }
    }
    expect(compared).toBeGreaterThan(7000);
    expect(found / compared).toBeGreaterThan(0.1);
  });

  test('groups, rings of groups, exceptions, rights to assign: never a false certainty, never a false nothing', () => {
    let exact = 0;
    let compared = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const {world, estate, users, workloads} = draw(seed + 10_000, false);
      const graph = built(estate);
      for (const user of users) {
        for (const id of workloads) {
          const expected = truth(world, user, id);
          const sure = shown(graph, user, id, ['certain']);
          const any = shown(graph, user, id, ANY);
          const context = `seed ${seed}: ${user} on ${id} (${world.place.get(id)!.sort}), truth ${expected}, certain ${sure}, any ${any}`;
          // Who may assign roles can get more than they hold.
          const honest = mayAssign(world, user, id) || covers(expected, sure);
          expect(honest && covers(any, expected) ? 'fits' : context).toBe('fits');
          compared++;
          if (sure === expected) exact++;
        }
      }
    }
    expect(exact / compared).toBeGreaterThan(0.85);
  });
});

test('the order of the arrays does not matter', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const {estate} = draw(seed + 20_000, false);
    const turned = Object.fromEntries(
      Object.entries(estate).map(([key, list]) => [key, [...(list as unknown[])].reverse()]),
    );
    expect(built(turned).index.graph).toEqual(built(estate).index.graph);
  }
});

/** Whether the first answer is at least the second. */
function covers(more: string, less: string): boolean {
  if (more === 'whole' || less === '') return true;
  if (less === 'whole') return false;
  const has = new Set(more.split('+'));
  return less.split('+').every((cap) => has.has(cap));
}
