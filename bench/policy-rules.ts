/**
 * Rules of the shipped packs over a made-up estate: every workload, every rule, every site. Rules are CEL expressions;
 * workloads with equal values in the fields a rule reads share one evaluation. Beside it, in the same process: the same
 * conditions evaluated for each workload at each site (a sample, scaled up), and JSON.parse of the same workloads.
 * Run: `node bench/policy-rules.ts [WORKLOADS] [RULES] [SEED]`; prints `goal | measured | ratio`, processor seconds.
 */
import {readPolicies} from '../src/inputs/policies.ts';
import type {Workload} from '../src/model/estate.ts';
import type {Site} from '../src/model/site.ts';
import type {PolicyContext} from '../src/policy/context.ts';
import {workloadPlan} from '../src/policy/environment.ts';
import {createEvaluator, evaluatePolicies} from '../src/policy/evaluate.ts';
import {dice, type Dice} from './estate/dice.ts';

const [size, most, seed] = [1_000_000, 48, 7].map((value, at) => Number(process.argv[2 + at] ?? value));
const PACKS = ['baseline', 'storm-0558', 'gdpr-schrems-ii', 'dora', 'bsi-schutzbedarf', 'nis2', 'bsi-c5'];
const SAMPLE = 1000;
const GOAL = 5;

const {set: all} = await readPolicies(
  process.cwd(),
  PACKS.map((pack) => `pack:${pack}`),
);
const set = {...all, rules: all.rules.slice(0, most)};
const sites = ['de', 'ie', 'us', 'nl', 'de'].map(site);
const context = estate(size!, sites, dice(seed!));
const {workloads} = context.estate;

plainly(0, 20);
const [alone] = measured(() => plainly(0, SAMPLE));
const [seconds, judged] = measured(() => evaluatePolicies(set, context));
const text = workloads.map((workload) => JSON.stringify(workload));
const [parsing] = measured(() => text.forEach((line) => JSON.parse(line)));

