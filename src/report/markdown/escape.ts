const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '&#64;',
  '|': '&#124;',
  '`': '&#96;',
};

/**
 * Text from an inventory as plain Markdown text: no markup, table cell, HTML, mention or link survives in it.
 * Line breaks and control characters become spaces.
 */
export function escape(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/[&<>@|`]/g, (sign) => ENTITIES[sign]!)
    .replaceAll(/[\\*_[\]~$]/g, (sign) => `\\${sign}`)
    .replace(/^\s*[-+#=]/, (start) => `\\${start.trim()}`)
    .replace(/^\s*(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
    .trim();
}

/** Rows and list entries a document for people shows; `run.json` has all. */
export const MOST_ROWS = 500;

/** What follows a table or list that was cut short; empty when it was not. */
export function more(total: number, most = MOST_ROWS): string {
  return total > most ? `\n\n${total - most} more are in run.json.` : '';
}

/** A table of at most {@link MOST_ROWS} rows; cells must be Markdown already. Empty without rows. */
export function table(header: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const shown = rows.slice(0, MOST_ROWS).map(line);
  return [line(header), line(header.map(() => '---')), ...shown].join('\n') + more(rows.length);
}

/** A fenced block that its content cannot close. */
export function fence(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${content}\n${mark}`;
}
