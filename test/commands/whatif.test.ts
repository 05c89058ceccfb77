import {cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {captureOutput} from '@oclif/test';
import {afterEach, beforeAll, describe, expect, test} from 'vitest';
import Plan from '../../commands/plan.ts';
import WhatIf from '../../commands/whatif.ts';
import type {PlanAnswer} from '../../src/cli/what-if-plan.ts';
import type {PlanRun} from '../../src/model/plan.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLINIC = join(ROOT, 'examples/harbor-clinic');

const FILES: Record<string, string> = {
  'bulkhead.yaml': `apiVersion: bulkhead.dev/v1alpha1
kind: Workspace
metadata: {name: tiny}
spec:
  sources: [{file: inventory.yaml}]
  sites: sites.yaml
  policies: [house.yaml]
  settings: {governedTags: [data-class]}
`,
  'inventory.yaml': `apiVersion: bulkhead.dev/v1alpha1
kind: Inventory
spec:
  source: rz
  workloads:
    - {id: '1', name: db, region: nord, vcpu: 8, memoryGiB: 8, storageGiB: 8, tags: {data-class: strictly-confidential}}
    - {id: '2', name: web, region: nord, vcpu: 4, memoryGiB: 8, storageGiB: 8, tags: {data-class: public}}
    - {id: '3', name: twin, region: nord, vcpu: 2, memoryGiB: 8, storageGiB: 8, tags: {data-class: public}}
    - {id: '4', name: twin, region: nord, vcpu: 2, memoryGiB: 8, storageGiB: 8, tags: {data-class: public}}
`,
  'sites.yaml': `apiVersion: bulkhead.dev/v1alpha1
kind: Site
metadata: {name: nord}
spec:
  kind: public
  provider: Nord
  tenancy: shared
  identityRoots: [{root: 'ad:corp.example'}]
  cost: {currency: EUR, asOf: 2026-01-01, vcpuMonth: 10, memoryGiBMonth: 0, storageGiBMonth: 0}
  matches: [{region: nord}]
---
apiVersion: bulkhead.dev/v1alpha1
kind: Site
metadata: {name: sued}
spec:
  kind: dedicated
  provider: Sued
  tenancy: dedicated-hardware
  identityRoots: [{root: 'ad:corp.example'}, {root: 'vcenter-sso:local@sued'}]
  capacity: {vcpu: 12}
  cost: {currency: EUR, asOf: 2026-01-01, vcpuMonth: 20, memoryGiBMonth: 0, storageGiBMonth: 0}
`,
  'house.yaml': `apiVersion: bulkhead.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: house}
spec:
  params:
    least: {type: level, default: veryHigh}
  rules:
    - id: H1
      title: Nothing of that need on shared hardware
      severity: high
      effect: forbid
      when: workload.sensitivity.c >= params.least && site.tenancy == "shared"
      message: "{{ workload.name }} on shared hardware"
`,
};

const EAST = `apiVersion: bulkhead.dev/v1alpha1
kind: Site
metadata: {name: ost}
spec:
  kind: dedicated
  provider: Ost
  tenancy: dedicated-hardware
  identityRoots: [{root: 'vcenter-sso:local@ost'}]
`;

const STRICT = FILES['house.yaml']!.replace('name: house', 'name: strict')
  .replace('H1', 'H2')
  .replace('workload.sensitivity.c >= params.least && ', '');

let tiny: string;

beforeAll(() => {
  process.env['SOURCE_DATE_EPOCH'] = '1795996800';
  tiny = mkdtempSync(join(tmpdir(), 'bulkhead-whatif-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(tiny, name), text);
  const aside = mkdtempSync(join(tmpdir(), 'bulkhead-aside-'));
  east = join(aside, 'ost.yaml');
  strict = join(aside, 'strict.yaml');
  writeFileSync(east, EAST);
  writeFileSync(strict, STRICT);
});
afterEach(() => void (process.exitCode = undefined));

let east: string;
let strict: string;

async function ask(dir: string, ...argv: string[]) {
  const {stdout} = await captureOutput(() => WhatIf.run([...argv, '--dir', dir, '--json'], ROOT));
  return JSON.parse(stdout) as PlanAnswer & {
    error?: {message: string; remedy?: string};
    findings: {message: string; where: {file?: string}}[];
    outcome: {exitCode: number};
  };
}

async function say(dir: string, ...argv: string[]): Promise<string> {
  return (await captureOutput(() => WhatIf.run([...argv, '--dir', dir, '--quiet'], ROOT))).stdout;
}

/** The plan of a copy of the tiny workspace in which a file really is another one. */
async function planOf(changes: Record<string, (text: string) => string>): Promise<PlanRun> {
  const copy = mkdtempSync(join(tmpdir(), 'bulkhead-changed-'));
  cpSync(tiny, copy, {recursive: true});
  for (const [name, change] of Object.entries(changes)) {
    const text = readFileSync(join(copy, name), 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(join(copy, name), change(text));
  }
  const {stdout} = await captureOutput(() => Plan.run(['--dir', copy, '--json'], ROOT));
  return JSON.parse(stdout) as PlanRun;
}

const swap = (from: string, to: string) => (text: string) => text.replace(from, to);

describe('what changes is what a plan of the changed files says', () => {
  let today: PlanRun | undefined;
  const house = 'house.yaml';
  const sites = 'sites.yaml';
  const inventory = 'inventory.yaml';
  test.each<[string, string[], Record<string, (text: string) => string>]>([
    [
      'a tag',
      ['--set-tag', 'web:data-class=strictly-confidential'],
      {
        [inventory]: swap(
          'vcpu: 4, memoryGiB: 8, storageGiB: 8, tags: {data-class: public}',
          'vcpu: 4, memoryGiB: 8, storageGiB: 8, tags: {data-class: strictly-confidential}',
        ),
      },
    ],
    [
      'no tag',
      ['--set-tag', 'db:DATA-CLASS='],
      {[inventory]: swap('tags: {data-class: strictly-confidential}', 'tags: {}')},
    ],
    [
      'a field',
      ['--set-site', 'nord:tenancy=dedicated-host'],
      {[sites]: swap('tenancy: shared', 'tenancy: dedicated-host')},
    ],
    ['less room', ['--set-site', 'sued:capacity.vcpu=-10'], {[sites]: swap('vcpu: 12', 'vcpu: 2')}],
    [
      'a price',
      ['--set-site', 'sued:cost.vcpuMonth=+10%'],
      {[sites]: swap('vcpuMonth: 20', 'vcpuMonth: 22')},
    ],
    [
      'a field of a list',
      ['--set-site', 'sued:identityRoots.0.root=ad:other.example'],
      {[sites]: swap("root: 'ad:corp.example'}, {", "root: 'ad:other.example'}, {")},
    ],
    ['a parameter', ['--param', 'house.least=none'], {[house]: swap('default: veryHigh', 'default: none')}],
    [
      'two at once',
      ['--param', 'least=none', '--set-site', 'sued:capacity='],
      {[house]: swap('default: veryHigh', 'default: none'), [sites]: swap('  capacity: {vcpu: 12}\n', '')},
    ],
    [
      'no policy',
      ['--without-policy', 'house'],
      {'bulkhead.yaml': swap('policies: [house.yaml]', 'policies: []')},
    ],
  ])('%s', async (_, argv, changes) => {
    const before = (today ??= await planOf({}));
    const after = await planOf(changes);
    const {plan, supposed} = await ask(tiny, ...argv);
    expect(supposed).toHaveLength(argv.length / 2);
    const {numbers} = plan;
    expect(numbers.exposure).toEqual({
      before: before.residual.total.recomputed.after,
      after: after.residual.total.recomputed.after,
    });
    expect(numbers.moves).toEqual({before: before.summary.moves, after: after.summary.moves});
    expect(numbers.blocked).toEqual({before: before.summary.blocked, after: after.summary.blocked});
    const expected = before.decisions.flatMap((old, index) => {
      const now = after.decisions[index]!;
      if (old.recommended === now.recommended && old.status === now.status) return [];
      return [
        {
          workload: old.workload,
          before: {site: old.recommended, status: old.status},
          after: {site: now.recommended, status: now.status},
          reasons: now.reasons,
        },
      ];
    });
    const byId = (a: {workload: string}, b: {workload: string}): number => (a.workload < b.workload ? -1 : 1);
    expect(
      plan.decisions
        .map((change) => ({
          workload: change.workload,
          before: change.before,
          after: change.after,
          reasons: change.reasons,
        }))
        .sort(byId),
    ).toEqual(expected.sort(byId));
    expect(plan.unchanged).toBe(before.decisions.length - expected.length);
    const used = ({limits = []}: PlanRun) => new Map(limits.map((limit) => [limit.id, limit]));
    const [old, now] = [used(before), used(after)];
    const differ = [...new Set([...old.keys(), ...now.keys()])].filter(
      (id) => old.get(id)?.used !== now.get(id)?.used || old.get(id)?.limit !== now.get(id)?.limit,
    );
    expect(plan.limits.map(({id}) => id)).toEqual(expect.arrayContaining(differ));
  });
});

describe('each option', () => {
  test('a tag: which rule decides, with its place, and what it costs', async () => {
    const {plan, supposed, changes, outcome} = await ask(tiny, '--set-tag', 'web:data-class=top-secret');
    expect(supposed).toEqual([{option: '--set-tag', text: 'web: tag data-class public → top-secret'}]);
    expect(changes).toEqual([]);
    expect(outcome.exitCode).toBe(0);
    expect(plan.decisions).toMatchObject([
      {
        name: 'web',
        before: {site: 'nord', status: 'decided'},
        after: {site: 'sued', status: 'decided'},
        because: [{by: 'H1', text: 'web on shared hardware', where: 'house.yaml:8'}],
      },
    ]);
    // 8 vCPU at 20 and 4, 2 and 2 at 10; then 12 at 20 and 4 at 10.
    expect(plan.numbers.cost).toEqual({
      before: {currency: 'EUR', perMonth: 240_00, unknown: 0},
      after: {currency: 'EUR', perMonth: 280_00, unknown: 0},
    });
    expect(plan.limits).toMatchObject([
      {id: 'capacity:sued:vcpu', before: {used: 8, limit: 12}, after: {used: 12, limit: 12}},
    ]);
  });

  test('a need gives way to nothing the register says, and only on its axis', async () => {
    const up = await ask(tiny, '--set-need', 'web:c=veryHigh');
    expect(up.plan.decisions.map(({name, after}) => [name, after.site])).toEqual([['web', 'sued']]);
    const down = await ask(tiny, '--set-need', 'db:c=none');
    expect(down.plan.decisions).toMatchObject([
      {name: 'db', after: {site: 'nord'}, because: [{by: 'H1', text: 'no longer: db on shared hardware'}]},
    ]);
    const other = await ask(tiny, '--set-need', 'web:a=veryHigh');
    expect(other.plan.decisions).toEqual([]);
    expect(other.workloads.length + other.roots.length).toBeGreaterThan(0);
  });

  test('a site more, and a site gone', async () => {
    const more = await ask(tiny, '--add-site', east, '--set-site', 'ost:logRetentionDays=90');
    expect(more.supposed.map(({text}) => text)).toEqual([
      'ost can be chosen, too',
      'ost: logRetentionDays not stated → 90',
    ]);
    expect(more.plan.decisions.find(({name}) => name === 'db')).toMatchObject({after: {site: 'ost'}});
    const gone = await ask(tiny, '--remove-site', 'sued');
    expect(gone.plan.decisions).toMatchObject([
      {
        name: 'db',
        after: {status: 'blocked'},
        because: [{by: 'site', text: 'supposed: this site is gone', where: null}],
      },
    ]);
    expect(gone.plan.rules).toEqual({added: [], removed: [], changed: []});
    // Also what stands there today has to go.
    const home = await ask(tiny, '--remove-site', 'nord', '--set-site', 'sued:capacity=');
    expect(home.plan.numbers.moves).toEqual({before: 1, after: 4});
  });

  test('policies: one more, one rule less', async () => {
    const more = await ask(tiny, '--policy', strict);
    expect(more.plan.rules.added).toEqual(['H2']);
    expect(more.plan.numbers.moves.after).toBeGreaterThan(more.plan.numbers.moves.before);
    const less = await ask(tiny, '--without-rule', 'H1');
    expect(less.plan.rules.removed).toEqual(['H1']);
    expect(less.plan.decisions).toMatchObject([{name: 'db', after: {site: 'nord'}}]);
  });

  test('the identity graph alone is scored without a plan, and with one when it is asked for', async () => {
    const alone = await ask(tiny, '--remove-root', 'ad:corp.example');
    expect(Object.keys(alone).sort()).toEqual([
      'changes',
      'findings',
      'outcome',
      'roots',
      'total',
      'workloads',
    ]);
    const planned = await ask(tiny, '--remove-root', 'ad:corp.example', '--plan');
    expect(planned.changes).toEqual(alone.changes);
    expect([planned.roots, planned.workloads, planned.total]).toEqual([
      alone.roots,
      alone.workloads,
      alone.total,
    ]);
    expect(planned.plan.numbers.exposure.after.value).toBeLessThan(
      planned.plan.numbers.exposure.before.value,
    );
  });

  test('nothing changes: one line', async () => {
    expect(await say(tiny, '--set-site', 'nord:logRetentionDays=1')).toMatch(
      /^Suppose nord: logRetentionDays not stated → 1\n[\s\S]*\nNo decision changes \(4 workloads\)\.\n$/,
    );
  });

  test('nothing is written', async () => {
    const before = readdirSync(tiny, {recursive: true});
    const texts = Object.keys(FILES).map((name) => readFileSync(join(tiny, name), 'utf8'));
    await ask(tiny, '--set-tag', 'web:x=y', '--policy', strict, '--set-site', 'nord:region=north');
    expect(readdirSync(tiny, {recursive: true})).toEqual(before);
    expect(Object.keys(FILES).map((name) => readFileSync(join(tiny, name), 'utf8'))).toEqual(texts);
  });
});

describe('what cannot be meant', () => {
  test.each<[string[], RegExp, RegExp]>([
    [[], /no change named/, /--set-tag/],
    [['--plan'], /no change named/, /--set-tag/],
    [['--set-tag', 'web'], /`web` is no change of a workload/, /WORKLOAD:KEY=VALUE/],
    [['--set-tag', 'wev:a=b'], /no workload is called `wev`/, /Did you mean `web`/],
    [['--set-tag', 'twin:a=b'], /`twin` is ambiguous: 2 workloads/, /private:rz\/3, private:rz\/4/],
    [['--set-need', 'web:x=high'], /`x` is no need for protection/, /c, i or a/],
    [['--set-need', 'web:c=hihg'], /`hihg` is no level \(did you mean `high`\?\)/, /veryHigh/],
    [['--set-need', 'nobody:c=high'], /no workload is called `nobody`/, /bulkhead inventory/],
    [['--set-site', 'nort:region=x'], /no site is called `nort`/, /Did you mean `nord`/],
    [['--set-site', 'nord'], /`nord` is no change of a site/, /SITE:FIELD=VALUE/],
    [
      ['--set-site', 'nord:tenansy=shared'],
      /unknown field `tenansy` \(did you mean `tenancy`\?\)/,
      /policy schema Site/,
    ],
    [['--set-site', 'nord:tenancy=common'], /`spec.tenancy` is "common"/, /policy schema Site/],
    [['--set-site', 'sued:capacity.vcpu=-13'], /`spec.capacity.vcpu`: Too small/, /policy schema Site/],
    [['--set-site', 'nord:capacity.vcpu=+1'], /states no number to change by \+1/, /new value itself/],
    [
      ['--set-site', 'nord:identityRoots.7.root=x'],
      /`identityRoots` is a list of 1 without a `7`/,
      /position/,
    ],
    [['--set-site', 'nord:title=[a'], /no YAML value/, /quotes/],
    [['--set-site', 'nord:kind='], /`spec.kind` is missing/, /policy schema Site/],
    [['--add-site', 'nowhere.yaml'], /nowhere.yaml cannot be read/, /Check the path/],
    [['--remove-site', 'sud'], /no site is called `sud`/, /Did you mean `sued`/],
    [
      ['--policy', 'pack:basline'],
      /unknown policy pack `basline` \(did you mean `baseline`\?\)/,
      /Shipped packs/,
    ],
    [['--policy', 'nowhere.yaml'], /no policy file matches/, /current folder/],
    [['--without-policy', 'hause'], /no loaded policy is called `hause`/, /Did you mean `house`/],
    [['--param', 'least'], /`least` sets no parameter/, /NAME=VALUE/],
    [['--param', 'house.lest=high'], /no loaded policy has a parameter `house.lest`/, /house\.least/],
    [
      ['--param', 'gdpr-schrems-ii.dpfValid=false'],
      /no loaded policy has a parameter `gdpr-schrems-ii.dpfValid`/,
      /Add --policy pack:gdpr-schrems-ii/,
    ],
    [['--param', 'least=7'], /`7` is no level/, /none, normal, high or veryHigh/],
    [['--without-rule', 'H11'], /no loaded policy has a rule `H11`/, /Did you mean `H1`/],
    [
      ['--remove-root', 'ad:corp', '--plan'],
      /no node of the identity graph is called `ad:corp`/,
      /bulkhead roots|Did you mean/,
    ],
  ])('%j', async (argv, message, remedy) => {
    const {error, findings, outcome} = await ask(tiny, ...argv);
    expect(outcome.exitCode).toBe(2);
    const said = [error?.message, ...(findings ?? []).map((finding) => finding.message)].join('\n');
    expect(said).toMatch(message);
    const help = [error?.remedy, ...(findings ?? []).map((finding) => (finding as {remedy?: string}).remedy)];
    expect(help.join('\n')).toMatch(remedy);
    expect(process.exitCode).toBe(2);
  });

  test('a site that is there already, and a file without one', async () => {
    const twice = await ask(tiny, '--add-site', join(tiny, 'sites.yaml'));
    expect(twice.error?.message).toBe('there is already a site `nord`');
    const none = await ask(tiny, '--add-site', join(tiny, 'house.yaml'));
    expect(none.error?.message).toMatch(/house\.yaml holds no site$/);
  });
});

describe('harbor-clinic', () => {
  test('the privacy framework falls', async () => {
    const {plan, supposed} = await ask(
      CLINIC,
      '--policy',
      'pack:gdpr-schrems-ii',
      '--param',
      'gdpr-schrems-ii.dpfValid=false',
    );
    expect(supposed.map(({text}) => text)).toEqual([
      'with pack:gdpr-schrems-ii',
      'gdpr-schrems-ii.dpfValid true → false',
    ]);
    const moved = plan.decisions.filter(({before, after}) => before.site !== after.site);
    expect(moved.length).toBeGreaterThan(0);
    for (const {because} of moved)
      expect(
        because.some(({by, where}) => by.startsWith('BH-GDPR') && where?.includes('gdpr-schrems-ii.yaml:')),
      ).toBe(true);
  });

  test('changes of several kinds in one answer, decisions that move first', async () => {
    const argv = ['--remove-site', 'aws-eu-central-1', '--remove-root', 'ad:corp.harbor-clinic.example'];
    const {plan, changes} = await ask(CLINIC, ...argv);
    expect(changes).toMatchObject([{change: {kind: 'remove-root'}}]);
    const stays = plan.decisions.map(({before, after}) => before.site === after.site);
    expect(stays).toEqual(stays.toSorted((a, b) => Number(a) - Number(b)));
    expect(plan.numbers.exposure.after.value).toBeLessThan(plan.numbers.exposure.before.value);
    const text = await say(CLINIC, ...argv, '--top', '2');
    expect(text).toMatch(/^Suppose nothing may be at aws-eu-central-1\nSuppose without root ad:/);
    expect(text).toMatch(
      /decisions change, \d+ to another site; the other \d+ stay as they are\.\n {2}\S+: aws-eu-central-1 → /,
    );
    expect(text).toContain('ROOTS, BLAST RADIUS');
  });
});
