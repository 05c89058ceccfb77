import {createHash, generateKeyPairSync, X509Certificate} from 'node:crypto';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {publicKeySha256, readCertificate} from '../../../src/sources/certificate.ts';
import {sha256Hex} from '../../../src/sources/sha256.ts';

/** Self-signed, P-256, CN=ec.example; made for this test, its private key was never kept. */
const PEM = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUENW2XQmH/EeK/g7jmG8yhn4LfTwwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKZWMuZXhhbXBsZTAeFw0yNjExMjIwNDUxMTJaFw0yNzAzMDIw
NDUxMTJaMBUxEzARBgNVBAMMCmVjLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQwXUrpcQ6JfAM/bRzaAZFLy0rjL7yN/rZ6NR9Pl6nAXzG6Kn5gnzk5
MGjfw44htElgVg7YlXh5lFDQ7j5twzJFo1MwUTAdBgNVHQ4EFgQUwVJZ8Zqcr0Jx
azj0r9rwi6LSzCwwHwYDVR0jBBgwFoAUwVJZ8Zqcr0Jxazj0r9rwi6LSzCwwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAhtCJ0WsQNEy2NzCDSOkV
rsQmU5TcNdqGHZ2H13gbpbkCIQDTD+x93udhV+KltBCxwmZrqWtPyMVpOQWKU0ax
wlZ3Cw==
-----END CERTIFICATE-----
`;
const BARE = PEM.replaceAll(/-----[A-Z ]+-----/g, '').trim();

function spki(certificate: X509Certificate): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({type: 'spki', format: 'der'}))
    .digest('hex');
}

test('SHA-256 agrees with the platform for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
});

test('the key of a certificate has one hash, however the certificate is written', () => {
  const expected = spki(new X509Certificate(PEM));
  for (const text of [PEM, BARE, BARE.replaceAll('\n', ''), `Bag Attributes\n${PEM}`, ` ${BARE}\r\n`])
    expect(publicKeySha256(text)).toBe(expected);
});

test('validity is read', () => {
  const {notBefore, notAfter} = readCertificate(BARE) ?? {};
  expect({notBefore, notAfter}).toEqual({
    notBefore: '2026-11-22T04:51:12Z',
    notAfter: '2027-03-02T04:51:12Z',
  });
});

test('a bare public key counts, RSA too', () => {
  const {publicKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
  const der = publicKey.export({type: 'spki', format: 'der'});
  const expected = createHash('sha256').update(der).digest('hex');
  expect(publicKeySha256(der.toString('base64'))).toBe(expected);
  expect(publicKeySha256(publicKey.export({type: 'spki', format: 'pem'}).toString())).toBe(expected);
});

test('anything else is null, never an error', () => {
  const der = Buffer.from(BARE, 'base64');
  for (let cut = 0; cut < der.length; cut += 1)
    expect(publicKeySha256(der.subarray(0, cut).toString('base64'))).toBeNull();
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String({maxLength: 400})), (text) => {
      expect(publicKeySha256(text)).toBeNull();
    }),
  );
  expect(publicKeySha256('A'.repeat(200_000))).toBeNull();
});

test('flipped bytes give a key or null, never an error', () => {
  const der = Buffer.from(BARE, 'base64');
  for (let at = 0; at < der.length; at += 1) {
    const broken = Buffer.from(der);
    broken[at] = 0xff;
    expect(publicKeySha256(broken.toString('base64')) ?? '').toMatch(/^(?:[0-9a-f]{64})?$/);
  }
});
