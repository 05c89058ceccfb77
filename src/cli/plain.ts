/** Characters a terminal acts on or that reorder text: C0 and C1 controls, line separators, direction marks. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from files made safe for a terminal: control characters and escape sequences become visible dots. */
export function plain(text: string): string {
  return text.replaceAll(UNSAFE, '·');
}

/** Like {@link plain}, and on one line: a name with a line break cannot pass for a line of ours. */
export function plainLine(text: string): string {
  return plain(text.replaceAll(/[\n\t]/g, ' '));
}

/** JSON whose strings are safe to show: the same characters as escapes, so that no value changes. */
export function safeJson(json: string): string {
  return json.replaceAll(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
