import type {Finding, Severity, Suppression} from '../model/common.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'note',
};

/**
 * Findings as SARIF 2.1.0, one run. Files are relative to the folder the command ran in; findings about no file carry
 * the id they are about as a logical location. The fingerprint holds no line numbers, so that it survives edits above.
 */
export function sarif(findings: readonly Finding[], tool: {version: string}): object {
  const codes = [...new Set(findings.map(({code}) => code))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'bulkhead',
            version: tool.version,
            rules: codes.map((id) => ({id})),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: {text: finding.remedy ? `${finding.message}. ${finding.remedy}` : finding.message},
          locations: [location(finding)],
          ...(finding.suppression ? {suppressions: [suppressionOf(finding.suppression)]} : {}),
          partialFingerprints: {
            'bulkhead/v1': [
              finding.code,
              finding.where.file ?? '',
              finding.where.id ?? '',
              finding.message,
            ].join('|'),
          },
        })),
      },
    ],
  };
}

/** The exception is written outside the code it is about, so the suppression is an external one. */
function suppressionOf({status, justification}: Suppression): object {
  return {kind: 'external', status, justification};
}

function location({where: {file, line, col, id}}: Finding): object {
  const logical = id === undefined ? {} : {logicalLocations: [{fullyQualifiedName: id}]};
  if (file === undefined) return logical;
  const region = line === undefined ? {} : {region: {startLine: line, ...(col ? {startColumn: col} : {})}};
  return {physicalLocation: {artifactLocation: {uri: uriOf(file)}, ...region}, ...logical};
}

/** A path as a URI reference: `pack:` names are left as they are, the rest is percent-encoded. */
function uriOf(file: string): string {
  if (file.startsWith('pack:')) return file;
  const parts = file.split('/').map((part) => encodeURIComponent(part));
  return file.startsWith('/') ? `file://${parts.join('/')}` : parts.join('/');
}