const tuples = judged.rules.reduce((sum, rule) => sum + rule.tuples.length, 0);
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${size} workloads × ${set.rules.length} rules × ${sites.length} sites: ${(size! * set.rules.length * sites.length).toExponential(1)} outcomes from ${tuples} groups, peak ${peak.toFixed(0)} MB`,
);
console.log(`${'goal'.padEnd(44)} | measured | ratio`);
row(`all rules ≤ ${GOAL} s at 1e6 × 48 × 5`, seconds, '');
row('  beside JSON.parse of the workloads', parsing, `${(seconds / parsing).toFixed(2)} ×`);
const unshared = (alone * size!) / SAMPLE;
row('  beside CEL of each alone (from a sample)', unshared, `1/${(unshared / seconds).toFixed(0)}`);

function row(goal: string, value: number, ratio: string): void {
  console.log(`${goal.padEnd(44)} | ${value.toFixed(2).padStart(6)} s | ${ratio}`);
}

function measured<T>(work: () => T): [seconds: number, value: T] {
  const start = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(start);
  return [(user + system) / 1e6, value];
}

/** The conditions alone, for each workload at each site. */
function plainly(from: number, to: number): void {
  const {builder} = createEvaluator(set, context);
  for (const {match, condition, score, policy} of set.rules)
    for (const expression of [...match, condition ?? score!]) {
      const plan = workloadPlan(expression.reads);
      for (let w = from; w < to; w++) {
        const environment = builder.of(plan, w, policy);
        for (const at of builder.sites) {
          environment.site = at;
          expression.evaluate(environment);
        }
      }
    }
}

function estate(count: number, at: Site[], chance: Dice): PolicyContext {
  const made = Array.from({length: count}, (_, w) => workload(w, chance));
  const need = () => {
    const level = chance.pick([null, 1, 1, 2, 2, 3] as const);
    return level === null
      ? {level, lo: 1 as const, hi: 3 as const, confidence: 0}
      : {level, lo: level, hi: level, confidence: 1};
  };
  // As in estates: of a million workloads some thousand differ in who reaches them.
  const scores = Array.from({length: 2000}, () => {
    const value = 100 * chance.uniform();
    return {value, lo: value * chance.uniform(), hi: Math.min(100, value * 1.2)};
  });
  const register = Array.from({length: 500}, (_, entry) => ({
    id: `f-${entry}`,
    function: `function ${entry}`,
    owner: chance.pick(['it', 'sales', null]),
    criticality: 1,
    rtoHours: chance.pick([4, 24, null]),
    rpoHours: chance.pick([1, 24, null]),
    provider: null,
    exitPlan: chance.pick([true, false, null]),
    critical: chance.pick([true, false, null]),
    dataCategories: [],
    sensitivity: null,
    covers: [],
    place: {},
  }));
  const entryOf = Int32Array.from(made, () => (chance.chance(0.6) ? chance.integer(register.length) : -1));
  return {
    estate: {workloads: made, identity: []},
    sensitivity: {
      workloads: made.map(({id}) => ({
        workload: id,
        c: need(),
        i: need(),
        a: need(),
        categories: chance.pick([[], ['pii'], ['pii', 'financial'], ['phi']]),
        weight: 0.6,
        criticality: 1,
        evidence: [],
      })),
      inflation: 0,
    },
    exposure: {
      roots: [],
      workloads: made.map(({id}) => {
        const score = chance.pick(scores);
        return {
          workload: id,
          sibr: score,
          inbound: score,
          sharedFate: score,
          outbound: score,
          priority: 0,
          topRoot: null,
          contributions: [],
        };
      }),
    },
    sites: at,
    siteOf: Int32Array.from(made, () => chance.integer(at.length)),
    siteRoots: at.map((one, s) => [
      {id: `root-${s}`, name: `Root ${s}`, kind: 'operator', sharedWithOtherTenants: one.class === 'public'},
    ]),
    registerOf: (w) => register[entryOf[w]!] ?? null,
    now: new Date('2026-11-22T00:00:00Z'),
    unknownAs: 2,
  };
}

function workload(w: number, chance: Dice): Workload {
  const application = `app-${chance.integer(Math.ceil(size! / 15))}`;
  return {
    id: `azure:/subscriptions/${w % 900}/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm-${w}`,
    name: `vm-${w}`,
    type: chance.pick(['vm', 'vm', 'vm', 'database', 'bucket', 'function']),
    cloud: chance.pick(['azure', 'aws', 'gcp', 'vmware']),
    nativeType: 'machine',
    source: 'made-up',
    container: null,
    application,
    region: chance.pick(['westeurope', 'eu-central-1', null]),
    state: chance.chance(0.9) ? 'running' : 'stopped',
    tags: {
      application,
      owner: `team-${chance.integer(200)}`,
      environment: chance.pick(['prod', 'test', 'dev']),
      'data-class': chance.pick(['internal', 'confidential', 'public']),
    },
    os: chance.pick(['Linux', 'Windows', null]),
    vcpu: 2,
    memoryMiB: 4096,
    storageMiB: 65536,
    identities: [],
    internetExposed: chance.chance(0.2) ? {value: true, field: 'publicIp'} : null,
    host: null,
    attributes: {},
  };
}

function site(country: string, at: number): Site {
  const dedicated = at >= 3;
  return {
    id: `site-${at}`,
    name: `Site ${at}`,
    kind: dedicated ? 'dedicated' : 'public',
    class: dedicated ? 'dedicated' : 'public',
    receives: true,
    provider: `provider-${at}`,
    providerGroup: `group-${at}`,
    region: null,
    country,
    jurisdictions: country === 'us' ? ['us'] : ['eu'],
    tenancy: dedicated ? 'dedicated-hardware' : 'shared',
    identityRoots: [{root: `root-${at}`, sharedWithOtherTenants: !dedicated}],
    logRetentionDays: at % 2 === 0 ? 365 : null,
    externalKeys: dedicated,
    certifications: [],
    services: ['database', 'bucket', 'function'],
    capacity: null,
    cost: null,
    matches: [],
    place: {},
  };
}
