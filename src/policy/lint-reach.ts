import type {Finding} from '../model/common.ts';
import type {FieldRead} from './analyse.ts';
import type {Expression} from './expression.ts';
import {fieldInfo} from './fields.ts';
import {LEVELS} from './params.ts';
import type {PolicySet} from './parse.ts';
import type {CompiledRule} from './rule.ts';

/** More combinations of field values than this are not tried. */
const MAX_COMBINATIONS = 4096;

/**
 * Rules whose conditions can never come true, by trying every combination of values: only for conditions that read
 * nothing but needs for protection, booleans and fields of fixed values, so the answer is exact. Parameters count with
 * their defaults.
 */
export function findDeadRules(set: PolicySet): Finding[] {
  return set.rules.flatMap((rule) => {
    if (rule.info.broken) return [];
    const applies = possible(set, rule, rule.match);
    if (applies && !applies.has(true)) {
      return [finding(rule, 'BH-LINT-022', 'never applies: its match and `given` cannot all be true')];
    }
    const hard = rule.info.effect === 'forbid' || rule.info.effect === 'require';
    if (!hard || !rule.condition) return [];
    const outcomes = possible(set, rule, [...rule.match, rule.condition]);
    if (!outcomes) return [];
    if (rule.info.effect === 'forbid' && !outcomes.has(true)) {
      return [finding(rule, 'BH-LINT-023', 'can never fail: `when` contradicts match or itself')];
    }
    return [];
  });
}

/** Results the conjunction can take, or null when the combinations cannot be listed. */
function possible(
  set: PolicySet,
  rule: CompiledRule,
  expressions: readonly Expression[],
): Set<boolean> | null {
  const reads = expressions.flatMap((part) => part.reads);
  const domains = domainsOf(reads);
  if (!domains) return null;
  const {engine, parameters} = set.policies[rule.policy]!;
  const shared = {
    params: engine.object('Params', parameters.values),
    level: engine.object('Level', LEVELS),
  };
  const results = new Set<boolean>();
  for (const values of combinations(domains)) {
    const environment: Record<string, unknown> = {...shared};
    for (const [variable, type] of [
      ['workload', 'Workload'],
      ['site', 'Site'],
      ['current', 'Site'],
    ] as const) {
      environment[variable] = engine.object(type, nested(values, variable));
    }
    results.add(expressions.every((part) => part.evaluate(environment) !== false));
    if (results.size === 2) break;
  }
  return results;
}

function domainsOf(reads: readonly FieldRead[]): Map<string, readonly unknown[]> | null {
  const domains = new Map<string, readonly unknown[]>();
  let count = 1;
  for (const {path} of reads) {
    if (path.startsWith('params') || path.startsWith('level') || domains.has(path)) continue;
    const info = fieldInfo(path);
    const domain = path.startsWith('workload.sensitivity.')
      ? [0, 1, 2, 3]
      : info?.type === 'bool'
        ? [false, true]
        : info?.type === 'string'
          ? info.values
          : undefined;
    if (!domain) return null;
    domains.set(path, domain);
    count *= domain.length;
    if (count > MAX_COMBINATIONS) return null;
  }
  return domains;
}

function* combinations(domains: Map<string, readonly unknown[]>): Generator<Map<string, unknown>> {
  const paths = [...domains.keys()];
  const total = paths.reduce((product, path) => product * domains.get(path)!.length, 1);
  for (let number = 0; number < total; number++) {
    const values = new Map<string, unknown>();
    let rest = number;
    for (const path of paths) {
      const domain = domains.get(path)!;
      values.set(path, domain[rest % domain.length]);
      rest = Math.floor(rest / domain.length);
    }
    yield values;
  }
}

/** Values below a variable as a nested object: `workload.sensitivity.c` → `{sensitivity: {c}}`. */
function nested(values: ReadonlyMap<string, unknown>, variable: string): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [root, first, second] = path.split('.');
    if (root !== variable || first === undefined) continue;
    if (second === undefined) object[first] = value;
    else object[first] = {...(object[first] as Record<string, unknown> | undefined), [second]: value};
  }
  return object;
}

function finding(rule: CompiledRule, code: string, message: string): Finding {
  return {
    code,
    severity: 'low',
    message: `rule ${rule.info.id} ${message}`,
    where: {...rule.info.place, id: `${rule.info.policy}/${rule.info.id}`},
    remedy: 'Correct the condition or remove the rule.',
  };
}
