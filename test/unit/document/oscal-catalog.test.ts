import {expect, test} from 'vitest';
import {readOscalCatalog} from '../../../src/document/oscal-catalog.ts';

const control = (id: string, more: object = {}) => ({id, title: `Title of ${id}`, ...more});
const catalog = (more: object) => ({
  catalog: {metadata: {title: 'C', version: '1', 'oscal-version': '1.1.3'}, ...more},
});

test('controls of all groups and depths with title and stable identifier, and no control text', () => {
  const {value, findings} = readOscalCatalog(
    catalog({
      groups: [
        {
          id: 'B',
          controls: [
            control('B.1', {
              props: [
                {name: 'x', value: 'y'},
                {name: 'alt-identifier', value: 'u-1'},
              ],
              parts: [{name: 'statement', prose: 'the text under a licence'}],
              controls: [control('B.1.1')],
            }),
          ],
          groups: [{controls: [control('A.1')]}],
        },
      ],
      controls: [control('Z.9')],
    }),
    'c.json',
  );
  expect(findings).toEqual([]);
  expect(value).toEqual({
    title: 'C',
    version: '1',
    oscalVersion: '1.1.3',
    controls: [
      {id: 'A.1', title: 'Title of A.1', altIdentifier: null},
      {id: 'B.1', title: 'Title of B.1', altIdentifier: 'u-1'},
      {id: 'B.1.1', title: 'Title of B.1.1', altIdentifier: null},
      {id: 'Z.9', title: 'Title of Z.9', altIdentifier: null},
    ],
  });
  expect(JSON.stringify(value)).not.toContain('licence');
});

test('what is no catalogue is told in one sentence', () => {
  for (const value of [
    null,
    1,
    [],
    {},
    {profile: {}},
    {catalog: []},
    catalog({}),
    catalog({controls: [{}, 7, null]}),
  ])
    expect(readOscalCatalog(value, 'x.json')).toMatchObject({
      value: null,
      findings: [{code: 'BH-CAT-001', where: {file: 'x.json'}}],
    });
});

test('bad entries are left out and counted; escape codes and names of prototypes do no harm', () => {
  const {value, findings} = readOscalCatalog(
    JSON.parse(
      JSON.stringify(
        catalog({
          controls: [
            control('A'),
            control('A', {title: 'again'}),
            {id: 'B'},
            control('__proto__'),
            {id: 'C', title: '\u001b[31mred\n\u202Eline'},
          ],
        }),
      ),
    ),
    'c.json',
  );
  expect(value!.controls.map(({id, title}) => [id, title])).toEqual([
    ['A', 'Title of A'],
    ['C', '[31mred line'],
    ['__proto__', 'Title of __proto__'],
  ]);
  expect(findings.map(({code, message}) => [code, message.slice(0, 20)])).toEqual([
    ['BH-CAT-002', '1 controls left out:'],
    ['BH-CAT-002', '1 controls left out:'],
  ]);
});

test('a file nested very deep is read', () => {
  let inner: object = {controls: [control('deep')]};
  for (let depth = 0; depth < 50_000; depth++) inner = {groups: [inner]};
  expect(readOscalCatalog({catalog: inner}, 'd.json').value!.controls).toHaveLength(1);
});
