import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {bulkhead, ROOT, type Ran} from './support/bulkhead.ts';

/** Files of real estates and of other projects; they lie beside a checkout, never in it. */
const REAL = join(ROOT, '../shared/realdata');

interface Coverage {
  scopes: {
    source: string;
    api: string;
    rowsIn: number;
    kept: number;
    classified: number;
    rejected: number;
    classifiedBy: Record<string, number>;
    rejectedBy: Record<string, number>;
  }[];
  findings: {code: string; message: string; remedy?: string; where: {file?: string; id?: string}}[];
  outcome: {exitCode: number};
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(REAL, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function coverage(files: string[]): {ran: Ran; document: Coverage} {
  const ran = bulkhead(['inventory', 'coverage', ...files, '--json'], {cwd: REAL});
  return {ran, document: ran.json() as unknown as Coverage};
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function workloads(scopes: Coverage['scopes']): number {
  return scopes.reduce((total, scope) => total + scope.kept, 0);
}

describe.skipIf(!existsSync(REAL))('real inputs', () => {
  test.each(['rvtools', 'vmware', 'aws', 'azure', 'gcp', 'multicloud', 'terraform', 'identity', 'graphs'])(
    'every file below %s is read or refused by name, and no row is lost',
    (folder) => {
      const files = filesBelow(folder);
      const {ran, document} = coverage(files);
      // 3 = read, some files refused; 2 = all refused. Never 4.
      expect([2, 3]).toContain(ran.code);
      for (const scope of document.scopes ?? []) {
        expect(scope.rowsIn).toBe(scope.kept + scope.classified + scope.rejected);
        expect(sum(scope.classifiedBy)).toBe(scope.classified);
        expect(sum(scope.rejectedBy)).toBe(scope.rejected);
      }
      // What is refused is refused once, with a remedy.
      const refused = document.findings.filter(({code}) => /^BH-IO-0(0\d|1[0-7]|2[123])$/.test(code));
      const names = refused.map(({where}) => where.file);
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
      expect(refused.filter(({remedy, where}) => !remedy || !where.file)).toEqual([]);
      expect(document.findings.filter(({where}) => !where.file && !where.id)).toEqual([]);
    },
  );

  test.each<[string, string, number, number | undefined]>([
    ['kubev2v', 'rvtools/kubev2v/test/e2e/data/example_rvtools_files/example1.xlsx', 9, 7],
    ['ibm-cloud', 'rvtools/ibm-cloud/rvtools-small-complete.xlsx', 3, 2],
    ['vcsim', 'vmware/vcsim-dump/VirtualMachine.json', 120, undefined],
    ['govc', 'vmware/govmomi/vim25/types/testdata/vminfo.json', 1, undefined],
  ])('%s: exactly its virtual machines and hosts', (_name, file, vms, hosts) => {
    const {document} = coverage([file]);
    expect(workloads(document.scopes)).toBe(vms);
    expect(document.scopes.find((scope) => scope.classifiedBy.host)?.classifiedBy.host).toBe(hosts);
    expect(document.outcome.exitCode).toBe(0);
  });

  test('encrypted workbooks: four refusals with cause and remedy', () => {
    const {ran, document} = coverage(
      filesBelow('rvtools/encrypted').filter((file) => file.endsWith('.xlsx')),
    );
    expect(document.findings.map(({code}) => code)).toEqual(Array.from({length: 4}, () => 'BH-IO-006'));
    expect(document.findings[0]!.message).toContain('encrypted');
    expect(ran.code).toBe(2);
  });

  test('iam-vulnerable: 41 users, 45 roles, 44 policies', () => {
    const {document} = coverage(['aws/iam-vulnerable/account-authorization-details.json']);
    expect(document.scopes).toHaveLength(1);
    expect(document.scopes[0]!.classifiedBy).toEqual({user: 41, role: 45, 'managed policy': 44, group: 3});
  });

  test('Cloud Asset Inventory: every file has a ledger line or a refusal, appended answers are records', () => {
    const files = filesBelow('gcp/policy-library-cai').filter((file) => file.endsWith('.json'));
    const {document} = coverage(files);
    const read = document.scopes.filter(({api}) => api === 'asset export');
    const refused = new Set(
      document.findings
        .filter(({code}) => code === 'BH-IO-017' || code === 'BH-IO-023')
        .map(({where}) => where.file),
    );
    // The same content under two names is read once.
    const contents = new Set(
      files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex')),
    );
    expect(new Set(read.map(({source}) => source)).size + refused.size).toBe(contents.size);
    const appended = coverage([
      'gcp/policy-library-cai/validator/test/fixtures/gcp_glb_external_ip/assets/data.json',
    ]);
    expect(appended.document.scopes[0]!.rowsIn).toBeGreaterThan(1);
    expect(appended.document.outcome.exitCode).toBe(0);
  });

  test('all at once: one estate, one plan', () => {
    const files = ['rvtools', 'vmware', 'aws/iam-vulnerable', 'azure', 'gcp/policy-library-cai'].flatMap(
      filesBelow,
    );
    const ran = bulkhead(['plan', ...files, '--json'], {cwd: REAL});
    const {decisions, optimality} = ran.json() as unknown as {
      decisions: unknown[];
      optimality: {value: unknown; bound: unknown};
    };
    expect(ran.code).toBe(3);
    expect(decisions.length).toBeGreaterThan(133);
    expect(optimality.bound).toEqual(optimality.value);
  });
});
