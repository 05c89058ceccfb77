import {compileGlob, type Glob} from '../document/glob.ts';

/** Lower case, runs of separators as one `-`: so that `Data Class`, `data_class` and `DATA-CLASS` are one key. */
export function fold(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_./:\\-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Words of a name: split at everything that is no letter, and between `aB`. Digits end a word. */
export function wordsOf(name: string): string[] {
  const words = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+/gu);
  return words ? words.map((word) => word.toLowerCase()) : [];
}

/** Finds by exact word or `prefix*`; each distinct word is looked up once. */
export function matchWords<T>(entries: {words: string[]; value: T}[]): (word: string) => readonly T[] {
  const exact = new Map<string, T[]>();
  const globs: {glob: Glob; value: T}[] = [];
  for (const {words, value} of entries) {
    for (const word of words) {
      if (word.includes('*')) globs.push({glob: compileGlob(word), value});
      else exact.set(word.toLowerCase(), [...(exact.get(word.toLowerCase()) ?? []), value]);
    }
  }
  const memo = new Map<string, readonly T[]>();
  return (word) => {
    let found = memo.get(word);
    if (!found) {
      const values = [
        ...(exact.get(word) ?? []),
        ...globs.filter(({glob}) => glob.test(word)).map(({value}) => value),
      ];
      memo.set(word, (found = [...new Set(values)]));
    }
    return found;
  };
}
