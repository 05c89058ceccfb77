import type {Workload} from '../model/estate.ts';
import type {ExceptionMark, PolicyEvaluation, RuleInfo, RuleOutcome} from '../model/policy.ts';
import type {Site} from '../model/site.ts';
import type {SiteCriteria, SovereigntyObjective, Stated} from '../model/site-criteria.ts';

/** What a rule says, where it was written, and how it came out. */
export interface RuleExplanation {
  subject: {kind: 'rule'; id: string; name: string};
  rule: RuleInfo;
  /** Outcome counts per site over all workloads. */
  outcomes: ({site: string} & Record<RuleOutcome, number>)[];
  /** Pairs that fail or are unknown, with the rendered message. */
  cases: {
    workload: string;
    name: string;
    site: string;
    outcome: RuleOutcome;
    text: string;
    missing: string | null;
    /** The exception that covers the failure. */
    excepted?: ExceptionMark;
  }[];
  casesTotal: number;
  /** What is stated about the sites it looks at, with where it is written; a site that states nothing is left out. */
  statements: {site: string; name: string; value: unknown; evidence: string; asOf: string}[];
}

export function explainRule(
  position: number,
  policy: PolicyEvaluation,
  workloads: Workload[],
  sites: Site[],
  limit: number,
): RuleExplanation {
  const {rule, tupleOf, tuples, excepted} = policy.rules[position]!;
  const outcomes = sites.map((site) => ({site: site.id, pass: 0, fail: 0, 'not-applicable': 0, unknown: 0}));
  const cases: RuleExplanation['cases'] = [];
  let casesTotal = 0;
  workloads.forEach((workload, w) => {
    const tuple = tuples[tupleOf[w]!]!;
    sites.forEach((site, s) => {
      const outcome = tuple.outcomes[s]!;
      outcomes[s]![outcome]++;
      if (outcome !== 'fail' && outcome !== 'unknown') return;
      casesTotal++;
      if (cases.length >= limit) return;
      const mark = excepted?.get(w)?.[s];
      cases.push({
        workload: workload.id,
        name: workload.name,
        site: site.id,
        outcome,
        text: policy.message(position, w, s),
        missing: tuple.missing[s] ?? null,
        ...(mark ? {excepted: mark} : {}),
      });
    });
  });
  return {
    subject: {kind: 'rule', id: rule.id, name: rule.title},
    rule,
    outcomes,
    cases,
    casesTotal,
    statements: statementsFor(rule, sites),
  };
}

function statementsFor({criteria = []}: RuleInfo, sites: Site[]): RuleExplanation['statements'] {
  return sites.flatMap((site) =>
    criteria.flatMap((name) => {
      const stated: Stated<unknown> | undefined = name.startsWith('seal.')
        ? site.seal?.[name.slice('seal.'.length) as SovereigntyObjective]
        : site.criteria?.[name as keyof SiteCriteria];
      return stated ? [{site: site.id, name, ...stated}] : [];
    }),
  );
}
