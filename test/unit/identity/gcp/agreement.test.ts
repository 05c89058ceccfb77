import {expect, test} from 'vitest';
import {buildIdentityGraph} from '../../../../src/identity/build.ts';
import type {GraphEdge} from '../../../../src/model/exposure.ts';
import type {Estate} from '../../../../src/model/estate.ts';
import {NOW, container, estateOf, principal, workload} from '../estate.ts';
import {type Test, type World, ask} from './reference.ts';

const TIME = Date.parse(NOW);
const DAY = 86_400_000;
const PERMISSIONS = ['storage.objects.get', 'storage.objects.create', 'storage.objects.delete'];
const CAPS = ['read', 'write', 'destroy'] as const;

/** A small generator of numbers, so that every run asks the same questions. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c_1b_3c_6d) + 0x9e_37_79_b9) | 0;
    state ^= state >>> 12;
    return (state >>> 0) / 4_294_967_296;
  };
  return {
    below: (n: number): number => Math.floor(next() * n),
    one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
    some: <T>(list: readonly T[], chance: number): T[] => list.filter(() => next() < chance),
    chance: (p: number): boolean => next() < p,
  };
}

const CONTAINERS: Record<string, string | null> = {
  'organizations/1': null,
  'folders/1': 'organizations/1',
  'folders/2': 'folders/1',
  'projects/1': 'organizations/1',
  'projects/2': 'folders/1',
  'projects/3': 'folders/2',
  'projects/4': 'folders/2',
};
const BUCKETS = [
  {name: 'b1', project: 'projects/1'},
  {name: 'b2', project: 'projects/2'},
  {name: 'b12', project: 'projects/3'},
  {name: 'b3', project: 'projects/3'},
  {name: 'b4', project: 'projects/4'},
];
const USERS = ['user:u1@x.example', 'user:u2@x.example', 'user:u3@x.example'];
const ACCOUNTS: Record<string, string> = {
  'serviceAccount:a1@p2.iam.gserviceaccount.com': 'projects/2',
  'serviceAccount:a2@p3.iam.gserviceaccount.com': 'projects/3',
};
const GROUPS = ['group:g1@x.example', 'group:g2@x.example', 'group:g3@x.example'];
const PEOPLE = [...USERS, ...Object.keys(ACCOUNTS)];

function worldOf(seed: number): World {
  const roll = dice(seed);
  let bit = 0;
  const test = (depth: number): Test => {
    const kind = roll.below(depth > 2 ? 6 : 9);
    if (kind === 0)
      return {op: roll.chance(0.5) ? 'before' : 'after', time: TIME + (roll.below(5) - 2) * DAY + 1};
    if (kind === 1)
      return {op: 'type', is: roll.one(['storage.googleapis.com/Object', 'storage.googleapis.com/Bucket'])};
    if (kind === 2)
      return {op: 'service', is: roll.one(['storage.googleapis.com', 'compute.googleapis.com'])};
    if (kind === 3 && bit < 4) return {op: 'unknown', bit: (bit += 1)};
    if (kind <= 5)
      return {
        op: 'prefix',
        text: `projects/_/buckets/${roll.one(['b1', 'b', 'b12', 'b3', 'b1/objects/x', 'zz'])}`,
        bit: (bit += 1),
      };
    if (kind === 6) return {op: 'not', of: test(depth + 1)};
    return {op: kind === 7 ? 'and' : 'or', of: [test(depth + 1), test(depth + 1)]};
  };
  const members = [...PEOPLE, ...GROUPS];
  const patterns = [
    'storage.googleapis.com/objects.get',
    'storage.googleapis.com/objects.*',
    'storage.googleapis.com/*.delete',
    '*',
    'iam.googleapis.com/roles.get',
  ];
  const scopes = Object.keys(CONTAINERS);
  const bindings = Array.from({length: 1 + roll.below(5)}, () => ({
    member: roll.one(members),
    scope: roll.chance(0.2) ? roll.one(BUCKETS).name : roll.one(scopes),
    permissions: roll.some(PERMISSIONS, 0.6),
    condition: roll.chance(0.4) && bit < 5 ? test(0) : null,
  }));
  return {
    parents: CONTAINERS,
    buckets: BUCKETS,
    // Loops of groups may come out of this, as they may out of exports.
    groups: Object.fromEntries(
      members.map((id) => [id, roll.some(GROUPS, 0.35).filter((group) => group !== id)]),
    ),
    accounts: ACCOUNTS,
    bindings,
    denies: Array.from({length: roll.below(4)}, () => ({
      scope: roll.one(scopes),
      principals: roll.chance(0.3) ? ['*'] : roll.some(members, 0.3),
      except: roll.some(members, 0.15),
      permissions: [roll.one(patterns)],
      exceptPermissions: roll.chance(0.2) ? [roll.one(patterns.slice(0, 3))] : [],
      tagged: roll.chance(0.25) ? (bit += 1) : null,
    })),
    boundaries: Array.from({length: roll.chance(0.4) ? 1 + roll.below(2) : 0}, () => ({
      project: roll.one(['projects/2', 'projects/3', 'folders/1']),
      resources: roll.some(scopes, 0.3),
      version: roll.one([1, 2, 3, null]),
      only: roll.chance(0.3) ? roll.one(Object.keys(ACCOUNTS)) : null,
      bit: 100,
    })),
  };
}

function write(test: Test): string {
  switch (test.op) {
    case 'and':
    case 'or':
      return `(${test.of.map(write).join(test.op === 'and' ? ' && ' : ' || ')})`;
    case 'not':
      return `!${write(test.of).replace(/^(?!\()(.*)$/s, '($1)')}`;
    case 'before':
      return `request.time < timestamp("${new Date(test.time).toISOString()}")`;
    case 'after':
      return `request.time > timestamp('${new Date(test.time).toISOString()}')`;
    case 'type':
      return `resource.type == "${test.is}"`;
    case 'service':
      return `"${test.is}" == resource.service`;
    case 'prefix':
      return `resource.name.startsWith("${test.text}")`;
    default:
      return `resource.matchTag("1/t${test.bit}", "x")`;
  }
}

function estate(world: World): Estate {
  const kindOf = (id: string) =>
    id.startsWith('org') ? 'organization' : id.startsWith('fold') ? 'folder' : 'project';
  const id = (member: string): string => (member === '*' ? '*' : `gcp:${member}`);
  const listed = (groups: string[]): string[] => groups.map((group) => `gcp:${group}`);
  return estateOf({
    containers: Object.entries(world.parents).map(([name, parent]) =>
      container(`gcp:${name}`, kindOf(name), parent === null ? null : `gcp:${parent}`, 'gcp-org:1', 'gcp'),
    ),
    workloads: world.buckets.map(({name, project}) =>
      workload(`gcp://storage.googleapis.com/${name}`, `gcp:${project}`, {
        cloud: 'gcp',
        type: 'bucket',
        nativeType: 'storage.googleapis.com/Bucket',
      }),
    ),
    principals: [
      ...USERS.map((user) =>
        principal(`gcp:${user}`, 'user', null, {cloud: 'gcp', memberOf: listed(world.groups[user] ?? [])}),
      ),
      // A keeper per group, so that every group counts as listed.
      ...GROUPS.map((group, i) =>
        principal(`gcp:user:keeper${i}@x.example`, 'user', null, {cloud: 'gcp', memberOf: [`gcp:${group}`]}),
      ),
      ...GROUPS.map((group) =>
        principal(`gcp:${group}`, 'group', null, {cloud: 'gcp', memberOf: listed(world.groups[group] ?? [])}),
      ),
      ...Object.entries(world.accounts).map(([account, project]) =>
        principal(`gcp:${account}`, 'serviceAccount', `gcp:${project}`, {
          cloud: 'gcp',
          memberOf: listed(world.groups[account] ?? []),
        }),
      ),
    ],
    roleDefinitions: world.bindings.map(({permissions}, i) => ({
      id: `gcp:organizations/1/roles/r${i}`,
      name: `r${i}`,
      cloud: 'gcp',
      actions: permissions,
      notActions: [],
      dataActions: [],
      notDataActions: [],
    })),
    assignments: world.bindings.map(({member, scope, condition}, i) => ({
      id: `b${i}`,
      cloud: 'gcp',
      principal: `gcp:${member}`,
      role: `gcp:organizations/1/roles/r${i}`,
      roleName: `organizations/1/roles/r${i}`,
      scope: scope.startsWith('b') ? `gcp://storage.googleapis.com/${scope}` : `gcp:${scope}`,
      effect: 'allow',
      condition: condition === null ? null : write(condition),
    })),
    denyRules: world.denies.map((rule, i) => ({
      id: `d${i}`,
      name: `d${i}`,
      cloud: 'gcp',
      scope: `gcp:${rule.scope}`,
      inherited: true,
      principals: rule.principals.map(id),
      exceptPrincipals: rule.except.map(id),
      actions: rule.permissions,
      exceptActions: rule.exceptPermissions,
      dataActions: [],
      exceptDataActions: [],
      condition: rule.tagged === null ? null : `resource.matchTag("1/t${rule.tagged}", "x")`,
    })),
    accessBoundaries: world.boundaries.flatMap(({project, resources, version, only}, i) => [
      {
        id: `p${i}`,
        name: `p${i}`,
        cloud: 'gcp' as const,
        principals: [],
        resources: resources.map((name) => `//cloudresourcemanager.googleapis.com/${name}`),
        condition: null,
        ...(version === null ? {} : {enforcementVersion: String(version)}),
      },
      {
        id: `pb${i}`,
        name: `pb${i}`,
        cloud: 'gcp' as const,
        principals: [`//cloudresourcemanager.googleapis.com/${project}`],
        resources: [],
        condition: only === null ? null : `principal.subject == '${only.replace('serviceAccount:', '')}'`,
        policy: `p${i}`,
      },
    ]),
  });
}

/** What a principal can do with each bucket, walked edge by edge. */
function walk(edges: GraphEdge[], from: string, sure: boolean): Map<string, Set<string>> {
  const out = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (sure ? edge.certainty !== 'certain' : edge.certainty === 'unknown') continue;
    const list = out.get(edge.from);
    if (list) list.push(edge);
    else out.set(edge.from, [edge]);
  }
  const caps = new Map<string, Set<string>>();
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const edge of out.get(at) ?? []) {
      const held = caps.get(edge.to) ?? new Set<string>();
      caps.set(edge.to, held);
      for (const cap of edge.caps ?? CAPS) held.add(cap);
      if (edge.caps !== undefined || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return caps;
}

test('agrees with the reference on 60,000 questions', () => {
  const wrong: string[] = [];
  const answers = {no: 0, possible: 0, certain: 0};
  for (let seed = 1; seed <= 800; seed += 1) {
    const world = worldOf(seed);
    const given = estate(world);
    const {value} = buildIdentityGraph(given, [], new Int32Array(given.workloads.length).fill(-1), {
      now: NOW,
    });
    for (const who of PEOPLE) {
      const certain = walk(value.edges, `gcp:${who}`, true);
      const possible = walk(value.edges, `gcp:${who}`, false);
      for (const {name} of BUCKETS) {
        for (const [i, permission] of PERMISSIONS.entries()) {
          const head = `gcp://storage.googleapis.com/${name}`;
          const mine = {
            certain: certain.get(head)?.has(CAPS[i]!) === true,
            possible: possible.get(head)?.has(CAPS[i]!) === true,
          };
          const truth = ask(world, who, name, permission, TIME);
          answers[truth.certain ? 'certain' : truth.possible ? 'possible' : 'no'] += 1;
          if (mine.certain === truth.certain && mine.possible === truth.possible) continue;
          wrong.push(
            `seed ${seed} ${who} ${permission} on ${name}: ${JSON.stringify(mine)}, should be ${JSON.stringify(truth)}`,
          );
        }
      }
    }
  }
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(answers.no + answers.possible + answers.certain).toBe(60_000);
  expect(Math.min(answers.possible, answers.certain)).toBeGreaterThan(1000);
}, 300_000);
