import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {generate} from '../../../examples/harbor-clinic/generate/main.ts';

const WORKSPACE = fileURLToPath(new URL('../../../examples/harbor-clinic/', import.meta.url));

function committedInventory(): string[] {
  return readdirSync(join(WORKSPACE, 'inventory'), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(WORKSPACE.length))
    .toSorted();
}

test('the committed inventory is what the generator writes, byte for byte', () => {
  const files = generate();
  expect(files.map((file) => file.path).toSorted()).toEqual(committedInventory());
  for (const file of files) {
    const committed = readFileSync(join(WORKSPACE, file.path));
    expect(
      committed.equals(file.bytes),
      `${file.path}: run node examples/harbor-clinic/generate/main.ts`,
    ).toBe(true);
  }
});

test('ids and addresses are synthetic', () => {
  const text = committedInventory()
    .map((path) => readFileSync(join(WORKSPACE, path), 'latin1'))
    .join('\n');
  const all = (pattern: RegExp): string[] => [
    ...new Set(Array.from(text.matchAll(pattern), (match) => match[1] ?? '')),
  ];
  // Microsoft's built-in roles have the same public GUIDs in every tenant.
  const builtInRoles = new Set(all(/(?:roleDefinitions\/|"roleDefinitionId": ")([0-9a-f-]{36})/g));
  const guids = all(/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g);
  expect(guids.length).toBeGreaterThan(50);
  expect(guids.filter((id) => !id.startsWith('00000000-') && !builtInRoles.has(id))).toEqual([]);
  const documentation = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;
  const addresses = all(/"((?:\d{1,3}\.){3}\d{1,3})"/g);
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((address) => !documentation.test(address))).toEqual([]);
  // `@odata.type` is a field of Microsoft Graph.
  for (const [host = ''] of text.matchAll(/(?<=@)(?!odata\.)[\w.-]+\.[a-z]{2,}/g)) {
    expect(host).toMatch(/\.(?:example|iam\.gserviceaccount\.com)$/);
  }
});
