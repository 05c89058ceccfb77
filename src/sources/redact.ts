/**
 * Text that looks like a credential never enters a fact: tags, annotations and descriptions are free
 * text, and people do write passwords there. Over-caution is meant: a lost tag value is a finding the
 * reader can follow up, a copied secret is a leak.
 */

/** What stands in for removed text; searchable, and short enough for a table cell. */
export const REDACTED = '[redacted]';

interface Redaction {
  text: string;
  /** How many passages were removed; 0 = `text` is the input. */
  hits: number;
}

/** Tag or field names whose whole value is withheld, whatever it looks like. */
const SECRET_NAME =
  /(?:^|[^a-z])(?:passwo?r?d|passwd|pwd|pw|passphrase|kennwort|passwort|secret|client[-_ ]?secret|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key|shared[-_ ]?key|private[-_ ]?key|auth[-_ ]?token|bearer|token|credentials?|zugangsdaten|connection[-_ ]?string)(?:$|[^a-z])/i;

/** Passages that are secrets by their own form. Bounded quantifiers only: no input makes these slow. */
const SECRET_TEXT: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8192}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255}|glpat-[A-Za-z0-9_-]{20,64})\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,250}/g,
  /\bAIza[A-Za-z0-9_-]{35}\b/g,
  /\bey[A-Za-z0-9_-]{10,2000}\.ey[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{0,2000}/g,
  // Product and licence keys: five groups of five.
  /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/g,
  /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s{0,4}=\s{0,4}[^\s;"']{8,512}/gi,
  /[?&]sig=[A-Za-z0-9%+/=_-]{16,256}/gi,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,128}:[^\s@/]{1,256}@/gi,
  /(?:passwo?r?d|passwd|kennwort|passwort|(?<![a-z0-9])(?:pwd|pw))\s{1,4}(?:is|ist|lautet)\s{1,4}["']?[^\s"',;]{3,512}/gi,
  // Also as part of a longer name (`DB_PASSWORD=`, `adminPassword:`), but not as a part of an ARN (`:secret:`).
  /(?<!:)(?:passwo?r?d|passwd|passphrase|kennwort|passwort|secret|api[-_ ]?key|access[-_ ]?key|token|(?<![a-z0-9])(?:pwd|pw))["']?\s{0,4}(?::=|[:=])\s{0,4}["']?[^\s"',;`]{3,512}/gi,
];

/** A cheap test that lets most text skip the patterns above. */
const SUSPICIOUS =
  /[=:?]|\s(?:is|ist|lautet)\s|-[A-Z0-9]{5}-|BEGIN|A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|AIza|\bey/i;

/** Removes passages that look like credentials from free text. */
export function redactText(text: string): Redaction {
  if (!SUSPICIOUS.test(text)) return {text, hits: 0};
  let hits = 0;
  let clean = text;
  for (const pattern of SECRET_TEXT) {
    clean = clean.replace(pattern, () => {
      hits += 1;
      return REDACTED;
    });
  }
  return {text: clean, hits};
}

/** Removes secrets from a named value: by the name alone, else by the value's form. */
export function redactNamed(name: string, value: string): Redaction {
  if (value !== '' && SECRET_NAME.test(name) && !isReference(value)) return {text: REDACTED, hits: 1};
  return redactText(value);
}

/** Truth words and short numbers (`token-rotation: yes`, `pwd-age: 90`) say something about a secret without being one. */
function isReference(value: string): boolean {
  return /^(?:true|false|yes|no|ja|nein|none|n\/a|unknown|\d{1,4})$/i.test(value.trim());
}
