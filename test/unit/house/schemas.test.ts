import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';

/** Every authored document we ship must be valid against the schema we ship for its kind. */
const SCHEMAS = 'policies/schema';
const ajv = new Ajv2020({strict: false, allErrors: true, validateFormats: false});
const validators = new Map(
  readdirSync(SCHEMAS).map((file) => {
    const schema = JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as {
      properties: {kind: {const: string}};
    };
    return [schema.properties.kind.const, ajv.compile(schema)];
  }),
);

const shipped = ['examples/harbor-clinic', 'examples/blank', 'policies'].flatMap((folder) =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name)),
);

test.each(shipped)('%s', (file) => {
  const documents = parseAllDocuments(readFileSync(file, 'utf8')).map(
    (document) => document.toJS() as {kind: string},
  );
  expect(documents.length).toBeGreaterThan(0);
  for (const document of documents) {
    const validate = validators.get(document.kind);
    expect(validate).toBeDefined();
    expect(validate!(document) ? [] : validate!.errors).toEqual([]);
  }
});

test('a field nobody knows is refused by the schemas too', () => {
  expect(
    validators.get('Workspace')!({
      apiVersion: 'bulkhead.dev/v1alpha1',
      kind: 'Workspace',
      metadata: {name: 'x'},
      spec: {sources: [], nonsense: 1},
    }),
  ).toBe(false);
});
