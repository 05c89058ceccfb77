import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {addCatalog} from '../../../src/cli/add-catalog.ts';
import {explainPolicies} from '../../../src/cli/explain-policies.ts';
import {renderEffective} from '../../../src/cli/render/effective.ts';

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-catalog-'));
  writeFileSync(
    join(folder, 'bulkhead.yaml'),
    'apiVersion: bulkhead.dev/v1alpha1\nkind: Workspace\nmetadata: {name: w}\nspec:\n  sources: [{file: none.csv}]\n  policies: [pack:shared-hardware]\n',
  );
  return folder;
}

const FILE = {
  catalog: {metadata: {title: 'Own'}, controls: [{id: 'ARCH.7.1', title: 'Hosts of one’s own'}]},
};

test('titles of an added catalogue stand beside the ids rules map to', async () => {
  const folder = workspace();
  const path = join(folder, 'catalog.json');
  writeFileSync(path, JSON.stringify(FILE));
  const {added, findings} = await addCatalog(folder, path, 'bsi-gspp');
  expect(added).toMatchObject({controls: 1, mapped: 2, unknown: ['ARCH.7.2'], title: 'Own', version: null});
  expect(findings).toMatchObject([{code: 'BH-CAT-005', message: expect.stringContaining('ARCH.7.2')}]);
  const {rules} = await explainPolicies(folder, 'BH-SHW-001');
  expect(rules[0]!.controls).toEqual([
    {framework: 'bsi-gspp', control: 'ARCH.7.1', title: 'Hosts of one’s own'},
    {framework: 'bsi-gspp', control: 'ARCH.7.2', title: null},
  ]);
  expect(renderEffective(rules, false)).toMatch(/bsi-gspp ARCH\.7\.1 {2}Hosts.*\n.*bsi-gspp ARCH\.7\.2$/);
});

test('what cannot be used leaves nothing behind', async () => {
  const folder = workspace();
  const path = join(folder, 'catalog.json');
  for (const text of ['<catalog/>', '{}', '\u0000']) {
    writeFileSync(path, text);
    await expect(addCatalog(folder, path, 'bsi-gspp')).rejects.toThrow('cannot be used');
  }
  await expect(addCatalog(folder, join(folder, 'missing.json'), 'bsi-gspp')).rejects.toThrow(
    'cannot be used',
  );
  writeFileSync(path, JSON.stringify(FILE));
  await expect(addCatalog(folder, path, '../../escape')).rejects.toThrow('no name of a framework');
  expect(existsSync(join(folder, '.bulkhead'))).toBe(false);
});

test('a stored catalogue somebody broke costs the titles, not the answer', async () => {
  const folder = workspace();
  const path = join(folder, 'catalog.json');
  writeFileSync(path, JSON.stringify(FILE));
  await addCatalog(folder, path, 'bsi-gspp');
  writeFileSync(
    join(folder, '.bulkhead/catalogs/bsi-gspp.json'),
    '{"framework":"bsi-gspp","controls":[null]}',
  );
  const {rules, findings} = await explainPolicies(folder, 'BH-SHW-001');
  expect(rules[0]!.controls[0]!.title).toBeNull();
  expect(findings.map(({code}) => code)).toContain('BH-CAT-004');
});
