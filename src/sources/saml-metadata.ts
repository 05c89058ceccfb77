/** What a SAML identity provider's metadata says about who signs. */
export interface SamlMetadata {
  entityId: string | null;
  /** Base64 of each certificate assertions may be signed with. */
  signingCertificates: string[];
  /** Metadata holds a document type or entities; nothing of it was expanded. */
  suspicious: boolean;
}

/** Longer metadata is a federation's, not one provider's. */
const LONGEST = 10_000_000;

/** Far more than any provider rolls over at once. */
const MOST_CERTIFICATES = 100;

/**
 * Reads SAML 2.0 metadata without an XML parser's powers: no document type, no entities, no references, one pass. Keys
 * marked for encryption only are left out. Of several entities the first identity provider counts.
 */
export function readSamlMetadata(xml: string): SamlMetadata {
  const found: SamlMetadata = {entityId: null, signingCertificates: [], suspicious: false};
  if (xml.length > LONGEST) return {...found, suspicious: true};
  let inProvider = false;
  let signs = true;
  let certificateFrom = -1;
  for (let at = xml.indexOf('<'); at >= 0;) {
    const markup = markupAt(xml, at);
    // Markup that never closes: nothing after it can be read.
    if (markup === null) break;
    const {name, closing, attributes, end} = markup;
    if (name === '!') found.suspicious = true;
    if (name === 'EntityDescriptor' && !closing) found.entityId ??= attribute(attributes, 'entityID');
    if (name === 'IDPSSODescriptor') inProvider = !closing && !attributes.endsWith('/');
    if (name === 'KeyDescriptor' && !closing) signs = attribute(attributes, 'use') !== 'encryption';
    if (name === 'X509Certificate' && !closing) certificateFrom = end;
    if (name === 'X509Certificate' && closing && certificateFrom >= 0) {
      if (inProvider && signs)
        found.signingCertificates.push(xml.slice(certificateFrom, at).replaceAll(/\s+/g, ''));
      certificateFrom = -1;
      if (found.signingCertificates.length >= MOST_CERTIFICATES) break;
    }
    at = xml.indexOf('<', end);
  }
  return found;
}

/** One piece of markup: a tag by its local name, `!` a declaration, '' a comment, CDATA or instruction. */
interface Markup {
  name: string;
  closing: boolean;
  attributes: string;
  /** Index after it. */
  end: number;
}

function markupAt(xml: string, at: number): Markup | null {
  if (xml.startsWith('<!--', at)) return skipped('', xml.indexOf('-->', at + 4), 3);
  if (xml.startsWith('<![CDATA[', at)) return skipped('', xml.indexOf(']]>', at + 9), 3);
  if (xml.startsWith('<?', at)) return skipped('', xml.indexOf('?>', at + 2), 2);
  if (xml.startsWith('<!', at)) return skipped('!', xml.indexOf('>', at + 2), 1);
  const close = closeOfTag(xml, at + 1);
  if (close < 0) return null;
  const body = xml.slice(at + 1, close);
  const closing = body.startsWith('/');
  const [qualified = ''] = body.slice(closing ? 1 : 0).split(/[\s/]/, 1);
  return {
    name: qualified.slice(qualified.indexOf(':') + 1),
    closing,
    attributes: body.slice((closing ? 1 : 0) + qualified.length).trimEnd(),
    end: close + 1,
  };
}

function skipped(name: string, close: number, length: number): Markup | null {
  return close < 0 ? null : {name, closing: false, attributes: '', end: close + length};
}

/** Index of the `>` that ends a tag; those inside quotes do not. */
function closeOfTag(xml: string, from: number): number {
  let quote = '';
  for (let i = from; i < xml.length; i += 1) {
    const sign = xml[i] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return i;
  }
  return -1;
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const text = found?.[1] ?? found?.[2];
  return text === undefined ? null : unescape(text).trim() || null;
}

/** XML's own five, nothing else. */
function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
