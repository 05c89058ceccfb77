/** A non-negative amount, or why the text is not one. */
export type Amount = {value: number} | {problem: string};

/**
 * Reads a non-negative number as people write it: `12`, `12.5`, `12,5`, `1.234,5`, `1,234.5`, `1 234`.
 * A lone comma before exactly three digits could be either mark: that is refused rather than guessed.
 */
export function readAmount(text: string): Amount {
  const compact = text.trim().replace(/[\s\u00A0\u202F']/g, '');
  if (compact.startsWith('-')) return {problem: `\`${text}\` is negative`};
  if (/^\d{1,3},\d{3}$/.test(compact)) {
    return {
      problem: `\`${text}\` is ambiguous: write ${compact.replace(',', '')} or ${compact.replace(',', '.')}`,
    };
  }
  const plain = plainNumber(compact);
  if (plain === null) return {problem: `\`${text}\` is not a number`};
  return {value: Number(plain)};
}

function plainNumber(text: string): string | null {
  if (/^\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text)) return text;
  if (/^\d+,\d+$/.test(text)) return text.replace(',', '.');
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  return null;
}
