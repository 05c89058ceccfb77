import {readFileSync, readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {PACKS, shippedPolicyFiles} from '../../../src/io/package-files.ts';
import {lintPolicies} from '../../../src/policy/lint.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {runMutation} from '../../../src/policy/test/mutation.ts';
import {parsePolicyTests} from '../../../src/policy/test/parse.ts';
import {coverage, runCases} from '../../../src/policy/test/run.ts';
import {file} from './fixtures.ts';

const POLICIES = new URL('../../../policies/', import.meta.url);
const load = (pack: string) =>
  shippedPolicyFiles(pack).map(({path, display}) => file(readFileSync(path, 'utf8'), display, pack));

test('every folder with rules is a pack, with a README', () => {
  const entries = readdirSync(POLICIES, {withFileTypes: true}).filter((entry) => entry.isDirectory());
  const folders = entries
    .map(({name}) => name)
    .filter((name) =>
      shippedPolicyFiles(name).some(({path}) =>
        readFileSync(path, 'utf8').includes('kind: PlacementPolicy\n'),
      ),
    );
  expect(folders.toSorted()).toEqual([...PACKS].toSorted());
  for (const pack of PACKS) {
    const text = readFileSync(new URL(`${pack}/README.md`, POLICIES), 'utf8');
    expect(text).toMatch(/indicator/);
    const {rules} = parsePolicies(load(pack)).value;
    for (const {info} of rules) expect(text.includes(info.id) || pack === 'sovereignty-seal').toBe(true);
  }
});

test.each(PACKS)(
  'pack %s: no problem, every rule shown to pass, to fail and to be unknown, no fault unnoticed',
  async (pack) => {
    const files = load(pack);
    expect(await lintPolicies(files, new Date('2026-11-22'))).toEqual([]);
    const {value: set, findings} = parsePolicies(files);
    expect(findings).toEqual([]);
    const {tests, findings: faults} = parsePolicyTests(set);
    expect(faults).toEqual([]);
    const results = tests.map(runCases);
    expect(results.flat().filter(({passed}) => !passed)).toEqual([]);
    const rules = coverage(tests, results, set.rules);
    expect(rules.length).toBe(set.rules.length);
    const bare = rules.filter(({covered, shown}) => !covered || !shown.includes('unknown'));
    expect(bare.map(({rule}) => rule)).toEqual([]);
    expect(runMutation(set, tests, results).survivors).toEqual([]);
  },
);

test.each(PACKS)(
  'pack %s: sources, dates, messages with the deciding fact, obligations with a term',
  (pack) => {
    const {policies, rules} = parsePolicies(load(pack)).value;
    for (const {reviewBy} of policies) expect(reviewBy).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const {info, message} of rules) {
      expect(info.source?.title).toBeTruthy();
      expect(info.verification).toMatch(/primary|secondary/);
      expect(info.asOf).toMatch(/^\d{4}/);
      expect(message).not.toBeNull();
      for (const {dueDays} of info.obligations ?? []) expect(dueDays).toBeGreaterThan(0);
      expect(info.effect === 'obligate' && (info.obligations ?? []).length === 0).toBe(false);
    }
  },
);

test('rule ids are unique over all packs loaded together', () => {
  const {value: set, findings} = parsePolicies(PACKS.flatMap(load));
  expect(findings).toEqual([]);
  expect(new Set(set.rules.map(({info}) => info.id)).size).toBe(set.rules.length);
  expect(set.rules.some(({info}) => info.broken)).toBe(false);
});
