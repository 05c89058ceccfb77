import type {Finding} from '../model/common.ts';
import {children} from './analyse.ts';
import type {CelNode} from './cel.ts';
import type {Expression} from './expression.ts';
import type {PolicySet} from './parse.ts';
import {isHardEffect, type CompiledRule} from './rule.ts';

/**
 * Hard rules that contradict each other whatever the site is: one asks for what another one forbids, under the same or no
 * condition. Conditions are compared as written, blanks and brackets aside, so what is told is certain; what only an
 * inventory shows is found with it.
 */
export function findContradictions(set: PolicySet): Finding[] {
  const asked = new Map<string, {rule: CompiledRule; when: string; wanted: boolean}[]>();
  const findings: Finding[] = [];
  for (const rule of set.rules) {
    if (rule.info.broken || !rule.condition || !isHardEffect(rule.info.effect)) continue;
    const {text, negated} = withoutNot(rule.condition.tree);
    const wanted = (rule.info.effect === 'require') !== negated;
    const when = rule.match
      .map(({tree}) => plainText(tree))
      .toSorted()
      .join(' && ');
    const key = readsParameters(rule.condition) ? `${rule.policy}\u0000${text}` : text;
    const others = asked.get(key) ?? [];
    // One is enough: a rule that contradicts many is the one to look at.
    const other = others.find(
      (one) => one.wanted !== wanted && (one.when === when || one.when === '' || when === ''),
    );
    if (other) findings.push(contradiction(rule, other.rule));
    if (!others.some((one) => one.wanted === wanted && one.when === when)) others.push({rule, when, wanted});
    asked.set(key, others);
  }
  return findings;
}

/** Rule ids that a reader, or a file system, takes for the same. */
export function findConfusableIds({rules}: PolicySet): Finding[] {
  const first = new Map<string, CompiledRule>();
  return rules.flatMap((rule): Finding[] => {
    const {id, policy, place} = rule.info;
    const known = first.get(id.toLowerCase());
    if (!known) first.set(id.toLowerCase(), rule);
    if (!known || known.info.id === id) return [];
    return [
      {
        code: 'BH-LINT-025',
        severity: 'low',
        message: `rule id \`${id}\` differs from \`${known.info.id}\` (${known.info.place.file}:${known.info.place.line}) only in capitals`,
        where: {...place, id: `${policy}/${id}`},
        remedy: 'Give it an id that cannot be mistaken for the other.',
      },
    ];
  });
}

function contradiction(rule: CompiledRule, other: CompiledRule): Finding {
  const {id, policy, place} = rule.info;
  const where = `${other.info.place.file}:${other.info.place.line}`;
  const condition = rule.match.length === 0 && other.match.length === 0 ? '' : ' where both apply';
  return {
    code: 'BH-LINT-024',
    severity: 'medium',
    message: `rule ${id} contradicts ${other.info.id} (${where}): no site can satisfy both${condition}`,
    where: {...place, id: `${policy}/${id}`},
    remedy: 'Correct one of the two, or limit it with `given`.',
  };
}

/** Every `!` in front taken off; `negated` when their number is odd. */
function withoutNot(tree: CelNode): {text: string; negated: boolean} {
  let node = tree;
  let negated = false;
  while (node.op === '!_') {
    node = node.args as CelNode;
    negated = !negated;
  }
  if (node.op !== '!=') return {text: plainText(node), negated};
  return {text: plainText({...node, op: '=='}), negated: !negated};
}

/** A tree as text that does not depend on blanks, brackets or where it stands. */
function plainText(node: CelNode): string {
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
    if (typeof value === 'object' && value !== null && 'op' in value) return plainText(value as CelNode);
    return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value));
  };
  return `(${node.op} ${shown(node.args)})`;
}

/** `params.x` of two policies are two values. */
function readsParameters({reads, tree}: Expression): boolean {
  const mentioned = (node: CelNode): boolean =>
    (node.op === 'id' && node.args === 'params') || children(node).some(mentioned);
  return reads.some(({path}) => path.startsWith('params')) || mentioned(tree);
}
