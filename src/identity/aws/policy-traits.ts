import {matches} from './policy/wildcard.ts';
import type {ParsedPolicy} from './policy/types.ts';

/** By what a policy tells principals apart. */
export interface Traits {
  /** It names the principal itself: each is a class of its own. */
  self: boolean;
  /** Patterns of `aws:PrincipalArn` tests: principals that match the same ones are alike. */
  arns: readonly string[];
  /** Lower-case keys of principal tags it looks at. */
  tags: readonly string[];
}

const TAG = 'aws:principaltag/';
const SELF_KEYS = new Set(['aws:username', 'aws:userid']);
const ALIKE = /\$\{\s*aws:(?:principalaccount|principalorgid|principaltype|currenttime)/i;

/** Reads the traits of policies, each once. */
export function createTraits(): (policy: ParsedPolicy) => Traits {
  const known = new WeakMap<ParsedPolicy, Traits>();
  return (policy) => {
    let traits = known.get(policy);
    if (!traits) known.set(policy, (traits = traitsOf(policy)));
    return traits;
  };
}

function traitsOf({statements}: ParsedPolicy): Traits {
  let self = false;
  const arns = new Set<string>();
  const tags = new Set<string>();
  for (const {conditions, resources, variables} of statements) {
    const texts = [...resources, ...conditions.flatMap(({values}) => values)];
    for (const text of variables ? texts : []) {
      if (!text.includes('${')) continue;
      for (const [, tag] of text.matchAll(/\$\{\s*aws:principaltag\/([^},]+)/gi))
        tags.add(tag!.trim().toLowerCase());
      if (/\$\{\s*aws:(?:username|userid|principalarn)/i.test(text) && !ALIKE.test(text)) self = true;
    }
    for (const {key, values} of conditions) {
      if (SELF_KEYS.has(key)) self = true;
      if (key === 'aws:principalarn') for (const value of values) arns.add(value);
      if (key.startsWith(TAG)) tags.add(key.slice(TAG.length));
    }
  }
  return {self, arns: [...arns], tags: [...tags]};
}

/** Text that is equal for principals whom policies of these traits cannot tell apart. */
export function fingerprint(
  traits: readonly Traits[],
  arn: string,
  tags: Readonly<Record<string, string>> | undefined,
): string {
  if (traits.some(({self}) => self)) return arn;
  const arns = new Set(traits.flatMap((one) => one.arns));
  const bits = [...arns]
    .map((pattern) => (pattern === arn ? 'e' : matches(pattern, arn) ? 'm' : '-'))
    .join('');
  const wanted = new Set(traits.flatMap((one) => one.tags));
  if (wanted.size === 0) return bits;
  if (tags === undefined) return `${bits} ?`;
  const held = Object.entries(tags)
    .filter(([key]) => wanted.has(key.toLowerCase()))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${bits} ${JSON.stringify(held)}`;
}
