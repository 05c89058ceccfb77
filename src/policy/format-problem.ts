import type {Finding, Severity} from '../model/common.ts';

const WORDS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'info',
};

/**
 * A finding with the source line it is about, the line before it and a caret:
 *
 * ```
 * policies/a.yaml:10:19  error  BH-LINT-012  unknown field `blst` on workload (did you mean `blast`?)
 *    9 |         workload.sensitivity.c >= level.high &&
 *   10 |         workload.blst.value > 50.0
 *      |                  ^^^^
 *    rule storm/r1 · Known fields: …
 * ```
 *
 * `source` is the text of `finding.where.file`; without it, or without a line, only the first and last line are given.
 */
export function formatProblem(finding: Finding, source?: string): string {
  const {file, line, col, id} = finding.where;
  const at = [file, line, col].filter((part) => part !== undefined).join(':');
  const head = [at, WORDS[finding.severity], finding.code, finding.message]
    .filter((part) => part !== '')
    .join('  ');
  const excerpt =
    source !== undefined && line !== undefined ? excerptOf(source.split(/\r?\n/), line, col ?? 1) : [];
  const notes = [id === undefined ? null : `rule ${id}`, finding.remedy ?? null].filter(
    (note) => note !== null,
  );
  return [head, ...excerpt, ...(notes.length > 0 ? [`   ${notes.join(' · ')}`] : [])].join('\n');
}

function excerptOf(lines: readonly string[], line: number, col: number): string[] {
  const text = lines[line - 1];
  if (text === undefined) return [];
  const width = Math.max(4, String(line).length);
  const row = (number: number | null, content: string): string =>
    `${(number === null ? '' : String(number)).padStart(width)} | ${content}`.trimEnd();
  // Tabs are kept in front of the caret so that it stays under the character in any terminal.
  const indent = text.slice(0, col - 1).replaceAll(/[^\t]/g, ' ');
  const before = lines[line - 2];
  return [
    ...(before === undefined || before.trim() === '' ? [] : [row(line - 1, before)]),
    row(line, text),
    row(null, indent + '^'.repeat(wordLength(text.slice(col - 1)))),
  ];
}

/** Characters to underline: the word, quoted text or sign at the start of `text`, at least one. */
function wordLength(text: string): number {
  return /^(\w+|"[^"]*"|'[^']*'|[<>=!&|]+)/.exec(text)?.[0].length ?? 1;
}
