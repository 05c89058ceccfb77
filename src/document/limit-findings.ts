import type {Finding, Severity} from '../model/common.ts';

/** Findings of one code and severity that are told one by one. */
const MOST = 100;

const RANK: Record<Severity, number> = {info: 0, low: 1, medium: 2, high: 3, critical: 4};

/**
 * The findings of one stage with at most `most` of each code and severity; the rest of a kind becomes one finding that
 * counts them. One fault repeated on a hundred thousand workloads stays readable, and nothing is lost from the count.
 */
export function limitFindings(findings: Finding[], most = MOST): Finding[] {
  if (findings.length <= most) return findings;
  const kept: Finding[] = [];
  const groups = new Map<string, {named: number; rest: Finding[]}>();
  for (const finding of findings) {
    const key = `${finding.code} ${finding.severity}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = {named: 0, rest: []}));
    if (group.named < most) {
      group.named++;
      kept.push(finding);
    } else group.rest.push(finding);
  }
  const counted = [...groups.values()].filter(({rest}) => rest.length > 0).map(({rest}) => more(rest));
  return [...kept, ...counted.sort((a, b) => RANK[b.severity] - RANK[a.severity])];
}

function more(rest: Finding[]): Finding {
  const first = rest[0]!;
  const {code, severity, remedy} = first;
  const file = rest.every((one) => one.where.file === first.where.file) ? first.where.file : undefined;
  return {
    code,
    severity,
    message: `${rest.length} more like the ${code} above, the first of them: ${first.message}`,
    where: file === undefined ? {} : {file},
    ...(remedy === undefined ? {} : {remedy}),
    ...(rest.some((one) => one.partial) ? {partial: true} : {}),
  };
}
