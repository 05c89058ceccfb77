import {chmodSync, existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {bulkhead, folderWith} from './support/bulkhead.ts';

const VMS = `apiVersion: bulkhead.dev/v1alpha1
kind: Inventory
metadata: {name: cellar}
spec:
  workloads:
    - {id: vm-1, name: ledger, type: vm, vcpu: 4, memoryGiB: 16, os: Debian 12}
    - {id: vm-2, name: archive, type: vm, vcpu: 2, memoryGiB: 8, os: Debian 12}
`;
const WORKSPACE = (spec: string): string => `apiVersion: bulkhead.dev/v1alpha1
kind: Workspace
metadata: {name: test}
spec:
  sources: [{file: vms.yaml}]
${spec}`;

/** A run that says what is wrong: exit code, place, and a word of the cause; never a stack or a crash. */
function expectRefusal(
  ran: ReturnType<typeof bulkhead>,
  code: number,
  place: string | RegExp,
  cause: RegExp,
): void {
  expect(ran.stderr).toMatch(place);
  expect(ran.stderr).toMatch(cause);
  expect(ran.stderr).not.toMatch(/fault in bulkhead|at .*\.js:\d/);
  expect(ran.code).toBe(code);
}

describe('a file that cannot be used', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty.json', '', /empty/i],
    ['cut.json', '{"data": [{"id": ', /JSON|cut off|truncated/i],
    ['other.json', '{"hello": {"world": 1}}', /hello/],
    ['list.json', '[]', /nothing|no rows|empty/i],
    [
      'cut.xlsx',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 1)]),
      /truncated|damaged|corrupt|ZIP/i,
    ],
    ['binary.dat', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 7]), /binary|not|unknown/i],
  ])('%s', (name, content, cause) => {
    const folder = folderWith({[name]: content});
    expectRefusal(bulkhead(['plan', name], {cwd: folder}), 2, name, cause);
  });

  test('next to a good one, the good one is kept and the run is partial', () => {
    const folder = folderWith({'vms.yaml': VMS, 'bad.json': '{"hello": 1}'});
    const ran = bulkhead(['inventory', 'vms.yaml', 'bad.json', '--json'], {cwd: folder});
    const {total, outcome} = ran.json() as unknown as {
      total: number;
      outcome: {exitCode: number; reasons: {text: string}[]};
    };
    expect(total).toBe(2);
    expect(outcome.exitCode).toBe(3);
    expect(outcome.reasons.map((reason) => reason.text).join()).toMatch(/hello|unknown|recogni/i);
    expect(ran.code).toBe(3);
    expect(bulkhead(['inventory', 'vms.yaml', 'bad.json', '--allow-partial'], {cwd: folder}).code).toBe(0);
    expectRefusal(
      bulkhead(['inventory', 'vms.yaml', 'bad.json', '--strict'], {cwd: folder}),
      2,
      'bad.json',
      /strict/,
    );
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', () => {
    const folder = folderWith({'vms.yaml': VMS});
    chmodSync(join(folder, 'vms.yaml'), 0);
    expectRefusal(bulkhead(['plan', 'vms.yaml'], {cwd: folder}), 2, 'vms.yaml', /EACCES/);
  });

  test('a file that is not there', () => {
    expectRefusal(bulkhead(['plan', 'nowhere.json'], {cwd: folderWith({})}), 2, 'nowhere.json', /no .*file/);
  });
});

describe('a workspace that cannot be used', () => {
  test('no bulkhead.yaml', () => {
    expectRefusal(bulkhead(['plan'], {cwd: folderWith({})}), 2, 'bulkhead.yaml', /ENOENT/);
  });

  test('duplicate keys, unknown fields with a suggestion, wrong values: file, line and column', () => {
    const twice = folderWith({'bulkhead.yaml': WORKSPACE('  locale: en\n  locale: de\n'), 'vms.yaml': VMS});
    expectRefusal(bulkhead(['plan'], {cwd: twice}), 2, /bulkhead\.yaml:7:\d+/, /unique/i);
    const typo = folderWith({'bulkhead.yaml': WORKSPACE('  regsiter: r.yaml\n'), 'vms.yaml': VMS});
    expectRefusal(bulkhead(['plan'], {cwd: typo}), 2, /bulkhead\.yaml:6:\d+/, /did you mean `register`/);
  });

  test('no workloads at all', () => {
    const empty =
      'apiVersion: bulkhead.dev/v1alpha1\nkind: Inventory\nmetadata: {name: none}\nspec: {workloads: []}\n';
    const folder = folderWith({'bulkhead.yaml': WORKSPACE(''), 'vms.yaml': empty});
    expectRefusal(bulkhead(['plan'], {cwd: folder}), 2, 'vms.yaml', /no workloads/);
  });
});

