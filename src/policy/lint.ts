import type {Finding} from '../model/common.ts';
import {exceptionState} from './exceptions/state.ts';
import {findUnknownControls, findUnknownSites, type KnownControls} from './lint-names.ts';
import {findConfusableIds, findContradictions} from './lint-pairs.ts';
import {findDeadRules} from './lint-reach.ts';
import {findUntested} from './lint-tests.ts';
import {loadPolicies, type CompiledPolicy, type PolicyFile, type PolicySet} from './parse.ts';
import type {CompiledRule} from './rule.ts';

/**
 * Everything that can be said about policies without an inventory: all problems of {@link loadPolicies}, rules without
 * a source or a test, parameters nobody reads, conditions that can never be true, rules that contradict each other, and
 * with `now` what has run out: exceptions and reviews; with `known` sites and controls that do not exist. Sorted by file and position. That a rule is isolated (BH-POL-001) is left out: its cause is
 * listed.
 */
export async function lintPolicies(
  files: readonly PolicyFile[],
  now?: Date,
  known: {sites?: readonly string[]; controls?: KnownControls} = {},
): Promise<Finding[]> {
  const {value: set, findings} = await loadPolicies(files);
  const problems = findings.filter(({code}) => code !== 'BH-POL-001');
  return [
    ...problems,
    ...withoutSource(set),
    ...unusedParameters(set),
    ...findDeadRules(set),
    ...findContradictions(set),
    ...findConfusableIds(set),
    ...(known.sites ? findUnknownSites(set, known.sites) : []),
    ...(known.controls ? findUnknownControls(set, known.controls) : []),
    ...findUntested(set),
    ...(now ? [...exceptionFindings(set, now), ...overdueReviews(set, now)] : []),
  ].toSorted(byPlace);
}

function exceptionFindings({exceptions, rules, exceptionTerms}: PolicySet, now: Date): Finding[] {
  const infos = rules.map(({info}) => info);
  return exceptions.flatMap((exception) => exceptionState(exception, infos, now, exceptionTerms).findings);
}

/** Facts age: laws are amended, certificates are withdrawn. */
function overdueReviews({policies}: PolicySet, now: Date): Finding[] {
  const today = now.toISOString().slice(0, 10);
  return policies.flatMap(({name, reviewBy, document}): Finding[] =>
    reviewBy === null || reviewBy >= today
      ? []
      : [
          {
            code: 'BH-LINT-032',
            severity: 'medium',
            message: `policy ${name} was to be reviewed by ${reviewBy}: its facts may be out of date`,
            where: {...document.place(['spec', 'reviewBy']), id: name},
            remedy:
              'Check the sources of its rules, then set a new date; for a shipped pack, update Bulkhead.',
          },
        ],
  );
}

function withoutSource({rules}: PolicySet): Finding[] {
  return rules.flatMap((rule): Finding[] => {
    if (rule.info.broken) return [];
    const lacks = [
      rule.info.source ? null : '`source`',
      rule.info.verification ? null : '`verification`',
    ].filter((part) => part !== null);
    if (lacks.length === 0) return [];
    return [
      {
        code: 'BH-LINT-020',
        severity: 'low',
        message: `rule ${rule.info.id} has no ${lacks.join(' and no ')}`,
        where: {...rule.info.place, id: `${rule.info.policy}/${rule.info.id}`},
        remedy: 'Name the document the rule rests on (title, date) and whether its original text was read.',
      },
    ];
  });
}

function unusedParameters({policies, rules, disabled, portfolio}: PolicySet): Finding[] {
  const ofLimits = portfolio.flatMap(({limit: {name}, document, parameters, most, over, measure}) => {
    const read = new Set([most, over, measure].flatMap((part) => part?.reads.map(({path}) => path) ?? []));
    return Object.keys(parameters.fields)
      .filter((parameter) => !read.has(`params.${parameter}`))
      .map((parameter) => unusedParameter({name, document}, parameter));
  });
  const rulesOf = new Map<number, CompiledRule[]>();
  for (const rule of rules) {
    const known = rulesOf.get(rule.policy);
    if (known) known.push(rule);
    else rulesOf.set(rule.policy, [rule]);
  }
  const off = new Set(disabled.map(({info}) => info.policy));
  const ofPolicies = policies.flatMap((policy, index) => {
    const own = rulesOf.get(index) ?? [];
    // A broken or disabled rule may be the reader; do not blame the parameter.
    if (off.has(policy.name) || own.some((rule) => rule.info.broken)) return [];
    const read = new Set(own.flatMap(readParameters));
    return Object.keys(policy.parameters.fields)
      .filter((name) => !read.has(name))
      .map((name) => unusedParameter(policy, name));
  });
  return [...ofPolicies, ...ofLimits];
}

function readParameters(rule: CompiledRule): string[] {
  const holes = rule.message?.parts.filter((part) => typeof part !== 'string') ?? [];
  const parts = [...rule.match, rule.condition, rule.score, ...holes].filter((part) => part !== null);
  return parts.flatMap((part) => part.reads.map(({path}) => path.replace(/^params\./, '')));
}

function unusedParameter(policy: Pick<CompiledPolicy, 'name' | 'document'>, name: string): Finding {
  return {
    code: 'BH-LINT-021',
    severity: 'low',
    message: `parameter \`${name}\` is never read`,
    where: {...policy.document.place(['spec', 'params', name]), id: policy.name},
    remedy: 'Remove it, or read it as `params.' + name + '`.',
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.where.file ?? '', b.where.file ?? '') ||
    (a.where.line ?? 0) - (b.where.line ?? 0) ||
    (a.where.col ?? 0) - (b.where.col ?? 0) ||
    compare(a.code, b.code)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
