import {resolve} from 'node:path';
import type {Finding, Severity} from '../model/common.ts';
import {readText} from '../io/files.ts';
import {formatProblem} from '../policy/format-problem.ts';
import {lintPolicies} from '../policy/lint.ts';
import {policyNames} from './policy-names.ts';
import {checkLock} from './policy-lock.ts';
import {portabilityInputs, readPolicyFiles} from './policies.ts';

/** One problem of `policy lint`, as its JSON contract names the parts. */
export interface LintProblem {
  file: string;
  line: number | null;
  col: number | null;
  severity: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  remedy: string | null;
}

export interface LintResult {
  problems: LintProblem[];
  counts: {files: number; errors: number; warnings: number};
  /** Problems with the source line and a caret, and a last line that counts. */
  text: string;
  /** The problems as findings, for other formats. */
  findings: Finding[];
}

/** What else is to be said, of the estate the policies are for. */
export type MoreFindings = (workspaceFolder: string) => Promise<Finding[]>;

/** Lints named files and packs, else the policies of the workspace in `folder`. */
export async function lint(
  folder: string,
  names: string[],
  options: {now: Date; more?: MoreFindings},
): Promise<LintResult> {
  const {root, names: chosen, findings: opened} = await policyNames(folder, names);
  const {files, inputs, findings: unread} = await readPolicyFiles(root, chosen, {tests: names.length > 0});
  const findings = [
    ...opened,
    ...unread,
    ...(await lintPolicies(files, options.now)),
    ...(names.length > 0 ? [] : await checkLock(root, [...inputs, ...(await portabilityInputs())])),
    ...((await options.more?.(root)) ?? []),
  ];
  const problems = findings.map(toProblem);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.filter((problem) => problem.severity === 'warning').length;
  const sources = await texts(root, findings);
  const shown = findings.map((finding) => formatProblem(finding, sources.get(finding.where.file ?? '')));
  const last = `${files.length} ${files.length === 1 ? 'file' : 'files'}: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return {
    problems,
    counts: {files: files.length, errors, warnings},
    text: [...shown, last].join('\n'),
    findings,
  };
}

const WORD: Record<Severity, LintProblem['severity']> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'info',
};

function toProblem({where, severity, code, message, remedy, suppression}: Finding): LintProblem {
  const {file = '', line = null, col = null} = where;
  return {
    file,
    line,
    col,
    severity: suppression ? 'info' : WORD[severity],
    code,
    message,
    remedy: remedy ?? null,
  };
}

async function texts(root: string, findings: Finding[]): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const file of new Set(findings.map((finding) => finding.where.file))) {
    if (!file || file.startsWith('pack:')) continue;
    const {text} = await readText({path: resolve(root, file), display: file});
    if (text !== null) sources.set(file, text);
  }
  return sources;
}