describe('a part that is broken leaves the rest', () => {
  test('a rule that does not type-check is isolated, lint fails', () => {
    const policy = `apiVersion: bulkhead.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: own}
spec:
  rules:
    - id: OWN-1
      title: Broken on purpose
      severity: high
      effect: forbid
      when: workload.sensitivty.c >= level.high
`;
    const folder = folderWith({
      'bulkhead.yaml': WORKSPACE('  policies: [own.yaml, "pack:baseline"]\n'),
      'vms.yaml': VMS,
      'own.yaml': policy,
    });
    const plan = bulkhead(['plan'], {cwd: folder});
    expect(plan.stderr).toMatch(/own\.yaml:10:\d+.*did you mean `sensitivity`/);
    expect(plan.stdout).toContain('workloads should move');
    expect(plan.code).toBe(3);
    const lint = bulkhead(['policy', 'lint'], {cwd: folder});
    expect(lint.stdout).toContain('^');
    expect(lint.code).toBe(2);
  });

  test('a dependency on an unknown workload names the line', () => {
    const folder = folderWith({
      'bulkhead.yaml': WORKSPACE('  dependencies: deps.csv\n'),
      'vms.yaml': VMS,
      'deps.csv':
        'from,to,kind,gib_per_month\nledger,archive,data-flow,3\nledger,archve,data-flow,3\nledger,archive,carrier-pigeon,1\n',
    });
    const ran = bulkhead(['plan', '--verbose'], {cwd: folder});
    expect(ran.stderr).toMatch(/deps\.csv:3.*archve.*(archive)/s);
    expect(ran.stderr).toMatch(/deps\.csv:4.*carrier-pigeon/s);
    expect(ran.stdout).toContain('workloads should move');
  });

  test('sites that forbid everything for a workload: blocked, with the rules that removed each', () => {
    const policy = `apiVersion: bulkhead.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: own}
spec:
  rules:
    - id: OWN-2
      title: Nothing may run anywhere
      severity: critical
      effect: forbid
      when: workload.name == "ledger"
`;
    const folder = folderWith({
      'bulkhead.yaml': WORKSPACE('  policies: [own.yaml]\n'),
      'vms.yaml': VMS,
      'own.yaml': policy,
    });
    const {decisions} = bulkhead(['plan', '--json'], {cwd: folder}).json() as unknown as {
      decisions: {name: string; status: string; removed: {by: string; where?: string}[]}[];
    };
    const ledger = decisions.find((decision) => decision.name === 'ledger')!;
    expect(ledger.status).toBe('blocked');
    expect(
      ledger.removed.every((removed) => removed.by === 'OWN-2' && removed.where?.includes('own.yaml:6')),
    ).toBe(true);
  });
});

test('an output folder that cannot be written leaves nothing behind', () => {
  const folder = folderWith({'bulkhead.yaml': WORKSPACE(''), 'vms.yaml': VMS, out: 'a file, not a folder'});
  const ran = bulkhead(['plan', '--output', 'out'], {cwd: folder});
  expectRefusal(ran, 2, 'out', /EEXIST|ENOTDIR/);
  expect(readdirSync(folder).toSorted()).toEqual(['bulkhead.yaml', 'out', 'vms.yaml']);
  expect(existsSync(join(folder, 'out', 'run.json'))).toBe(false);
});

describe('words that are not known', () => {
  test.each([
    [['plam'], /Did you mean `bulkhead plan`/],
    [['policy', 'lnt'], /Did you mean `bulkhead policy lint`/],
    [['plan', '--jsn'], /Did you mean `--json`/],
    [['plan', '--fail-on', 'terrible'], /info, low, medium, high, critical/],
    [['explain', 'nobody', '--dir', 'examples/harbor-clinic'], /nothing is called `nobody`/],
    [['plan', '--now', 'yesterday', '--dir', 'examples/harbor-clinic'], /2026-11-22/],
  ])('%j is exit 2 with a remedy', (args, remedy) => {
    expectRefusal(bulkhead(args), 2, '', remedy);
  });
});
