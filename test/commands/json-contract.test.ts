import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {captureOutput} from '@oclif/test';
import {afterEach, beforeAll, describe, expect, test} from 'vitest';
import Explain from '../../commands/explain.ts';
import Coverage from '../../commands/inventory/coverage.ts';
import Inventory from '../../commands/inventory/index.ts';
import Plan from '../../commands/plan.ts';
import PolicyLint from '../../commands/policy/lint.ts';
import Roots from '../../commands/roots.ts';
import Score from '../../commands/score.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AT = ['--dir', join(ROOT, 'examples/harbor-clinic'), '--json'];

interface Runnable {
  run(argv: string[], root: string): Promise<unknown>;
}

/** Runs a command class in process and gives its JSON document. */
async function json(command: Runnable, ...argv: string[]): Promise<Record<string, unknown>> {
  const {stdout} = await captureOutput(() => command.run([...argv, ...AT], ROOT));
  return JSON.parse(stdout) as Record<string, unknown>;
}

beforeAll(() => void (process.env['SOURCE_DATE_EPOCH'] = '1795996800'));
afterEach(() => void (process.exitCode = undefined));

const OUTCOME = {
  findings: expect.any(Array),
  outcome: {exitCode: expect.any(Number), reasons: expect.any(Array)},
};
const INTERVAL = {value: expect.any(Number), lo: expect.any(Number), hi: expect.any(Number)};
const NEED = {lo: expect.any(Number), hi: expect.any(Number), confidence: expect.any(Number)};

describe('the names scripts rely on', () => {
  test('inventory', async () => {
    const document = await json(Inventory);
    const first = {
      id: expect.any(String),
      name: expect.any(String),
      type: expect.any(String),
      source: expect.any(String),
      tags: expect.any(Object),
    };
    expect(document).toMatchObject({
      workloads: expect.arrayContaining([expect.objectContaining(first)]),
      total: 61,
      ...OUTCOME,
    });
    expect(Object.keys((document['workloads'] as object[])[0]!)).toEqual(
      expect.arrayContaining(['container', 'application']),
    );
  });

  test('inventory --where keeps what is true and says how many it could not decide', async () => {
    const document = await json(
      Inventory,
      '--where',
      'workload.cloud == "gcp" && workload.sensitivity.c >= level.normal',
    );
    const workloads = document['workloads'] as {cloud: string}[];
    expect(workloads.length).toBeGreaterThan(0);
    expect(new Set(workloads.map(({cloud}) => cloud))).toEqual(new Set(['gcp']));
  });

  test('inventory coverage: every row is accounted for', async () => {
    const scopes = (await json(Coverage))['scopes'] as Record<
      'rowsIn' | 'kept' | 'classified' | 'rejected',
      number
    >[];
    for (const scope of scopes) expect(scope.rowsIn).toBe(scope.kept + scope.classified + scope.rejected);
    expect(scopes.reduce((sum, {kept}) => sum + kept, 0)).toBe(61);
    expect(scopes[0]).toMatchObject({
      source: expect.any(String),
      scope: expect.any(String),
      api: expect.any(String),
      status: 'complete',
    });
  });

  test('score', async () => {
    const document = await json(Score, '--top', '3');
    const row = {
      workload: expect.any(String),
      sensitivity: {c: NEED, i: NEED, a: NEED},
      sibr: INTERVAL,
      topRoot: expect.any(String),
    };
    expect(document).toMatchObject({scores: [row, row, row], ...OUTCOME});
  });

  test('roots', async () => {
    const document = await json(Roots, '--top', '2');
    const row = {
      id: expect.any(String),
      kind: expect.any(String),
      name: expect.any(String),
      blastRadius: INTERVAL,
      share: INTERVAL,
      workloads: expect.any(Number),
    };
    expect(document).toMatchObject({roots: [row, row], ...OUTCOME});
  });

  test('plan', async () => {
    const document = await json(Plan);
    const decision = {
      workload: expect.any(String),
      status: expect.stringMatching(/^(decided|tie|blocked|needs-data)$/),
      reasons: expect.any(Array),
    };
    expect(document).toMatchObject({
      apiVersion: 'bulkhead.dev/v1alpha1',
      kind: 'PlanRun',
      generatedAt: '2026-11-30T00:00:00.000Z',
      optimality: {method: expect.any(String), gap: 0, certificate: 'verified'},
      ...OUTCOME,
    });
    expect(document['decisions']).toHaveLength(61);
    expect((document['decisions'] as object[])[0]).toMatchObject(decision);
    expect(Object.keys((document['decisions'] as object[])[0]!)).toEqual(
      expect.arrayContaining(['current', 'recommended', 'regret', 'runnerUp']),
    );
  });

  test('explain principal: chains with evidence, both ways', async () => {
    const document = await json(Explain, 'principal:AdfsAdministrators');
    expect(document).toMatchObject({
      subject: {kind: 'principal'},
      admin: expect.stringMatching(/^(yes|no|conditional|unknown)$/),
      reaches: expect.any(Array),
      reachedBy: expect.any(Array),
      ...OUTCOME,
    });
  });

  test('policy lint of a sound pack: no problems, exit 0', async () => {
    expect(await json(PolicyLint, 'pack:baseline')).toMatchObject({problems: [], errors: 0, ...OUTCOME});
    expect(process.exitCode).toBe(0);
  });

  test('policy lint of a broken rule: place, code and exit 2', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'lint-')), 'own.yaml');
    writeFileSync(
      file,
      `apiVersion: bulkhead.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: own}
spec:
  rules:
    - {id: OWN-1, title: Typo, severity: low, effect: forbid, when: workload.nmae == "x"}
`,
    );
    const document = await json(PolicyLint, file);
    const [problem] = (document['problems'] as {severity: string}[]).filter(
      ({severity}) => severity === 'error',
    );
    expect(problem).toEqual({
      file,
      line: 6,
      col: 78,
      severity: 'error',
      code: 'BH-LINT-012',
      message: expect.stringContaining('did you mean `name`'),
      remedy: null,
    });
    expect(document['outcome']).toMatchObject({exitCode: 2, reasons: [{exitCode: 2}]});
    expect(process.exitCode).toBe(2);
  });
});

test('every command of the manifest has a summary, an example and --json', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, {summary?: string; examples?: unknown[]; flags: Record<string, unknown>}>;
  };
  for (const [id, command] of Object.entries(manifest.commands)) {
    expect([
      id,
      Boolean(command.summary),
      (command.examples ?? []).length > 0,
      'json' in command.flags,
    ]).toEqual([id, true, true, true]);
  }
});
