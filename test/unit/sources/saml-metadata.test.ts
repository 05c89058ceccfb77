import {expect, test} from 'vitest';
import {rowsOfCsv} from '../../../src/sources/csv-text.ts';
import {readSamlMetadata} from '../../../src/sources/saml-metadata.ts';

const key = (use: string, certificate: string) =>
  `<md:KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${certificate}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const metadata = (inside: string, head = '') =>
  `<?xml version="1.0"?>${head}<md:EntityDescriptor xmlns:md="urn:x" entityID="https://idp.example/a?b=1&amp;c=2"><md:IDPSSODescriptor>${inside}</md:IDPSSODescriptor></md:EntityDescriptor>`;

test('entity and signing certificates; encryption keys and service providers are left out', () => {
  const xml = metadata(
    key(' use="signing"', 'AAA A') + key(" use='encryption'", 'BBBB') + key('', 'CCCC'),
  ).replace(
    '</md:EntityDescriptor>',
    `<md:SPSSODescriptor>${key('', 'DDDD')}</md:SPSSODescriptor></md:EntityDescriptor>`,
  );
  expect(readSamlMetadata(xml)).toEqual({
    entityId: 'https://idp.example/a?b=1&c=2',
    signingCertificates: ['AAAA', 'CCCC'],
    suspicious: false,
  });
});

test('comments and CDATA hide nothing and add nothing; entities are never expanded', () => {
  const hidden = metadata(`<!-- ${key('', 'XXXX')} --><![CDATA[${key('', 'YYYY')}]]>${key('', 'ZZZZ')}`);
  expect(readSamlMetadata(hidden).signingCertificates).toEqual(['ZZZZ']);
  const doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const found = readSamlMetadata(metadata(key('', '&x;'), doctype));
  expect(found).toMatchObject({suspicious: true, signingCertificates: ['&x;']});
});

test('markup that never ends takes no time and gives what came before', () => {
  for (const endless of ['<', '<a ', '<a "', '<!--', '<![CDATA[', '<?']) {
    const started = performance.now();
    const found = readSamlMetadata(metadata(key('', 'AAAA')) + endless.repeat(100_000));
    expect(found.signingCertificates).toEqual(['AAAA']);
    expect(performance.now() - started).toBeLessThan(2000);
  }
});

test('quoted commas and quotes in small tables', () => {
  expect(rowsOfCsv('a,b\r\n"x, ""y""",2\n\n1\n').rows).toEqual([{a: 'x, "y"', b: '2'}, null]);
});
