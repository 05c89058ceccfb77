import type {Dice} from './dice.ts';

export type CloudName = 'azure' | 'aws' | 'gcp' | 'private';
export type Kind =
  | 'vm'
  | 'database'
  | 'bucket'
  | 'app-service'
  | 'function'
  | 'key-vault'
  | 'container-service'
  | 'queue';

/** One workload, before any provider has a form for it. */
export interface Item {
  index: number;
  name: string;
  kind: Kind;
  cloud: CloudName;
  /** Number of the subscription, account, project or vCenter it lives in, per cloud. */
  scope: number;
  app: App;
  vcpu: number;
  memoryGiB: number;
  storageGiB: number;
  windows: boolean;
  running: boolean;
  exposed: boolean;
  /** Code on it acts as an identity of its own. */
  identity: boolean;
}

/** Workloads that belong together, mostly in one scope. */
export interface App {
  index: number;
  name: string;
  environment: string;
  owner: string;
  /** Value of the tag `data-class`; null = nobody tagged it. */
  dataClass: string | null;
  cloud: CloudName;
  scope: number;
  region: number;
  items: Item[];
}

export interface Link {
  from: Item;
  to: Item;
  kind: string;
  gib: number | null;
}

export interface World {
  apps: App[];
  items: Item[];
  /** Directory servers, backup, monitoring …: most used first. */
  hubs: Item[];
  links: Link[];
  /** Subscriptions, accounts, projects, vCenters. */
  scopes: Record<CloudName, number>;
}

const CLOUDS = {azure: 0.4, aws: 0.25, gcp: 0.15, private: 0.2} as const;
/** Workloads of one subscription, account, project, vCenter at the median. */
const SCOPE_SIZE: Record<CloudName, number> = {azure: 160, aws: 120, gcp: 60, private: 1500};
const KINDS: Record<CloudName, Partial<Record<Kind, number>>> = {
  azure: {vm: 0.58, database: 0.12, bucket: 0.1, 'app-service': 0.06, function: 0.05, 'key-vault': 0.05, 'container-service': 0.02, queue: 0.02},
  aws: {vm: 0.72, database: 0.16, bucket: 0.12},
  gcp: {vm: 0.6, database: 0.12, bucket: 0.15, function: 0.06, 'container-service': 0.07},
  private: {vm: 1},
}; // prettier-ignore
const PREFIX: Record<Kind, string> = {
  vm: 'srv', database: 'db', bucket: 'data', 'app-service': 'web', function: 'fn', 'key-vault': 'kv',
  'container-service': 'svc', queue: 'bus',
}; // prettier-ignore
const WORDS = [
  'billing', 'claims', 'portal', 'payroll', 'ledger', 'catalog', 'shipping', 'telemetry', 'imaging', 'records',
  'booking', 'identity', 'search', 'reporting', 'archive', 'pricing', 'orders', 'support', 'training', 'research',
] as const; // prettier-ignore
const HUB_APPS = ['active-directory', 'backup', 'monitoring', 'logging', 'jump-hosts'] as const;
const DATA_CLASSES = {
  public: 0.1, internal: 0.3, confidential: 0.25, vertraulich: 0.15, 'streng-vertraulich': 0.08, restricted: 0.07, other: 0.05,
} as const; // prettier-ignore
const ENVIRONMENTS = {prod: 0.55, test: 0.25, dev: 0.2} as const;

/** Dependencies of a workload on average. */
const LINKS_PER_ITEM = 4;

/**
 * An estate of `count` workloads: applications of 5–50 (log-normal), mostly inside one scope, one in ten with a part
 * in a private cloud; hubs that everybody uses, of falling popularity; per workload four dependencies, a spanning
 * tree per application, then 80 % inside applications, 15 % between them, 5 % to hubs.
 */
export function makeWorld(count: number, dice: Dice): World {
  const apps: App[] = [];
  const items: Item[] = [];
  const scopes = scopeFiller(dice);
  const hubs = addHubs(count, apps, items, scopes, dice);
  while (items.length < count) {
    const wanted = Math.min(50, Math.max(5, Math.round(dice.logNormal(2.5, 0.6))));
    const size = Math.min(wanted, count - items.length);
    const cloud = dice.share(CLOUDS);
    const word = dice.pick(WORDS);
    const name = `${word}-${String(apps.length).padStart(4, '0')}`;
    const tagged = dice.share(DATA_CLASSES);
    const app: App = {
      index: apps.length,
      name,
      environment: dice.share(ENVIRONMENTS),
      owner: `team-${word}-${dice.integer(40)}`,
      dataClass: tagged === 'other' ? (dice.chance(0.5) ? 'tbd' : 'C3') : tagged,
      cloud,
      scope: scopes.take(cloud, size),
      region: dice.integer(2),
      items: [],
    };
    if (dice.chance(0.35)) app.dataClass = null;
    const hybrid = cloud !== 'private' && dice.chance(0.1);
    for (let member = 0; member < size; member++) {
      const home = hybrid && dice.chance(0.3) ? 'private' : cloud;
      const kinds = KINDS[home] as Record<Kind, number>;
      const scope = home === cloud ? app.scope : scopes.take('private', 1);
      addItem(items, app, dice.share(kinds), home, scope, dice);
    }
    apps.push(app);
  }
  return {apps, items, hubs, links: makeLinks(apps, items, hubs, dice), scopes: scopes.counts()};
}

