/** Words an author may use for a need for protection, English and German, and the level each means. */
export const LEVEL_WORDS = {
  none: 0,
  keiner: 0,
  normal: 1,
  high: 2,
  hoch: 2,
  veryHigh: 3,
  'very high': 3,
  'sehr hoch': 3,
} as const;

export type LevelWord = keyof typeof LEVEL_WORDS;

/** The words as a non-empty tuple, for schemas. */
export const LEVEL_WORD_LIST = Object.keys(LEVEL_WORDS) as [LevelWord, ...LevelWord[]];
