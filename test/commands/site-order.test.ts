import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {captureOutput} from '@oclif/test';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import Plan from '../../commands/plan.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-site-order-'));

beforeAll(() => void (process.env['SOURCE_DATE_EPOCH'] = '1795996800'));
afterAll(() => rmSync(folder, {recursive: true}));
afterEach(() => void (process.exitCode = undefined));

const header = (kind: string, name: string): string =>
  `apiVersion: bulkhead.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;
const site = (id: string, kind: string, more = ''): string =>
  `${header('Site', id)}  kind: ${kind}\n  provider: P\n  matches: [{container: c-${id}}]\n${more}`;

/** The one at `far` is too slow for its partner at `cloud`; `north` and `south` are near, and alike in everything. */
const SITES = [
  site('cloud', 'public', '  latencyMs: {far: 50, north: 1, south: 1}\n'),
  site('far', 'dedicated'),
  site('north', 'dedicated'),
  site('south', 'dedicated'),
];

async function plan(name: string, sites: string[]): Promise<Record<string, unknown>> {
  const dir = join(folder, name);
  mkdirSync(dir);
  const files = {
    'bulkhead.yaml': `${header('Workspace', 'w')}  sources: [{file: inventory.yaml}]\n  dependencies: deps.csv\n  sites: sites.yaml\n  policies: [rules.yaml]\n`,
    'inventory.yaml': `${header('Inventory', 'i')}  source: lab\n  containers: [{id: c-cloud}, {id: c-far}]\n  workloads:\n    - {id: web, container: c-cloud, os: Ubuntu 24.04, tags: {tier: web}}\n    - {id: db, container: c-far, os: Ubuntu 24.04, tags: {tier: db}}\n`,
    'deps.csv': 'from,to,kind,gib_per_month,max_latency_ms\nweb,db,data-flow,1,5\n',
    'sites.yaml': sites.join('---\n'),
    'rules.yaml': `${header('PlacementPolicy', 'own')}  rules:\n    - {id: R-1, title: Databases are ours, severity: high, effect: forbid, given: 'workload.tags["tier"] == "db"', when: site.kind == "public"}\n    - {id: R-2, title: The web is not, severity: high, effect: forbid, given: 'workload.tags["tier"] == "web"', when: site.kind == "dedicated"}\n`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
  const {stdout} = await captureOutput(() => Plan.run(['--dir', dir, '--json', '--quiet'], ROOT));
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('of equal sites the same one is taken wherever it is written', async () => {
  const run = await plan('forth', SITES);
  expect(run['decisions']).toContainEqual(
    expect.objectContaining({name: 'db', current: 'far', recommended: 'north', move: true}),
  );
  const back = await plan('back', SITES.toReversed());
  const parts = ['sites', 'decisions', 'problem', 'certificate', 'siteChoice', 'waves', 'residual'];
  const of = (document: Record<string, unknown>) => parts.map((part) => [part, document[part]]);
  expect(of(back)).toEqual(of(run));
});
