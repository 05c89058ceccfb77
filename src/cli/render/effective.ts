import type {EffectiveField, EffectiveRule} from '../../policy/effective.ts';
import {placeText} from '../place-text.ts';
import {plain} from '../plain.ts';

/** Rules with the values that hold; with `origins` also who set each, and where. */
export function renderEffective(rules: readonly EffectiveRule[], origins: boolean): string {
  return plain(rules.map((rule) => ruleLines(rule, origins).join('\n')).join('\n\n'));
}

function ruleLines(
  {rule, title, policy, place, disabled, fields}: EffectiveRule,
  origins: boolean,
): string[] {
  const head = [`${rule}  ${title}`, `  policy ${policy} · ${placeText(place)}`];
  if (disabled)
    return [...head, `  DISABLED by ${disabled.by}: ${disabled.reason}  [${placeText(disabled.from)}]`];
  const width = Math.max(...fields.map(({field}) => field.length));
  return [...head, ...fields.map((field) => fieldLine(field, width, origins))];
}

function fieldLine({field, value, by, from}: EffectiveField, width: number, origins: boolean): string {
  const origin = origins ? `  [${from ? `${by}, ${placeText(from)}` : by}]` : '';
  const text = typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : JSON.stringify(value);
  return `  ${field.padEnd(width)}  ${text}${origin}`;
}
