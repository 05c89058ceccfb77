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
 * `source` holds the lines of `finding.where.file`; without it, or without a line, only the first and last line are given.
 * Long lines are cut around the place.
 */
export function formatProblem(finding: Finding, source?: readonly string[]): string {
  const {file, line, col, id} = finding.where;
  const at = [file, line, col].filter((part) => part !== undefined).join(':');
  const head = [at, WORDS[finding.severity], finding.code, finding.message]
    .filter((part) => part !== '')
    .join('  ');
  const excerpt = source !== undefined && line !== undefined ? excerptOf(source, line, col ?? 1) : [];
  const notes = [id === undefined ? null : `rule ${id}`, finding.remedy ?? null].filter(
    (note) => note !== null,
  );
  return [head, ...excerpt, ...(notes.length > 0 ? [`   ${notes.join(' · ')}`] : [])].join('\n');
}

function excerptOf(lines: readonly string[], line: number, col: number): string[] {
  const full = lines[line - 1];
  if (full === undefined) return [];
  const cut = full.length > MOST_SHOWN ? Math.max(0, col - 1 - BEFORE) : 0;
  const text = window(full, cut);
  const width = Math.max(4, String(line).length);
  const row = (number: number | null, content: string): string =>
    `${(number === null ? '' : String(number)).padStart(width)} | ${content}`.trimEnd();
  // Tabs are kept in front of the caret so that it stays under the character in any terminal.
  const start = col - 1 - cut + (cut > 0 ? 1 : 0);
  const indent = text.slice(0, start).replaceAll(/[^\t]/g, ' ');
  const before = lines[line - 2];
  return [
    ...(before === undefined || before.trim() === ''
      ? []
      : [row(line - 1, window(before, Math.min(cut, before.length)))]),
    row(line, text),
    row(null, indent + '^'.repeat(wordLength(text.slice(start)))),
  ];
}

/** Characters of a line that are shown, and how many of them in front of the place. */
const MOST_SHOWN = 200;
const BEFORE = 100;

/** The part of a line from `cut` on, with `…` where something is left out. */
function window(line: string, cut: number): string {
  const end = cut + MOST_SHOWN;
  return `${cut > 0 ? '…' : ''}${line.slice(cut, end)}${end < line.length ? '…' : ''}`;
}

/** Characters to underline: the word, quoted text or sign at the start of `text`, at least one. */
function wordLength(text: string): number {
  return /^(\w+|"[^"]*"|'[^']*'|[<>=!&|]+)/.exec(text)?.[0].length ?? 1;
}
