import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {readWorkspace} from '../../../src/io/workspace.ts';
import {DEFAULT_WAVES} from '../../../src/model/waves.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-waves-'));
afterAll(() => rmSync(folder, {recursive: true}));

async function read(waves: string) {
  const head =
    'apiVersion: bulkhead.dev/v1alpha1\nkind: Workspace\nmetadata: {name: w}\nspec:\n  sources: []\n';
  writeFileSync(join(folder, 'bulkhead.yaml'), `${head}${waves}`);
  return readWorkspace(folder);
}

describe('settings of waves', () => {
  it('have defaults', async () => {
    expect((await read('')).workspace!.waves).toEqual(DEFAULT_WAVES);
    const {workspace} = await read(
      '  waves:\n    freeze: [{from: 2027-01-01, to: 2027-01-02, match: {tag: a=b}}]\n',
    );
    expect(workspace!.waves).toEqual({
      ...DEFAULT_WAVES,
      freeze: [{from: '2027-01-01', to: '2027-01-02', reason: null, match: {application: null, tag: 'a=b'}}],
    });
  });

  it.each([
    ['size: 0', 7, /spec\.waves\.size/],
    ['start: 2027-02-30', 7, /spec\.waves\.start/],
    ['everyDay: 7', 7, /did you mean `everyDays`/],
    ['environments: [[dev], [test, dev]]', 7, /names an environment twice/],
    ['freeze: [{from: 2027-02-01, to: 2027-01-01}]', 7, /is before `from`/],
    ['freeze: [{from: 2027-02-01, to: 9999-12-31}]', 7, /too far away for any wave/],
    ['freeze: [{from: 2027-02-01}]', 7, /freeze\.0\.to` is missing/],
    ['freeze: [{from: 2027-01-01, to: 2027-01-02, match: {}}]', 7, /neither an application nor a tag/],
    ['freeze: [{from: 2027-01-01, to: 2027-01-02, match: {tag: x}}]', 7, /KEY=VALUE/],
    ['unknownGibPerMonth: -1', 7, /unknownGibPerMonth/],
  ])('are refused at their line: %s', async (text, line, said) => {
    const {workspace, findings} = await read(`  waves:\n    ${text}\n`);
    expect(workspace).toBeNull();
    expect(findings).toHaveLength(1);
    expect(findings[0]!.message).toMatch(said);
    expect(findings[0]!.where).toMatchObject({file: 'bulkhead.yaml', line});
  });
});
