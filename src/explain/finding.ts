import type {Finding} from '../model/common.ts';

/** Which part of the run speaks by the middle of a finding code. */
const AREAS: Record<string, string> = {
  CLI: 'command line',
  DECL: 'declared documents (identity, register, dependencies)',
  DEP: 'dependency lists',
  DOC: 'fields of authored documents',
  EST: 'joining sources into one estate',
  EXC: 'policy exceptions',
  EXP: 'exposure score',
  ID: 'identity graph',
  IO: 'opening files',
  LINT: 'policy rules',
  PLACE: 'placement',
  POL: 'policy evaluation',
  SENS: 'sensitivity',
  SITE: 'sites',
  SNAP: 'snapshots',
  SRC: 'inventory exports',
  VER: 'verification of a written plan',
  WS: 'workspace',
  YAML: 'YAML syntax',
};

/** Every occurrence of one finding code in this run. */
export interface FindingExplanation {
  subject: {kind: 'finding'; id: string; name: string};
  occurrences: Finding[];
}

export function explainFinding(code: string, findings: Finding[]): FindingExplanation {
  const area = AREAS[code.split('-')[1] ?? ''] ?? 'unknown area';
  return {
    subject: {kind: 'finding', id: code, name: area},
    occurrences: findings.filter((finding) => finding.code === code),
  };
}
