import type {Finding, Severity} from '../model/common.ts';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'notice',
};

/** Findings as workflow commands of GitHub Actions: annotations on the lines of a pull request. */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings
    .map(({code, severity, message, where, remedy}) => {
      const properties = [
        where.file !== undefined && `file=${property(where.file)}`,
        where.line !== undefined && `line=${where.line}`,
        where.col !== undefined && `col=${where.col}`,
        `title=${property(code)}`,
      ].filter((part) => part !== false);
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(remedy ? `${message}. ${remedy}` : message)}`;
    })
    .join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
