import {bytesOfBase64} from './base64.ts';
import {sha256Hex} from './sha256.ts';

/**
 * X.509 certificates as exports carry them (PEM or bare base64 of DER). Only what decides who can sign is read: the
 * public key and how long it is meant to be used. Nothing is verified, and nothing here throws.
 */
export interface Certificate {
  /** SHA-256 (hex, lower case) of the DER-encoded SubjectPublicKeyInfo; renewed with the same key it stays the same. */
  publicKeySha256: string;
  /** ISO 8601; null where only a bare public key was given or the date is unreadable. */
  notBefore: string | null;
  notAfter: string | null;
}

/** Longer text is no certificate of a signing key. */
const LONGEST = 100_000;

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const INTEGER = 0x02;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** SHA-256 of the public key of a certificate (or of a bare `PUBLIC KEY`); null when the text holds none. */
export function publicKeySha256(certificateBase64OrPem: string): string | null {
  return readCertificate(certificateBase64OrPem)?.publicKeySha256 ?? null;
}

/** Reads the first certificate or public key of the text: PEM with any text around it, or base64 of DER with or without line breaks. */
export function readCertificate(certificateBase64OrPem: string): Certificate | null {
  if (certificateBase64OrPem.length > LONGEST) return null;
  const pem = /-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END/.exec(
    certificateBase64OrPem,
  );
  const bytes = bytesOfBase64(pem?.[1] ?? certificateBase64OrPem);
  return bytes === null ? null : fromDer(bytes);
}

/** One DER element: its tag, where it starts, where its content starts and ends. */
interface Element {
  tag: number;
  start: number;
  from: number;
  to: number;
}

function fromDer(bytes: Uint8Array): Certificate | null {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== SEQUENCE) return null;
  const parts = children(bytes, outer);
  if (isPublicKey(bytes, outer))
    return {publicKeySha256: hash(bytes, outer), notBefore: null, notAfter: null};
  const tbs = parts[0];
  if (tbs?.tag !== SEQUENCE) return null;
  // version [0] (left out in v1), serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
  const fields = children(bytes, tbs);
  const body = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  const [serial, , , validity, , key] = body;
  if (serial?.tag !== INTEGER || validity?.tag !== SEQUENCE || key === undefined || !isPublicKey(bytes, key))
    return null;
  const [from, to] = children(bytes, validity);
  return {publicKeySha256: hash(bytes, key), notBefore: time(bytes, from), notAfter: time(bytes, to)};
}

/** SubjectPublicKeyInfo: an algorithm (which starts with its object identifier) and a bit string. */
function isPublicKey(bytes: Uint8Array, element: Element): boolean {
  if (element.tag !== SEQUENCE) return false;
  const [algorithm, key, ...more] = children(bytes, element);
  return (
    algorithm?.tag === SEQUENCE &&
    bytes[algorithm.from] === 0x06 &&
    key?.tag === BIT_STRING &&
    more.length === 0
  );
}

function hash(bytes: Uint8Array, element: Element): string {
  return sha256Hex(bytes.subarray(element.start, element.to));
}

/** The elements directly inside one; stops at the first malformed one. A certificate has a handful per level. */
function children(bytes: Uint8Array, parent: Element): Element[] {
  const found: Element[] = [];
  for (let at = parent.from; at < parent.to && found.length < 32;) {
    const element = elementAt(bytes, at, parent.to);
    if (element === null) break;
    found.push(element);
    at = element.to;
  }
  return found;
}

function elementAt(bytes: Uint8Array, start: number, end: number): Element | null {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) return null;
  let from = start + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 3) return null;
    length = 0;
    for (let i = 0; i < size; i += 1) length = length * 256 + (bytes[from + i] ?? 0);
    from += size;
  }
  const to = from + length;
  return to > end ? null : {tag, start, from, to};
}

/** UTCTime `YYMMDDHHMMSSZ` (50–99 = 19xx) or GeneralizedTime `YYYYMMDDHHMMSSZ`. */
function time(bytes: Uint8Array, element: Element | undefined): string | null {
  if (element === undefined || (element.tag !== UTC_TIME && element.tag !== GENERALIZED_TIME)) return null;
  const raw = String.fromCharCode(...bytes.subarray(element.from, Math.min(element.to, element.from + 20)));
  const full =
    element.tag === GENERALIZED_TIME ? raw : `${Number(raw.slice(0, 2)) >= 50 ? '19' : '20'}${raw}`;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
  if (parts === null) return null;
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}
