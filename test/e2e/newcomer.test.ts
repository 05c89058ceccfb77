import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {withOutputs} from '../../.github/scripts/readme-output.ts';
import {bulkhead, EXAMPLE, folderWith, ROOT} from './support/bulkhead.ts';

test('the README shows what the first command prints', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shown = /<!-- output: bulkhead plan --dir examples\/harbor-clinic -->\n```text\n([\s\S]*?)```/.exec(
    readme,
  )?.[1];
  const ran = bulkhead(['plan', '--dir', EXAMPLE]);
  expect(ran.code).toBe(0);
  expect(shown).toBe(ran.stdout);
  // One screen: what a stranger sees without scrolling.
  expect(ran.stdout.split('\n').length).toBeLessThanOrEqual(50);
  expect(Math.max(...ran.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test.each(['README.md', 'examples/README.md'])(
  'every output %s quotes is what the command prints',
  (name) => {
    const readme = readFileSync(join(ROOT, name), 'utf8');
    const quoted = readme.match(/<!-- output: /g) ?? [];
    expect(quoted.length).toBeGreaterThanOrEqual(name === 'README.md' ? 1 : 6);
    expect(readme.match(/<!-- \/output -->/g)).toHaveLength(quoted.length);
    expect(withOutputs(readme, ROOT)).toBe(readme);
  },
);

test('every example in the help of every command runs', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, {examples?: string[]}>;
  };
  const examples = Object.values(manifest.commands).flatMap((command) => command.examples ?? []);
  const onTheExample = examples.filter((example) => example.includes('examples/harbor-clinic'));
  expect(onTheExample.length).toBeGreaterThanOrEqual(6);
  bulkhead(['plan', '--dir', EXAMPLE, '--output', join(folderWith({}), 'reports')]);
  for (const example of onTheExample.filter((one) => !one.includes('verify'))) {
    const args = example
      .replace('<%= config.bin %> ', '')
      .match(/'[^']*'|\S+/g)!
      .map((arg) => arg.replaceAll("'", ''));
    expect([example, bulkhead(args).code]).toEqual([example, 0]);
  }
});

test('plan, verify, and a plan somebody changed', () => {
  const folder = folderWith({});
  expect(bulkhead(['plan', '--dir', EXAMPLE, '--output', folder]).stdout).toContain(
    `wrote ${join(folder, 'run.json')}`,
  );
  expect(existsSync(join(folder, 'plan.md'))).toBe(true);
  const run = join(folder, 'run.json');
  expect(bulkhead(['verify', run, '--dir', EXAMPLE])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('everything that was checked holds'),
  });
  const changed = folderWith({
    'run.json': readFileSync(run, 'utf8').replace(
      '"recommended":"dedicated-fra"',
      '"recommended":"azure-digital"',
    ),
  });
  const refused = bulkhead(['verify', join(changed, 'run.json'), '--dir', EXAMPLE]);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('NOT verified');
  const elsewhere = bulkhead(['verify', run, '--dir', folder]);
  expect(elsewhere.code).toBe(3);
});

test('init gives a workspace that lints and plans once there is inventory', () => {
  const parent = folderWith({});
  const folder = join(parent, 'estate');
  expect(bulkhead(['init', folder]).code).toBe(0);
  expect(bulkhead(['init', folder]).code).toBe(2);
  expect(bulkhead(['policy', 'lint', '--dir', folder])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 errors, 0 warnings'),
  });
  const files = bulkhead([
    'plan',
    join(EXAMPLE, 'inventory/vmware/RVTools_export_all_2026_10_05_08_30_hh-vc01.xlsx'),
  ]);
  expect(files.code).toBe(0);
  expect(files.stderr).toContain('generic sites');
  expect(files.stdout).toContain('0 of 21 workloads should move');
});

test('same input, same bytes; another order of files, same plan', () => {
  const inventory = (names: string[]): string[] => names.map((name) => join(EXAMPLE, 'inventory', name));
  const names = ['azure/graph-query.json', 'aws/imaging-ec2.json', 'gcp/search-all-resources.json'];
  const first = bulkhead(['plan', '--json', ...inventory(names)]).stdout;
  expect(bulkhead(['plan', '--json', ...inventory(names)]).stdout).toBe(first);
  expect(bulkhead(['plan', '--json', ...inventory(names.toReversed())]).stdout).toBe(first);
});
