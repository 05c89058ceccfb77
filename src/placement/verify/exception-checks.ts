import type {Checkable} from './shape.ts';

/**
 * Failures that removed no site, because of an exception or a profile: each must be of a site that exists, may not also
 * stand among the removals, and rests on an exception of the register that is in force. Returns what is wrong, in words.
 */
export function exceptionProblems(run: Checkable): string[] {
  const found: string[] = [];
  const sites = new Set(run.sites.map(({id}) => id));
  const register = run.exceptions && new Map(run.exceptions.map((record) => [record.id, record]));
  for (const {workload, recommended, removed, excepted = [], advisories = []} of run.decisions) {
    for (const {site, by} of [...excepted, ...advisories]) {
      if (!sites.has(site)) found.push(`${workload} names site ${site}, which does not exist`);
      if (removed.some((removal) => removal.site === site && removal.by === by))
        found.push(`${workload}: ${by} both removes ${site} and does not`);
    }
    for (const {site, by} of advisories)
      if (site !== recommended)
        found.push(`${workload}: advice of ${by} is about ${site}, recommended is ${recommended ?? 'none'}`);
    for (const {by, exception} of excepted) {
      const record = register?.get(exception.id);
      if (register && record?.status !== 'in-force')
        found.push(`${workload}: ${by} is excused by ${exception.id}, which is not in force`);
      else if (record && (record.owner !== exception.owner || record.expiresOn !== exception.expiresOn))
        found.push(`${workload}: ${exception.id} has another owner or end in the register`);
      if (record && !record.rules.includes(by))
        found.push(`${workload}: ${exception.id} does not speak about ${by}`);
    }
  }
  return found;
}
