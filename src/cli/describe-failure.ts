import {CLIError} from '@oclif/core/errors';
import {Failure} from './failure.ts';

/** Sorts an error into usage (2), declared failure (2, 3) or our bug (4). */
export function describeFailure(error: Error) {
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
  const remedy = (error as {suggestions?: string[]}).suggestions?.join(' ');
  return {
    exitCode,
    findings,
    reasons,
    stack: error.stack ?? '',
    error: {message: error.message, ...(remedy ? {remedy} : {})},
  };
}

export type DescribedFailure = ReturnType<typeof describeFailure>;
