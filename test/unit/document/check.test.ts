import {expect, test} from 'vitest';
import {z} from 'zod';
import {checkDocument} from '../../../src/document/check.ts';
import {parseYaml} from '../../../src/document/yaml.ts';

const schema = z.strictObject({
  kind: z.enum(['Site', 'Register']),
  spec: z.strictObject({region: z.string(), zones: z.array(z.strictObject({name: z.string()})).optional()}),
});

function check(text: string) {
  const {documents, findings} = parseYaml(text, 'a.yaml');
  return [...findings, ...documents.flatMap((document) => checkDocument(schema, document).findings)];
}

test('an unknown field is placed and gets a suggestion', () => {
  const [finding] = check('kind: Site\nspec:\n  region: x\n  zones:\n    - nmae: a\n      name: b\n');
  expect(finding).toMatchObject({code: 'BH-DOC-002', where: {file: 'a.yaml', line: 5}});
  expect(finding!.message).toContain('did you mean `name`');
});

test('a wrong enum value, a missing field and a wrong type are all reported at once', () => {
  const findings = check('kind: Sites\nspec:\n  zones: 3\n');
  expect(findings.map((finding) => finding.code).toSorted()).toEqual([
    'BH-DOC-001',
    'BH-DOC-003',
    'BH-DOC-004',
  ]);
  expect(findings.find((finding) => finding.code === 'BH-DOC-003')!.message).toContain('did you mean `Site`');
});

test('duplicate keys and alias bombs are findings, and only that document is left out', () => {
  const bomb = `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`;
  const {documents, findings} = parseYaml(`kind: A\nkind: B\n---\nkind: Site\n---\n${bomb}`, 'a.yaml');
  expect(documents).toHaveLength(1);
  expect(findings.map((finding) => finding.code).toSorted()).toEqual(['BH-YAML-002', 'BH-YAML-003']);
});
