import type {EffectiveField, EffectiveLimit, EffectiveRule} from '../../policy/effective.ts';
import {placeText} from '../place-text.ts';
import {plain} from '../plain.ts';

const MAPPED = 'indicator for';

/** Rules with the values that hold; with `origins` also who set each, and where. */
export function renderEffective(
  rules: readonly EffectiveRule[],
  origins: boolean,
  {limits = [], terms = []}: {limits?: readonly EffectiveLimit[]; terms?: readonly EffectiveField[]} = {},
): string {
  const blocks = [
    ...rules.map((rule) => ruleLines(rule, origins)),
    ...limits.map((limit) => limitLines(limit, origins)),
  ];
  const width = Math.max(0, ...terms.map(({field}) => field.length));
  if (origins && terms.length > 0)
    blocks.push(['What exceptions need', ...terms.map((field) => fieldLine(field, width, origins))]);
  return plain(blocks.map((lines) => lines.join('\n')).join('\n\n'));
}

function limitLines({limit, place, unset, fields}: EffectiveLimit, origins: boolean): string[] {
  const width = Math.max(...fields.map(({field}) => field.length));
  return [
    `limit ${limit}${unset ? '  NOT SET: nothing is limited until its share is below 1' : ''}`,
    `  ${placeText(place)}`,
    ...fields.map((field) => fieldLine(field, width, origins)),
  ];
}

function ruleLines(
  {rule, title, policy, place, disabled, fields, controls}: EffectiveRule,
  origins: boolean,
): string[] {
  const head = [`${rule}  ${title}`, `  policy ${policy} · ${placeText(place)}`];
  if (disabled)
    return [...head, `  DISABLED by ${disabled.by}: ${disabled.reason}  [${placeText(disabled.from)}]`];
  const width = Math.max(...fields.map(({field}) => field.length), controls.length > 0 ? MAPPED.length : 0);
  return [
    ...head,
    ...fields.map((field) => fieldLine(field, width, origins)),
    ...controls.map((one) => `  ${MAPPED.padEnd(width)}  ${controlText(one)}`),
  ];
}

/** Titles come from a catalogue of the user's own; without one the id stands alone. */
function controlText({framework, control, title}: EffectiveRule['controls'][number]): string {
  return `${framework} ${control}${title === null ? '' : `  ${title}`}`;
}

function fieldLine({field, value, by, from}: EffectiveField, width: number, origins: boolean): string {
  const origin = origins ? `  [${from ? `${by}, ${placeText(from)}` : by}]` : '';
  const text = typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : JSON.stringify(value);
  return `  ${field.padEnd(width)}  ${text}${origin}`;
}
