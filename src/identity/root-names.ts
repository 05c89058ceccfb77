import {PROVIDER_NAMES, ROOT_WORDS} from './tables/root-kinds.ts';

/** What a root is called while nobody has named it: the word for its kind and its key. */
export function rootName(id: string): string {
  const colon = id.indexOf(':');
  const prefix = id.slice(0, colon);
  const key = id.slice(colon + 1);
  if (colon < 0 || !Object.hasOwn(ROOT_WORDS, prefix)) return id;
  return `${ROOT_WORDS[prefix]} ${prefix === 'provider' ? (PROVIDER_NAMES[key] ?? key) : key}`;
}