function addItem(items: Item[], app: App, kind: Kind, cloud: CloudName, scope: number, dice: Dice): Item {
  const vcpu = dice.pick([2, 2, 4, 4, 8, 16]);
  const item: Item = {
    index: items.length,
    name: `${app.name}-${PREFIX[kind]}${String(app.items.length + 1).padStart(2, '0')}`,
    kind,
    cloud,
    scope,
    app,
    vcpu,
    memoryGiB: vcpu * 4,
    storageGiB: Math.min(64_000, Math.round(dice.logNormal(4.8, 1))),
    windows: dice.chance(0.45),
    running: dice.chance(0.93),
    exposed: dice.chance(0.04),
    identity: dice.chance(0.3),
  };
  app.items.push(item);
  items.push(item);
  return item;
}

function addHubs(
  count: number,
  apps: App[],
  items: Item[],
  scopes: ReturnType<typeof scopeFiller>,
  dice: Dice,
): Item[] {
  const wanted = Math.max(5, Math.floor(count / 1000));
  HUB_APPS.forEach((name, index) => {
    const share = Math.ceil((wanted - index) / HUB_APPS.length);
    const app: App = {
      index: apps.length,
      name,
      environment: 'prod',
      owner: 'team-platform',
      dataClass: null,
      cloud: 'private',
      scope: scopes.take('private', share),
      region: 0,
      items: [],
    };
    for (let member = 0; member < share; member++) addItem(items, app, 'vm', 'private', app.scope, dice);
    apps.push(app);
  });
  // Round robin, so that the most used ones are of every sort.
  return items.toSorted((a, b) => a.app.items.indexOf(a) - b.app.items.indexOf(b) || a.index - b.index);
}

/** Fills one scope after the other, each of its own size. */
function scopeFiller(dice: Dice) {
  const state = Object.fromEntries(
    Object.keys(CLOUDS).map((cloud) => [cloud, {at: 0, left: SCOPE_SIZE[cloud as CloudName]}]),
  ) as Record<CloudName, {at: number; left: number}>;
  return {
    take(cloud: CloudName, size: number): number {
      const one = state[cloud];
      if (one.left <= 0) {
        one.at++;
        one.left = Math.round(dice.logNormal(Math.log(SCOPE_SIZE[cloud]), 0.7));
      }
      one.left -= size;
      return one.at;
    },
    counts: (): Record<CloudName, number> => ({
      azure: state.azure.at + 1,
      aws: state.aws.at + 1,
      gcp: state.gcp.at + 1,
      private: state.private.at + 1,
    }),
  };
}

function makeLinks(apps: App[], items: Item[], hubs: Item[], dice: Dice): Link[] {
  const links: Link[] = [];
  const seen = new Set<number>();
  const wanted = items.length * LINKS_PER_ITEM;
  const connect = (from: Item, to: Item, inside: boolean): void => {
    const key = from.index * items.length + to.index;
    if (from === to || links.length >= wanted || seen.has(key)) return;
    seen.add(key);
    const kind = inside ? dice.share(INSIDE) : dice.share(BETWEEN);
    const gib = kind === 'data-flow' && dice.chance(0.8) ? Math.ceil(dice.logNormal(2.5, 1.5)) : null;
    links.push({from, to, kind, gib});
  };
  for (const app of apps)
    for (let member = 1; member < app.items.length; member++)
      connect(app.items[member]!, app.items[dice.integer(member)]!, true);
  // Small estates run out of pairs; the attempts end.
  for (let attempt = 0; attempt < 4 * wanted && links.length < wanted; attempt++) {
    const from = dice.pick(items);
    const target = dice.uniform();
    if (target < 0.8) connect(from, dice.pick(from.app.items), true);
    else if (target < 0.95) connect(from, dice.pick(dice.pick(apps).items), false);
    else connect(from, hubs[Math.floor(hubs.length * dice.uniform() ** 3)]!, false);
  }
  return links;
}

const INSIDE = {'data-flow': 0.86, trust: 0.08, 'must-together': 0.03, 'prefer-together': 0.03} as const;
const BETWEEN = {'data-flow': 0.92, trust: 0.078, 'must-apart': 0.002} as const;
