import type {Place} from '../../model/common.ts';
import type {LimitedFindings} from '../limited-findings.ts';
import {redactNamed} from '../redact.ts';
import {vmwareFinding} from './findings.ts';
import {listAt, numberAt, textAt} from './managed-object.ts';

/** Custom attributes: values carry a number, `availableField` gives its name. */
export function readCustomValues(
  object: unknown,
  place: Place,
  findings: LimitedFindings,
): Record<string, string> {
  const names = new Map<number, string>();
  for (const definition of listAt(object, 'availableField')) {
    const key = numberAt(definition, 'key');
    const name = textAt(definition, 'name');
    if (key !== null && name) names.set(key, name);
  }
  const values = [...listAt(object, 'customValue'), ...listAt(object, 'value')];
  return Object.fromEntries(
    values.flatMap((entry): [string, string][] => {
      const key = numberAt(entry, 'key');
      const value = textAt(entry, 'value');
      if (key === null || value === null) return [];
      const name = names.get(key) ?? `custom-${key}`;
      const {text, hits} = redactNamed(name, value);
      if (hits > 0) findings.add(secret({...place, column: name}));
      return [[name, text]];
    }),
  );
}

/** Names the place, never the text. */
export function secret(place: Place) {
  return vmwareFinding('BH-VMW-005', 'a text field holds what looks like a secret; it was left out', place);
}
