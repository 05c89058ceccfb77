import {CLIError} from '@oclif/core/errors';
import {nearest} from '../document/nearest.ts';
import {Failure} from './failure.ts';

/**
 * Sorts an error into usage (2), declared failure (2, 3, 130) or our bug (4).
 * @param flags names of the command's flags, for "did you mean"
 */
export function describeFailure(error: Error, flags: string[]) {
  const failure = error instanceof Failure ? error : null;
  // A folder that cannot be written, a full disk: the system says no, which is not our bug.
  const refusedBySystem = 'syscall' in error;
  const usage = error instanceof CLIError || 'parse' in error || refusedBySystem;
  const exitCode = failure?.exitCode ?? (usage ? 2 : 4);
  const findings = failure?.findings ?? [];
  const reasons = [
    {exitCode, severity: 'high' as const, text: error.message},
    ...findings.map((finding) => ({
      exitCode,
      severity: finding.severity,
      text: `${finding.code} ${finding.message}`,
    })),
  ];
  const remedy =
    (error as {suggestions?: string[]}).suggestions?.join(' ') ??
    REFUSALS[(error as NodeJS.ErrnoException).code ?? ''] ??
    nearestFlag(error, flags);
  return {
    exitCode,
    findings,
    reasons,
    stack: error.stack ?? '',
    error: {message: error.message, ...(remedy ? {remedy} : {})},
  };
}

/** What to do when the system refuses to read or write. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: 'Make the folder first, or name another place.',
  ENOTDIR: 'A part of this path is a file: name another place.',
  EISDIR: 'This is a folder: name a file.',
  EEXIST: 'A file of this name is in the way: name another place.',
  EACCES: 'Name a place this user may write to.',
  EPERM: 'Name a place this user may write to.',
  EROFS: 'Name a place this user may write to.',
  ENOSPC: 'Make room on this disk, or name a place on another.',
};

/** The flag an unknown one was probably meant to be; oclif lists unknown flags on its error. */
function nearestFlag(error: Error, flags: string[]): string | null {
  const listed = (error as {flags?: unknown}).flags;
  const unknown: unknown = Array.isArray(listed) ? listed[0] : null;
  if (typeof unknown !== 'string') return null;
  const near = nearest(unknown.replace(/^-+/, ''), flags);
  return near ? `Did you mean \`--${near}\`?` : null;
}

export type DescribedFailure = ReturnType<typeof describeFailure>;
