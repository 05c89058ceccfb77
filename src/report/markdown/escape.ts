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

/** A table; cells must be Markdown already. Empty without rows. */
export function table(header: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A fenced block that its content cannot close. */
export function fence(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${content}\n${mark}`;
}
