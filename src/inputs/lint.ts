import {resolve} from 'node:path';
import {readCatalogs} from '../io/catalogs.ts';
import type {Finding, Severity} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {Workspace} from '../model/workspace.ts';
import {readText} from '../io/files.ts';
import {formatProblem} from '../policy/format-problem.ts';
import {lintPolicies} from '../policy/lint.ts';
import {policyNames} from './policy-names.ts';
import {readSiteFiles} from './parameters.ts';
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
  const {root, names: chosen, workspace, findings: opened} = await policyNames(folder, names);
  const {files, inputs, findings: unread} = await readPolicyFiles(root, chosen, {tests: names.length > 0});
  const findings = [
    ...opened,
    ...unread,
    ...(await lintPolicies(files, options.now, workspace ? await knownNames(root, workspace) : {})),
    ...(names.length > 0 ? [] : await checkLock(root, [...inputs, ...(await portabilityInputs())])),
    ...((await options.more?.(root)) ?? []),
  ].map(ranOut);
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

/** That a term ran out is worth a warning, but no fault of the file: nothing in it has to be corrected to be read. */
function ranOut(finding: Finding): Finding {
  return finding.code === 'BH-EXC-001' ? {...finding, severity: 'medium'} : finding;
}

/** What the workspace knows: its sites, and the controls of catalogues that were added. */
async function knownNames(root: string, workspace: Workspace) {
  const {catalogs} = await readCatalogs(root);
  const controls = new Map(
    [...catalogs].map(([framework, catalog]) => [framework, new Set(catalog.controls.map(({id}) => id))]),
  );
  const {files} = await readSiteFiles(root, workspace);
  const sites = files.flatMap(({documents}) => documents.flatMap(siteName));
  return {controls, ...(workspace.sites.length > 0 && sites.length > 0 ? {sites} : {})};
}

function siteName({value}: YamlDocument): string[] {
  const {kind, metadata} = (value ?? {}) as {kind?: unknown; metadata?: {name?: unknown} | null};
  return kind === 'Site' && typeof metadata?.name === 'string' ? [metadata.name] : [];
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

/** Lines of every file with a problem. */
async function texts(root: string, findings: Finding[]): Promise<Map<string, string[]>> {
  const sources = new Map<string, string[]>();
  for (const file of new Set(findings.map((finding) => finding.where.file))) {
    if (!file || file.startsWith('pack:')) continue;
    const {text} = await readText({path: resolve(root, file), display: file});
    if (text !== null) sources.set(file, text.split(/\r?\n/));
  }
  return sources;
}
